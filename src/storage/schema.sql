-- What the migrations make, read from the catalogs of a server; not run, only compared.
-- Written by: npx vitest run tests/schema.test.ts --update

CREATE OR REPLACE FUNCTION rapporteur.administered()
 RETURNS text
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$
declare
  asks constant jsonb := context();
begin
  if asks is null or not (asks->'roles') ? 'administrator' then
    raise exception 'not an administrator' using errcode = '42501';
  end if;
  return asks->>'organisation';
end $function$
;
CREATE OR REPLACE FUNCTION rapporteur.become_organisation(called text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$
declare
  ours constant text := administered();
begin
  if not exists (select 1 from session s where s.organisation = ours and s.id = context()->>'session' and s.kind = 'local') then
    raise exception 'not the one person' using errcode = '42501';
  end if;
  update organisation o set alone = false, name = called where o.organisation = ours and o.alone;
  return found;
end $function$
;
CREATE OR REPLACE FUNCTION rapporteur.canonical_json(given jsonb)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'rapporteur'
AS $function$
begin
  if jsonb_typeof(given) = 'object' then
    return '{' || coalesce((select string_agg(to_json(m.key)::text || ':' || canonical_json(m.value), ',' order by m.key collate "C")
                              from jsonb_each(given) m), '') || '}';
  elsif jsonb_typeof(given) = 'array' then
    return '[' || coalesce((select string_agg(canonical_json(e.one), ',' order by e.n)
                              from jsonb_array_elements(given) with ordinality e(one, n)), '') || ']';
  end if;
  return given::text;
end $function$
;
CREATE OR REPLACE FUNCTION rapporteur.case_codes(ids text[])
 RETURNS TABLE(id text, code text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$ select c.id, c.code from case_file c
         where c.organisation = current_organisation() and c.id = any(ids)
           and current_roles() && array['auditor', 'administrator'] $function$
;
CREATE OR REPLACE FUNCTION rapporteur.commitments_in(entries text[])
 RETURNS TABLE(entry text, item integer, commitment bytea)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$ select r.entry, r.item, r.commitment from revision r
         where r.organisation = current_organisation() and current_level() >= 0 and r.entry = any(entries) $function$
;
CREATE OR REPLACE FUNCTION rapporteur.concerning(of_organisation text, people text[])
 RETURNS TABLE(record text, interlocutor text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$
  with recursive
  up as (
    select i.id as interlocutor, i.matter as id from interlocutor i
     where i.organisation = of_organisation and i.id = any(people) and i.matter is not null
    union
    select u.interlocutor, m.merged_into from up u
      join matter m on m.organisation = of_organisation and m.id = u.id where m.merged_into is not null),
  same as (
    select up.interlocutor, up.id from up
    union
    select s.interlocutor, m.id from same s join matter m on m.organisation = of_organisation and m.merged_into = s.id),
  first as (
    select i.id as interlocutor, i.id from interlocutor i where i.organisation = of_organisation and i.id = any(people)
    union select s.interlocutor, s.id from same s
    union select t.interlocutor, told.id from interview t, jsonb_array_elements_text(t.body->'sources') as told(id)
           where t.organisation = of_organisation and t.interlocutor = any(people)
    union select g.interlocutor, g.body->>'evidence' from consent_grant g
           where g.organisation = of_organisation and g.interlocutor = any(people) and g.body->>'evidence' is not null
    union select c.interlocutor, c.record from concern c
           where c.organisation = of_organisation and c.interlocutor = any(people) and c.ended is null
    union select s.interlocutor, r.record from same s
            join interlocutor i on i.organisation = of_organisation and i.id = s.interlocutor
            join revision r on r.organisation = of_organisation and r."case" = i."case"
             and r.kind in ('source', 'statement', 'remark', 'finding', 'matter')
             and strpos(r.after::text, '"' || s.id || '"') > 0),
  told as (
    select f.interlocutor, f.id from first f
    union select f.interlocutor, t.id from first f join reading t on t.organisation = of_organisation and t.source = f.id
    union select f.interlocutor, t.id from first f join passage t on t.organisation = of_organisation and t.source = f.id
    union select f.interlocutor, t.id from first f join statement t on t.organisation = of_organisation and t.source = f.id
    union select f.interlocutor, t.id from first f join remark t on t.organisation = of_organisation and t.source = f.id)
  select t.id, t.interlocutor from told t
  union select l.id, t.interlocutor from told t join link l on l.organisation = of_organisation and l.from_statement = t.id
  union select l.id, t.interlocutor from told t join link l on l.organisation = of_organisation and l.to_statement = t.id
  union select g.id, t.interlocutor from told t join tag g on g.organisation = of_organisation and g.subject = t.id
  union select f.id, t.interlocutor from finding f, jsonb_array_elements_text((f.body->'for') || (f.body->'against')) as rests(id)
          join told t on t.id = rests.id where f.organisation = of_organisation
  union select e.id, t.interlocutor from emendation e, jsonb_array_elements(e.body->'entries') as entry(one)
          join told t on t.id = entry.one->>'statement' where e.organisation = of_organisation
  $function$
;
CREATE OR REPLACE FUNCTION rapporteur.context()
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$
declare
  held constant text := coalesce(current_setting('rapporteur.context', true), '');
  payload jsonb;
begin
  if held = '' then return null; end if;
  payload := substr(held, 66)::jsonb;
  if context_code(payload->>'organisation', substr(held, 66)) is distinct from substr(held, 1, 64)
     or payload->>'place' is distinct from context_place() then
    raise exception 'forged context' using errcode = '28000';
  end if;
  return payload;
end $function$
;
CREATE OR REPLACE FUNCTION rapporteur.context_code(of_organisation text, payload text)
 RETURNS text
 LANGUAGE sql
 STABLE STRICT SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$ select encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(payload, 'UTF8'))), 'hex')
          from context_key k where k.organisation = of_organisation $function$
;
CREATE OR REPLACE FUNCTION rapporteur.context_place()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED
AS $function$ select pg_backend_pid() || ' ' || extract(epoch from transaction_timestamp()) $function$
;
CREATE OR REPLACE FUNCTION rapporteur.current_compartments()
 RETURNS text[]
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED
AS $function$ select array(select jsonb_array_elements_text(context()->'compartments')) $function$
;
CREATE OR REPLACE FUNCTION rapporteur.current_level()
 RETURNS integer
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED
AS $function$ select (context()->>'level')::integer $function$
;
CREATE OR REPLACE FUNCTION rapporteur.current_organisation()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED
AS $function$ select context()->>'organisation' $function$
;
CREATE OR REPLACE FUNCTION rapporteur.current_person()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED
AS $function$ select context()->>'person' $function$
;
CREATE OR REPLACE FUNCTION rapporteur.current_roles()
 RETURNS text[]
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED
AS $function$ select array(select jsonb_array_elements_text(context()->'roles')) $function$
;
CREATE OR REPLACE FUNCTION rapporteur.end_sessions(of_person text, exchange_only boolean)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$
declare
  ours constant text := administered();
  ended integer;
begin
  update session s set renew = s.renew or exchange_only and s.kind = 'browser',
         revoked_at = case when exchange_only then s.revoked_at else now() end
   where s.organisation = ours and s.person = of_person and s.revoked_at is null and s.kind <> 'local';
  get diagnostics ended = row_count;
  if not exchange_only then delete from invitation i where i.organisation = ours and i.person = of_person; end if;
  return ended;
end $function$
;
CREATE OR REPLACE FUNCTION rapporteur.enter(given text, cases text[], doing text)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$
declare
  s session;
  roles text[];
  teams text[] := '{}';
  opened text[] := '{}';
  floor integer := -1;
  payload text;
begin
  select * into s from session t
   where t.pass = sha256(convert_to(given, 'UTF8')) and t.revoked_at is null
     and (t.ends_at is null or t.ends_at > now()) and (t.idle is null or t.seen_at + t.idle > now());
  if s.kind = 'local' then
    select array['reader', 'monitor', 'verifier', 'editor', 'legal', 'administrator', 'auditor'] into roles
      from organisation o where o.organisation = s.organisation and o.alone;
  else
    select array(select jsonb_array_elements_text(m.body->'roles')) into roles
      from membership m where m.organisation = s.organisation and m.person = s.person and m.ended is null;
  end if;
  if roles is null then
    raise exception 'no live session has this pass' using errcode = '28000';
  end if;
  if roles && array['reader', 'monitor', 'verifier', 'editor', 'legal'] then
    floor := 1;
    select coalesce(array_agg(a.compartment), '{}') into teams from access a
     where a.organisation = s.organisation and a.person = s.person and a.ended is null
       and a.level = 2 and coalesce((a.body->>'until')::timestamptz > now(), true);
    if cardinality(cases) > 0 then
      select coalesce(array_agg(a.compartment), '{}') into opened from access a
       where a.organisation = s.organisation and a.person = s.person and a.ended is null
         and a.level = 3 and coalesce((a.body->>'until')::timestamptz > now(), true) and a.compartment = any(cases);
      insert into opening (organisation, person, session, operation, opened)
      select s.organisation, s.person, s.id, doing, one from unnest(opened) as one;
    end if;
  end if;
  payload := jsonb_build_object('organisation', s.organisation, 'person', s.person, 'session', s.id, 'roles', roles,
    'level', floor, 'compartments', teams || opened, 'place', context_place())::text;
  perform set_config('rapporteur.context', context_code(s.organisation, payload) || ' ' || payload, true);
  return jsonb_build_object('organisation', s.organisation, 'person', s.person, 'session', s.id, 'kind', s.kind,
    'roles', roles, 'scopes', s.scopes, 'compartments', teams || opened, 'opened', opened,
    'proved', coalesce(s.proved_at > now() - interval '5 minutes', false));
end $function$
;
CREATE OR REPLACE FUNCTION rapporteur.erase_confirmed(of_request text)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$
declare
  asks constant jsonb := context();
  ours constant text := asks->>'organisation';
  wanted erasure;
  first_by text;
  first_at timestamptz;
  last_by text;
begin
  select * into wanted from erasure e where e.organisation = ours and e.id = of_request and e.state = 'done'
     and (e.level <= (asks->>'level')::integer or e.level >= 2 and asks->'compartments' ? e."case");
  select r.who, r.at into first_by, first_at from revision r where r.organisation = ours and r.record = of_request and r.n = 1;
  -- Whoever confirms does it in the transaction that erases: what was done earlier is not done again.
  select r.who into last_by from revision r
   where r.organisation = ours and r.record = of_request and r.n = wanted.revision and r.xmin = pg_current_xact_id()::xid;
  if wanted.id is null or last_by is distinct from asks->>'person' or not asks->'roles' ?| array['editor', 'legal']
     or (first_by = last_by and not (first_at < now() - interval '24 hours'
           and exists (select 1 from organisation o where o.organisation = ours and o.alone))) then
    raise exception 'nobody else has confirmed this' using errcode = '42501';
  end if;
  -- Of somebody who worked here the name goes, and nothing that they did; not while they work here.
  if wanted.body->>'kind' = 'person' then
    if not exists (select 1 from membership m where m.organisation = ours and m.person = wanted.target)
       or exists (select 1 from membership m where m.organisation = ours and m.person = wanted.target and m.ended is null) then
      raise exception 'whoever works here keeps their name' using errcode = '42501';
    end if;
    return jsonb_build_object('items', erase_people(ours, array[wanted.target]), 'drafts', 0, 'originals', '[]'::jsonb);
  end if;
  return erase_records(ours, array[wanted.target], wanted.body->>'reach' = 'named',
    jsonb_build_object('request', of_request, 'ground', wanted.body->>'ground', 'at', wanted.body->>'decidedAt'));
