-- Consent: the people who tell us something, what they allowed, what was used, and interviews with them.
--
-- All of it belongs to a case and stays in it (the checks say so): nothing here can be lowered. What leaves the record is
-- asked for in one function, leave_by, which sees every case, tells of none that is not opened, and writes each use itself.

do $$
declare
  noun record;
begin
  for noun in select * from (values
      ('interlocutor', 'pseudonym text not null generated always as (body->>''pseudonym'') stored, matter text generated always as (body->>''matter'') stored'),
      ('helper', 'role text not null generated always as (body->>''role'') stored'),
      ('consent_grant', 'interlocutor text not null generated always as (body->>''interlocutor'') stored, purpose text not null generated always as (body->>''purpose'') stored, recipient text not null generated always as (body->>''recipient'') stored'),
      ('public_reason', 'interlocutor text not null generated always as (body->>''interlocutor'') stored, state text not null generated always as (body->>''state'') stored'),
      ('concern', 'interlocutor text not null generated always as (body->>''interlocutor'') stored, record text not null generated always as (body->>''record'') stored, ended text generated always as (body->>''ended'') stored'),
      ('consent_task', 'interlocutor text not null generated always as (body->>''interlocutor'') stored, due text not null generated always as (body->>''due'') stored, done text generated always as (body->''done''->>''at'') stored'),
      ('interview', 'interlocutor text not null generated always as (body->>''interlocutor'') stored'),
      ('sensitive_form', 'interview text not null generated always as (body->>''interview'') stored, text text not null')
    ) as n(name, columns)
  loop
    execute format('create table %I (
      organisation text not null references organisation,
      level smallint not null check (level = 3),
      "case" text not null,
      id text not null,
      revision integer not null,
      body jsonb not null,
      %s,
      primary key (organisation, id),
      foreign key (organisation, "case") references case_file (organisation, id))', noun.name, noun.columns);
  end loop;
  for noun in select unnest(array['consent_grant', 'public_reason', 'concern', 'consent_task', 'interview']) as name
  loop
    execute format('alter table %I add foreign key (organisation, interlocutor) references interlocutor (organisation, id)', noun.name);
    execute format('create index %I on %I (organisation, interlocutor)', noun.name || '_of_interlocutor', noun.name);
  end loop;
end $$;
create unique index interlocutor_by_pseudonym on interlocutor (organisation, "case", pseudonym);
alter table sensitive_form add foreign key (organisation, interview) references interview (organisation, id);
create index sensitive_form_of_interview on sensitive_form (organisation, interview);
create index concern_of_record on concern (organisation, record);
-- What was ever in a case still concerns the people of it, wherever it stands now.
create index revision_by_case on revision (organisation, "case") where "case" is not null;

