-- What is lawfully erased, and what data protection asks to be kept in sight: requests of those concerned, breaches, the
-- lawful basis of a dossier, terms of keeping.

create table erasure (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  target text not null generated always as (body->>'target') stored,
  state text not null generated always as (body->>'state') stored check (state in ('proposed', 'declined', 'done')),
  primary key (organisation, id)
);
create index erasure_by_target on erasure (organisation, target);

-- Somebody asks to see, mend, erase or hold back what is kept of them.
create table data_request (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  due text not null generated always as (body->>'due') stored,
  state text not null generated always as (body->>'state') stored check (state in ('open', 'answered', 'refused')),
  primary key (organisation, id)
);
create table breach (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  due text not null generated always as (body->>'due') stored,
  primary key (organisation, id)
);
-- Why, on what basis and where a dossier is kept; one for each.
create table processing (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  dossier text not null generated always as (body->>'dossier') stored,
  primary key (organisation, id)
);
create unique index processing_once on processing (organisation, coalesce("case", ''), dossier);
-- A term of keeping was over, and somebody looked.
create table review (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  subject text not null generated always as (body->>'subject') stored,
  until text not null generated always as (body->>'until') stored,
  primary key (organisation, id)
);
create index review_by_subject on review (organisation, subject);

-- What stays may go on naming what was erased. That every name is of a record that is there or was erased, verify sees to.
alter table entry_index drop constraint entry_index_organisation_matter_fkey;
alter table speaker_index drop constraint speaker_index_organisation_matter_fkey;
alter table matter drop constraint matter_organisation_merged_into_fkey;
alter table finding drop constraint finding_organisation_matter_fkey;

-- ---------------------------------------------------------------- what goes with what

create function noun_tables() returns setof text
  language sql stable set search_path from current
  as $$ select c.relname::text from pg_class c
         where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
           and (select count(*) from pg_attribute a where a.attrelid = c.oid
                  and a.attname in ('id', 'revision', 'body') and not a.attisdropped) = 3 order by 1 $$;

-- What cannot stand without what is what its keys say.
create function noun_keys() returns table (child text, child_column text, parent text)
  language sql stable set search_path from current
  as $$ select c.relname::text, a.attname::text, p.relname::text
          from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
          join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[2]
         where k.contype = 'f' and k.connamespace = current_schema()::regnamespace and cardinality(k.conkey) = 2
           and p.relname in (select noun_tables()) $$;

-- Records that stand by themselves and name any of these.
create function named_by(of_organisation text, ids text[]) returns setof text
  language plpgsql stable set search_path from current
  as $$
declare
  t text;
begin
  return query select s.id from statement s where s.organisation = of_organisation and not s.id = any(ids) and s.id in (
    select e.statement from entry_index e where e.organisation = of_organisation and (e.matter = any(ids) or e.value_matter = any(ids))
    union select p.statement from speaker_index p where p.organisation = of_organisation and p.matter = any(ids));
  for t in select n from noun_tables() n where not n = any(array['reading', 'passage', 'statement', 'remark', 'link', 'tag',
      'emendation', 'erasure', 'review', 'membership', 'access'])
  loop
    return query execute format('select distinct x.id from %I x cross join lateral
        regexp_matches(x.body::text, ''"([a-z]{3}_[0-9a-hjkmnp-tv-z]{20})"'', ''g'') m
      where x.organisation = $1 and m[1] = any($2) and not x.id = any($2)', t) using of_organisation, ids;
  end loop;
end $$;

-- Everything that goes when these go. Whoever asks counts what they may see; the erasure itself, run by the owner, all.
create function erasure_reach(of_organisation text, targets text[], and_naming boolean) returns text[]
  language plpgsql stable set search_path from current
  as $$
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
end $$;

-- ---------------------------------------------------------------- the erasure itself

-- Content, salt, rows, derived rows, lines of search and drafts that name it, at once; commitments stay, so that every proof
-- does. For the owner alone: a restore does again what was done.
create function erase_records(of_organisation text, targets text[], and_naming boolean, about jsonb) returns jsonb
  language plpgsql volatile set search_path from current
  as $$
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
end $$;
revoke execute on function erase_records(text, text[], boolean, jsonb) from public;

-- What two people have decided: the second, in this transaction. Alone, the one person, a day after they proposed it.
create function erase_confirmed(of_request text) returns jsonb
  language plpgsql volatile security definer set search_path from current
  as $$
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
  return erase_records(ours, array[wanted.target], wanted.body->>'reach' = 'named',
    jsonb_build_object('request', of_request, 'ground', wanted.body->>'ground', 'at', wanted.body->>'decidedAt'));
end $$;

-- ---------------------------------------------------------------- row security

do $$
declare
  t text;
  seen constant text := 'organisation = (select current_organisation()) and (level <= (select current_level()) or level >= 2 and "case" = any ((select current_compartments())::text[]))';
begin
  foreach t in array array['erasure', 'data_request', 'breach', 'processing', 'review'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_sees_all on %I to current_user using (true) with check (true)', t);
    execute format('alter table %I add constraint %I check ((level >= 2) = ("case" is not null))', t, t || '_compartment');
    execute format('create policy one_organisation on %I using (%s) with check (%s)', t, seen, seen);
  end loop;
end $$;
