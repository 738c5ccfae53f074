-- The record. Every table carries organisation, level and "case" from the first migration on, and every
-- key begins with organisation, so that no row can ever point into another organisation's record.
--
-- The tables of nouns share one shape: (organisation, level, "case", id, revision, body). `body` is the
-- record in its published form; the other columns are generated from it and cannot disagree with it.
-- Only ledger/change.ts writes them. Tables named *_index are derived from bodies by the same function
-- that verify uses to check them.

create function current_organisation() returns text
  language sql stable parallel safe
  as $$ select nullif(current_setting('rapporteur.organisation', true), '') $$;

create table organisation (
  organisation text primary key,
  level smallint not null default 1 check (level between 0 and 3),
  "case" text,
  name text not null
);

-- The one table with names of the people who work here: the ledger knows them by random id only.
create table person (
  organisation text not null references organisation,
  level smallint not null default 1 check (level between 0 and 3),
  "case" text,
  id text not null,
  name text not null,
  made_at timestamptz not null default now(),
  primary key (organisation, id)
);

create table setting (
  organisation text not null references organisation,
  level smallint not null default 1 check (level between 0 and 3),
  "case" text,
  name text not null,
  value jsonb not null,
  primary key (organisation, name)
);

create table draft (
  organisation text not null references organisation,
  level smallint not null default 1 check (level between 0 and 3),
  "case" text,
  id text not null,
  person text not null,
  body jsonb not null,
  saved_at timestamptz not null default now(),
  primary key (organisation, id),
  foreign key (organisation, person) references person (organisation, id)
);

-- ---------------------------------------------------------------- nouns

create table dossier (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  slug text not null generated always as (body->>'slug') stored,
  primary key (organisation, id),
  unique (organisation, slug)
);

create table source (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  dossier text not null generated always as (body->>'dossier') stored,
  file_name text generated always as (body->>'fileName') stored,
  sha256 text generated always as (body->'original'->>'sha256') stored,
  reading text generated always as (body->>'reading') stored,
  primary key (organisation, id),
  foreign key (organisation, dossier) references dossier (organisation, id)
);
create index source_by_dossier on source (organisation, dossier, id);
create index source_by_sha256 on source (organisation, sha256);
create index source_by_file_name on source (organisation, file_name);

-- `text` is outside the body because it is long; body->>'textSha256' commits to it.
create table reading (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  text text not null,
  source text not null generated always as (body->>'source') stored,
  primary key (organisation, id),
  foreign key (organisation, source) references source (organisation, id)
);
create index reading_by_source on reading (organisation, source);

create table passage (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  source text not null generated always as (body->>'source') stored,
  state text not null generated always as (body->>'state') stored check (state in ('intact', 'moved', 'lost')),
  primary key (organisation, id),
  foreign key (organisation, source) references source (organisation, id)
);
create index passage_by_source on passage (organisation, source);

create table matter (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  kind text not null generated always as (body->>'kind') stored,
  name text not null generated always as (body->>'name') stored,
  key text generated always as (body->>'key') stored,
  merged_into text generated always as (body->>'mergedInto') stored,
  primary key (organisation, id),
  unique (organisation, key),
  foreign key (organisation, merged_into) references matter (organisation, id)
);
create index matter_by_kind on matter (organisation, kind, name);

-- dossier '' holds what the whole installation knows; a dossier's own aspects stand before those.
create table aspect (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  dossier text not null generated always as (coalesce(body->>'dossier', '')) stored,
  matter_kind text not null generated always as (body->>'matterKind') stored,
  name text not null generated always as (body->>'name') stored,
  primary key (organisation, id),
  unique (organisation, dossier, matter_kind, name)
);

create table statement (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  dossier text not null generated always as (body->>'dossier') stored,
  source text not null generated always as (body->>'source') stored,
  kind text not null generated always as (body->>'kind') stored,
  polarity text not null generated always as (body->>'polarity') stored,
  item text generated always as (body->>'item') stored,
  primary key (organisation, id),
  unique (organisation, dossier, item),
  foreign key (organisation, dossier) references dossier (organisation, id),
  foreign key (organisation, source) references source (organisation, id)
);
create index statement_by_source on statement (organisation, source);

-- Remarks, mentions and facts about the source: what the coding format calls the other three bodies.
create table remark (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  dossier text not null generated always as (body->>'dossier') stored,
  source text not null generated always as (body->>'source') stored,
  type text not null generated always as (body->>'type') stored,
  item text generated always as (body->>'item') stored,
  primary key (organisation, id),
  unique (organisation, dossier, item),
  foreign key (organisation, dossier) references dossier (organisation, id),
  foreign key (organisation, source) references source (organisation, id)
);
create index remark_by_source on remark (organisation, source);

