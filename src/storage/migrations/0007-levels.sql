-- Raising and lowering who may see a record, each with its reason; what leaves the record, and who took it.

-- `heldBack` in the body names earlier revisions of other records that spoke of what was raised: they went with it.
create table level_change (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  record text not null generated always as (body->>'record') stored,
  state text not null generated always as (body->>'state') stored check (state in ('done', 'proposed', 'confirmed', 'declined')),
  primary key (organisation, id)
);
create index level_change_by_record on level_change (organisation, record);
create unique index level_change_waits on level_change (organisation, record) where state = 'proposed';

-- Whatever leaves has a line here, written in the transaction that reads it: who, when, what kind, never the content.
create table export (
  organisation text not null references organisation,
  level smallint not null default 1 check (level between 0 and 3),
  "case" text,
  id bigint generated always as identity,
  at timestamptz not null default now(),
  person text not null,
  session text not null,
  operation text not null,
  kind text not null,
  output text not null,
  opened text[] not null default '{}',
  primary key (organisation, id)
);
create index export_by_time on export (organisation, at desc, id desc);
create index opening_by_time on opening (organisation, at desc, id desc);

do $$
declare
  t text;
  ours constant text := 'organisation = (select current_organisation())';
  seen constant text := ours || ' and (level <= (select current_level()) or level >= 2 and "case" = any ((select current_compartments())::text[]))';
begin
  foreach t in array array['level_change', 'export'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_sees_all on %I to current_user using (true) with check (true)', t);
    execute format('alter table %I add constraint %I check ((level >= 2) = ("case" is not null))', t, t || '_compartment');
  end loop;
  execute format('create policy one_organisation on level_change using (%s) with check (%s)', seen, seen);
  execute format('create policy one_organisation on export using (%s) with check (false)',
    ours || ' and (select current_roles()) && array[''auditor'', ''administrator'']');
end $$;

-- Whether this transaction may see rows of this guard: what the policies say, for the functions that read without them.
create function may_see(of_level smallint, of_case text) returns boolean
  language sql stable parallel restricted
  as $$ select coalesce(of_level <= current_level() or of_level >= 2 and of_case = any(current_compartments()), false) $$;

-- Earlier revisions of records that were raised go where the newest one is. Nothing ever becomes less guarded here.
create function lift_revisions(records text[]) returns void
  language sql volatile security definer set search_path from current
  as $$ update revision r set level = l.level, "case" = l."case"
          from (select distinct on (record) record, n, level, "case" from revision
                 where organisation = current_organisation() and record = any(records) order by record, n desc) l
         where r.organisation = current_organisation() and r.record = l.record and r.n < l.n and r.level < l.level
           and may_see(l.level, l."case") $$;

-- Earlier revisions of other records that name what was raised.
create function hold_back(held jsonb, of_level smallint, of_case text) returns void
  language sql volatile security definer set search_path from current
  as $$ update revision r set level = of_level, "case" = of_case
          from jsonb_to_recordset(held) as h(record text, n integer)
         where r.organisation = current_organisation() and r.record = h.record and r.n = h.n and r.level < of_level
           and may_see(r.level, r."case") and may_see(of_level, of_case) $$;

-- Of these records those that are there and that this transaction may not see.
create function some_hidden(ids text[]) returns text[]
  language sql stable security definer set search_path from current
  as $$ select coalesce(array_agg(distinct r.record), '{}') from revision r
         where r.organisation = current_organisation() and r.record = any(ids)
           and not exists (select 1 from revision v where v.organisation = r.organisation and v.record = r.record
                             and may_see(v.level, v."case")) $$;

-- What proves an entry although not all of it may be seen: a salted hash says nothing of what it commits to.
create function commitments_in(entries text[]) returns table (entry text, item integer, commitment bytea)
  language sql stable security definer set search_path from current
  as $$ select r.entry, r.item, r.commitment from revision r
         where r.organisation = current_organisation() and current_level() >= 0 and r.entry = any(entries) $$;

-- Revisions that this transaction may not see, of records that it may see, without their content.
create function withheld_of(records text[])
  returns table (record text, n integer, kind text, entry text, item integer, at timestamptz, who text, commitment bytea)
  language sql stable security definer set search_path from current
  as $$ select r.record, r.n, r.kind, r.entry, r.item, r.at, r.who, r.commitment from revision r
         where r.organisation = current_organisation() and r.record = any(records) and not may_see(r.level, r."case")
           and exists (select 1 from revision v where v.organisation = r.organisation and v.record = r.record
                         and may_see(v.level, v."case")) $$;

-- That a dossier has a team, and nothing of who is on it.
create function team_stands(of_dossier text) returns boolean
  language sql stable security definer set search_path from current
  as $$ select current_level() >= 0 and exists (
          select 1 from access a where a.organisation = current_organisation() and a.compartment = of_dossier) $$;

-- The codes of cases, for those who read what was opened: they say nothing of what is in them.
create function case_codes(ids text[]) returns table (id text, code text)
  language sql stable security definer set search_path from current
  as $$ select c.id, c.code from case_file c
         where c.organisation = current_organisation() and c.id = any(ids)
           and current_roles() && array['auditor', 'administrator'] $$;

-- Write down what leaves, in the transaction that reads it.
create function log_export(of_kind text, of_output text, doing text) returns void
  language plpgsql volatile security definer set search_path from current
  as $$
declare
  asks constant jsonb := context();
begin
  if asks is null or (asks->>'level')::integer < 0 then
    raise exception 'nobody entered' using errcode = '42501';
  end if;
  insert into export (organisation, person, session, operation, kind, output, opened)
  select asks->>'organisation', asks->>'person', asks->>'session', doing, of_kind, of_output,
         array(select one from jsonb_array_elements_text(asks->'compartments') as one where one like 'cas\_%');
end $$;
