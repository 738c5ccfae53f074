-- Every row looked its organisation up when it was written. A row that points at another one of its organisation, by a
-- key that begins with it, is vouched for by that one; what is written of a record in the record's own transaction is
-- vouched for by row security and checked by verify. The roots keep their key: dossier, matter, aspect, person, setting,
-- visibility_class.
do $$
declare t text;
begin
  foreach t in array array['source', 'reading', 'passage', 'statement', 'remark', 'link', 'emendation', 'finding', 'tag',
    'entry_index', 'speaker_index', 'passage_index', 'name_index', 'searched', 'line_index', 'revision', 'ledger_inbox', 'ledger_entry']
  loop
    execute format('alter table %I drop constraint %I', t, t || '_organisation_fkey');
  end loop;
end $$;

-- What waits needs one key: whoever places entries takes them in the order of `place`, from a table that is nearly empty.
alter table ledger_inbox drop constraint ledger_inbox_pkey;
alter table ledger_inbox drop constraint ledger_inbox_organisation_process_number_key;
alter table ledger_inbox add primary key (organisation, process, number);
