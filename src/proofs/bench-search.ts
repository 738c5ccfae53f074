import { searchRecord } from '../search/search-record.ts'
import { readAs } from '../storage/database.ts'
import type { Workspace } from '../storage/workspace.ts'
import { duration, type Figure, figure, median, percentile, timed } from './figure.ts'
import { type Spread, spreadDossiers, TEAMS } from './restricted-reader.ts'
import { withScratchRecord } from './scratch-record.ts'

const PASSAGES = 1_000_000
const IN_A_SOURCE = 500
const ROUNDS = 20
/** Passages written in one statement. */
const AT_ONCE = 50_000

interface Asked {
  readonly name: string
  readonly typed: string
  /** Milliseconds. */
  readonly goal: number
}
/** Words as they stand in the made-up texts; `harbour` in 15 of 100. */
const QUESTIONS: readonly Asked[] = [
  { name: 'a rare word', typed: 'w29991x', goal: 150 },
  { name: 'two words', typed: 'w17x w101x', goal: 150 },
  { name: 'a word in 15 % of all', typed: 'harbour', goal: 800 },
]
const OVER_BARE = 1.5

/**
 * A million passages, searched by a reader who may see under half of them: the top 20 with facets, beside the same question
 * put to the same tables by SQL that knows of no rights.
 */
export async function benchSearch(report: (figure: Figure) => void): Promise<void> {
  await withScratchRecord(async (workspace) => {
    const spread = await spreadDossiers(workspace)
    await fill(workspace, spread)
    for (const question of QUESTIONS)
      for (const one of await searched(workspace, spread, question)) report(one)
  })
}

/** Words by a law of few that are frequent and many that are rare, so that lists of hits are as uneven as in any language. */
async function fill({ database: { owner }, actor }: Workspace, { dossiers }: Spread): Promise<void> {
  const sources = PASSAGES / IN_A_SOURCE
  const place = `case when s % 4 = 0 then 1 else 2 + s % ${TEAMS} end`
  await owner.query(
    `insert into source (organisation, level, "case", id, revision, body)
     select $1, case when t = 1 then 1 else 2 end, case when t = 1 then null else ($2::text[])[t] end, 'src_' || lpad(s::text, 20, '0'), 1,
            jsonb_build_object('dossier', ($2::text[])[t], 'title', 'Paper ' || s, 'language', (array['en', 'ru', 'kk'])[1 + s % 3],
              'reading', 'rdg_' || lpad(s::text, 20, '0'))
       from (select s, ${place} as t from generate_series(0, ${sources - 1}) s) x`,
    [actor.organisation, dossiers],
  )
  await owner.query(
    `insert into reading (organisation, level, "case", id, revision, body, text)
     select organisation, level, "case", body->>'reading', 1, jsonb_build_object('source', id), '' from source`,
  )
  for (let from = 0; from < PASSAGES; from += AT_ONCE) {
    await owner.query(
      `with written as (
         insert into searched (organisation, level, "case", class, record, start, config, text)
         select $1, case when t = 1 then 1 else 2 end, case when t = 1 then null else ($2::text[])[t] end, t, 'rdg_' || lpad(s::text, 20, '0'),
                n % ${IN_A_SOURCE} * 100, 'english', words
           from (select n, n / ${IN_A_SOURCE} as s, case when (n / ${IN_A_SOURCE}) % 4 = 0 then 1 else 2 + (n / ${IN_A_SOURCE}) % ${TEAMS} end as t,
                        (select string_agg('w' || floor(power(30000, random()))::int || 'x', ' ') from generate_series(1, 14 + n % 5))
                          || case when random() < 0.15 then ' harbour' else '' end as words
                   from generate_series($3::int, $4::int) n) x
         returning organisation, level, "case", id, config, text)
       insert into line_index (organisation, level, "case", line, words)
       select organisation, level, "case", id, to_tsvector(config, search_fold(text)) from written`,
      [actor.organisation, dossiers, from, from + AT_ONCE - 1],
    )
  }
  for (const table of ['source', 'reading', 'searched', 'line_index'])
    await owner.query(`vacuum analyze ${table}`)
}

async function searched(
  { database }: Workspace,
  { reader }: Spread,
  { name, typed, goal }: Asked,
): Promise<Figure[]> {
  const times: number[] = []
  const bare: number[] = []
  let total = 0
  for (let round = 0; round <= ROUNDS; round += 1) {
    const took = await timed(async () => {
      total = (await readAs(database, reader, (tx) => searchRecord(tx, { typed, limit: 20 }))).total
    })
    const beside = await timed(() => database.owner.query(BARE, [typed.split(' ').join(' & ')]))
    // The first of each warms up.
    if (round > 0) times.push(took)
    if (round > 0) bare.push(beside)
  }
  const [p95, p95Bare] = [percentile(times, 0.95), percentile(bare, 0.95)]
  const [p50, p50Bare] = [median(times), median(bare)]
  const value = `p50 ${duration(p50)}, p95 ${duration(p95)}, ${total} found`
  const ratio = p50 / p50Bare
  return [
    figure(`search in ${PASSAGES} passages, ${name}`, value, `p95 under ${goal} ms`, p95 < goal),
    figure(
      `the same, beside the bare SQL`,
      `${ratio.toFixed(2)} times (p50 ${duration(p50)} against ${duration(p50Bare)}, p95 ${duration(p95Bare)})`,
      `at most ${OVER_BARE} times`,
      ratio <= OVER_BARE,
    ),
  ]
}

/** The same answer without any rights: hits counted, facets counted, the 20 best of the newest 2,000. */
const BARE = `
  with q as (select to_tsquery('english', search_fold($1)) as query),
  line as materialized (
    select s.id, s.record, s.start, s.config from searched s, q where to_tsvector(s.config, search_fold(s.text)) @@ q.query),
  kept as materialized (
    select l.id, s.id as source, s.dossier, coalesce(s.body->>'language', 'und') as language
      from line l join reading r on r.id = l.record join source s on s.id = r.source and s.reading = r.id),
  newest as (select * from kept order by id desc limit 2000),
  ranked as (
    select n.*, ts_rank_cd(i.words, q.query, 1) as rank from newest n, q
      cross join lateral (select words from line_index where line = n.id limit 1) i order by 5 desc, 1 limit 20)
  select (select count(*) from kept) as total,
         (select json_object_agg(language, n) from (select language, count(*) n from kept group by 1) f) as languages,
         (select json_object_agg(source, n) from (select source, count(*) n from kept group by 1 order by 2 desc limit 20) f) as sources,
         (select json_agg(json_build_object('id', r.id, 'text', s.text)) from ranked r join searched s on s.id = r.id) as hits`
