import { readChanges } from '../protection/ledger-with-names.ts'
import { type KnownDossier, theDossier } from '../sources/dossier.ts'
import { sourcePages } from '../statements/source-list.ts'
import { readAs } from '../storage/database.ts'
import type { Workspace } from '../storage/workspace.ts'
import { duration, type Figure, figure, median, percentile, timed } from './figure.ts'
import { type Spread, spreadDossiers, TEAMS } from './restricted-reader.ts'
import { withScratchRecord } from './scratch-record.ts'

const ROWS = 250_000
const SORTS = ['title', 'date'] as const
const PAGE = 100
/** Places in the list at which a page is opened: the first, the last, and those between. */
const PLACES = 25
const ROUNDS = 4
/** Milliseconds. */
const GOAL = 200

/**
 * A list of 250,000 sources, paged by a reader who may see under half of them, with row security on: everybody's stand
 * among those of a hundred teams, and a tenth of the list in one piece is nobody's whom the reader works with.
 */
export async function benchPages(report: (figure: Figure) => void): Promise<void> {
  await withScratchRecord(async (workspace) => {
    const spread = await spreadDossiers(workspace)
    await fill(workspace, spread)
    const dossier = await readAs(workspace.database, spread.reader, (tx) => theDossier(tx, 'd-1'))
    for (const sort of SORTS) report(await paged(workspace, { spread, dossier, sort }))
    report(await history(workspace, spread))
  })
}

async function fill({ database: { owner }, actor }: Workspace, { dossiers }: Spread): Promise<void> {
  await owner.query(
    `insert into source (organisation, level, "case", id, revision, body)
     select $1, case when t = 1 then 1 else 2 end, case when t = 1 then null else ($2::text[])[t] end,
            'src_' || lpad(n::text, 20, '0'), 1,
            jsonb_build_object('dossier', ($2::text[])[1], 'kind', 'document', 'title', 'Paper ' || lpad(((n * 7919) % ${ROWS})::text, 6, '0') || ' of the port',
              'fileName', n || '.txt', 'mediaType', 'text/plain', 'original', jsonb_build_object('sha256', md5(n::text) || md5(n::text), 'size', 1),
              'publisher', jsonb_build_object('name', 'Paper of town ' || n % 300, 'group', 'press'), 'date', to_char(date '1990-01-01' + (n % 12000), 'YYYY-MM-DD'),
              'language', 'en', 'script', 'Latn', 'provenance', '{}'::jsonb, 'reading', null, 'unread', null, 'note', null, 'holds', null)
       from (select n, case when n % 4 = 0 then 1 when (n * 7919) % ${ROWS} between 100000 and 125000 then ${TEAMS + 1} else 2 + n % ${TEAMS} end as t
               from generate_series(0, ${ROWS - 1}) n) s`,
    [actor.organisation, dossiers],
  )
  // As many entries of the ledger, one record each.
  await owner.query(
    `insert into revision (organisation, level, "case", record, n, kind, form, entry, item, at, who, why, commitment, after)
     select organisation, level, "case", id, 1, 'source', 'source/1', 'ent_' || substr(id, 5), 0,
            timestamptz '2020-01-01' + (row_number() over ()) * interval '1 second', 'per_x', 'took in', '\\x00',
            jsonb_build_object('id', id, 'level', 'organisation', 'case', null, 'body', body)
       from source where organisation = $1 and id like 'src_0%'`,
    [actor.organisation],
  )
  await owner.query('vacuum analyze source, revision')
}

async function paged(
  { database }: Workspace,
  {
    spread: { reader },
    dossier,
    sort,
  }: { spread: Spread; dossier: KnownDossier; sort: (typeof SORTS)[number] },
): Promise<Figure> {
  const { owner } = database
  const column = sort === 'title' ? 'title' : 'day'
  const way = sort === 'title' ? 'asc' : 'desc'
  const visible = await readAs(database, reader, async (tx) => {
    const [row] = await tx.query<{ n: number }>('select count(*)::int as n from source where dossier = $1', [
      dossier.id,
    ])
    return row?.n ?? 0
  })
  const places = await readAs(database, reader, async (tx) => {
    const rows = await tx.query<{ by: string; id: string }>(
      `select by, id from (select ${column} as by, id, row_number() over (order by ${column} ${way}, id ${way}) as n
         from source where dossier = $1) s where n % ${Math.floor(visible / (PLACES - 1))} = 0 order by n`,
      [dossier.id],
    )
    return rows.map(({ by, id }) => JSON.stringify([by, id]))
  })
  const times: number[] = []
  const bare: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [n, after] of [undefined, ...places].entries()) {
      const took = await timed(() =>
        readAs(database, reader, (tx) => sourcePages(tx, dossier, { sort, typed: '', after, limit: PAGE })),
      )
      const offset = Math.min(n * Math.floor(visible / (PLACES - 1)), visible - PAGE)
      // The first round warms up.
      if (round > 0) times.push(took)
      // By offset it is slow, and once is enough to see that.
      if (round !== 1) continue
      const beside = await timed(() =>
        owner.query(
          `select id, body from source where dossier = $1 order by ${column} ${way}, id ${way} offset ${offset} limit ${PAGE}`,
          [dossier.id],
        ),
      )
      bare.push(beside)
    }
  }
  const p95 = percentile(times, 0.95)
  const value = `p50 ${duration(median(times))}, p95 ${duration(p95)}, slowest ${duration(Math.max(...times))}, of ${visible} that the reader may see; beside p95 ${duration(percentile(bare, 0.95))} for the rows by offset without rights`
  return figure(
    `pages of a list of ${ROWS} rows by ${sort}, at ${places.length + 1} places`,
    value,
    'p95 under 200 ms',
    p95 < GOAL,
  )
}

/** The history from its newest page to its oldest, by steps: as many places as of a list. */
async function history({ database }: Workspace, { reader }: Spread): Promise<Figure> {
  const { owner } = database
  const visible = await readAs(database, reader, async (tx) => {
    const [row] = await tx.query<{ n: number }>('select count(*)::int as n from revision')
    return row?.n ?? 0
  })
  const step = Math.floor(visible / (PLACES - 1))
  const places = await readAs(database, reader, async (tx) => {
    const rows = await tx.query<{ place: string }>(
      `select (extract(epoch from at) * 1000000)::bigint || ' ' || entry as place
         from (select at, entry, row_number() over (order by at desc, entry desc) as n from revision) r
        where n % $1 = 0 order by n`,
      [step],
    )
    return rows.map(({ place }) => place)
  })
  const times: number[] = []
  const bare: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [n, after] of [undefined, ...places].entries()) {
      const took = await timed(() =>
        readAs(database, reader, (tx) => readChanges(tx, { after, limit: PAGE })),
      )
      if (round > 0) times.push(took)
      if (round !== 1) continue
      const offset = Math.min(n * step, visible - PAGE)
      bare.push(
        await timed(() =>
          owner.query(
            `select record, why from revision order by at desc, entry desc offset ${offset} limit ${PAGE}`,
          ),
        ),
      )
    }
  }
  const p95 = percentile(times, 0.95)
  return figure(
    `pages of a history of ${ROWS} changes, at ${places.length + 1} places`,
    `p50 ${duration(median(times))}, p95 ${duration(p95)}, slowest ${duration(Math.max(...times))}, of ${visible} that the reader may see; beside p95 ${duration(percentile(bare, 0.95))} for the rows by offset without rights`,
    'p95 under 200 ms',
    p95 < GOAL,
  )
}
