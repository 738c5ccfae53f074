-- Who asks is proved to the database itself. A transaction enters with the pass of a live session; the database looks
-- the session up, reads roles and compartments, and writes them into a setting that carries its own authentication
-- code. Row security believes that code and nothing else: SQL put in by an attacker cannot make one.
--
-- Rows of level team and case name their compartment in "case": the dossier for a team, the case for a case.

alter table organisation add column alone boolean not null default true;

-- A session of a person: the one at this computer, a browser, or a script with a token. Of the pass only its SHA-256.
create table session (
  organisation text not null references organisation,
  level smallint not null default 1 check (level between 0 and 3),
  "case" text,
  id text not null,
  person text not null,
  kind text not null check (kind in ('local', 'browser', 'token')),
  pass bytea not null,
  label text not null default '',
  scopes text[],
  made_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  idle interval,
  ends_at timestamptz,
  proved_at timestamptz,
  revoked_at timestamptz,
  primary key (organisation, id),
  foreign key (organisation, person) references person (organisation, id)
);
create index session_by_pass on session (pass);
create index session_by_person on session (organisation, person);

-- The key of the authentication code, as the two pads of HMAC (RFC 2104); read by the functions below alone.
create table context_key (
  organisation text not null references organisation,
  level smallint not null default 1 check (level between 0 and 3),
  "case" text,
  inner_pad bytea not null,
  outer_pad bytea not null,
  primary key (organisation)
);

-- ---------------------------------------------------------------- who works here, and who may open what

-- Roles of a person, and when they ended.
create table membership (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  person text not null generated always as (body->>'person') stored,
  ended text generated always as (body->>'ended') stored,
  primary key (organisation, id),
  unique (organisation, person),
  foreign key (organisation, person) references person (organisation, id)
);

-- The records about identified people that a named few may open, within a dossier.
create table case_file (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  dossier text not null generated always as (body->>'dossier') stored,
  code text not null generated always as (body->>'code') stored,
  primary key (organisation, id),
  foreign key (organisation, dossier) references dossier (organisation, id)
);
create index case_file_by_dossier on case_file (organisation, dossier);

-- Access of one person to one compartment, given by name.
create table access (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  compartment text not null generated always as (body->>'compartment') stored,
  person text not null generated always as (body->>'person') stored,
  ended text generated always as (body->>'ended') stored,
  primary key (organisation, id),
  foreign key (organisation, person) references person (organisation, id)
);
create unique index access_once on access (organisation, compartment, person);
create index access_of_person on access (organisation, person) where ended is null;

-- No case is read without a line here, written in the transaction that reads: who, when, doing what, never the content.
create table opening (
  organisation text not null references organisation,
  level smallint not null default 1 check (level between 0 and 3),
  "case" text,
  id bigint generated always as identity,
  at timestamptz not null default now(),
  person text not null,
  session text not null,
  operation text not null,
  opened text not null,
  primary key (organisation, id)
);
create index opening_by_case on opening (organisation, opened, at desc);

-- ---------------------------------------------------------------- the authenticated context

create function context_code(of_organisation text, payload text) returns text
  language sql stable strict security definer set search_path from current
  as $$ select encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(payload, 'UTF8'))), 'hex')
          from context_key k where k.organisation = of_organisation $$;
revoke execute on function context_code(text, text) from public;

-- Which transaction a context belongs to: it is worth nothing in another one.
create function context_place() returns text
  language sql stable parallel restricted
  as $$ select pg_backend_pid() || ' ' || extract(epoch from transaction_timestamp()) $$;

-- Enter as the person whose live session has this pass, with these cases opened. Every opened case is written down.
create function enter(given text, cases text[], doing text) returns jsonb
  language plpgsql volatile security definer set search_path from current
  as $$
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
end $$;

-- What this transaction has proved of who asks; null where nobody entered. A forged one is an error, not a no.
create function context() returns jsonb
  language plpgsql stable parallel restricted security definer set search_path from current
  as $$
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
end $$;

create or replace function current_organisation() returns text
  language sql stable parallel restricted
  as $$ select context()->>'organisation' $$;
create function current_person() returns text
  language sql stable parallel restricted
  as $$ select context()->>'person' $$;
-- The highest level that needs no compartment: 1, or -1 for whoever has no clearance to content.
create function current_level() returns integer
  language sql stable parallel restricted
  as $$ select (context()->>'level')::integer $$;
create function current_compartments() returns text[]
  language sql stable parallel restricted
  as $$ select array(select jsonb_array_elements_text(context()->'compartments')) $$;
create function current_roles() returns text[]
  language sql stable parallel restricted
  as $$ select array(select jsonb_array_elements_text(context()->'roles')) $$;

