import type { Tx } from '../storage/database.ts'

/** An entry that has its place. */
export interface PlacedEntry {
  readonly index: number
  readonly entry: string
  readonly leaf: string
}

/** Those of these entries that have their place, in the order of the tree. */
export async function placedEntries(tx: Tx, entries: readonly string[]): Promise<PlacedEntry[]> {
  return tx.query<PlacedEntry>(
    `select index::int, entry, leaf from ledger_entry where organisation = $1 and entry = any($2) order by index`,
    [tx.actor.organisation, entries],
  )
}

/** Entries of these types, in the order of the tree. */
export async function entriesOfType(tx: Tx, types: readonly string[]): Promise<PlacedEntry[]> {
  return tx.query<PlacedEntry>(
    `select index::int, entry, leaf from ledger_entry
      where organisation = $1 and leaf::jsonb->>'type' = any($2) order by index`,
    [tx.actor.organisation, types],
  )
}

/** The leaf of an entry, whether it has its place or waits for it; null where there is no such entry. */
export async function leavesOf(
  tx: Tx,
  entries: readonly string[],
): Promise<Map<string, { leaf: string; index: number | null }>> {
  const rows = await tx.query<{ entry: string; leaf: string; index: number | null }>(
    `select entry, leaf, index::int from ledger_entry where organisation = $1 and entry = any($2)
     union all select entry, leaf, null from ledger_inbox where organisation = $1 and entry = any($2)`,
    [tx.actor.organisation, entries],
  )
  return new Map(rows.map(({ entry, ...rest }) => [entry, rest]))
}

/** The newest checkpoint, or null where nothing was ever changed. */
export async function newestCheckpoint(tx: Tx): Promise<{ size: number; note: string } | null> {
  const [row] = await tx.query<{ size: number; note: string }>(
    'select size::int, note from ledger_checkpoint where organisation = $1 order by size desc limit 1',
    [tx.actor.organisation],
  )
  return row ?? null
}
