-- An entry waits for a second at most and then stands for ever, so what it costs counts twice. Its organisation is
-- vouched for by row security and by the revisions of the same transaction, and one key is enough for what waits:
-- whoever places entries takes them in the order of `place` and needs no index for a table that is nearly empty.
alter table ledger_inbox drop constraint ledger_inbox_organisation_fkey;
alter table ledger_inbox drop constraint ledger_inbox_pkey;
alter table ledger_inbox drop constraint ledger_inbox_organisation_process_number_key;
alter table ledger_inbox add primary key (organisation, process, number);
alter table ledger_entry drop constraint ledger_entry_organisation_fkey;
