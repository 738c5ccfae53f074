-- A question is answered in three steps that cost what they must: which lines hold the words (the index), which records they
-- stand in (counted once each, however many lines), and which lines are shown. Before, every line was joined with its reading
-- and its source before anything was counted.
--
-- The plan is made once in a connection: with so many parts, making it for each question took longer than a rare word takes.
--
-- A merged matter leads to the one it was merged into only where the asker may see that one, too.

-- Who asks is looked up once, not once for every class: with a hundred teams that alone took 7 ms of every question.
create or replace function visible_classes() returns integer[]
  language sql stable parallel restricted security definer set search_path from current
  as $$ select array_agg(class) from visibility_class
         where organisation = (select current_organisation())
           and (level <= (select current_level()) or level >= 2 and "case" = any((select current_compartments())::text[])) $$;

create or replace function search_lines(question jsonb) returns jsonb
  language plpgsql stable security definer set search_path from current set plan_cache_mode = force_generic_plan
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
end $$;