-- Who was trained to take accounts of sexual violence; marked by an administrator.
create table training (
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

-- What left the record, of whom, with which leave. Written by leave_by alone, in the transaction that lets it leave.
create table consent_use (
  organisation text not null references organisation,
  level smallint not null default 3 check (level = 3),
  "case" text not null,
  id bigint generated always as identity,
  at timestamptz not null default now(),
  person text not null,
  interlocutor text not null,
  -- The grant it rests on; or the reason about a public figure; or neither, within the case team.
  "grant" text,
  reason text,
  exit text not null,
  purpose text not null,
  recipient text not null,
  recipient_name text not null,
  identifiability text not null,
  output text not null,
  output_sha256 text,
  records integer not null,
  recallable boolean not null,
  primary key (organisation, id),
  foreign key (organisation, interlocutor) references interlocutor (organisation, id),
  foreign key (organisation, "grant") references consent_grant (organisation, id),
  foreign key (organisation, reason) references public_reason (organisation, id)
);
create index consent_use_of_interlocutor on consent_use (organisation, interlocutor, id);

create function is_trained() returns boolean
  language sql stable security definer set search_path from current
  as $$ select exists (select 1 from training t where t.organisation = current_organisation()
          and t.person = current_person() and t.ended is null) $$;

-- ---------------------------------------------------------------- whom a record concerns

-- Everything that concerns these people, at whatever level it stands now: the interviews and papers they gave with all that
-- was read, cited and stated from them; the matter that is them with those merged with it, and whatever of their case ever
-- named it; what a person linked to them; and what rests on any of these.
create function concerning(of_organisation text, people text[]) returns table (record text, interlocutor text)
  language sql stable security definer set search_path from current
  as $$
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
  $$;
revoke execute on function concerning(text, text[]) from public;

-- What concerns one person of an opened case, as far as whoever asks may see it.
create function what_concerns(one text) returns setof text
  language sql stable security definer set search_path from current
  as $$
  select distinct c.record from interlocutor i, concerning(i.organisation, array[i.id]) c
    join revision r on r.organisation = current_organisation() and r.record = c.record
   where i.organisation = current_organisation() and i.id = one and i."case" = any(current_compartments())
     and (r.level <= current_level() or r."case" = any(current_compartments()))
     and r.n = (select max(n) from revision l where l.organisation = r.organisation and l.record = r.record)
  $$;

-- ---------------------------------------------------------------- the one way out

-- Ask whether these records may leave, and where nothing is missing write each use (unless it is only asked). For people of
-- a case that is not opened the answer says nothing but that something is missing.
create function leave_by(asked jsonb) returns jsonb
  language plpgsql volatile security definer set search_path from current
  as $$
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
    insert into consent_use (organisation, "case", person, interlocutor, "grant", reason, exit, purpose, recipient,
      recipient_name, identifiability, output, output_sha256, records, recallable)
    select ours, u->>'case', asks->>'person', u->>'interlocutor', u->>'grant', u->>'reason', asked->>'exit',
      asked->>'purpose', asked->>'recipient', asked->>'recipientName', asked->>'identifiability', asked->>'output',
      asked->>'sha256', (u->>'records')::integer, (asked->>'recallable')::boolean
      from jsonb_array_elements(uses) as u;
  end if;
  return jsonb_build_object('missing', missing, 'conditions', conditions, 'hidden', hidden, 'uses', jsonb_array_length(uses));
end $$;

-- How much waits in the cases of whoever asks, and until when: nothing of what it is.
create function my_case_tasks() returns table (id text, code text, dossier text, open integer, due text)
  language sql stable security definer set search_path from current
  as $$ select m.id, m.code, m.dossier, count(*)::integer, min(t.due) from my_cases() m
          join consent_task t on t.organisation = current_organisation() and t."case" = m.id and t.done is null
         group by m.id, m.code, m.dossier order by min(t.due), m.code $$;

-- ---------------------------------------------------------------- row security

do $$
declare
  t record;
  ours constant text := 'organisation = (select current_organisation())';
  within constant text := '(level <= (select current_level()) or level >= 2 and "case" = any ((select current_compartments())::text[]))';
  seen constant text := ours || ' and ' || within;
  administers constant text := '(select current_roles()) && array[''administrator'']';
  -- What an administrator, who sees no content, writes into the ledger.
  theirs constant text := 'kind in (''membership'', ''training'')';
begin
  for t in select unnest(array['interlocutor', 'helper', 'consent_grant', 'public_reason', 'concern', 'consent_task',
                               'interview', 'sensitive_form', 'training', 'consent_use']) as name
  loop
    execute format('alter table %I enable row level security', t.name);
    execute format('alter table %I force row level security', t.name);
    execute format('create policy owner_sees_all on %I to current_user using (true) with check (true)', t.name);
    execute format('alter table %I add constraint %I check ((level >= 2) = ("case" is not null))', t.name, t.name || '_compartment');
    if t.name = 'training' then
      execute format('create policy one_organisation on %I using (%s) with check (%s)', t.name,
        ours || ' and ' || administers, ours || ' and ' || administers);
    elsif t.name = 'consent_use' then
      execute format('create policy one_organisation on %I using (%s) with check (false)', t.name, seen);
    elsif t.name = 'sensitive_form' then
      execute format('create policy one_organisation on %I using (%s) with check (%s)', t.name,
        seen || ' and (select is_trained())', seen || ' and (select is_trained())');
    else
      execute format('create policy one_organisation on %I using (%s) with check (%s)', t.name, seen, seen);
    end if;
  end loop;
  drop policy one_organisation on revision;
  execute format('create policy one_organisation on revision using (%s) with check (%s)',
    ours || ' and (' || within || ' or ' || theirs || ')',
    ours || ' and case when ' || theirs || ' then ' || administers || ' else ' || within || ' end');
end $$;