end $function$
;
CREATE OR REPLACE FUNCTION rapporteur.erase_people(of_organisation text, ids text[])
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO 'rapporteur'
AS $function$
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
end $function$
;
CREATE OR REPLACE FUNCTION rapporteur.erase_records(of_organisation text, targets text[], and_naming boolean, about jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO 'rapporteur'
AS $function$
declare
  reached text[];
  waiting text[];
  items jsonb;
  drafts integer;
  t text;
  k record;
begin
  perform set_config('lock_timeout', '20s', true);
  execute (select 'lock table ' || string_agg(quote_ident(n), ', ' order by n) || ' in share row exclusive mode' from noun_tables() n);
  reached := erasure_reach(of_organisation, targets, and_naming);
  with gone as (
    update revision r set salt = null, after = null, why = '',
           erased = jsonb_strip_nulls(about || jsonb_build_object('dossier', r.after->'body'->>'dossier',
             'source', r.after->'body'->>'source', 'mergedInto', r.after->'body'->>'mergedInto',
             'original', case when r.kind = 'source' then r.after->'body'->'original'->>'sha256' end))
     where r.organisation = of_organisation and r.record = any(reached) and r.after is not null
     returning r.record, r.n, r.kind, r.level, r."case", r.erased->>'original' as original)
  select coalesce(jsonb_agg(to_jsonb(gone) order by level, "case", record, n), '[]') into items from gone;
  with lines as (delete from searched where organisation = of_organisation and record = any(reached) returning id)
  delete from line_index where organisation = of_organisation and line in (select id from lines);
  delete from passage_index where organisation = of_organisation and item = any(reached);
  waiting := array(select n from noun_tables() n);
  for k in select * from noun_keys() where not child = any(waiting) loop
    execute format('delete from %I where organisation = $1 and %I = any($2)', k.child, k.child_column) using of_organisation, reached;
  end loop;
  while cardinality(waiting) > 0 loop
    select n into t from unnest(waiting) n
     where not exists (select 1 from noun_keys() y where y.parent = n and y.child <> n and y.child = any(waiting)) limit 1;
    if t is null then raise exception 'nouns point at each other in a circle'; end if;
    execute format('delete from %I where organisation = $1 and id = any($2)', t) using of_organisation, reached;
    waiting := array_remove(waiting, t);
  end loop;
  with gone as (
    delete from draft d where d.organisation = of_organisation and (d."case" = any(reached) or exists (
      select 1 from regexp_matches(d.body::text, '"([a-z]{3}_[0-9a-hjkmnp-tv-z]{20})"', 'g') m where m[1] = any(reached))) returning 1)
  select count(*) into drafts from gone;
  return jsonb_build_object('items', items, 'drafts', drafts, 'originals', (
    select coalesce(jsonb_agg(distinct i->>'original'), '[]') from jsonb_array_elements(items) i
     where i->>'original' is not null and not exists (select 1 from source s where s.sha256 = i->>'original')));
end $function$
;
CREATE OR REPLACE FUNCTION rapporteur.erasure_reach(of_organisation text, targets text[], and_naming boolean)
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'rapporteur'
AS $function$
declare
  reached text[] := targets;
  fresh text[];
  found text[];
  part text[];
  cases text[];
  k record;
begin
  if and_naming then
    reached := reached || array(select distinct n from named_by(of_organisation, targets) n);
  end if;
  fresh := reached;
  while cardinality(fresh) > 0 loop
    found := '{}';
    for k in select * from noun_keys() where child in (select noun_tables()) loop
      execute format('select array(select id from %I where organisation = $1 and %I = any($2))', k.child, k.child_column)
        into part using of_organisation, fresh;
      found := found || part;
    end loop;
    cases := array(select c.id from case_file c where c.organisation = of_organisation and c.id = any(fresh));
    if cardinality(cases) > 0 then
      for k in select n as name from noun_tables() n where n <> 'erasure' loop
        execute format('select array(select id from %I where organisation = $1 and "case" = any($2))', k.name)
          into part using of_organisation, cases;
        found := found || part;
      end loop;
    end if;
    found := found
      || array(select id from tag where organisation = of_organisation and subject = any(fresh))
      || array(select id from aspect where organisation = of_organisation and dossier = any(fresh))
      || array(select id from remark where organisation = of_organisation and type = 'Mention' and body->>'matter' = any(fresh));
    part := reached || found;
    -- A correction goes when all that it corrects goes; words, when nothing else cites them.
    found := found
      || array(select e.id from emendation e where e.organisation = of_organisation
           and exists (select 1 from jsonb_array_elements(e.body->'entries') x where x->>'statement' = any(part))
           and not exists (select 1 from jsonb_array_elements(e.body->'entries') x where not x->>'statement' = any(part)))
      || array(select i.passage from passage_index i where i.organisation = of_organisation and i.item = any(part)
           and not exists (select 1 from passage_index o where o.organisation = of_organisation and o.passage = i.passage and not o.item = any(part)));
    fresh := array(select f from unnest(found) f except select r from unnest(reached) r);
    reached := reached || fresh;
  end loop;
  -- What a dossier was the first to need goes with it where nothing that stays speaks of it.
  if exists (select 1 from unnest(targets) t where t like 'dos\_%') then
    reached := reached || array(select m.id from matter m where m.organisation = of_organisation and m.body->>'dossier' = any(targets)
      and not m.id = any(reached)
      and not exists (select 1 from entry_index e where e.organisation = of_organisation and (e.matter = m.id or e.value_matter = m.id) and not e.statement = any(reached))
      and not exists (select 1 from speaker_index s where s.organisation = of_organisation and s.matter = m.id and not s.statement = any(reached)));
  end if;
  return reached;
end $function$
;
CREATE OR REPLACE FUNCTION rapporteur.exports_of(ids text[])
 RETURNS TABLE(at timestamp with time zone, person text, kind text, thing text, recipient text, recallable boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$
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
  $function$
;
CREATE OR REPLACE FUNCTION rapporteur.found_compartment(new_one text, as_case boolean)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$
declare
  asks constant jsonb := context();
  payload text;
begin
  if asks is null or (asks->>'level')::integer < 0
     or exists (select 1 from access a where a.organisation = asks->>'organisation' and a.compartment = new_one)
     or exists (select 1 from case_file c where c.organisation = asks->>'organisation' and c.id = new_one) then
    raise exception 'no compartment to be made' using errcode = '42501';
  end if;
  if as_case then
    insert into opening (organisation, person, session, operation, opened)
    values (asks->>'organisation', asks->>'person', asks->>'session', 'openCase', new_one);
  end if;
  payload := jsonb_set(asks, '{compartments}', (asks->'compartments') || to_jsonb(new_one))::text;
  perform set_config('rapporteur.context', context_code(asks->>'organisation', payload) || ' ' || payload, true);
end $function$
;
CREATE OR REPLACE FUNCTION rapporteur.hold_back(held jsonb, of_level smallint, of_case text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$ update revision r set level = of_level, "case" = of_case
          from jsonb_to_recordset(held) as h(record text, n integer)
         where r.organisation = current_organisation() and r.record = h.record and r.n = h.n and r.level < of_level
           and may_see(r.level, r."case") and may_see(of_level, of_case) $function$
;
CREATE OR REPLACE FUNCTION rapporteur.is_last_on_something(of_person text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$
declare
  ours constant text := administered();
begin
  return exists (
    select 1 from access a where a.organisation = ours and a.person = of_person and a.ended is null
       and coalesce((a.body->>'until')::timestamptz > now(), true)
       and not exists (
         select 1 from access b join membership m on m.organisation = ours and m.person = b.person and m.ended is null
          where b.organisation = ours and b.compartment = a.compartment and b.person <> of_person and b.ended is null
            and coalesce((b.body->>'until')::timestamptz > now(), true)
            and m.body->'roles' ?| array['reader', 'monitor', 'verifier', 'editor', 'legal']));
end $function$
;
CREATE OR REPLACE FUNCTION rapporteur.is_trained()
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$ select exists (select 1 from training t where t.organisation = current_organisation()
          and t.person = current_person() and t.ended is null) $function$
;
CREATE OR REPLACE FUNCTION rapporteur.leave_by(asked jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$
declare
  asks constant jsonb := context();
  ours constant text := asks->>'organisation';
  opened constant text[] := current_compartments();
  today constant text := to_char(now() at time zone 'utc', 'YYYY-MM-DD');
  -- The less a person can be recognised, the further on; the order of the code, which a test compares.
  rank constant text[] := array['full_identity', 'initials', 'pseudonym', 'anonymised_story', 'aggregate_only'];
  wanted constant integer := array_position(rank, asked->>'identifiability');
  people text[];
  one record;
  mine boolean;
  g record;
  reason text;
  missing jsonb := '[]';
  conditions jsonb := '[]';
  hidden boolean := false;
  uses jsonb := '[]';
  written text[] := '{}';
begin
  if asks is null or (asks->>'level')::integer < 0 or wanted is null then
    raise exception 'nobody who may let this leave' using errcode = '42501';
  end if;
  people := array(select i.id from interlocutor i where i.organisation = ours);
  if cardinality(people) = 0 then
    return jsonb_build_object('missing', missing, 'conditions', conditions, 'hidden', false, 'uses', 0);
  end if;
  for one in
    select i.id, i.pseudonym, i."case", count(distinct c.record)::integer as records
      from concerning(ours, people) c join interlocutor i on i.organisation = ours and i.id = c.interlocutor
     where c.record = any(array(select jsonb_array_elements_text(asked->'records')))
     group by i.id, i.pseudonym, i."case" order by i.pseudonym, i.id
  loop
    mine := one."case" = any(opened);
    if mine and asked->>'recipient' = 'case_team' then
      uses := uses || jsonb_build_object('interlocutor', one.id, 'case', one."case", 'records', one.records);
      continue;
    end if;
    -- The newest word on this purpose and recipient is what counts; held until the end, so that a withdrawal waits.
    select t.id, t.body into g from consent_grant t
     where t.organisation = ours and t.interlocutor = one.id
       and t.purpose = asked->>'purpose' and t.recipient = asked->>'recipient'
     order by t.body->>'recordedAt' desc, t.id desc limit 1 for share;
    if g.id is not null and g.body->'withdrawn' = 'null' and g.body->>'from' <= today
       and coalesce(g.body->>'to' >= today, true)
       and coalesce(array_position(rank, g.body->>'identifiability') <= wanted, false) then
      if g.body->>'conditions' = '' or mine and (asked->>'conditionsRead')::boolean then
        uses := uses || jsonb_build_object('interlocutor', one.id, 'case', one."case", 'grant', g.id, 'records', one.records);
      elsif mine then
        conditions := conditions || jsonb_build_object('pseudonym', one.pseudonym, 'conditions', g.body->>'conditions');
      else
        hidden := true;
      end if;
      continue;
    end if;
    reason := null;
    -- A written reason about a public figure stands only where nobody knows what they would say to this purpose.
    if not exists (select 1 from consent_grant t where t.organisation = ours and t.interlocutor = one.id
                     and t.purpose = asked->>'purpose') then
      select p.id into reason from public_reason p
       where p.organisation = ours and p.interlocutor = one.id and p.state = 'stands'
         and p.body->>'purpose' = asked->>'purpose' and p.body->>'recipient' = asked->>'recipient'
         and array_position(rank, p.body->>'identifiability') <= wanted
       order by p.id limit 1 for share;
    end if;
    if reason is not null then
      uses := uses || jsonb_build_object('interlocutor', one.id, 'case', one."case", 'reason', reason, 'records', one.records);
    elsif mine then
      missing := missing || jsonb_build_object('interlocutor', one.id, 'pseudonym', one.pseudonym);
    else
      hidden := true;
    end if;
  end loop;
  if missing = '[]' and conditions = '[]' and not hidden and not coalesce((asked->>'onlyAsked')::boolean, false) then
    -- The entry that these belong to is written by whoever asks; without one, verify finds them.
    for one in select u.said, u.n from jsonb_array_elements(uses) with ordinality u(said, n) loop
      written := written || encode(write_use(ours, new_id('use'), one.said->>'case',
        jsonb_build_object('at', asked->>'at', 'exit', asked->>'exit', 'grant', one.said->>'grant',
          'identifiability', asked->>'identifiability', 'interlocutor', one.said->>'interlocutor',
          'output', asked->>'output', 'person', asks->>'person', 'purpose', asked->>'purpose',
          'reason', one.said->>'reason', 'recallable', (asked->>'recallable')::boolean, 'recipient', asked->>'recipient',
          'recipientName', asked->>'recipientName', 'records', (one.said->>'records')::integer,
          'sha256', asked->>'sha256', 'thing', asked->>'thing'),
        asked->>'entry', one.n::integer - 1, (asked->>'at')::timestamptz, asks->>'person'), 'hex');
    end loop;
  end if;
  return jsonb_build_object('missing', missing, 'conditions', conditions, 'hidden', hidden, 'uses', jsonb_array_length(uses), 'written', to_jsonb(written));
end $function$
;
CREATE OR REPLACE FUNCTION rapporteur.lift_revisions(records text[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$ update revision r set level = l.level, "case" = l."case"
          from (select distinct on (record) record, n, level, "case" from revision
                 where organisation = current_organisation() and record = any(records) order by record, n desc) l
         where r.organisation = current_organisation() and r.record = l.record and r.n < l.n and r.level < l.level
           and may_see(l.level, l."case") $function$
;
CREATE OR REPLACE FUNCTION rapporteur.log_export(of_kind text, of_output text, doing text, to_whom jsonb DEFAULT '{}'::jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$
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
end $function$
;
CREATE OR REPLACE FUNCTION rapporteur.make_account(of_person text, with_login text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$
declare
  ours constant text := administered();
begin
  perform pg_advisory_xact_lock(7300041);
  if exists (select 1 from account a where a.login = with_login) then return false; end if;
  insert into account (organisation, person, login) values (ours, of_person, with_login);
  return true;
end $function$
;
CREATE OR REPLACE FUNCTION rapporteur.make_link(of_person text, for_purpose text, of_code bytea, term interval)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$
declare
  ours constant text := administered();
  finished constant boolean := exists (
    select 1 from account a where a.organisation = ours and a.person = of_person and a.password is not null
    union all select 1 from passkey p where p.organisation = ours and p.person = of_person);
  agreed constant boolean := exists (
    select 1 from reset_proposal r join membership m on m.organisation = ours and m.person = r.by and m.ended is null
     where r.organisation = ours and r.person = of_person and r.by <> current_person() and of_person <> current_person()
       and r.made_at > now() - interval '3 days' and m.body->'roles' ? 'administrator');
begin
  if for_purpose = 'account' and finished or for_purpose = 'reset' and not agreed then
    raise exception 'two administrators are needed' using errcode = '42501';
  end if;
  delete from invitation i where i.organisation = ours and i.person = of_person;
  delete from reset_proposal r where r.organisation = ours and r.person = of_person;
  insert into invitation (organisation, code, person, purpose, ends_at) values (ours, of_code, of_person, for_purpose, now() + term);
end $function$
;
CREATE OR REPLACE FUNCTION rapporteur.may_see(of_level smallint, of_case text)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED
AS $function$ select coalesce(of_level <= current_level() or of_level >= 2 and of_case = any(current_compartments()), false) $function$
;
CREATE OR REPLACE FUNCTION rapporteur.my_case_tasks()
 RETURNS TABLE(id text, code text, dossier text, open integer, due text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$ select m.id, m.code, m.dossier, count(*)::integer, min(t.due) from my_cases() m
          join consent_task t on t.organisation = current_organisation() and t."case" = m.id and t.done is null
         group by m.id, m.code, m.dossier order by min(t.due), m.code $function$
;
CREATE OR REPLACE FUNCTION rapporteur.my_cases()
 RETURNS TABLE(id text, code text, dossier text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$ select c.id, c.code, c.dossier from access a
          join case_file c on c.organisation = a.organisation and c.id = a.compartment
         where a.organisation = current_organisation() and a.person = current_person() and a.ended is null
           and a.level = 3 and coalesce((a.body->>'until')::timestamptz > now(), true) and current_level() >= 0 $function$
;
CREATE OR REPLACE FUNCTION rapporteur.my_reset()
 RETURNS TABLE(by text, reason text, at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$ select r.by, r.reason, r.made_at from reset_proposal r
         where r.organisation = current_organisation() and r.person = current_person() and r.made_at > now() - interval '3 days' $function$
;
CREATE OR REPLACE FUNCTION rapporteur.name_class(of_level smallint, of_case text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$
declare
  ours constant text := current_organisation();
begin
  if ours is null or not (of_level <= current_level() or of_level >= 2 and of_case = any(current_compartments())) then
    raise exception 'no such compartment' using errcode = '42501';
  end if;
  if exists (select 1 from visibility_class where organisation = ours and level = of_level and dossier = '' and "case" is not distinct from of_case) then
    return;
  end if;
  perform pg_advisory_xact_lock(7300040, hashtext(ours));
  insert into visibility_class (organisation, level, "case", class)
  select ours, of_level, of_case, coalesce(max(class), 0) + 1 from visibility_class where organisation = ours
  on conflict do nothing;
end $function$
;
CREATE OR REPLACE FUNCTION rapporteur.named_by(of_organisation text, ids text[])
 RETURNS SETOF text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'rapporteur'
AS $function$
declare
  t text;
begin
  return query select s.id from statement s where s.organisation = of_organisation and not s.id = any(ids) and s.id in (
    select e.statement from entry_index e where e.organisation = of_organisation and (e.matter = any(ids) or e.value_matter = any(ids))
    union select p.statement from speaker_index p where p.organisation = of_organisation and p.matter = any(ids));
  for t in select n from noun_tables() n where not n = any(array['reading', 'passage', 'statement', 'remark', 'link', 'tag',
      'emendation', 'consent_use', 'erasure', 'review', 'membership', 'access'])
  loop
    return query execute format('select distinct x.id from %I x cross join lateral
        regexp_matches(x.body::text, ''"([a-z]{3}_[0-9a-hjkmnp-tv-z]{20})"'', ''g'') m
      where x.organisation = $1 and m[1] = any($2) and not x.id = any($2)', t) using of_organisation, ids;
  end loop;
end $function$
;
CREATE OR REPLACE FUNCTION rapporteur.new_id(prefix text)
 RETURNS text
 LANGUAGE sql
 SET search_path TO 'rapporteur'
AS $function$ select prefix || '_' || string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', (get_byte(r.bytes, i) & 31) + 1, 1), '' order by i)
          from (select sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) as bytes) r, generate_series(0, 19) i $function$
;
CREATE OR REPLACE FUNCTION rapporteur.noun_keys()
 RETURNS TABLE(child text, child_column text, parent text)
 LANGUAGE sql
 STABLE
 SET search_path TO 'rapporteur'
AS $function$ select c.relname::text, a.attname::text, p.relname::text
          from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
          join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[2]
         where k.contype = 'f' and k.connamespace = current_schema()::regnamespace and cardinality(k.conkey) = 2
           and p.relname in (select noun_tables()) $function$
;
CREATE OR REPLACE FUNCTION rapporteur.noun_tables()
 RETURNS SETOF text
 LANGUAGE sql
 STABLE
 SET search_path TO 'rapporteur'
AS $function$ select c.relname::text from pg_class c
         where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
           and (select count(*) from pg_attribute a where a.attrelid = c.oid
                  and a.attname in ('id', 'revision', 'body') and not a.attisdropped) = 3 order by 1 $function$
;
CREATE OR REPLACE FUNCTION rapporteur.search_fold(words text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN search_plain(lower((CASE WHEN (words ~ ('[-\u2010\u2011\u00AD][\s\u200B\u2060\uFEFF\u00AD]*[\n\r\u0085\u2028\u2029]|[\uFB00-\uFEFC]'::text COLLATE "C")) THEN search_joined(search_letters(words)) ELSE words END COLLATE "und-x-icu")))
;
CREATE OR REPLACE FUNCTION rapporteur.search_joined(words text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (regexp_replace(words, ('([[:alnum:]\u0300-\u036F])[\u200B\u2060\uFEFF]*[-\u2010\u2011\u00AD][\s\u200B\u2060\uFEFF\u00AD]*[\n\r\u0085\u2028\u2029][\s\u200B\u2060\uFEFF\u00AD]*([[:alnum:]])'::text COLLATE "und-x-icu"), '\1\2'::text, 'g'::text) || COALESCE((SELECT string_agg((((' '::text || part.part[1]) || ' '::text) || part.part[2]), ''::text) AS string_agg FROM regexp_matches(search_joined.words, ('([[:alnum:]\u0300-\u036F]+)[\u200B\u2060\uFEFF]*[-\u2010\u2011\u00AD][\s\u200B\u2060\uFEFF\u00AD]*[\n\r\u0085\u2028\u2029][\s\u200B\u2060\uFEFF\u00AD]*([[:alnum:]\u0300-\u036F]+)'::text COLLATE "und-x-icu"), 'g'::text) part(part)), ''::text))
;
CREATE OR REPLACE FUNCTION rapporteur.search_letters(words text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (SELECT string_agg(CASE WHEN (pieces.piece !~ ('[\uFB00-\uFB06\uFB13-\uFB17\uFB50-\uFBB1\uFBD3-\uFDFB\uFE70-\uFEFC]'::text COLLATE "C")) THEN pieces.piece WHEN (NORMALIZE(pieces.piece, NFKC) ~~ '% %'::text) THEN pieces.piece ELSE NORMALIZE(pieces.piece, NFKC) END, ''::text ORDER BY pieces.n) AS string_agg FROM regexp_split_to_table((search_letters.words COLLATE "C"), ''::text) WITH ORDINALITY pieces(piece, n))
;
CREATE OR REPLACE FUNCTION rapporteur.search_lines(question jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'rapporteur'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  asker constant text := current_organisation();
  any_query constant tsquery := (question->>'any')::tsquery;
  of_dossier constant text := question->>'dossier';
  of_source constant text := question->>'source';
  of_language constant text := question->>'language';
  of_kind constant text := question->>'kind';
  first_hit constant integer := coalesce((question->>'offset')::integer, 0);
  hits_wanted constant integer := least(coalesce((question->>'limit')::integer, 20), 100);
  classes integer[];
  answer jsonb;
begin
  if asker is null or any_query is null or numnode(any_query) = 0 then
    return jsonb_build_object('total', 0, 'hits', '[]'::jsonb, 'facets', '{}'::jsonb);
  end if;
  classes := visible_classes();
  with line as materialized (
    select id, record, start from searched
     where organisation = asker and class = any(classes)
       and to_tsvector(config, search_fold(text)) @@ any_query
  ), found as materialized (
    select record, count(*)::integer as lines from line group by record
  ), merged as materialized (
    -- Names of merged matters, under the matter that stands; each spelling once, and none that it bears itself.
    select distinct on (up.root, search_fold(s.text)) l.id, up.root as record, l.start, up.dossier
      from found f
      join matter m on m.organisation = asker and m.id = f.record and m.merged_into is not null
      join line l on l.record = f.record
      join searched s on s.organisation = asker and s.id = l.id
      cross join lateral (
        with recursive above as (
          select m.merged_into as id
          union select a.merged_into from matter a join above on a.organisation = asker and a.id = above.id
           where a.merged_into is not null)
        select a.id as root, a.body->>'dossier' as dossier from above join matter a on a.organisation = asker and a.id = above.id
         where a.merged_into is null and may_see(a.level, a."case") limit 1) up
     where starts_with(f.record, 'mat_')
       and not exists (select 1 from searched o where o.organisation = asker and o.record = up.root
             and search_fold(o.text) = search_fold(s.text))
     order by up.root, search_fold(s.text), l.id
  ), place as (
    select f.record, f.lines, null::bigint as id, null::integer as start, 'passage' as kind, s.id as source, s.dossier, s.language
      from found f
      cross join lateral (select r.source from reading r where r.organisation = asker and r.id = f.record limit 1) r
      cross join lateral (select s.id, s.dossier, coalesce(s.body->>'language', 'und') as language from source s
                           where s.organisation = asker and s.id = r.source and s.reading = f.record limit 1) s
     where starts_with(f.record, 'rdg_')
    union all
    select f.record, f.lines, null, null, 'title', s.id, s.dossier, coalesce(s.body->>'language', 'und')
      from found f join source s on s.organisation = asker and s.id = f.record
     where starts_with(f.record, 'src_')
    union all
    select f.record, f.lines, null, null, 'matter', null, m.body->>'dossier', 'und'
      from found f join matter m on m.organisation = asker and m.id = f.record and m.merged_into is null
     where starts_with(f.record, 'mat_')
    union all
    select record, 1, id, start, 'matter', null, dossier, 'und' from merged
  ), kept as materialized (
    select * from place
     where (of_dossier is null or dossier = of_dossier) and (of_source is null or source = of_source)
       and (of_language is null or language = of_language) and (of_kind is null or kind = of_kind)
  ), newest as materialized (
    select l.id, l.start, k.record, k.kind, k.source, k.dossier, k.language
      from line l join kept k on k.record = l.record and k.id is null
    union all
    select id, start, record, kind, source, dossier, language from kept where id is not null
     order by id desc limit 2000
  ), ranked as materialized (
    select n.*, ts_rank_cd(i.words, any_query, 1) + case n.kind when 'passage' then 0 else 1 end as rank
      from newest n
      -- By its key, one by one: the planner knows nothing of these tables right after a large import.
      cross join lateral (select words from line_index where organisation = asker and line = n.id limit 1) i
     order by rank desc, n.id limit hits_wanted offset first_hit
  ), shown as (
    select r.*, s.text from ranked r
      cross join lateral (select text from searched where organisation = asker and id = r.id limit 1) s
  )
  select jsonb_build_object(
    'total', (select coalesce(sum(lines), 0) from kept),
    'ranked', (select count(*) from newest),
    'hits', coalesce((select jsonb_agg(jsonb_build_object('record', record, 'kind', kind, 'source', source, 'dossier', dossier,
        'language', language, 'start', start, 'text', text, 'rank', rank) order by rank desc, id) from shown), '[]'::jsonb),
    'facets', jsonb_build_object(
      'kind', (select coalesce(jsonb_object_agg(kind, n), '{}') from (select kind, sum(lines) n from kept group by kind) f),
      'language', (select coalesce(jsonb_object_agg(language, n), '{}') from (select language, sum(lines) n from kept group by language) f),
      'source', (select coalesce(jsonb_object_agg(source, n), '{}') from
        (select source, sum(lines) n from kept where source is not null group by source order by n desc, source limit 20) f)
    )) into answer;
  return answer;
end $function$
;
CREATE OR REPLACE FUNCTION rapporteur.search_plain(words text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (words ~ ('[ёЁà-åç-ïñ-öù-ýÿğışžščćđÀ-ÅÇ-ÏÑ-ÖÙ-ÝĞİŞŽŠČĆĐ’ʼ‘`´\u200B\u2060\uFEFF\u00AD]'::text COLLATE "C")) THEN translate(words, ('ёЁàáâãäåçèéêëìíîïñòóôõöùúûüýÿğışžščćđÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝĞİŞŽŠČĆĐ’ʼ‘`´'::text || '​⁠﻿­'::text), 'еЕaaaaaaceeeeiiiinooooouuuuyygiszsccdAAAAAACEEEEIIIINOOOOOUUUUYGISZSCCD'''''''''''::text) ELSE words END
;
CREATE OR REPLACE FUNCTION rapporteur.some_hidden(ids text[])
 RETURNS text[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$ select coalesce(array_agg(distinct r.record), '{}') from revision r
         where r.organisation = current_organisation() and r.record = any(ids)
           and not exists (select 1 from revision v where v.organisation = r.organisation and v.record = r.record
                             and may_see(v.level, v."case")) $function$
;
CREATE OR REPLACE FUNCTION rapporteur.team_stands(of_dossier text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$ select current_level() >= 0 and exists (
          select 1 from access a where a.organisation = current_organisation() and a.compartment = of_dossier) $function$
;
CREATE OR REPLACE FUNCTION rapporteur.visible_classes()
 RETURNS integer[]
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$ select array_agg(class) from visibility_class
         where organisation = (select current_organisation())
           and (level <= (select current_level()) or level >= 2 and "case" = any((select current_compartments())::text[])) $function$
;
CREATE OR REPLACE FUNCTION rapporteur.what_concerns(one text)
 RETURNS SETOF text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$
  select distinct c.record from interlocutor i, concerning(i.organisation, array[i.id]) c
    join revision r on r.organisation = current_organisation() and r.record = c.record
   where i.organisation = current_organisation() and i.id = one and i."case" = any(current_compartments())
     and (r.level <= current_level() or r."case" = any(current_compartments()))
     and r.n = (select max(n) from revision l where l.organisation = r.organisation and l.record = r.record)
  $function$
;
CREATE OR REPLACE FUNCTION rapporteur.withdraw_reset(of_person text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$
begin
  delete from reset_proposal r
   where r.organisation = current_organisation() and r.person = of_person and current_person() in (r.by, r.person)
     and r.made_at > now() - interval '3 days';
  return found;
end $function$
;
CREATE OR REPLACE FUNCTION rapporteur.withheld_of(records text[])
 RETURNS TABLE(record text, n integer, kind text, entry text, item integer, at timestamp with time zone, who text, commitment bytea)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$ select r.record, r.n, r.kind, r.entry, r.item, r.at, r.who, r.commitment from revision r
         where r.organisation = current_organisation() and r.record = any(records) and not may_see(r.level, r."case")
           and exists (select 1 from revision v where v.organisation = r.organisation and v.record = r.record
                         and may_see(v.level, v."case")) $function$
;
CREATE OR REPLACE FUNCTION rapporteur.write_use(of_organisation text, of_id text, of_case text, said jsonb, of_entry text, at_item integer, moment timestamp with time zone, by_person text)
 RETURNS bytea
 LANGUAGE plpgsql
 SET search_path TO 'rapporteur'
AS $function$
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
end $function$
;

create table access (
  organisation text not null,
  level smallint not null,
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  compartment text not null generated always as ((body ->> 'compartment'::text)) stored,
  person text not null generated always as ((body ->> 'person'::text)) stored,
  ended text generated always as ((body ->> 'ended'::text)) stored
);
create table account (
  organisation text not null,
  level smallint not null default 1,
  "case" text,
  person text not null,
  login text not null,
  handle bytea not null default uuid_send(gen_random_uuid()),
  password text,
  totp bytea,
  totp_step bigint not null default '-1'::integer,
  made_at timestamp with time zone not null default now()
);
create table aspect (
  organisation text not null,
  level smallint not null,
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  dossier text not null generated always as (COALESCE((body ->> 'dossier'::text), ''::text)) stored,
  matter_kind text not null generated always as ((body ->> 'matterKind'::text)) stored,
  name text not null generated always as ((body ->> 'name'::text)) stored
);
create table attempt (
  organisation text not null,
  level smallint not null default 1,
  "case" text,
  day date not null,
  key bytea not null,
  began timestamp with time zone not null default now(),
  n integer not null default 1
);
create table attempt_salt (
  organisation text not null,
  level smallint not null default 1,
  "case" text,
  day date not null,
  salt bytea not null
);
create table breach (
  organisation text not null,
  level smallint not null,
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  due text not null generated always as ((body ->> 'due'::text)) stored
);
create table case_file (
  organisation text not null,
  level smallint not null,
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  dossier text not null generated always as ((body ->> 'dossier'::text)) stored,
  code text not null generated always as ((body ->> 'code'::text)) stored
);
create table concern (
  organisation text not null,
  level smallint not null,
  "case" text not null,
  id text not null,
  revision integer not null,
  body jsonb not null,
  interlocutor text not null generated always as ((body ->> 'interlocutor'::text)) stored,
  record text not null generated always as ((body ->> 'record'::text)) stored,
  ended text generated always as ((body ->> 'ended'::text)) stored
);
create table consent_grant (
  organisation text not null,
  level smallint not null,
  "case" text not null,
  id text not null,
  revision integer not null,
  body jsonb not null,
  interlocutor text not null generated always as ((body ->> 'interlocutor'::text)) stored,
  purpose text not null generated always as ((body ->> 'purpose'::text)) stored,
  recipient text not null generated always as ((body ->> 'recipient'::text)) stored
);
create table consent_task (
  organisation text not null,
  level smallint not null,
  "case" text not null,
  id text not null,
  revision integer not null,
  body jsonb not null,
  interlocutor text not null generated always as ((body ->> 'interlocutor'::text)) stored,
  due text not null generated always as ((body ->> 'due'::text)) stored,
  done text generated always as (((body -> 'done'::text) ->> 'at'::text)) stored
);
create table consent_use (
  organisation text not null,
  level smallint not null default 3,
  "case" text not null,
  id text not null,
  revision integer not null default 1,
  body jsonb not null,
  interlocutor text not null generated always as ((body ->> 'interlocutor'::text)) stored,
  "grant" text generated always as ((body ->> 'grant'::text)) stored,
  reason text generated always as ((body ->> 'reason'::text)) stored
);
create table context_key (
  organisation text not null,
  level smallint not null default 1,
  "case" text,
  inner_pad bytea not null,
  outer_pad bytea not null
);
create table data_request (
  organisation text not null,
  level smallint not null,
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  due text not null generated always as ((body ->> 'due'::text)) stored,
  state text not null generated always as ((body ->> 'state'::text)) stored
);
create table dossier (
  organisation text not null,
  level smallint not null,
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  slug text not null generated always as ((body ->> 'slug'::text)) stored
);
create table draft (
  organisation text not null,
  level smallint not null default 1,
  "case" text,
  id text not null,
  person text not null,
  body jsonb not null,
  saved_at timestamp with time zone not null default now()
);
create table emendation (
  organisation text not null,
  level smallint not null,
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  dossier text not null generated always as ((body ->> 'dossier'::text)) stored,
  name text not null generated always as ((body ->> 'name'::text)) stored,
  state text not null generated always as ((body ->> 'state'::text)) stored
);
create table entry_index (
  organisation text not null,
  level smallint not null,
  "case" text,
  statement text not null,
  n integer not null,
  dossier text not null,
  matter text not null,
  aspect text not null,
  emendation text,
  value_matter text
);
create table erasure (
  organisation text not null,
  level smallint not null,
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  target text not null generated always as ((body ->> 'target'::text)) stored,
  state text not null generated always as ((body ->> 'state'::text)) stored
);
create table export (
  organisation text not null,
  level smallint not null default 1,
  "case" text,
  id bigint not null generated always as identity,
  at timestamp with time zone not null default now(),
  person text not null,
  session text not null,
  operation text not null,
  kind text not null,
  output text not null,
  opened text[] not null default '{}'::text[],
  recipient text,
  recallable boolean
);
create table finding (
  organisation text not null,
  level smallint not null,
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  dossier text not null generated always as ((body ->> 'dossier'::text)) stored,
  matter text not null generated always as ((body ->> 'matter'::text)) stored,
  state text not null generated always as ((body ->> 'state'::text)) stored
);
create table helper (
  organisation text not null,
  level smallint not null,
  "case" text not null,
  id text not null,
  revision integer not null,
  body jsonb not null,
  role text not null generated always as ((body ->> 'role'::text)) stored
);
create table interlocutor (
  organisation text not null,
  level smallint not null,
  "case" text not null,
  id text not null,
  revision integer not null,
  body jsonb not null,
  pseudonym text not null generated always as ((body ->> 'pseudonym'::text)) stored,
  matter text generated always as ((body ->> 'matter'::text)) stored
);
create table interview (
  organisation text not null,
  level smallint not null,
  "case" text not null,
  id text not null,
  revision integer not null,
  body jsonb not null,
  interlocutor text not null generated always as ((body ->> 'interlocutor'::text)) stored
);
create table invitation (
  organisation text not null,
  level smallint not null default 1,
  "case" text,
  code bytea not null,
  person text not null,
  purpose text not null,
  made_at timestamp with time zone not null default now(),
  ends_at timestamp with time zone not null
);
create table ledger_checkpoint (
  organisation text not null,
  level smallint not null default 1,
  "case" text,
  size bigint not null,
  at timestamp with time zone not null,
  note text not null
);
create table ledger_entry (
  organisation text not null,
  level smallint not null default 1,
  "case" text,
  index bigint not null,
  entry text not null,
  leaf text not null
);
create table ledger_inbox (
  organisation text not null,
  level smallint not null default 1,
  "case" text,
  place bigint not null generated always as identity,
  entry text not null,
  process text not null,
  number bigint not null,
  leaf text not null
);
create table ledger_tile (
  organisation text not null,
  level smallint not null default 1,
  "case" text,
  tile_level smallint not null,
  tile_index bigint not null,
  hashes bytea not null
);
create table level_change (
  organisation text not null,
  level smallint not null,
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  record text not null generated always as ((body ->> 'record'::text)) stored,
  state text not null generated always as ((body ->> 'state'::text)) stored
);
create table line_index (
  organisation text not null,
  level smallint not null,
  "case" text,
  line bigint not null,
  words tsvector not null
);
create table link (
  organisation text not null,
  level smallint not null,
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  dossier text not null generated always as ((body ->> 'dossier'::text)) stored,
  from_statement text not null generated always as ((body ->> 'from'::text)) stored,
  to_statement text not null generated always as ((body ->> 'to'::text)) stored,
  rel text not null generated always as ((body ->> 'rel'::text)) stored
);
create table matter (
  organisation text not null,
  level smallint not null,
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  kind text not null generated always as ((body ->> 'kind'::text)) stored,
  name text not null generated always as ((body ->> 'name'::text)) stored,
  key text generated always as ((body ->> 'key'::text)) stored,
  merged_into text generated always as ((body ->> 'mergedInto'::text)) stored
);
create table membership (
  organisation text not null,
  level smallint not null,
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  person text not null generated always as ((body ->> 'person'::text)) stored,
  ended text generated always as ((body ->> 'ended'::text)) stored
);
create table migration (
  number integer not null,
  name text not null,
  sha256 text not null,
  at timestamp with time zone not null default now()
);
create table name_index (
  organisation text not null,
  level smallint not null,
  "case" text,
  matter text not null,
  n integer not null,
  folded text not null
);
create table opening (
  organisation text not null,
  level smallint not null default 1,
  "case" text,
  id bigint not null generated always as identity,
  at timestamp with time zone not null default now(),
  person text not null,
  session text not null,
  operation text not null,
  opened text not null
);
create table organisation (
  organisation text not null,
  level smallint not null default 1,
  "case" text,
  name text not null,
  alone boolean not null default true
);
create table passage (
  organisation text not null,
  level smallint not null,
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  source text not null generated always as ((body ->> 'source'::text)) stored,
  state text not null generated always as ((body ->> 'state'::text)) stored
);
create table passage_index (
  organisation text not null,
  level smallint not null,
  "case" text,
  item text not null,
  passage text not null
);
create table passkey (
  organisation text not null,
  level smallint not null default 1,
  "case" text,
  id text not null,
  person text not null,
  credential text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}'::text[],
  label text not null,
  made_at timestamp with time zone not null default now(),
  used_at timestamp with time zone
);
create table person (
  organisation text not null,
  level smallint not null default 1,
  "case" text,
  id text not null,
  name text,
  made_at timestamp with time zone not null default now()
);
create table processing (
  organisation text not null,
  level smallint not null,
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  dossier text not null generated always as ((body ->> 'dossier'::text)) stored
);
create table public_reason (
  organisation text not null,
  level smallint not null,
  "case" text not null,
  id text not null,
  revision integer not null,
  body jsonb not null,
  interlocutor text not null generated always as ((body ->> 'interlocutor'::text)) stored,
  state text not null generated always as ((body ->> 'state'::text)) stored
);
create table reading (
  organisation text not null,
  level smallint not null,
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  text text not null,
  source text not null generated always as ((body ->> 'source'::text)) stored,
  layout bytea
);
create table remark (
  organisation text not null,
  level smallint not null,
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  dossier text not null generated always as ((body ->> 'dossier'::text)) stored,
  source text not null generated always as ((body ->> 'source'::text)) stored,
  type text not null generated always as ((body ->> 'type'::text)) stored,
  item text generated always as ((body ->> 'item'::text)) stored
);
create table reset_proposal (
  organisation text not null,
  level smallint not null default 1,
  "case" text,
  person text not null,
  by text not null,
  reason text not null,
  made_at timestamp with time zone not null default now()
);
create table review (
  organisation text not null,
  level smallint not null,
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  subject text not null generated always as ((body ->> 'subject'::text)) stored,
  until text not null generated always as ((body ->> 'until'::text)) stored
);
create table revision (
  organisation text not null,
  level smallint not null,
  "case" text,
  record text not null,
  n integer not null,
  kind text not null,
  form text not null,
  entry text not null,
  item integer not null,
  at timestamp with time zone not null,
  who text not null,
  why text not null,
  salt bytea,
  commitment bytea not null,
  after jsonb,
  erased jsonb
);
create table searched (
  organisation text not null,
  level smallint not null,
  "case" text,
  id bigint not null generated always as identity,
  class integer not null,
  record text not null,
  start integer not null,
  config regconfig not null,
  text text not null
);
create table sensitive_form (
  organisation text not null,
  level smallint not null,
  "case" text not null,
  id text not null,
  revision integer not null,
  body jsonb not null,
  interview text not null generated always as ((body ->> 'interview'::text)) stored,
  text text not null
);
create table session (
  organisation text not null,
  level smallint not null default 1,
  "case" text,
  id text not null,
  person text not null,
  kind text not null,
  pass bytea not null,
  label text not null default ''::text,
  scopes text[],
  made_at timestamp with time zone not null default now(),
  seen_at timestamp with time zone not null default now(),
  idle interval,
  ends_at timestamp with time zone,
  proved_at timestamp with time zone,
  revoked_at timestamp with time zone,
  renew boolean not null default false
);
create table setting (
  organisation text not null,
  level smallint not null default 1,
  "case" text,
  name text not null,
  value jsonb not null
);
create table sign_in_log (
  organisation text not null,
  level smallint not null default 1,
  "case" text,
  id bigint not null generated always as identity,
  at timestamp with time zone not null default now(),
  person text,
  about text,
  what text not null,
  outcome text not null,
  device text not null,
  network text not null
);
create table source (
  organisation text not null,
  level smallint not null,
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  dossier text not null generated always as ((body ->> 'dossier'::text)) stored,
  file_name text generated always as ((body ->> 'fileName'::text)) stored,
  sha256 text generated always as (((body -> 'original'::text) ->> 'sha256'::text)) stored,
  reading text generated always as ((body ->> 'reading'::text)) stored,
  title text not null generated always as (COALESCE((body ->> 'title'::text), ''::text)) stored,
  day text not null generated always as (COALESCE((body ->> 'date'::text), ''::text)) stored,
  publisher text not null generated always as (COALESCE(((body -> 'publisher'::text) ->> 'name'::text), ''::text)) stored
);
create table speaker_index (
  organisation text not null,
  level smallint not null,
  "case" text,
  statement text not null,
  "position" integer not null,
  member integer not null,
  innermost boolean not null,
  matter text
);
create table statement (
  organisation text not null,
  level smallint not null,
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  dossier text not null generated always as ((body ->> 'dossier'::text)) stored,
  source text not null generated always as ((body ->> 'source'::text)) stored,
  kind text not null generated always as ((body ->> 'kind'::text)) stored,
  polarity text not null generated always as ((body ->> 'polarity'::text)) stored,
  item text generated always as ((body ->> 'item'::text)) stored
);
create table tag (
  organisation text not null,
  level smallint not null,
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  dossier text not null generated always as ((body ->> 'dossier'::text)) stored,
  subject text not null generated always as ((body ->> 'subject'::text)) stored,
  scheme text not null generated always as ((body ->> 'scheme'::text)) stored,
  term text not null generated always as ((body ->> 'term'::text)) stored
);
create table training (
  organisation text not null,
  level smallint not null,
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  person text not null generated always as ((body ->> 'person'::text)) stored,
  ended text generated always as ((body ->> 'ended'::text)) stored
);
create table visibility_class (
  organisation text not null,
  level smallint not null,
  "case" text,
  class integer not null,
  dossier text not null default ''::text
);

alter table access add constraint access_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table access add constraint access_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table access add constraint access_pkey PRIMARY KEY (organisation, id);
alter table access add constraint access_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table access add constraint access_organisation_person_fkey FOREIGN KEY (organisation, person) REFERENCES person(organisation, id);
alter table account add constraint account_check CHECK (((password IS NULL) = (totp IS NULL)));
alter table account add constraint account_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table account add constraint account_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table account add constraint account_login_check CHECK ((login = lower(login)));
alter table account add constraint account_pkey PRIMARY KEY (organisation, person);
alter table account add constraint account_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table account add constraint account_organisation_person_fkey FOREIGN KEY (organisation, person) REFERENCES person(organisation, id);
alter table aspect add constraint aspect_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table aspect add constraint aspect_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table aspect add constraint aspect_pkey PRIMARY KEY (organisation, id);
alter table aspect add constraint aspect_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table attempt add constraint attempt_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table attempt add constraint attempt_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table attempt add constraint attempt_pkey PRIMARY KEY (organisation, day, key);
alter table attempt add constraint attempt_organisation_day_fkey FOREIGN KEY (organisation, day) REFERENCES attempt_salt(organisation, day) ON DELETE CASCADE;
alter table attempt add constraint attempt_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table attempt_salt add constraint attempt_salt_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table attempt_salt add constraint attempt_salt_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table attempt_salt add constraint attempt_salt_pkey PRIMARY KEY (organisation, day);
alter table attempt_salt add constraint attempt_salt_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table breach add constraint breach_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table breach add constraint breach_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table breach add constraint breach_pkey PRIMARY KEY (organisation, id);
alter table breach add constraint breach_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table case_file add constraint case_file_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table case_file add constraint case_file_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table case_file add constraint case_file_pkey PRIMARY KEY (organisation, id);
alter table case_file add constraint case_file_organisation_dossier_fkey FOREIGN KEY (organisation, dossier) REFERENCES dossier(organisation, id);
alter table case_file add constraint case_file_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table concern add constraint concern_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table concern add constraint concern_level_check CHECK ((level = 3));
alter table concern add constraint concern_pkey PRIMARY KEY (organisation, id);
alter table concern add constraint concern_organisation_case_fkey FOREIGN KEY (organisation, "case") REFERENCES case_file(organisation, id);
alter table concern add constraint concern_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table concern add constraint concern_organisation_interlocutor_fkey FOREIGN KEY (organisation, interlocutor) REFERENCES interlocutor(organisation, id);
alter table consent_grant add constraint consent_grant_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table consent_grant add constraint consent_grant_level_check CHECK ((level = 3));
alter table consent_grant add constraint consent_grant_pkey PRIMARY KEY (organisation, id);
alter table consent_grant add constraint consent_grant_organisation_case_fkey FOREIGN KEY (organisation, "case") REFERENCES case_file(organisation, id);
alter table consent_grant add constraint consent_grant_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table consent_grant add constraint consent_grant_organisation_interlocutor_fkey FOREIGN KEY (organisation, interlocutor) REFERENCES interlocutor(organisation, id);
alter table consent_task add constraint consent_task_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table consent_task add constraint consent_task_level_check CHECK ((level = 3));
alter table consent_task add constraint consent_task_pkey PRIMARY KEY (organisation, id);
alter table consent_task add constraint consent_task_organisation_case_fkey FOREIGN KEY (organisation, "case") REFERENCES case_file(organisation, id);
alter table consent_task add constraint consent_task_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table consent_task add constraint consent_task_organisation_interlocutor_fkey FOREIGN KEY (organisation, interlocutor) REFERENCES interlocutor(organisation, id);
alter table consent_use add constraint consent_use_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table consent_use add constraint consent_use_level_check1 CHECK ((level = 3));
alter table consent_use add constraint consent_use_pkey PRIMARY KEY (organisation, id);
alter table consent_use add constraint consent_use_revision_check CHECK ((revision = 1));
alter table consent_use add constraint consent_use_organisation_case_fkey FOREIGN KEY (organisation, "case") REFERENCES case_file(organisation, id);
alter table consent_use add constraint consent_use_organisation_fkey1 FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table consent_use add constraint consent_use_organisation_grant_fkey1 FOREIGN KEY (organisation, "grant") REFERENCES consent_grant(organisation, id);
alter table consent_use add constraint consent_use_organisation_interlocutor_fkey1 FOREIGN KEY (organisation, interlocutor) REFERENCES interlocutor(organisation, id);
alter table consent_use add constraint consent_use_organisation_reason_fkey1 FOREIGN KEY (organisation, reason) REFERENCES public_reason(organisation, id);
alter table context_key add constraint context_key_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table context_key add constraint context_key_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table context_key add constraint context_key_pkey PRIMARY KEY (organisation);
alter table context_key add constraint context_key_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table data_request add constraint data_request_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table data_request add constraint data_request_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table data_request add constraint data_request_pkey PRIMARY KEY (organisation, id);
alter table data_request add constraint data_request_state_check CHECK ((state = ANY (ARRAY['open'::text, 'answered'::text, 'refused'::text])));
alter table data_request add constraint data_request_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table dossier add constraint dossier_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table dossier add constraint dossier_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table dossier add constraint dossier_pkey PRIMARY KEY (organisation, id);
alter table dossier add constraint dossier_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table draft add constraint draft_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table draft add constraint draft_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table draft add constraint draft_pkey PRIMARY KEY (organisation, id);
alter table draft add constraint draft_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table draft add constraint draft_organisation_person_fkey FOREIGN KEY (organisation, person) REFERENCES person(organisation, id);
alter table emendation add constraint emendation_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table emendation add constraint emendation_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table emendation add constraint emendation_pkey PRIMARY KEY (organisation, id);
alter table emendation add constraint emendation_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'accepted'::text, 'rejected'::text])));
alter table emendation add constraint emendation_organisation_dossier_fkey FOREIGN KEY (organisation, dossier) REFERENCES dossier(organisation, id);
alter table entry_index add constraint entry_index_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table entry_index add constraint entry_index_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table entry_index add constraint entry_index_pkey PRIMARY KEY (organisation, statement, n);
alter table entry_index add constraint entry_index_organisation_statement_fkey FOREIGN KEY (organisation, statement) REFERENCES statement(organisation, id) ON DELETE CASCADE;
alter table erasure add constraint erasure_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table erasure add constraint erasure_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table erasure add constraint erasure_pkey PRIMARY KEY (organisation, id);
alter table erasure add constraint erasure_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'declined'::text, 'done'::text])));
alter table erasure add constraint erasure_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table export add constraint export_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table export add constraint export_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table export add constraint export_pkey PRIMARY KEY (organisation, id);
alter table export add constraint export_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table finding add constraint finding_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table finding add constraint finding_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table finding add constraint finding_pkey PRIMARY KEY (organisation, id);
alter table finding add constraint finding_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'held'::text, 'attested'::text, 'withdrawn'::text])));
alter table finding add constraint finding_organisation_dossier_fkey FOREIGN KEY (organisation, dossier) REFERENCES dossier(organisation, id);
alter table helper add constraint helper_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table helper add constraint helper_level_check CHECK ((level = 3));
alter table helper add constraint helper_pkey PRIMARY KEY (organisation, id);
alter table helper add constraint helper_organisation_case_fkey FOREIGN KEY (organisation, "case") REFERENCES case_file(organisation, id);
alter table helper add constraint helper_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table interlocutor add constraint interlocutor_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table interlocutor add constraint interlocutor_level_check CHECK ((level = 3));
alter table interlocutor add constraint interlocutor_pkey PRIMARY KEY (organisation, id);
alter table interlocutor add constraint interlocutor_organisation_case_fkey FOREIGN KEY (organisation, "case") REFERENCES case_file(organisation, id);
alter table interlocutor add constraint interlocutor_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table interview add constraint interview_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table interview add constraint interview_level_check CHECK ((level = 3));
alter table interview add constraint interview_pkey PRIMARY KEY (organisation, id);
alter table interview add constraint interview_organisation_case_fkey FOREIGN KEY (organisation, "case") REFERENCES case_file(organisation, id);
alter table interview add constraint interview_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table interview add constraint interview_organisation_interlocutor_fkey FOREIGN KEY (organisation, interlocutor) REFERENCES interlocutor(organisation, id);
alter table invitation add constraint invitation_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table invitation add constraint invitation_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table invitation add constraint invitation_pkey PRIMARY KEY (organisation, code);
alter table invitation add constraint invitation_purpose_check CHECK ((purpose = ANY (ARRAY['account'::text, 'reset'::text])));
alter table invitation add constraint invitation_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table invitation add constraint invitation_organisation_person_fkey FOREIGN KEY (organisation, person) REFERENCES account(organisation, person);
alter table ledger_checkpoint add constraint ledger_checkpoint_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table ledger_checkpoint add constraint ledger_checkpoint_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table ledger_checkpoint add constraint ledger_checkpoint_pkey PRIMARY KEY (organisation, size);
alter table ledger_checkpoint add constraint ledger_checkpoint_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table ledger_entry add constraint ledger_entry_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table ledger_entry add constraint ledger_entry_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table ledger_entry add constraint ledger_entry_organisation_entry_key UNIQUE (organisation, entry);
alter table ledger_entry add constraint ledger_entry_pkey PRIMARY KEY (organisation, index);
alter table ledger_inbox add constraint ledger_inbox_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table ledger_inbox add constraint ledger_inbox_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table ledger_inbox add constraint ledger_inbox_pkey PRIMARY KEY (organisation, process, number);
alter table ledger_tile add constraint ledger_tile_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table ledger_tile add constraint ledger_tile_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table ledger_tile add constraint ledger_tile_pkey PRIMARY KEY (organisation, tile_level, tile_index);
alter table ledger_tile add constraint ledger_tile_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table level_change add constraint level_change_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table level_change add constraint level_change_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table level_change add constraint level_change_pkey PRIMARY KEY (organisation, id);
alter table level_change add constraint level_change_state_check CHECK ((state = ANY (ARRAY['done'::text, 'proposed'::text, 'confirmed'::text, 'declined'::text])));
alter table level_change add constraint level_change_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table line_index add constraint line_index_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table line_index add constraint line_index_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table line_index add constraint line_index_pkey PRIMARY KEY (organisation, line);
alter table link add constraint link_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table link add constraint link_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table link add constraint link_organisation_from_statement_rel_to_statement_key UNIQUE (organisation, from_statement, rel, to_statement);
alter table link add constraint link_pkey PRIMARY KEY (organisation, id);
alter table link add constraint link_organisation_from_statement_fkey FOREIGN KEY (organisation, from_statement) REFERENCES statement(organisation, id);
alter table link add constraint link_organisation_to_statement_fkey FOREIGN KEY (organisation, to_statement) REFERENCES statement(organisation, id);
alter table matter add constraint matter_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table matter add constraint matter_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table matter add constraint matter_pkey PRIMARY KEY (organisation, id);
alter table matter add constraint matter_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table membership add constraint membership_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table membership add constraint membership_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table membership add constraint membership_organisation_person_key UNIQUE (organisation, person);
alter table membership add constraint membership_pkey PRIMARY KEY (organisation, id);
alter table membership add constraint membership_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table membership add constraint membership_organisation_person_fkey FOREIGN KEY (organisation, person) REFERENCES person(organisation, id);
alter table migration add constraint migration_pkey PRIMARY KEY (number);
alter table name_index add constraint name_index_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table name_index add constraint name_index_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table name_index add constraint name_index_pkey PRIMARY KEY (organisation, matter, n);
alter table name_index add constraint name_index_organisation_matter_fkey FOREIGN KEY (organisation, matter) REFERENCES matter(organisation, id) ON DELETE CASCADE;
alter table opening add constraint opening_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table opening add constraint opening_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table opening add constraint opening_pkey PRIMARY KEY (organisation, id);
alter table opening add constraint opening_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table organisation add constraint organisation_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table organisation add constraint organisation_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table organisation add constraint organisation_pkey PRIMARY KEY (organisation);
alter table passage add constraint passage_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table passage add constraint passage_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table passage add constraint passage_pkey PRIMARY KEY (organisation, id);
alter table passage add constraint passage_state_check CHECK ((state = ANY (ARRAY['intact'::text, 'moved'::text, 'lost'::text])));
alter table passage add constraint passage_organisation_source_fkey FOREIGN KEY (organisation, source) REFERENCES source(organisation, id);
alter table passage_index add constraint passage_index_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table passage_index add constraint passage_index_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table passage_index add constraint passage_index_pkey PRIMARY KEY (organisation, item, passage);
alter table passage_index add constraint passage_index_organisation_passage_fkey FOREIGN KEY (organisation, passage) REFERENCES passage(organisation, id);
alter table passkey add constraint passkey_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table passkey add constraint passkey_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table passkey add constraint passkey_pkey PRIMARY KEY (organisation, id);
alter table passkey add constraint passkey_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table passkey add constraint passkey_organisation_person_fkey FOREIGN KEY (organisation, person) REFERENCES account(organisation, person);
alter table person add constraint person_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table person add constraint person_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table person add constraint person_pkey PRIMARY KEY (organisation, id);
alter table person add constraint person_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table processing add constraint processing_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table processing add constraint processing_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table processing add constraint processing_pkey PRIMARY KEY (organisation, id);
alter table processing add constraint processing_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table public_reason add constraint public_reason_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table public_reason add constraint public_reason_level_check CHECK ((level = 3));
alter table public_reason add constraint public_reason_pkey PRIMARY KEY (organisation, id);
alter table public_reason add constraint public_reason_organisation_case_fkey FOREIGN KEY (organisation, "case") REFERENCES case_file(organisation, id);
alter table public_reason add constraint public_reason_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table public_reason add constraint public_reason_organisation_interlocutor_fkey FOREIGN KEY (organisation, interlocutor) REFERENCES interlocutor(organisation, id);
alter table reading add constraint reading_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table reading add constraint reading_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table reading add constraint reading_pkey PRIMARY KEY (organisation, id);
alter table reading add constraint reading_organisation_source_fkey FOREIGN KEY (organisation, source) REFERENCES source(organisation, id);
alter table remark add constraint remark_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table remark add constraint remark_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table remark add constraint remark_pkey PRIMARY KEY (organisation, id);
alter table remark add constraint remark_organisation_dossier_fkey FOREIGN KEY (organisation, dossier) REFERENCES dossier(organisation, id);
alter table remark add constraint remark_organisation_source_fkey FOREIGN KEY (organisation, source) REFERENCES source(organisation, id);
alter table reset_proposal add constraint reset_proposal_check CHECK ((by <> person));
alter table reset_proposal add constraint reset_proposal_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table reset_proposal add constraint reset_proposal_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table reset_proposal add constraint reset_proposal_pkey PRIMARY KEY (organisation, person);
alter table reset_proposal add constraint reset_proposal_organisation_by_fkey FOREIGN KEY (organisation, by) REFERENCES person(organisation, id);
alter table reset_proposal add constraint reset_proposal_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table reset_proposal add constraint reset_proposal_organisation_person_fkey FOREIGN KEY (organisation, person) REFERENCES person(organisation, id);
alter table review add constraint review_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table review add constraint review_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table review add constraint review_pkey PRIMARY KEY (organisation, id);
alter table review add constraint review_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table revision add constraint revision_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table revision add constraint revision_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table revision add constraint revision_pkey PRIMARY KEY (organisation, record, n);
alter table searched add constraint searched_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table searched add constraint searched_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table searched add constraint searched_pkey PRIMARY KEY (organisation, id);
alter table sensitive_form add constraint sensitive_form_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table sensitive_form add constraint sensitive_form_level_check CHECK ((level = 3));
alter table sensitive_form add constraint sensitive_form_pkey PRIMARY KEY (organisation, id);
alter table sensitive_form add constraint sensitive_form_organisation_case_fkey FOREIGN KEY (organisation, "case") REFERENCES case_file(organisation, id);
alter table sensitive_form add constraint sensitive_form_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table sensitive_form add constraint sensitive_form_organisation_interview_fkey FOREIGN KEY (organisation, interview) REFERENCES interview(organisation, id);
alter table session add constraint session_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table session add constraint session_kind_check CHECK ((kind = ANY (ARRAY['local'::text, 'browser'::text, 'token'::text])));
alter table session add constraint session_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table session add constraint session_pkey PRIMARY KEY (organisation, id);
alter table session add constraint session_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table session add constraint session_organisation_person_fkey FOREIGN KEY (organisation, person) REFERENCES person(organisation, id);
alter table setting add constraint setting_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table setting add constraint setting_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table setting add constraint setting_pkey PRIMARY KEY (organisation, name);
alter table setting add constraint setting_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table sign_in_log add constraint sign_in_log_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table sign_in_log add constraint sign_in_log_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table sign_in_log add constraint sign_in_log_pkey PRIMARY KEY (organisation, id);
alter table sign_in_log add constraint sign_in_log_organisation_about_fkey FOREIGN KEY (organisation, about) REFERENCES person(organisation, id);
alter table sign_in_log add constraint sign_in_log_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table sign_in_log add constraint sign_in_log_organisation_person_fkey FOREIGN KEY (organisation, person) REFERENCES person(organisation, id);
alter table source add constraint source_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table source add constraint source_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table source add constraint source_pkey PRIMARY KEY (organisation, id);
alter table source add constraint source_organisation_dossier_fkey FOREIGN KEY (organisation, dossier) REFERENCES dossier(organisation, id);
alter table speaker_index add constraint speaker_index_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table speaker_index add constraint speaker_index_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table speaker_index add constraint speaker_index_pkey PRIMARY KEY (organisation, statement, "position", member);
alter table speaker_index add constraint speaker_index_organisation_statement_fkey FOREIGN KEY (organisation, statement) REFERENCES statement(organisation, id) ON DELETE CASCADE;
alter table statement add constraint statement_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table statement add constraint statement_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table statement add constraint statement_pkey PRIMARY KEY (organisation, id);
alter table statement add constraint statement_organisation_dossier_fkey FOREIGN KEY (organisation, dossier) REFERENCES dossier(organisation, id);
alter table statement add constraint statement_organisation_source_fkey FOREIGN KEY (organisation, source) REFERENCES source(organisation, id);
alter table tag add constraint tag_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table tag add constraint tag_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table tag add constraint tag_organisation_dossier_subject_scheme_term_key UNIQUE (organisation, dossier, subject, scheme, term);
alter table tag add constraint tag_pkey PRIMARY KEY (organisation, id);
alter table training add constraint training_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table training add constraint training_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table training add constraint training_organisation_person_key UNIQUE (organisation, person);
alter table training add constraint training_pkey PRIMARY KEY (organisation, id);
alter table training add constraint training_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table training add constraint training_organisation_person_fkey FOREIGN KEY (organisation, person) REFERENCES person(organisation, id);
alter table visibility_class add constraint visibility_class_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table visibility_class add constraint visibility_class_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table visibility_class add constraint visibility_class_pkey PRIMARY KEY (organisation, class);
alter table visibility_class add constraint visibility_class_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);

CREATE INDEX access_of_person ON rapporteur.access USING btree (organisation, person) WHERE (ended IS NULL);
CREATE UNIQUE INDEX access_once ON rapporteur.access USING btree (organisation, compartment, person);
CREATE UNIQUE INDEX account_by_login ON rapporteur.account USING btree (login);
CREATE UNIQUE INDEX aspect_once ON rapporteur.aspect USING btree (organisation, dossier, COALESCE("case", ''::text), matter_kind, name);
CREATE INDEX case_file_by_dossier ON rapporteur.case_file USING btree (organisation, dossier);
CREATE INDEX concern_of_interlocutor ON rapporteur.concern USING btree (organisation, interlocutor);
CREATE INDEX concern_of_record ON rapporteur.concern USING btree (organisation, record);
CREATE INDEX consent_grant_of_interlocutor ON rapporteur.consent_grant USING btree (organisation, interlocutor);
CREATE INDEX consent_task_of_interlocutor ON rapporteur.consent_task USING btree (organisation, interlocutor);
CREATE INDEX consent_use_of_interlocutor ON rapporteur.consent_use USING btree (organisation, interlocutor);
CREATE UNIQUE INDEX dossier_by_slug ON rapporteur.dossier USING btree (organisation, COALESCE("case", ''::text), slug);
CREATE INDEX draft_by_person ON rapporteur.draft USING btree (organisation, person, saved_at DESC);
CREATE UNIQUE INDEX emendation_once ON rapporteur.emendation USING btree (organisation, dossier, COALESCE("case", ''::text), name);
CREATE INDEX entry_by_dossier ON rapporteur.entry_index USING btree (organisation, dossier, matter);
CREATE INDEX entry_by_emendation ON rapporteur.entry_index USING btree (organisation, dossier, emendation) WHERE (emendation IS NOT NULL);
CREATE INDEX entry_by_matter ON rapporteur.entry_index USING btree (organisation, matter, aspect, statement);
CREATE INDEX entry_by_value ON rapporteur.entry_index USING btree (organisation, value_matter, statement) WHERE (value_matter IS NOT NULL);
CREATE INDEX erasure_by_target ON rapporteur.erasure USING btree (organisation, target);
CREATE INDEX export_by_time ON rapporteur.export USING btree (organisation, at DESC, id DESC);
CREATE INDEX finding_by_dossier ON rapporteur.finding USING btree (organisation, dossier);
CREATE INDEX finding_by_matter ON rapporteur.finding USING btree (organisation, matter);
CREATE UNIQUE INDEX interlocutor_by_pseudonym ON rapporteur.interlocutor USING btree (organisation, "case", pseudonym);
CREATE INDEX interview_of_interlocutor ON rapporteur.interview USING btree (organisation, interlocutor);
CREATE INDEX invitation_by_code ON rapporteur.invitation USING btree (code);
CREATE INDEX invitation_by_person ON rapporteur.invitation USING btree (organisation, person);
CREATE INDEX level_change_by_record ON rapporteur.level_change USING btree (organisation, record);
CREATE UNIQUE INDEX level_change_waits ON rapporteur.level_change USING btree (organisation, record) WHERE (state = 'proposed'::text);
CREATE INDEX link_by_target ON rapporteur.link USING btree (organisation, to_statement);
CREATE UNIQUE INDEX matter_by_key ON rapporteur.matter USING btree (organisation, COALESCE("case", ''::text), key);
CREATE INDEX matter_by_kind ON rapporteur.matter USING btree (organisation, kind, name);
CREATE INDEX matter_by_merged ON rapporteur.matter USING btree (organisation, merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX matter_by_folded_name ON rapporteur.name_index USING btree (organisation, folded);
CREATE INDEX opening_by_case ON rapporteur.opening USING btree (organisation, opened, at DESC);
CREATE INDEX opening_by_time ON rapporteur.opening USING btree (organisation, at DESC, id DESC);
CREATE INDEX passage_by_source ON rapporteur.passage USING btree (organisation, source);
CREATE INDEX item_by_passage ON rapporteur.passage_index USING btree (organisation, passage);
CREATE INDEX passkey_by_credential ON rapporteur.passkey USING btree (credential);
CREATE INDEX passkey_by_person ON rapporteur.passkey USING btree (organisation, person);
CREATE UNIQUE INDEX processing_once ON rapporteur.processing USING btree (organisation, COALESCE("case", ''::text), dossier);
CREATE INDEX public_reason_of_interlocutor ON rapporteur.public_reason USING btree (organisation, interlocutor);
CREATE INDEX reading_by_source ON rapporteur.reading USING btree (organisation, source);
CREATE INDEX remark_by_item ON rapporteur.remark USING btree (organisation, item) WHERE (item IS NOT NULL);
CREATE INDEX remark_by_source ON rapporteur.remark USING btree (organisation, source);
CREATE UNIQUE INDEX remark_once ON rapporteur.remark USING btree (organisation, dossier, COALESCE("case", ''::text), item);
CREATE INDEX review_by_subject ON rapporteur.review USING btree (organisation, subject);
CREATE INDEX revision_by_case ON rapporteur.revision USING btree (organisation, "case") WHERE ("case" IS NOT NULL);
CREATE INDEX revision_by_entry ON rapporteur.revision USING btree (organisation, entry, item);
CREATE INDEX revision_by_time ON rapporteur.revision USING btree (organisation, at DESC, entry DESC) INCLUDE (level, "case");
CREATE INDEX searched_by_record ON rapporteur.searched USING btree (organisation, record);
CREATE INDEX searched_words ON rapporteur.searched USING gin (to_tsvector(config, search_fold(text)));
CREATE INDEX sensitive_form_of_interview ON rapporteur.sensitive_form USING btree (organisation, interview);
CREATE INDEX session_by_pass ON rapporteur.session USING btree (pass);
CREATE INDEX session_by_person ON rapporteur.session USING btree (organisation, person);
CREATE INDEX sign_in_log_by_time ON rapporteur.sign_in_log USING btree (organisation, at);
CREATE INDEX source_by_day ON rapporteur.source USING btree (organisation, dossier, day, id) INCLUDE (level, "case", title, publisher);
CREATE INDEX source_by_dossier ON rapporteur.source USING btree (organisation, dossier, id);
CREATE INDEX source_by_file_name ON rapporteur.source USING btree (organisation, file_name);
CREATE INDEX source_by_sha256 ON rapporteur.source USING btree (organisation, sha256);
CREATE INDEX source_by_title ON rapporteur.source USING btree (organisation, dossier, title, id) INCLUDE (level, "case", publisher);
CREATE INDEX speaker_by_matter ON rapporteur.speaker_index USING btree (organisation, matter) WHERE (matter IS NOT NULL);
CREATE INDEX statement_by_item ON rapporteur.statement USING btree (organisation, item) WHERE (item IS NOT NULL);
CREATE INDEX statement_by_source ON rapporteur.statement USING btree (organisation, source);
CREATE UNIQUE INDEX statement_once ON rapporteur.statement USING btree (organisation, dossier, COALESCE("case", ''::text), item);
CREATE INDEX tag_by_subject ON rapporteur.tag USING btree (organisation, subject);
CREATE UNIQUE INDEX visibility_class_once ON rapporteur.visibility_class USING btree (organisation, level, dossier, COALESCE("case", ''::text));

alter table access enable row level security, force row level security;
create policy one_organisation on access using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on access to owner using (true) with check (true);
alter table account enable row level security, force row level security;
create policy one_organisation on account using (false) with check (false);
create policy owner_sees_all on account to owner using (true) with check (true);
alter table aspect enable row level security, force row level security;
create policy one_organisation on aspect using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on aspect to owner using (true) with check (true);
alter table attempt enable row level security, force row level security;
create policy one_organisation on attempt using (false) with check (false);
create policy owner_sees_all on attempt to owner using (true) with check (true);
alter table attempt_salt enable row level security, force row level security;
create policy one_organisation on attempt_salt using (false) with check (false);
create policy owner_sees_all on attempt_salt to owner using (true) with check (true);
alter table breach enable row level security, force row level security;
create policy one_organisation on breach using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on breach to owner using (true) with check (true);
alter table case_file enable row level security, force row level security;
create policy one_organisation on case_file using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on case_file to owner using (true) with check (true);
alter table concern enable row level security, force row level security;
create policy one_organisation on concern using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on concern to owner using (true) with check (true);
alter table consent_grant enable row level security, force row level security;
create policy one_organisation on consent_grant using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on consent_grant to owner using (true) with check (true);
alter table consent_task enable row level security, force row level security;
create policy one_organisation on consent_task using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on consent_task to owner using (true) with check (true);
alter table consent_use enable row level security, force row level security;
create policy one_organisation on consent_use using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (false);
create policy owner_sees_all on consent_use to owner using (true) with check (true);
alter table context_key enable row level security, force row level security;
create policy one_organisation on context_key using (false) with check (false);
create policy owner_sees_all on context_key to owner using (true) with check (true);
alter table data_request enable row level security, force row level security;
create policy one_organisation on data_request using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on data_request to owner using (true) with check (true);
alter table dossier enable row level security, force row level security;
create policy one_organisation on dossier using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on dossier to owner using (true) with check (true);
alter table draft enable row level security, force row level security;
create policy one_organisation on draft using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))) AND (person = ( SELECT current_person() AS current_person)))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))) AND (person = ( SELECT current_person() AS current_person))));
create policy owner_sees_all on draft to owner using (true) with check (true);
alter table emendation enable row level security, force row level security;
create policy one_organisation on emendation using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on emendation to owner using (true) with check (true);
alter table entry_index enable row level security, force row level security;
create policy one_organisation on entry_index using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on entry_index to owner using (true) with check (true);
alter table erasure enable row level security, force row level security;
create policy one_organisation on erasure using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on erasure to owner using (true) with check (true);
alter table export enable row level security, force row level security;
create policy one_organisation on export using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND (( SELECT current_roles() AS current_roles) && ARRAY['auditor'::text, 'administrator'::text]))) with check (false);
create policy owner_sees_all on export to owner using (true) with check (true);
alter table finding enable row level security, force row level security;
create policy one_organisation on finding using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on finding to owner using (true) with check (true);
alter table helper enable row level security, force row level security;
create policy one_organisation on helper using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on helper to owner using (true) with check (true);
alter table interlocutor enable row level security, force row level security;
create policy one_organisation on interlocutor using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on interlocutor to owner using (true) with check (true);
alter table interview enable row level security, force row level security;
create policy one_organisation on interview using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on interview to owner using (true) with check (true);
alter table invitation enable row level security, force row level security;
create policy one_organisation on invitation using (false) with check (false);
create policy owner_sees_all on invitation to owner using (true) with check (true);
alter table ledger_checkpoint enable row level security, force row level security;
create policy one_organisation on ledger_checkpoint using ((organisation = ( SELECT current_organisation() AS current_organisation))) with check ((organisation = ( SELECT current_organisation() AS current_organisation)));
create policy owner_sees_all on ledger_checkpoint to owner using (true) with check (true);
alter table ledger_entry enable row level security, force row level security;
create policy one_organisation on ledger_entry using ((organisation = ( SELECT current_organisation() AS current_organisation))) with check ((organisation = ( SELECT current_organisation() AS current_organisation)));
create policy owner_sees_all on ledger_entry to owner using (true) with check (true);
alter table ledger_inbox enable row level security, force row level security;
create policy one_organisation on ledger_inbox using ((organisation = ( SELECT current_organisation() AS current_organisation))) with check ((organisation = ( SELECT current_organisation() AS current_organisation)));
create policy owner_sees_all on ledger_inbox to owner using (true) with check (true);
alter table ledger_tile enable row level security, force row level security;
create policy one_organisation on ledger_tile using ((organisation = ( SELECT current_organisation() AS current_organisation))) with check ((organisation = ( SELECT current_organisation() AS current_organisation)));
create policy owner_sees_all on ledger_tile to owner using (true) with check (true);
alter table level_change enable row level security, force row level security;
create policy one_organisation on level_change using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on level_change to owner using (true) with check (true);
alter table line_index enable row level security, force row level security;
create policy one_organisation on line_index using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on line_index to owner using (true) with check (true);
alter table link enable row level security, force row level security;
create policy one_organisation on link using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on link to owner using (true) with check (true);
alter table matter enable row level security, force row level security;
create policy one_organisation on matter using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on matter to owner using (true) with check (true);
alter table membership enable row level security, force row level security;
create policy one_organisation on membership using ((organisation = ( SELECT current_organisation() AS current_organisation))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND (( SELECT current_roles() AS current_roles) && ARRAY['administrator'::text])));
create policy owner_sees_all on membership to owner using (true) with check (true);
alter table migration disable row level security;
alter table name_index enable row level security, force row level security;
create policy one_organisation on name_index using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on name_index to owner using (true) with check (true);
alter table opening enable row level security, force row level security;
create policy one_organisation on opening using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND (( SELECT current_roles() AS current_roles) && ARRAY['auditor'::text, 'administrator'::text]))) with check (false);
create policy owner_sees_all on opening to owner using (true) with check (true);
alter table organisation enable row level security, force row level security;
create policy one_organisation on organisation using ((organisation = ( SELECT current_organisation() AS current_organisation))) with check ((organisation = ( SELECT current_organisation() AS current_organisation)));
create policy owner_sees_all on organisation to owner using (true) with check (true);
alter table passage enable row level security, force row level security;
create policy one_organisation on passage using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on passage to owner using (true) with check (true);
alter table passage_index enable row level security, force row level security;
create policy one_organisation on passage_index using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on passage_index to owner using (true) with check (true);
alter table passkey enable row level security, force row level security;
create policy one_organisation on passkey using (false) with check (false);
create policy owner_sees_all on passkey to owner using (true) with check (true);
alter table person enable row level security, force row level security;
create policy one_organisation on person using ((organisation = ( SELECT current_organisation() AS current_organisation))) with check ((organisation = ( SELECT current_organisation() AS current_organisation)));
create policy owner_sees_all on person to owner using (true) with check (true);
alter table processing enable row level security, force row level security;
create policy one_organisation on processing using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on processing to owner using (true) with check (true);
alter table public_reason enable row level security, force row level security;
create policy one_organisation on public_reason using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on public_reason to owner using (true) with check (true);
alter table reading enable row level security, force row level security;
create policy one_organisation on reading using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on reading to owner using (true) with check (true);
alter table remark enable row level security, force row level security;
create policy one_organisation on remark using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on remark to owner using (true) with check (true);
alter table reset_proposal enable row level security, force row level security;
create policy one_organisation on reset_proposal using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND (( SELECT current_roles() AS current_roles) && ARRAY['administrator'::text]))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND (( SELECT current_roles() AS current_roles) && ARRAY['administrator'::text]) AND (by = ( SELECT current_person() AS current_person))));
create policy owner_sees_all on reset_proposal to owner using (true) with check (true);
alter table review enable row level security, force row level security;
create policy one_organisation on review using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on review to owner using (true) with check (true);
alter table revision enable row level security, force row level security;
create policy one_organisation on revision using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))) OR (kind = ANY (ARRAY['membership'::text, 'training'::text]))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND
CASE
    WHEN (kind = ANY (ARRAY['membership'::text, 'training'::text])) THEN (( SELECT current_roles() AS current_roles) && ARRAY['administrator'::text])
    ELSE ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))
END));
create policy owner_sees_all on revision to owner using (true) with check (true);
alter table searched enable row level security, force row level security;
create policy one_organisation on searched using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on searched to owner using (true) with check (true);
alter table sensitive_form enable row level security, force row level security;
create policy one_organisation on sensitive_form using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))) AND ( SELECT is_trained() AS is_trained))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))) AND ( SELECT is_trained() AS is_trained)));
create policy owner_sees_all on sensitive_form to owner using (true) with check (true);
alter table session enable row level security, force row level security;
create policy one_organisation on session using (false) with check (false);
create policy owner_sees_all on session to owner using (true) with check (true);
alter table setting enable row level security, force row level security;
create policy one_organisation on setting using ((organisation = ( SELECT current_organisation() AS current_organisation))) with check ((organisation = ( SELECT current_organisation() AS current_organisation)));
create policy owner_sees_all on setting to owner using (true) with check (true);
alter table sign_in_log enable row level security, force row level security;
create policy one_organisation on sign_in_log using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((person = ( SELECT current_person() AS current_person)) OR (about = ( SELECT current_person() AS current_person)) OR (( SELECT current_roles() AS current_roles) && ARRAY['auditor'::text, 'administrator'::text])))) with check (false);
create policy owner_sees_all on sign_in_log to owner using (true) with check (true);
alter table source enable row level security, force row level security;
create policy one_organisation on source using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on source to owner using (true) with check (true);
alter table speaker_index enable row level security, force row level security;
create policy one_organisation on speaker_index using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on speaker_index to owner using (true) with check (true);
alter table statement enable row level security, force row level security;
create policy one_organisation on statement using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on statement to owner using (true) with check (true);
alter table tag enable row level security, force row level security;
create policy one_organisation on tag using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on tag to owner using (true) with check (true);
alter table training enable row level security, force row level security;
create policy one_organisation on training using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND (( SELECT current_roles() AS current_roles) && ARRAY['administrator'::text]))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND (( SELECT current_roles() AS current_roles) && ARRAY['administrator'::text])));
create policy owner_sees_all on training to owner using (true) with check (true);
alter table visibility_class enable row level security, force row level security;
create policy one_organisation on visibility_class using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on visibility_class to owner using (true) with check (true);
