-- What the migrations make, read from the catalogs of a server; not run, only compared.
-- Written by: npx vitest run tests/schema.test.ts --update

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
    select id, record, start, config, class from searched
     where organisation = asker and class = any(classes)
       and to_tsvector(config, search_fold(text)) @@ any_query
  ), merged as (
    select distinct on (up.root, search_fold(s.text)) l.id, up.root as record, l.start, l.config, s.text
      from line l
      join matter m on m.organisation = asker and m.id = l.record and m.merged_into is not null
      join searched s on s.organisation = asker and s.id = l.id
      cross join lateral (
        with recursive above as (
          select m.merged_into as id
          union select a.merged_into from matter a join above on a.organisation = asker and a.id = above.id
           where a.merged_into is not null)
        select a.id as root from above join matter a on a.organisation = asker and a.id = above.id
         where a.merged_into is null limit 1) up
     order by up.root, search_fold(s.text), l.id
  ), placed as materialized (
    select l.id, l.record, l.start, l.config, 'passage' as kind, s.id as source, s.dossier, coalesce(s.body->>'language', 'und') as language
      from line l join reading r on r.organisation = asker and r.id = l.record
      join source s on s.organisation = asker and s.id = r.source and s.reading = r.id
    union all
    select l.id, l.record, l.start, l.config, 'title', s.id, s.dossier, coalesce(s.body->>'language', 'und')
      from line l join source s on s.organisation = asker and s.id = l.record
    union all
    select l.id, l.record, l.start, l.config, 'matter', null, m.body->>'dossier', 'und'
      from line l join matter m on m.organisation = asker and m.id = l.record and m.merged_into is null
    union all
    select l.id, l.record, l.start, l.config, 'matter', null, m.body->>'dossier', 'und'
      from merged l join matter m on m.organisation = asker and m.id = l.record
     where not exists (select 1 from searched o where o.organisation = asker and o.record = l.record
             and search_fold(o.text) = search_fold(l.text))
  ), kept as materialized (
    select * from placed
     where (of_dossier is null or dossier = of_dossier) and (of_source is null or source = of_source)
       and (of_language is null or language = of_language) and (of_kind is null or kind = of_kind)
  ), newest as materialized (
    select * from kept order by id desc limit 2000
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
    'total', (select count(*) from kept),
    'ranked', (select count(*) from newest),
    'hits', coalesce((select jsonb_agg(jsonb_build_object('record', record, 'kind', kind, 'source', source, 'dossier', dossier,
        'language', language, 'start', start, 'text', text, 'rank', rank) order by rank desc, id) from shown), '[]'::jsonb),
    'facets', jsonb_build_object(
      'kind', (select coalesce(jsonb_object_agg(kind, n), '{}') from (select kind, count(*) n from kept group by kind) f),
      'language', (select coalesce(jsonb_object_agg(language, n), '{}') from (select language, count(*) n from kept group by language) f),
      'source', (select coalesce(jsonb_object_agg(source, n), '{}') from
        (select source, count(*) n from kept where source is not null group by source order by n desc, source limit 20) f)
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
CREATE OR REPLACE FUNCTION rapporteur.visible_classes()
 RETURNS integer[]
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'rapporteur'
AS $function$ select array_agg(class) from visibility_class
         where organisation = current_organisation()
           and (level <= current_level() or level >= 2 and "case" = any(current_compartments())) $function$
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
create table context_key (
  organisation text not null,
  level smallint not null default 1,
  "case" text,
  inner_pad bytea not null,
  outer_pad bytea not null
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
create table person (
  organisation text not null,
  level smallint not null default 1,
  "case" text,
  id text not null,
  name text not null,
  made_at timestamp with time zone not null default now()
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
  revoked_at timestamp with time zone
);
create table setting (
  organisation text not null,
  level smallint not null default 1,
  "case" text,
  name text not null,
  value jsonb not null
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
  reading text generated always as ((body ->> 'reading'::text)) stored
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
alter table aspect add constraint aspect_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table aspect add constraint aspect_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table aspect add constraint aspect_pkey PRIMARY KEY (organisation, id);
alter table aspect add constraint aspect_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table case_file add constraint case_file_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table case_file add constraint case_file_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table case_file add constraint case_file_pkey PRIMARY KEY (organisation, id);
alter table case_file add constraint case_file_organisation_dossier_fkey FOREIGN KEY (organisation, dossier) REFERENCES dossier(organisation, id);
alter table case_file add constraint case_file_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table context_key add constraint context_key_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table context_key add constraint context_key_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table context_key add constraint context_key_pkey PRIMARY KEY (organisation);
alter table context_key add constraint context_key_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
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
alter table entry_index add constraint entry_index_organisation_matter_fkey FOREIGN KEY (organisation, matter) REFERENCES matter(organisation, id);
alter table entry_index add constraint entry_index_organisation_statement_fkey FOREIGN KEY (organisation, statement) REFERENCES statement(organisation, id) ON DELETE CASCADE;
alter table finding add constraint finding_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table finding add constraint finding_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table finding add constraint finding_pkey PRIMARY KEY (organisation, id);
alter table finding add constraint finding_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'held'::text, 'attested'::text, 'withdrawn'::text])));
alter table finding add constraint finding_organisation_dossier_fkey FOREIGN KEY (organisation, dossier) REFERENCES dossier(organisation, id);
alter table finding add constraint finding_organisation_matter_fkey FOREIGN KEY (organisation, matter) REFERENCES matter(organisation, id);
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
alter table matter add constraint matter_organisation_merged_into_fkey FOREIGN KEY (organisation, merged_into) REFERENCES matter(organisation, id);
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
alter table person add constraint person_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table person add constraint person_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table person add constraint person_pkey PRIMARY KEY (organisation, id);
alter table person add constraint person_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);
alter table reading add constraint reading_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table reading add constraint reading_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table reading add constraint reading_pkey PRIMARY KEY (organisation, id);
alter table reading add constraint reading_organisation_source_fkey FOREIGN KEY (organisation, source) REFERENCES source(organisation, id);
alter table remark add constraint remark_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table remark add constraint remark_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table remark add constraint remark_pkey PRIMARY KEY (organisation, id);
alter table remark add constraint remark_organisation_dossier_fkey FOREIGN KEY (organisation, dossier) REFERENCES dossier(organisation, id);
alter table remark add constraint remark_organisation_source_fkey FOREIGN KEY (organisation, source) REFERENCES source(organisation, id);
alter table revision add constraint revision_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table revision add constraint revision_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table revision add constraint revision_pkey PRIMARY KEY (organisation, record, n);
alter table searched add constraint searched_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table searched add constraint searched_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table searched add constraint searched_pkey PRIMARY KEY (organisation, id);
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
alter table source add constraint source_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table source add constraint source_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table source add constraint source_pkey PRIMARY KEY (organisation, id);
alter table source add constraint source_organisation_dossier_fkey FOREIGN KEY (organisation, dossier) REFERENCES dossier(organisation, id);
alter table speaker_index add constraint speaker_index_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table speaker_index add constraint speaker_index_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table speaker_index add constraint speaker_index_pkey PRIMARY KEY (organisation, statement, "position", member);
alter table speaker_index add constraint speaker_index_organisation_matter_fkey FOREIGN KEY (organisation, matter) REFERENCES matter(organisation, id);
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
alter table visibility_class add constraint visibility_class_compartment CHECK (((level >= 2) = ("case" IS NOT NULL)));
alter table visibility_class add constraint visibility_class_level_check CHECK (((level >= 0) AND (level <= 3)));
alter table visibility_class add constraint visibility_class_pkey PRIMARY KEY (organisation, class);
alter table visibility_class add constraint visibility_class_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(organisation);

