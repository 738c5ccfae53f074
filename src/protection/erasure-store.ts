import { kindOfId } from '../foundation/ids.ts'
import type { Tx } from '../storage/database.ts'
import { Erasure, type KnownErasure } from './erasure.ts'

export async function erasuresKnown(tx: Tx): Promise<KnownErasure[]> {
  const rows = await tx.query<{ id: string; revision: number; body: unknown }>(
    "select id, revision, body from erasure where organisation = $1 order by body->>'proposedAt' desc, id",
    [tx.actor.organisation],
  )
  return rows.map(({ id, revision, body }) => ({ id, revision, erasure: Erasure.parse(body) }))
}

export async function erasureById(tx: Tx, id: string): Promise<KnownErasure | null> {
  return (await erasuresKnown(tx)).find((one) => one.id === id) ?? null
}

/** Whether a record of this table is there for whoever asks. */
export async function isThere(tx: Tx, table: string, id: string): Promise<boolean> {
  const rows = await tx.query(`select 1 from ${table} where organisation = $1 and id = $2`, [
    tx.actor.organisation,
    id,
  ])
  return rows.length > 0
}

/** The name of somebody who works here or did, and whether they still do; null where there is none (any more). */
export async function nameOfPerson(tx: Tx, id: string): Promise<{ name: string; here: boolean } | null> {
  const [row] = await tx.query<{ name: string; here: boolean }>(
    `select p.name, coalesce(m.ended is null, true) as here from person p
       left join membership m on m.organisation = p.organisation and m.person = p.id
      where p.organisation = $1 and p.id = $2 and p.name is not null`,
    [tx.actor.organisation, id],
  )
  return row ?? null
}

/** Ids of everything that would go, as far as whoever asks may see it. */
export async function reachOf(tx: Tx, target: string, reach: Erasure['reach']): Promise<string[]> {
  const [row] = await tx.query<{ ids: string[] }>('select erasure_reach($1, array[$2], $3) as ids', [
    tx.actor.organisation,
    target,
    reach === 'named',
  ])
  return row?.ids ?? []
}

/** Records that stay and name any of these. */
export async function staysAndNames(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>('select distinct n as id from named_by($1, $2) n order by 1', [
    tx.actor.organisation,
    ids,
  ])
  return rows.map(({ id }) => id)
}

/** Originals of these sources that no other source has. */
export async function originalsOnlyOf(tx: Tx, ids: readonly string[]): Promise<number> {
  const sources = ids.filter((id) => kindOfId(id) === 'source')
  const [row] = await tx.query<{ n: number }>(
    `select count(distinct sha256)::int as n from source s where organisation = $1 and id = any($2)
        and not exists (select 1 from source o where o.organisation = $1 and o.sha256 = s.sha256 and not o.id = any($2))`,
    [tx.actor.organisation, sources],
  )
  return row?.n ?? 0
}

/** What each of these is called now; erased ones are called nothing. */
export async function titlesNow(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ record: string; title: string | null }>(
    `select distinct on (record) record,
            left(coalesce(after->'body'->>'title', after->'body'->>'name', after->'body'->>'proposition', after->'body'->>'code',
                          after->'body'->>'item', after->'body'->>'slug'), 160) as title
       from revision where organisation = $1 and record = any($2) order by record, n desc`,
    [tx.actor.organisation, ids],
  )
  return new Map(rows.map(({ record, title }) => [record, title ?? '']))
}

/** Whether nobody else works here who could be the second person. */
export async function isAlone(tx: Tx): Promise<boolean> {
  const [row] = await tx.query<{ alone: boolean }>(
    `select o.alone and not exists (select 1 from membership m where m.organisation = $1 and m.ended is null
              and m.person <> $2 and m.body->'roles' ?| array['editor', 'legal']) as alone
       from organisation o where o.organisation = $1`,
    [tx.actor.organisation, tx.actor.person],
  )
  return row?.alone ?? false
}

/** Matters of which nothing speaks any more once these are gone. */
export async function leftUnspoken(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `with gone as (select unnest($2::text[]) as id),
       spoken as (
         select e.matter as id from entry_index e join gone on gone.id = e.statement where e.organisation = $1
         union select e.value_matter from entry_index e join gone on gone.id = e.statement where e.organisation = $1 and e.value_matter is not null
         union select s.matter from speaker_index s join gone on gone.id = s.statement where s.organisation = $1 and s.matter is not null)
     select p.id from spoken p join matter m on m.organisation = $1 and m.id = p.id
      where p.id not in (select id from gone)
        and not exists (select 1 from entry_index e where e.organisation = $1 and (e.matter = p.id or e.value_matter = p.id)
              and e.statement not in (select id from gone))
        and not exists (select 1 from speaker_index s where s.organisation = $1 and s.matter = p.id
              and s.statement not in (select id from gone))
      order by 1`,
    [tx.actor.organisation, ids],
  )
  return rows.map(({ id }) => id)
}

/** An export that carried some of it; `thing` of a backup says whether it is sealed or plain. */
export interface CarryingExport {
  readonly at: string
  readonly person: string
  readonly kind: 'package' | 'original' | 'backup'
  readonly thing: string
  readonly recipient: string | null
  readonly recallable: boolean | null
}

/** Exports that carried any of these records, the newest first. */
export async function exportsThatCarried(tx: Tx, ids: readonly string[]): Promise<CarryingExport[]> {
  const rows = await tx.query<Omit<CarryingExport, 'at'> & { at: Date }>(
    'select at, person, kind, thing, recipient, recallable from exports_of($1)',
    [ids],
  )
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }))
}
