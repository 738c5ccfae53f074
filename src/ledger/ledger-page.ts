import type { Tx } from '../storage/database.ts'

/** One entry as a page lists it. */
export interface ListedEntry {
  readonly index: number
  readonly entry: string
  readonly at: string
  readonly type: string
  /** A person's id; null for what the program wrote itself. */
  readonly who: string | null
  readonly why: string | null
  readonly items: number
  /** For a jump of the clock: the time it should have been at least. */
  readonly before: string | null
}

/** How far the ledger reaches: entries placed, entries waiting, the newest signed checkpoint. */
export async function ledgerState(
  tx: Tx,
): Promise<{ size: number; waiting: number; checkpoint: string | null; at: string | null }> {
  const [row] = await tx.query<{ size: number; waiting: number; note: string | null; at: Date | null }>(
    `select (select coalesce(max(index) + 1, 0)::int from ledger_entry where organisation = $1) as size,
            (select count(*)::int from ledger_inbox where organisation = $1) as waiting, c.note, c.at
       from (select 1) as one left join lateral
            (select note, at from ledger_checkpoint where organisation = $1 order by size desc limit 1) c on true`,
    [tx.actor.organisation],
  )
  return {
    size: row?.size ?? 0,
    waiting: row?.waiting ?? 0,
    checkpoint: row?.note ?? null,
    at: row?.at?.toISOString() ?? null,
  }
}

/** Entries before a place in the tree, the newest first. */
export async function entriesBefore(tx: Tx, before: number | null, limit: number): Promise<ListedEntry[]> {
  const rows = await tx.query<{ index: number; entry: string; leaf: string; why: string | null }>(
    `select e.index::int, e.entry, e.leaf,
            (select r.why from revision r where r.organisation = e.organisation and r.entry = e.entry limit 1) as why
       from ledger_entry e where e.organisation = $1 and ($2::bigint is null or e.index < $2)
      order by e.index desc limit $3`,
    [tx.actor.organisation, before, limit],
  )
  return rows.map(({ index, entry, leaf, why }) => {
    const said: { at: string; type: string; who?: string; items?: number; before?: string } = JSON.parse(leaf)
    const { at, type, who = null, items = 0, before: clock = null } = said
    return { index, entry, at, type, who, why, items, before: clock }
  })
}

/** The latest changes of records, the newest first. */
export interface RecentChange {
  readonly record: string
  readonly kind: string
  readonly n: number
  readonly at: string
  readonly who: string
  readonly why: string
  readonly index: number | null
  readonly title: string
}

/** Where a page of changes begins: behind this moment, in microseconds since 1970, and this entry. */
export interface ChangePlace {
  readonly at: string
  readonly entry: string
}

/**
 * What was changed lately, one line an entry and kind of record; an import of thousands is one line. A page is so many
 * entries, from the place on.
 */
export async function recentChanges(
  tx: Tx,
  { after, limit }: { after: ChangePlace | null; limit: number },
): Promise<{ changes: (RecentChange & { items: number })[]; next: ChangePlace | null }> {
  const places = await tx.query<ChangePlace>(
    `select (extract(epoch from at) * 1000000)::bigint::text as at, entry from (
       select distinct at, entry from revision
        where organisation = $1 and ($2::bigint is null or (at, entry) < (timestamptz 'epoch' + $2 * interval '1 microsecond', $3))
        order by at desc, entry desc limit $4) e order by e.at desc, e.entry desc`,
    [tx.actor.organisation, after?.at ?? null, after?.entry ?? null, limit + 1],
  )
  const page = places.slice(0, limit)
  const rows = await tx.query<{
    record: string
    kind: string
    n: number
    at: Date
    who: string
    why: string
    index: number | null
    items: number
    title: string | null
  }>(
    `select l.record, l.kind, l.n, l.at, l.who, l.why, e.index::int, l.items,
            case when l.items = 1 then (
              select coalesce(r.after->'body'->>'title', r.after->'body'->>'name', r.after->'body'->>'proposition',
                              r.after->'body'->>'exact', r.after->'body'->>'item')
                from revision r where r.organisation = $1 and r.record = l.record and r.n = l.n) end as title
       from (select min(record) as record, kind, min(n) as n, at, who, why, entry, count(*)::int as items
               from revision where organisation = $1 and entry = any($2) group by entry, kind, at, who, why) l
       left join ledger_entry e on e.organisation = $1 and e.entry = l.entry
      order by l.at desc, l.entry desc, l.kind`,
    [tx.actor.organisation, page.map(({ entry }) => entry)],
  )
  return {
    changes: rows.map(({ at, title, ...row }) => ({ ...row, at: at.toISOString(), title: title ?? '' })),
    next: places.length > limit ? (page.at(-1) ?? null) : null,
  }
}
