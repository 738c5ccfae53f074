import type { Tx } from '../storage/database.ts'
import { type Level, levelOf } from './actor.ts'

/** The level and compartment that a record has now. */
export async function guardOf(
  tx: Tx,
  table: string,
  id: string,
): Promise<{ level: Level; case: string | null }> {
  const [row] = await tx.query<{ level: number; case: string | null }>(
    `select level, "case" from ${table} where organisation = $1 and id = $2`,
    [tx.actor.organisation, id],
  )
  return { level: levelOf(row?.level ?? 1), case: row?.case ?? null }
}
