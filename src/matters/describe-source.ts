import { Refusal } from '../foundation/refusal.ts'
import { mustBeAllowed } from '../protection/may.ts'
import { describeSource } from '../sources/take-in.ts'
import type { Tx } from '../storage/database.ts'
import { mattersById } from './matter-store.ts'

/**
 * Change what is known of a source beside its words, and which document (a matter) it holds.
 *
 * @throws Refusal `source_unknown`, `matter_unknown`, `changed_meanwhile`
 */
export async function describeSourceHolding(
  tx: Tx,
  id: string,
  facts: Parameters<typeof describeSource>[2],
): Promise<void> {
  mustBeAllowed(tx.actor, 'import')
  const { holds } = facts
  if (typeof holds === 'string' && !(await mattersById(tx, [holds])).has(holds)) {
    throw new Refusal('matter_unknown', 'That matter is not there; choose it from the list again.')
  }
  await describeSource(tx, id, facts)
}