CREATE INDEX access_of_person ON rapporteur.access USING btree (organisation, person) WHERE (ended IS NULL);
CREATE UNIQUE INDEX access_once ON rapporteur.access USING btree (organisation, compartment, person);
CREATE UNIQUE INDEX aspect_once ON rapporteur.aspect USING btree (organisation, dossier, COALESCE("case", ''::text), matter_kind, name);
CREATE INDEX case_file_by_dossier ON rapporteur.case_file USING btree (organisation, dossier);
CREATE UNIQUE INDEX dossier_by_slug ON rapporteur.dossier USING btree (organisation, COALESCE("case", ''::text), slug);
CREATE INDEX draft_by_person ON rapporteur.draft USING btree (organisation, person, saved_at DESC);
CREATE UNIQUE INDEX emendation_once ON rapporteur.emendation USING btree (organisation, dossier, COALESCE("case", ''::text), name);
CREATE INDEX entry_by_dossier ON rapporteur.entry_index USING btree (organisation, dossier, matter);
CREATE INDEX entry_by_emendation ON rapporteur.entry_index USING btree (organisation, dossier, emendation) WHERE (emendation IS NOT NULL);
CREATE INDEX entry_by_matter ON rapporteur.entry_index USING btree (organisation, matter, aspect, statement);
CREATE INDEX entry_by_value ON rapporteur.entry_index USING btree (organisation, value_matter, statement) WHERE (value_matter IS NOT NULL);
CREATE INDEX finding_by_dossier ON rapporteur.finding USING btree (organisation, dossier);
CREATE INDEX finding_by_matter ON rapporteur.finding USING btree (organisation, matter);
CREATE INDEX link_by_target ON rapporteur.link USING btree (organisation, to_statement);
CREATE UNIQUE INDEX matter_by_key ON rapporteur.matter USING btree (organisation, COALESCE("case", ''::text), key);
CREATE INDEX matter_by_kind ON rapporteur.matter USING btree (organisation, kind, name);
CREATE INDEX matter_by_merged ON rapporteur.matter USING btree (organisation, merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX matter_by_folded_name ON rapporteur.name_index USING btree (organisation, folded);
CREATE INDEX opening_by_case ON rapporteur.opening USING btree (organisation, opened, at DESC);
CREATE INDEX passage_by_source ON rapporteur.passage USING btree (organisation, source);
CREATE INDEX item_by_passage ON rapporteur.passage_index USING btree (organisation, passage);
CREATE INDEX reading_by_source ON rapporteur.reading USING btree (organisation, source);
CREATE INDEX remark_by_item ON rapporteur.remark USING btree (organisation, item) WHERE (item IS NOT NULL);
CREATE INDEX remark_by_source ON rapporteur.remark USING btree (organisation, source);
CREATE UNIQUE INDEX remark_once ON rapporteur.remark USING btree (organisation, dossier, COALESCE("case", ''::text), item);
CREATE INDEX revision_by_entry ON rapporteur.revision USING btree (organisation, entry, item);
CREATE INDEX revision_by_time ON rapporteur.revision USING btree (organisation, at);
CREATE INDEX searched_by_record ON rapporteur.searched USING btree (organisation, record);
CREATE INDEX searched_words ON rapporteur.searched USING gin (to_tsvector(config, search_fold(text)));
CREATE INDEX session_by_pass ON rapporteur.session USING btree (pass);
CREATE INDEX session_by_person ON rapporteur.session USING btree (organisation, person);
CREATE INDEX source_by_dossier ON rapporteur.source USING btree (organisation, dossier, id);
CREATE INDEX source_by_file_name ON rapporteur.source USING btree (organisation, file_name);
CREATE INDEX source_by_sha256 ON rapporteur.source USING btree (organisation, sha256);
CREATE INDEX speaker_by_matter ON rapporteur.speaker_index USING btree (organisation, matter) WHERE (matter IS NOT NULL);
CREATE INDEX statement_by_item ON rapporteur.statement USING btree (organisation, item) WHERE (item IS NOT NULL);
CREATE INDEX statement_by_source ON rapporteur.statement USING btree (organisation, source);
CREATE UNIQUE INDEX statement_once ON rapporteur.statement USING btree (organisation, dossier, COALESCE("case", ''::text), item);
CREATE INDEX tag_by_subject ON rapporteur.tag USING btree (organisation, subject);
CREATE UNIQUE INDEX visibility_class_once ON rapporteur.visibility_class USING btree (organisation, level, dossier, COALESCE("case", ''::text));

alter table access enable row level security, force row level security;
create policy one_organisation on access using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on access to owner using (true) with check (true);
alter table aspect enable row level security, force row level security;
create policy one_organisation on aspect using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on aspect to owner using (true) with check (true);
alter table case_file enable row level security, force row level security;
create policy one_organisation on case_file using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on case_file to owner using (true) with check (true);
alter table context_key enable row level security, force row level security;
create policy one_organisation on context_key using (false) with check (false);
create policy owner_sees_all on context_key to owner using (true) with check (true);
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
alter table finding enable row level security, force row level security;
create policy one_organisation on finding using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on finding to owner using (true) with check (true);
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
create policy one_organisation on membership using ((organisation = ( SELECT current_organisation() AS current_organisation))) with check ((organisation = ( SELECT current_organisation() AS current_organisation)));
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
alter table person enable row level security, force row level security;
create policy one_organisation on person using ((organisation = ( SELECT current_organisation() AS current_organisation))) with check ((organisation = ( SELECT current_organisation() AS current_organisation)));
create policy owner_sees_all on person to owner using (true) with check (true);
alter table reading enable row level security, force row level security;
create policy one_organisation on reading using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on reading to owner using (true) with check (true);
alter table remark enable row level security, force row level security;
create policy one_organisation on remark using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on remark to owner using (true) with check (true);
alter table revision enable row level security, force row level security;
create policy one_organisation on revision using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on revision to owner using (true) with check (true);
alter table searched enable row level security, force row level security;
create policy one_organisation on searched using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on searched to owner using (true) with check (true);
alter table session enable row level security, force row level security;
create policy one_organisation on session using (false) with check (false);
create policy owner_sees_all on session to owner using (true) with check (true);
alter table setting enable row level security, force row level security;
create policy one_organisation on setting using ((organisation = ( SELECT current_organisation() AS current_organisation))) with check ((organisation = ( SELECT current_organisation() AS current_organisation)));
create policy owner_sees_all on setting to owner using (true) with check (true);
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
alter table visibility_class enable row level security, force row level security;
create policy one_organisation on visibility_class using (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[])))))) with check (((organisation = ( SELECT current_organisation() AS current_organisation)) AND ((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))));
create policy owner_sees_all on visibility_class to owner using (true) with check (true);
