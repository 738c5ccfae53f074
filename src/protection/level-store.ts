import { type Guard, ID_IN_BODY } from '../ledger/guard.ts'
import type { RecordState } from '../ledger/record-kind.ts'
import type { Tx } from '../storage/database.ts'
import { levelNumber, levelOf } from './actor.ts'
import { LevelChange } from './level-change.ts'

/** A record by its newest revision. */
export interface Newest extends Guard {
  readonly record: string
  readonly kind: string
  readonly n: number
  readonly state: RecordState
}

interface Row {
  record: string
  kind: string
  n: number
  level: number
  case: string | null
  after: RecordState | null
}

/** The newest revisions of these records, erased ones left out. */
export async function newestOf(tx: Tx, records: readonly string[]): Promise<Newest[]> {
  const rows = await tx.query<Row>(
    `select distinct on (record) record, kind, n, level, "case", after from revision
      where organisation = $1 and record = any($2) order by record, n desc`,
    [tx.actor.organisation, records],
  )
  return rows.flatMap(({ record, kind, n, level, case: of, after }) =>
    after ? [{ record, kind, n, level: levelOf(level), case: of, state: after }] : [],
  )
}

/** Everything that names something, in any of its revisions: who names whom. Read whole, once. */
const NAMES = `names as materialized (
  select r.record, r.n, r.kind, r.level, r."case", r.latest, m[1] as named
    from (select record, n, kind, level, "case", after, n = max(n) over (partition by record) as latest
            from revision where organisation = $1) r
    cross join lateral regexp_matches((r.after->'body')::text, '${ID_IN_BODY}', 'g') m
   where m[1] <> r.record)`

/** One record that names another, or comes along with one that does. */
export interface Named extends Guard {
  readonly record: string
  readonly kind: string
}

/**
 * Everything that points at these records, or at something that does, and that more people may see than `to` says; these
 * records themselves first. Beside it those of the same level that belong to another compartment, and earlier revisions of
 * other records that named something of it.
 */
export async function dependentsOf(
  tx: Tx,
  records: readonly string[],
  to: Guard,
): Promise<{ along: Named[]; elsewhere: Named[]; heldBack: { record: string; n: number }[] }> {
  const rows = await tx.query<{
    record: string
    kind: string
    n: number
    level: number
    case: string | null
    what: string
  }>(
    `with recursive ${NAMES},
     along(record) as (
       select unnest($2::text[])
       union
       select n.record from names n join along a on n.named = a.record where n.latest and n.level < $3)
     select r.record, r.kind, r.n, r.level, r."case", 'along' as what
       from (select distinct on (record) record, kind, n, level, "case" from revision
              where organisation = $1 and record in (select record from along) order by record, n desc) r
     union all
     select distinct n.record, n.kind, n.n, n.level, n."case", 'elsewhere' from names n
       join along a on n.named = a.record
      where n.latest and n.level = $3 and n."case" is distinct from $4
     union all
     select distinct n.record, n.kind, n.n, n.level, n."case", 'held' from names n
       join along a on n.named = a.record
      where not n.latest and n.level < $3 and n.record not in (select record from along)`,
    [tx.actor.organisation, records, levelNumber(to.level), to.case],
  )
  const of = (what: string) => rows.filter((row) => row.what === what)
  const named = ({ record, kind, level, case: compartment }: (typeof rows)[number]): Named => ({
    record,
    kind,
    level: levelOf(level),
    case: compartment,
  })
  return {
    along: of('along').map(named),
    elsewhere: of('elsewhere').map(named),
    heldBack: of('held').map(({ record, n }) => ({ record, n })),
  }
}

/** A record and everything that points at it, or at something that does, and is seen by exactly those who see it. */
export async function guardedAlongside(tx: Tx, { record, level, case: of }: Newest): Promise<Named[]> {
  const rows = await tx.query<{ record: string; kind: string }>(
    `with recursive ${NAMES},
     along(record) as (
       select $2::text
       union
       select n.record from names n join along a on n.named = a.record
        where n.latest and n.level = $3 and n."case" is not distinct from $4)
     select distinct record, kind from revision where organisation = $1 and record in (select record from along)`,
    [tx.actor.organisation, record, levelNumber(level), of],
  )
  return rows.map((row) => ({ ...row, level, case: of }))
}

/** Everything that these records point at, and what that points at, which fewer may see than `to` says; themselves too. */
export async function pointedAtBy(tx: Tx, records: readonly string[], to: Guard): Promise<Named[]> {
  const rows = await tx.query<{ record: string; kind: string; level: number; case: string | null }>(
    `with recursive ${NAMES},
     pointed(record) as (
       select unnest($2::text[])
       union
       select t.record from pointed p join names n on n.record = p.record and n.latest
         join (select distinct on (record) record, level from revision where organisation = $1 order by record, n desc) t
           on t.record = n.named and t.level > $3)
     select distinct on (record) record, kind, level, "case" from revision
      where organisation = $1 and record in (select record from pointed) order by record, n desc`,
    [tx.actor.organisation, records, levelNumber(to.level)],
  )
  return rows.map(({ record, kind, level, case: of }) => ({ record, kind, level: levelOf(level), case: of }))
}

/** Of these ids the records that not all of us may see, with their levels. @public */
export async function guardsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Guard>> {
  const rows = await tx.query<{ record: string; level: number; case: string | null }>(
    `select record, level, "case" from (
       select distinct on (record) record, level, "case" from revision
        where organisation = $1 and record = any($2) order by record, n desc) r where level >= 2`,
    [tx.actor.organisation, ids],
  )
  return new Map(rows.map(({ record, level, case: of }) => [record, { level: levelOf(level), case: of }]))
}

export interface KnownLevelChange {
  readonly id: string
  readonly revision: number
  readonly level: Guard['level']
  readonly case: string | null
  readonly change: LevelChange
}

type ChangeRow = { id: string; revision: number; level: number; case: string | null; body: unknown }

function toChange({ id, revision, level, case: of, body }: ChangeRow): KnownLevelChange {
  return { id, revision, level: levelOf(level), case: of, change: LevelChange.parse(body) }
}

export async function levelChangeById(tx: Tx, id: string): Promise<KnownLevelChange | null> {
  const [row] = await tx.query<ChangeRow>(
    'select id, revision, level, "case", body from level_change where organisation = $1 and id = $2',
    [tx.actor.organisation, id],
  )
  return row ? toChange(row) : null
}

/** Raisings and lowerings of a record, and lowerings that wait; the latest first. */
export async function levelChangesOf(
  tx: Tx,
  wanted: { readonly record: string } | { readonly state: 'proposed' },
): Promise<KnownLevelChange[]> {
  const [column, value] = 'record' in wanted ? ['record', wanted.record] : ['state', wanted.state]
  const rows = await tx.query<ChangeRow>(
    `select id, revision, level, "case", body from level_change where organisation = $1 and ${column} = $2
      order by body->>'at' desc, id`,
    [tx.actor.organisation, value],
  )
  return rows.map(toChange)
}
