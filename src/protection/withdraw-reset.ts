import { Refusal } from '../foundation/refusal.ts'
import type { Tx } from '../storage/database.ts'
import { mustBeSignedIn } from './gatehouse.ts'
import { mustBeAllowed } from './may.ts'
import { takeBackProposal } from './membership-store.ts'

/**
 * Take back a reset that waits for a second administrator: whoever proposed it, or whoever it is about and can sign in after
 * all. Nothing was changed by it yet.
 *
 * @throws Refusal `organisation_needed`, `reset_unknown`
 */
export async function withdrawReset(tx: Tx, person: string): Promise<void> {
  mustBeAllowed(tx.actor, 'enter')
  mustBeSignedIn(tx.actor)
  if (await takeBackProposal(tx, person)) return
  throw new Refusal('reset_unknown', 'No such proposal of yours, or about you, waits; open the page again.')
}
