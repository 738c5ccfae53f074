import type { Tx } from '../storage/database.ts'
import { leavesOf } from './entry-store.ts'
import { readLeaf } from './leaf.ts'

/** Of an entry over thousands of records the first are named; `items` says how many there are. */
const MOST_NAMED = 1000

/** One entry of the ledger: who wrote it, when and why, which records it made or changed, and where it stands. */
export interface OneEntry {
  readonly entry: string
  readonly type: string
  readonly at: string
  /** A person's id, or the process for what the program wrote itself. */
  readonly who: string
  readonly why: string
  /** Place in the tree; null while it waits for the next checkpoint. */
  readonly index: number | null
  readonly items: number
  readonly records: readonly {
    readonly kind: string
    readonly record: string
    readonly n: number
    readonly title: string | null
  }[]
}

/** An entry by its id, placed or waiting; null where there is none. */
export async function oneEntry(tx: Tx, entry: string): Promise<OneEntry | null> {
  const found = (await leavesOf(tx, [entry])).get(entry)
  const leaf = found && readLeaf(found.leaf)
  if (!found || !leaf) return null
  const rows = await tx.query<OneEntry['records'][number] & { why: string }>(
    `select kind, record, n, why,
            left(coalesce(after->'body'->>'title', after->'body'->>'name', after->'body'->>'proposition',
                          after->'body'->>'exact', after->'body'->>'item'), 200) as title
       from revision where organisation = $1 and entry = $2 order by item limit $3`,
    [tx.actor.organisation, entry, MOST_NAMED],
  )
  return {
    entry,
    type: leaf.type,
    at: leaf.at,
    who: leaf.who ?? leaf.process,
    why: rows[0]?.why ?? leaf.type,
    index: found.index,
    items: leaf.items ?? leaf.erased?.length ?? 0,
    records: rows.map(({ kind, record, n, title }) => ({ kind, record, n, title })),
  }
}
