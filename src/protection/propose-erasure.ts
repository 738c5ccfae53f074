import { newId } from '../foundation/ids.ts'
import { toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { RecordKind } from '../ledger/record-kind.ts'
import type { Tx } from '../storage/database.ts'
import type { Erasure } from './erasure.ts'
import { erasuresKnown } from './erasure-store.ts'
import { mustBeAllowed } from './may.ts'
import { previewErasure } from './preview-erasure.ts'
import { erasureKind } from './protection-kinds.ts'

export type WantedErasure = Pick<Erasure, 'target' | 'reach' | 'ground' | 'askedBy' | 'request'>

/**
 * Propose that a record be erased. Nothing is gone until a second person confirms.
 *
 * @throws Refusal of previewErasure(), `erasure_proposed` where it is proposed already
 */
export async function proposeErasure(
  tx: Tx,
  { kinds, ...wanted }: WantedErasure & { kinds: readonly RecordKind[] },
): Promise<{ id: string; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'propose erasure')
  const { kind } = await previewErasure(tx, { ...wanted, kinds })
  const known = await erasuresKnown(tx)
  if (known.some(({ erasure }) => erasure.target === wanted.target && erasure.state === 'proposed'))
    throw new Refusal('erasure_proposed', 'This is proposed already, and waits for a second person.')
  const body: Erasure = {
    ...wanted,
    kind,
    state: 'proposed',
    proposedBy: tx.actor.person,
    proposedAt: new Date().toISOString(),
    decidedBy: null,
    decidedAt: null,
    declined: null,
    counts: null,
  }
  const id = newId('erasure')
  const state = { id, level: 'organisation' as const, case: null, body: toJson(body) }
  return { id, receipt: await change(tx, 'proposed an erasure', [{ kind: erasureKind, revision: 0, state }]) }
}
