-- What the order by relevance needs of a line, read into words once, when the line is written; `searched` stays slim.
-- Only the newest hits are looked up here, by their key. Derived from `searched`: backups leave it out, restores make
-- it again with the stemmers of their own server.
create table line_index (
  organisation text not null references organisation,
  level smallint not null check (level between 0 and 3),
  "case" text,
  line bigint not null,
  words tsvector not null,
  primary key (organisation, line)
);
alter table line_index enable row level security;
alter table line_index force row level security;
create policy one_organisation on line_index
  using (organisation = (select current_organisation())) with check (organisation = (select current_organisation()));
create policy owner_sees_all on line_index to current_user using (true) with check (true);

-- Ligatures and presentation forms as their letters (Unicode NFKC), as where words are cited; all else as it is.
create function search_letters(words text) returns text
  language sql immutable parallel safe
  return (select string_agg(case
      when piece !~ '[\uFB00-\uFB06\uFB13-\uFB17\uFB50-\uFBB1\uFBD3-\uFDFB\uFE70-\uFEFC]' collate "C" then piece
      when normalize(piece, NFKC) like '% %' then piece
      else normalize(piece, NFKC) end, '' order by n)
    from regexp_split_to_table(words collate "C", '') with ordinality as pieces(piece, n));

-- A word that a line's end broke is found whole, in its place; and in its two parts, which are put behind the line.
create function search_joined(words text) returns text
  language sql immutable parallel safe
  return regexp_replace(words, '([[:alnum:]\u0300-\u036F])[\u200B\u2060\uFEFF]*[-\u2010\u2011\u00AD][\s\u200B\u2060\uFEFF\u00AD]*[\n\r\u0085\u2028\u2029][\s\u200B\u2060\uFEFF\u00AD]*([[:alnum:]])' collate "und-x-icu", '\1\2', 'g')
    || coalesce((select string_agg(' ' || part[1] || ' ' || part[2], '')
      from regexp_matches(words, '([[:alnum:]\u0300-\u036F]+)[\u200B\u2060\uFEFF]*[-\u2010\u2011\u00AD][\s\u200B\u2060\uFEFF\u00AD]*[\n\r\u0085\u2028\u2029][\s\u200B\u2060\uFEFF\u00AD]*([[:alnum:]\u0300-\u036F]+)' collate "und-x-icu", 'g') part), '');

-- One letter for another, as before; and what nobody sees (soft hyphens, zero-width characters) parts no word. `translate`
-- compares each letter with each of the list and costs more than all else, so it runs only where one of them stands.
create function search_plain(words text) returns text
  language sql immutable parallel safe
  return case when words ~ '[ёЁà-åç-ïñ-öù-ýÿğışžščćđÀ-ÅÇ-ÏÑ-ÖÙ-ÝĞİŞŽŠČĆĐ’ʼ‘`´\u200B\u2060\uFEFF\u00AD]' collate "C" then translate(words,
    'ёЁàáâãäåçèéêëìíîïñòóôõöùúûüýÿğışžščćđÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝĞİŞŽŠČĆĐ’ʼ‘`´' || U&'\200B\2060\FEFF\00AD',
    'еЕaaaaaaceeeeiiiinooooouuuuyygiszsccdAAAAAACEEEEIIIINOOOOOUUUUYGISZSCCD''''''''''') else words end;

-- Most lines have neither ligatures nor broken words. The bodies of these functions are bound when they are made: whoever
-- rebuilds an index has no search path.
create or replace function search_fold(words text) returns text
  language sql immutable parallel safe
  return search_plain(lower(
      case when words ~ '[-\u2010\u2011\u00AD][\s\u200B\u2060\uFEFF\u00AD]*[\n\r\u0085\u2028\u2029]|[\uFB00-\uFEFC]' collate "C"
        then search_joined(search_letters(words)) else words end collate "und-x-icu"));
reindex index searched_words;

insert into line_index (organisation, level, "case", line, words)
select organisation, level, "case", id, to_tsvector(config, search_fold(text)) from searched;

-- A name that only a merged matter has leads to the matter that stands for it; one that both have is one hit.
create or replace function search_lines(question jsonb) returns jsonb
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
end $$;

-- Statements that name a matter as a value, and what was merged into a matter.
alter table entry_index add column value_matter text;
update entry_index e set value_matter = s.body->'about'->e.n->'value'->>'matter'
  from statement s where s.organisation = e.organisation and s.id = e.statement
   and jsonb_typeof(s.body->'about'->e.n->'value') = 'object' and s.body->'about'->e.n->'value' ? 'matter';
create index entry_by_value on entry_index (organisation, value_matter, statement) where value_matter is not null;
create index matter_by_merged on matter (organisation, merged_into) where merged_into is not null;