create table link (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  dossier text not null generated always as (body->>'dossier') stored,
  from_statement text not null generated always as (body->>'from') stored,
  to_statement text not null generated always as (body->>'to') stored,
  rel text not null generated always as (body->>'rel') stored,
  primary key (organisation, id),
  unique (organisation, from_statement, rel, to_statement),
  foreign key (organisation, from_statement) references statement (organisation, id),
  foreign key (organisation, to_statement) references statement (organisation, id)
);
create index link_by_target on link (organisation, to_statement);

-- A proposed or accepted normalisation: one entry, or a group of slips that are corrected together.
create table emendation (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  dossier text not null generated always as (body->>'dossier') stored,
  name text not null generated always as (body->>'name') stored,
  state text not null generated always as (body->>'state') stored check (state in ('proposed', 'accepted', 'rejected')),
  primary key (organisation, id),
  unique (organisation, dossier, name),
  foreign key (organisation, dossier) references dossier (organisation, id)
);

create table finding (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  dossier text not null generated always as (body->>'dossier') stored,
  matter text not null generated always as (body->>'matter') stored,
  state text not null generated always as (body->>'state') stored check (state in ('proposed', 'held', 'attested', 'withdrawn')),
  primary key (organisation, id),
  foreign key (organisation, dossier) references dossier (organisation, id),
  foreign key (organisation, matter) references matter (organisation, id)
);
create index finding_by_matter on finding (organisation, matter);

-- Rights, affected groups, SDG targets and checks, each with who set it.
create table tag (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  id text not null,
  revision integer not null,
  body jsonb not null,
  dossier text not null generated always as (body->>'dossier') stored,
  subject text not null generated always as (body->>'subject') stored,
  scheme text not null generated always as (body->>'scheme') stored,
  term text not null generated always as (body->>'term') stored,
  primary key (organisation, id),
  unique (organisation, dossier, subject, scheme, term)
);

-- ---------------------------------------------------------------- derived from bodies

create table entry_index (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  statement text not null,
  n integer not null,
  dossier text not null,
  matter text not null,
  aspect text not null,
  emendation text,
  primary key (organisation, statement, n),
  foreign key (organisation, statement) references statement (organisation, id) on delete cascade,
  foreign key (organisation, matter) references matter (organisation, id)
);
create index entry_by_matter on entry_index (organisation, matter, aspect, statement);
create index entry_by_dossier on entry_index (organisation, dossier, matter);
create index entry_by_emendation on entry_index (organisation, dossier, emendation) where emendation is not null;

create table speaker_index (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  statement text not null,
  position integer not null,
  member integer not null,
  innermost boolean not null,
  matter text,
  primary key (organisation, statement, position, member),
  foreign key (organisation, statement) references statement (organisation, id) on delete cascade,
  foreign key (organisation, matter) references matter (organisation, id)
);
create index speaker_by_matter on speaker_index (organisation, matter) where matter is not null;

create table passage_index (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  item text not null,
  passage text not null,
  primary key (organisation, item, passage),
  foreign key (organisation, passage) references passage (organisation, id)
);
create index item_by_passage on passage_index (organisation, passage);

create table name_index (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  matter text not null,
  n integer not null,
  folded text not null,
  primary key (organisation, matter, n),
  foreign key (organisation, matter) references matter (organisation, id) on delete cascade
);
create index matter_by_folded_name on name_index (organisation, folded);

-- ---------------------------------------------------------------- search

-- Who may see a passage is one small number, so that a search filters a million of them by one integer.
create table visibility_class (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  class integer not null,
  dossier text not null default '',
  primary key (organisation, class)
);
create unique index visibility_class_once on visibility_class (organisation, level, dossier, coalesce("case", ''));

