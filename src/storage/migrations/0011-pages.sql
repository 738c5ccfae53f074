-- Lists that are read a page at a time. What they are sorted by stands in columns of its own, and the indexes hold what
-- row security asks, so that rows which the reader may not see are passed over without being fetched.
alter table source
  add column title text not null generated always as (coalesce(body->>'title', '')) stored,
  add column day text not null generated always as (coalesce(body->>'date', '')) stored,
  add column publisher text not null generated always as (coalesce(body->'publisher'->>'name', '')) stored;
create index source_by_title on source (organisation, dossier, title, id) include (level, "case", publisher);
create index source_by_day on source (organisation, dossier, day, id) include (level, "case", title, publisher);
