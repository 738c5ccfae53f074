-- What left the record of a person stands in the ledger like everything else: a use is a noun with one revision. The database
-- goes on writing it itself, commitment and all, because it may be of somebody whose case is not open to whoever lets it leave.

-- ---------------------------------------------------------------- what the database needs to commit to a record

-- A new random id as foundation/ids.ts makes them: 100 bits.
create function new_id(prefix text) returns text
  language sql volatile set search_path from current
  as $$ select prefix || '_' || string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', (get_byte(r.bytes, i) & 31) + 1, 1), '' order by i)
          from (select sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) as bytes) r, generate_series(0, 19) i $$;

-- The one spelling of a JSON value (RFC 8785), for members with ASCII names and whole numbers.
create function canonical_json(given jsonb) returns text
  language plpgsql immutable set search_path from current
  as $$
begin
  if jsonb_typeof(given) = 'object' then
    return '{' || coalesce((select string_agg(to_json(m.key)::text || ':' || canonical_json(m.value), ',' order by m.key collate "C")
                              from jsonb_each(given) m), '') || '}';
  elsif jsonb_typeof(given) = 'array' then
    return '[' || coalesce((select string_agg(canonical_json(e.one), ',' order by e.n)
                              from jsonb_array_elements(given) with ordinality e(one, n)), '') || ']';
  end if;
  return given::text;
end $$;

-- ---------------------------------------------------------------- a use as a noun

alter table consent_use rename to consent_use_before;
alter index consent_use_of_interlocutor rename to consent_use_before_of_interlocutor;
alter table consent_use_before rename constraint consent_use_pkey to consent_use_before_pkey;

-- What left the record, of whom, with which leave. Written by leave_by alone, in the transaction that lets it leave.
-- In the body: `thing`, the source, dossier or record that left; `output`, the file's name where whoever sent it gave it one.
create table consent_use (
  organisation text not null references organisation,
  level smallint not null default 3 check (level = 3),
  "case" text not null,
  id text not null,
  revision integer not null default 1 check (revision = 1),
  body jsonb not null,
  interlocutor text not null generated always as (body->>'interlocutor') stored,
  -- The grant it rests on; or the reason about a public figure; or neither, within the case team.
  "grant" text generated always as (body->>'grant') stored,
  reason text generated always as (body->>'reason') stored,
  primary key (organisation, id),
  foreign key (organisation, "case") references case_file (organisation, id),
  foreign key (organisation, interlocutor) references interlocutor (organisation, id),
  foreign key (organisation, "grant") references consent_grant (organisation, id),
  foreign key (organisation, reason) references public_reason (organisation, id)
);
create index consent_use_of_interlocutor on consent_use (organisation, interlocutor);

do $$
declare
  seen constant text := 'organisation = (select current_organisation()) and (level <= (select current_level()) or level >= 2 and "case" = any ((select current_compartments())::text[]))';
begin
  alter table consent_use enable row level security;
  alter table consent_use force row level security;
  create policy owner_sees_all on consent_use to current_user using (true) with check (true);
  alter table consent_use add constraint consent_use_compartment check ((level >= 2) = ("case" is not null));
  execute format('create policy one_organisation on consent_use using (%s) with check (false)', seen);
end $$;

-- One use with its revision; gives the commitment, for the entry that whoever called this writes in the same transaction.
create function write_use(of_organisation text, of_id text, of_case text, said jsonb, of_entry text, at_item integer, moment timestamptz, by_person text)
  returns bytea
  language plpgsql volatile set search_path from current
  as $$
declare
  salt constant bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
  why constant text := 'wrote down what left';
  state constant jsonb := jsonb_build_object('id', of_id, 'level', 'case', 'case', of_case, 'body', said);
  committed constant bytea := sha256(salt || convert_to(canonical_json(state
    || jsonb_build_object('form', 'use/1', 'kind', 'use', 'n', 1, 'previous', null, 'why', why)), 'UTF8'));