-- Slim on purpose: text and class, nothing wide. `record` is the reading (its sentences),
-- the source (its title) or the matter (its names) that owns the line and rewrites it.
create table searched (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  id bigint generated always as identity,
  class integer not null,
  record text not null,
  start integer not null,
  config regconfig not null,
  text text not null,
  primary key (organisation, id)
);
create index searched_by_record on searched (organisation, record);
-- Words are found whichever way they were typed: in small letters of any alphabet (the database's own locale knows
-- none but ASCII), ё as е, Latin letters without their marks, one apostrophe.
create function search_fold(words text) returns text
  language sql immutable parallel safe
  as $$ select translate(lower(words collate "und-x-icu"),
    'ёЁàáâãäåçèéêëìíîïñòóôõöùúûüýÿğışžščćđÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝĞİŞŽŠČĆĐ’ʼ‘`´',
    'еЕaaaaaaceeeeiiiinooooouuuuyygiszsccdAAAAAACEEEEIIIINOOOOOUUUUYGISZSCCD''''''''''') $$;
create index searched_words on searched using gin (to_tsvector(config, search_fold(text)));

-- One question over everything the asker may see. It runs as the owner, because row security would switch the text
-- index off, and therefore always filters itself: by the asker's organisation and visibility classes.
create function search_lines(question jsonb) returns jsonb
  language plpgsql stable security definer set search_path from current
  as $$
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
  select array_agg(class) into classes from visibility_class where organisation = asker;
  with line as materialized (
    select id, record, start, config, class from searched
     where organisation = asker and class = any(classes)
       and to_tsvector(config, search_fold(text)) @@ any_query
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
  ), kept as materialized (
    select * from placed
     where (of_dossier is null or dossier = of_dossier) and (of_source is null or source = of_source)
       and (of_language is null or language = of_language) and (of_kind is null or kind = of_kind)
  ), newest as (
    select * from kept order by id desc limit 2000
  ), ranked as (
    select n.*, s.text, ts_rank_cd(to_tsvector(s.config, search_fold(s.text)), any_query, 1)
        + case n.kind when 'passage' then 0 else 1 end as rank
      from newest n join searched s on s.organisation = asker and s.id = n.id
     order by rank desc, n.id limit hits_wanted offset first_hit
  )
  select jsonb_build_object(
    'total', (select count(*) from kept),
    'ranked', (select count(*) from newest),
    'hits', coalesce((select jsonb_agg(jsonb_build_object('record', record, 'kind', kind, 'source', source, 'dossier', dossier,
        'language', language, 'start', start, 'text', text, 'rank', rank) order by rank desc, id) from ranked), '[]'::jsonb),
    'facets', jsonb_build_object(
      'kind', (select coalesce(jsonb_object_agg(kind, n), '{}') from (select kind, count(*) n from kept group by kind) f),
      'language', (select coalesce(jsonb_object_agg(language, n), '{}') from (select language, count(*) n from kept group by language) f),
      'source', (select coalesce(jsonb_object_agg(source, n), '{}') from
        (select source, count(*) n from kept where source is not null group by source order by n desc, source limit 20) f)
    )) into answer;
  return answer;
end $$;

-- ---------------------------------------------------------------- ledger

-- One log for each organisation. An entry is in the inbox or in the tree, never both or neither.
create table revision (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  record text not null,
  n integer not null,
  kind text not null,
  form text not null,
  entry text not null,
  item integer not null,
  at timestamptz not null,
  who text not null,
  why text not null,
  salt bytea,
  commitment bytea not null,
  after jsonb,
  erased jsonb,
  primary key (organisation, record, n)
);
create index revision_by_entry on revision (organisation, entry, item);
create index revision_by_time on revision (organisation, at);

create table ledger_inbox (
  organisation text not null references organisation,
  level smallint not null default 1 check (level between 0 and 3),
  "case" text,
  place bigint generated always as identity,
  entry text not null,
  process text not null,
  number bigint not null,
  leaf text not null,
  primary key (organisation, place),
  unique (organisation, process, number)
);

create table ledger_entry (
  organisation text not null references organisation,
  level smallint not null default 1 check (level between 0 and 3),
  "case" text,
  index bigint not null,
  entry text not null,
  leaf text not null,
  primary key (organisation, index),
  unique (organisation, entry)
);

create table ledger_tile (
  organisation text not null references organisation,
  level smallint not null default 1 check (level between 0 and 3),
  "case" text,
  tile_level smallint not null,
  tile_index bigint not null,
  hashes bytea not null,
  primary key (organisation, tile_level, tile_index)
);

create table ledger_checkpoint (
  organisation text not null references organisation,
  level smallint not null default 1 check (level between 0 and 3),
  "case" text,
  size bigint not null,
  at timestamptz not null,
  note text not null,
  primary key (organisation, size)
);

-- ---------------------------------------------------------------- row security, on every table

do $$
declare t record;
begin
  for t in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where n.nspname = current_schema() and c.relkind = 'r' and c.relname <> 'migration'
  loop
    execute format('alter table %I enable row level security', t.relname);
    execute format('alter table %I force row level security', t.relname);
    execute format('create policy one_organisation on %I using (organisation = (select current_organisation())) with check (organisation = (select current_organisation()))', t.relname);
    execute format('create policy owner_sees_all on %I to current_user using (true) with check (true)', t.relname);
  end loop;
end $$;
