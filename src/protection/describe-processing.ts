import { newId } from '../foundation/ids.ts'
import { toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { Tx } from '../storage/database.ts'
import { recordsIn } from './data-store.ts'
import { isThere } from './erasure-store.ts'
import { guardOf } from './guard-of.ts'
import { mustBeAllowed } from './may.ts'
import { Processing } from './processing.ts'
import { processingKind } from './protection-kinds.ts'

/** Say why, on what basis and where a dossier is kept; once said, it is said anew. @throws Refusal `dossier_unknown` */
export async function describeProcessing(
  tx: Tx,
  wanted: Omit<Processing, 'setBy'>,
): Promise<{ id: string; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'protect data')
  if (!(await isThere(tx, 'dossier', wanted.dossier)))
    throw new Refusal('dossier_unknown', 'That dossier is not there; choose it from the list again.')
  const known = (await recordsIn(tx, 'processing')).find(
    ({ body }) => Processing.parse(body).dossier === wanted.dossier,
  )
  const guard = known
    ? await guardOf(tx, 'processing', known.id)
    : { level: 'organisation' as const, case: null }
  const id = known?.id ?? newId('processing')
  const state = { id, ...guard, body: toJson({ ...wanted, setBy: tx.actor.person }) }
  const receipt = await change(tx, 'described the processing', [
    { kind: processingKind, revision: known?.revision ?? 0, state },
  ])
  return { id, receipt }
}