begin
  insert into consent_use (organisation, "case", id, body) values (of_organisation, of_case, of_id, said);
  insert into revision (organisation, entry, at, who, why, level, "case", record, n, kind, form, item, salt, commitment, after)
  values (of_organisation, of_entry, moment, by_person, why, 3, of_case, of_id, 1, 'use', 'use/1', at_item, salt, committed, state);
  return committed;
end $$;
revoke execute on function write_use(text, text, text, jsonb, text, integer, timestamptz, text) from public;

-- What was written before this has an entry of its own each, made by a process that ends with it. Names of originals, which
-- are content of a source, stay behind: the source is named by its id.
do $$
declare
  moment constant timestamptz := date_trunc('milliseconds', now());
  said_at constant text := to_char(moment at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
  process text;
  number integer;
  house text;
  u record;
  leaf jsonb;
  entry text;
  commitment bytea;
begin
  for house in select distinct organisation from consent_use_before loop
    process := new_id('prc');
    number := 0;
    for u in select b.*, (select min(s.id) from source s where s.organisation = b.organisation and s.sha256 = b.output_sha256
                            and b.output in (s.body->>'fileName', s.body->>'title')) as source
               from consent_use_before b where b.organisation = house order by b.id
    loop
      number := number + 1;
      entry := new_id('ent');
      commitment := write_use(house, 'use_' || lpad(u.id::text, 20, '0'), u."case",
        jsonb_build_object('at', to_char(u.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'exit', u.exit, 'grant', u."grant",
          'identifiability', u.identifiability, 'interlocutor', u.interlocutor,
          'output', case when u.exit = 'package' then u.output else '' end,
          'person', u.person, 'purpose', u.purpose, 'reason', u.reason, 'recallable', u.recallable, 'recipient', u.recipient,
          'recipientName', u.recipient_name, 'records', u.records, 'sha256', u.output_sha256,
          'thing', case u.exit when 'original' then u.source when 'lowering' then u.output end),
        entry, 0, moment, u.person);
      leaf := jsonb_build_object('v', 1, 'type', 'change', 'entry', entry, 'at', said_at, 'who', u.person, 'process', process,
        'number', number, 'items', 1, 'root', encode(sha256('\x00'::bytea || commitment), 'hex'));
      insert into ledger_inbox (organisation, entry, process, number, leaf) values (house, entry, process, number, canonical_json(leaf));
    end loop;
    entry := new_id('ent');
    leaf := jsonb_build_object('v', 1, 'type', 'roll call', 'entry', entry, 'at', said_at, 'process', process, 'number', number + 1,
      'upTo', number, 'void', '[]'::jsonb, 'previous', null, 'last', true);
    insert into ledger_inbox (organisation, entry, process, number, leaf) values (house, entry, process, number + 1, canonical_json(leaf));
  end loop;
end $$;
drop table consent_use_before;

-- ---------------------------------------------------------------- the way out writes it so

do $$
declare
  made text := pg_get_functiondef('leave_by(jsonb)'::regprocedure);
  change record;
begin
  for change in select * from (values
    ('  uses jsonb := ''[]'';
', '  uses jsonb := ''[]'';
  written text[] := ''{}'';
'),
    ('    insert into consent_use (organisation, "case", person, interlocutor, "grant", reason, exit, purpose, recipient,
      recipient_name, identifiability, output, output_sha256, records, recallable)
    select ours, u->>''case'', asks->>''person'', u->>''interlocutor'', u->>''grant'', u->>''reason'', asked->>''exit'',
      asked->>''purpose'', asked->>''recipient'', asked->>''recipientName'', asked->>''identifiability'', asked->>''output'',
      asked->>''sha256'', (u->>''records'')::integer, (asked->>''recallable'')::boolean
      from jsonb_array_elements(uses) as u;
', '    -- The entry that these belong to is written by whoever asks; without one, verify finds them.
    for one in select u.said, u.n from jsonb_array_elements(uses) with ordinality u(said, n) loop
      written := written || encode(write_use(ours, new_id(''use''), one.said->>''case'',
        jsonb_build_object(''at'', asked->>''at'', ''exit'', asked->>''exit'', ''grant'', one.said->>''grant'',
          ''identifiability'', asked->>''identifiability'', ''interlocutor'', one.said->>''interlocutor'',
          ''output'', asked->>''output'', ''person'', asks->>''person'', ''purpose'', asked->>''purpose'',
          ''reason'', one.said->>''reason'', ''recallable'', (asked->>''recallable'')::boolean, ''recipient'', asked->>''recipient'',
          ''recipientName'', asked->>''recipientName'', ''records'', (one.said->>''records'')::integer,
          ''sha256'', asked->>''sha256'', ''thing'', asked->>''thing''),
        asked->>''entry'', one.n::integer - 1, (asked->>''at'')::timestamptz, asks->>''person''), ''hex'');
    end loop;
'),
    ('''hidden'', hidden, ''uses'', jsonb_array_length(uses))', '''hidden'', hidden, ''uses'', jsonb_array_length(uses), ''written'', to_jsonb(written))')
  ) as v(was, now_is)
  loop
    if strpos(made, change.was) = 0 then raise exception 'leave_by is not as expected: %', change.was; end if;
    made := replace(made, change.was, change.now_is);
  end loop;
  execute made;
  -- A use names what left; it stays when that is erased, and goes with its person alone.
  made := pg_get_functiondef('named_by(text, text[])'::regprocedure);
  if strpos(made, '''emendation'', ''erasure''') = 0 then raise exception 'named_by is not as expected'; end if;
  execute replace(made, '''emendation'', ''erasure''', '''emendation'', ''consent_use'', ''erasure''');
end $$;

-- ---------------------------------------------------------------- exports: to which class of recipients, and backups

-- A class alone, no name: what is written here stays when a person is erased. Null where it was not asked.
alter table export add column recipient text;
alter table export add column recallable boolean;

-- Write down what leaves, in the transaction that reads it. A backup is written down by the owner, who makes it.
drop function log_export(text, text, text);
create function log_export(of_kind text, of_output text, doing text, to_whom jsonb default '{}') returns void
  language plpgsql volatile security definer set search_path from current
  as $$
declare
  asks constant jsonb := context();
begin
  if asks is null or (asks->>'level')::integer < 0 or of_kind = 'backup' then
    raise exception 'nobody entered' using errcode = '42501';
  end if;
  insert into export (organisation, person, session, operation, kind, output, opened, recipient, recallable)
  select asks->>'organisation', asks->>'person', asks->>'session', doing, of_kind, of_output,
         array(select one from jsonb_array_elements_text(asks->'compartments') as one where one like 'cas\_%'),
         to_whom->>'recipient', (to_whom->>'recallable')::boolean;
end $$;

-- Exports that carried any of these records, for those who propose and decide erasures: of records that they may see alone, and
-- without saying more of an export than who took it, when, and to which class of recipients. A package may have carried what was
-- in its dossier by then, unless that was in a case that was not open and was never anywhere else.
create function exports_of(ids text[]) returns table (at timestamptz, person text, kind text, thing text, recipient text, recallable boolean)
  language sql stable security definer set search_path from current
  as $$
  with named as (
    select r.record, r.kind, r.level, r."case", r.after->'body' as body,
           (select min(f.at) from revision f where f.organisation = r.organisation and f.record = r.record) as since
      from revision r
     where r.organisation = current_organisation() and r.record = any(ids) and may_see(r.level, r."case") and r.after is not null
       and current_roles() && array['monitor', 'verifier', 'editor', 'legal']
       and r.n = (select max(l.n) from revision l where l.organisation = r.organisation and l.record = r.record)),
  held as (
    select n.record, n.level, n."case", n.since, n.record as dossier from named n where n.kind = 'dossier'
    union select n.record, n.level, n."case", n.since, n.body->>'dossier' from named n
    union select n.record, n.level, n."case", n.since, s.dossier from named n
            join source s on s.organisation = current_organisation() and s.id = n.body->>'source'
    union select n.record, n.level, n."case", n.since, t.dossier from named n
            join entry_index e on e.organisation = current_organisation() and (e.matter = n.record or e.value_matter = n.record)
            join statement t on t.organisation = e.organisation and t.id = e.statement where n.kind = 'matter'
    union select n.record, n.level, n."case", n.since, t.dossier from named n
            join speaker_index p on p.organisation = current_organisation() and p.matter = n.record
            join statement t on t.organisation = p.organisation and t.id = p.statement where n.kind = 'matter')
  select e.at, e.person, e.kind, e.output, e.recipient, e.recallable from export e
   where e.organisation = current_organisation()
     and (e.kind = 'original' and e.output in (select n.record from named n where n.kind = 'source')
       or e.kind = 'package' and exists (
            select 1 from held h where h.dossier = e.output and h.since <= e.at
               and (h.level < 3 or h."case" = any(e.opened)
                 or exists (select 1 from level_change c where c.organisation = e.organisation and c.record = h.record)))
       -- A backup carries all of it.
       or e.kind = 'backup' and e.at >= (select min(n.since) from named n))
   order by e.at desc, e.id desc
  $$;

-- ---------------------------------------------------------------- a reset that was proposed, taken back

-- Whoever it is about is told, and nobody but administrators else.
create function my_reset() returns table (by text, reason text, at timestamptz)
  language sql stable security definer set search_path from current
  as $$ select r.by, r.reason, r.made_at from reset_proposal r
         where r.organisation = current_organisation() and r.person = current_person() and r.made_at > now() - interval '3 days' $$;

-- By whoever proposed it, or whoever it is about. False where nothing of the kind waits.
create function withdraw_reset(of_person text) returns boolean
  language plpgsql volatile security definer set search_path from current
  as $$
begin
  delete from reset_proposal r
   where r.organisation = current_organisation() and r.person = of_person and current_person() in (r.by, r.person)
     and r.made_at > now() - interval '3 days';
  return found;
end $$;

-- ---------------------------------------------------------------- the name of somebody who worked here

alter table person alter column name drop not null;

-- Name, login, ways in, sessions and lines at the door, at once; what they did stays, under their id. For the owner alone: a
-- restore does again what was done. Gives what an entry of the ledger names.
create function erase_people(of_organisation text, ids text[]) returns jsonb
  language plpgsql volatile set search_path from current
  as $$
declare
  gone text[];
  t text;
begin
  with known as (
    update person p set name = null where p.organisation = of_organisation and p.id = any(ids) and p.name is not null returning p.id)
  select coalesce(array_agg(id order by id), '{}') into gone from known;
  foreach t in array array['passkey', 'invitation', 'reset_proposal', 'account', 'sign_in_log', 'session', 'draft'] loop
    execute format('delete from %I where organisation = $1 and person = any($2)', t) using of_organisation, gone;
  end loop;
  delete from reset_proposal r where r.organisation = of_organisation and r.by = any(gone);
  return coalesce((select jsonb_agg(jsonb_build_object('record', g, 'n', 1, 'level', 1, 'case', null)) from unnest(gone) g), '[]');
end $$;
revoke execute on function erase_people(text, text[]) from public;

do $$
declare
  made constant text := pg_get_functiondef('erase_confirmed(text)'::regprocedure);
  was constant text := '  return erase_records(ours,';
  changed constant text := replace(made, was, '  -- Of somebody who worked here the name goes, and nothing that they did; not while they work here.
  if wanted.body->>''kind'' = ''person'' then
    if not exists (select 1 from membership m where m.organisation = ours and m.person = wanted.target)
       or exists (select 1 from membership m where m.organisation = ours and m.person = wanted.target and m.ended is null) then
      raise exception ''whoever works here keeps their name'' using errcode = ''42501'';
    end if;
    return jsonb_build_object(''items'', erase_people(ours, array[wanted.target]), ''drafts'', 0, ''originals'', ''[]''::jsonb);
  end if;
  return erase_records(ours,');
begin
  if strpos(made, was) = 0 then raise exception 'erase_confirmed is not as expected'; end if;
  execute changed;
end $$;