create function visible_classes() returns integer[]
  language sql stable parallel restricted security definer set search_path from current
  as $$ select array_agg(class) from visibility_class
         where organisation = current_organisation()
           and (level <= current_level() or level >= 2 and "case" = any(current_compartments())) $$;

-- The number of a visibility class is counted over all classes, seen or not, and named once.
create function name_class(of_level smallint, of_case text) returns void
  language plpgsql volatile security definer set search_path from current
  as $$
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
end $$;

-- The one function that reads without row security filters by what the asker may see.
do $$
declare
  was constant text := pg_get_functiondef('search_lines(jsonb)'::regprocedure);
  now_is constant text := replace(was,
    'select array_agg(class) into classes from visibility_class where organisation = asker;', 'classes := visible_classes();');
begin
  if now_is = was then raise exception 'search_lines is not as expected'; end if;
  execute now_is;
end $$;

-- Whoever makes a compartment is in it: this transaction may write into one that nobody has access to yet.
create function found_compartment(new_one text, as_case boolean) returns void
  language plpgsql volatile security definer set search_path from current
  as $$
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
end $$;

-- Codes, identities and names of the cases that the asker may open: they show nothing of what is in them.
create function my_cases() returns table (id text, code text, dossier text)
  language sql stable security definer set search_path from current
  as $$ select c.id, c.code, c.dossier from access a
          join case_file c on c.organisation = a.organisation and c.id = a.compartment
         where a.organisation = current_organisation() and a.person = current_person() and a.ended is null
           and a.level = 3 and coalesce((a.body->>'until')::timestamptz > now(), true) and current_level() >= 0 $$;

-- ---------------------------------------------------------------- keys that tell nothing of what is not seen

-- A key that is taken in another compartment must not be refused here: that would tell that it is there.
alter table dossier drop constraint dossier_organisation_slug_key;
create unique index dossier_by_slug on dossier (organisation, coalesce("case", ''), slug);
alter table matter drop constraint matter_organisation_key_key;
create unique index matter_by_key on matter (organisation, coalesce("case", ''), key);
alter table statement drop constraint statement_organisation_dossier_item_key;
create unique index statement_once on statement (organisation, dossier, coalesce("case", ''), item);
alter table remark drop constraint remark_organisation_dossier_item_key;
create unique index remark_once on remark (organisation, dossier, coalesce("case", ''), item);
alter table aspect drop constraint aspect_organisation_dossier_matter_kind_name_key;
create unique index aspect_once on aspect (organisation, dossier, coalesce("case", ''), matter_kind, name);
alter table emendation drop constraint emendation_organisation_dossier_name_key;
create unique index emendation_once on emendation (organisation, dossier, coalesce("case", ''), name);

-- ---------------------------------------------------------------- row security, by what a table holds

do $$
declare
  t record;
  ours constant text := 'organisation = (select current_organisation())';
  seen constant text := ours || ' and (level <= (select current_level()) or level >= 2 and "case" = any ((select current_compartments())::text[]))';
begin
  for t in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where n.nspname = current_schema() and c.relkind = 'r' and c.relname <> 'migration'
  loop
    execute format('alter table %I enable row level security', t.relname);
    execute format('alter table %I force row level security', t.relname);
    execute format('drop policy if exists one_organisation on %I', t.relname);
    execute format('drop policy if exists owner_sees_all on %I', t.relname);
    execute format('create policy owner_sees_all on %I to current_user using (true) with check (true)', t.relname);
    execute format('alter table %I add constraint %I check ((level >= 2) = ("case" is not null))', t.relname, t.relname || '_compartment');
    if t.relname in ('session', 'context_key') then
      -- Nobody but the owner: a policy that lets nothing through, so that every table has one.
      execute format('create policy one_organisation on %I using (false) with check (false)', t.relname);
    elsif t.relname in ('organisation', 'person', 'membership', 'setting', 'ledger_inbox', 'ledger_entry', 'ledger_tile', 'ledger_checkpoint') then
      execute format('create policy one_organisation on %I using (%s) with check (%s)', t.relname, ours, ours);
    elsif t.relname = 'draft' then
      execute format('create policy one_organisation on %I using (%s) with check (%s)', t.relname,
        seen || ' and person = (select current_person())', seen || ' and person = (select current_person())');
    elsif t.relname = 'opening' then
      execute format('create policy one_organisation on %I using (%s) with check (false)', t.relname,
        ours || ' and (select current_roles()) && array[''auditor'', ''administrator'']');
    else
      execute format('create policy one_organisation on %I using (%s) with check (%s)', t.relname, seen, seen);
    end if;
  end loop;
end $$;
