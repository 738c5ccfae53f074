import type { Tx } from '../storage/database.ts'

/** Names of people by id. They stand in this one table alone, so that erasing a name there erases it everywhere. */
export async function peopleNamed(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; name: string | null }>(
    'select id, name from person where organisation = $1 and id = any($2)',
    [tx.actor.organisation, [...new Set(ids)]],
  )
  return new Map(rows.map(({ id, name }) => [id, name ?? id]))
}
