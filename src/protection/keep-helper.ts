import { newId } from '../foundation/ids.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { Tx } from '../storage/database.ts'
import { helperKind } from './consent-kinds.ts'
import type { Helper } from './interlocutor.ts'
import { theHelper } from './keep-interlocutor.ts'
import { mustBeAllowed } from './may.ts'
import { ofCase, theOpenCase } from './within-case.ts'

/** Put an interpreter, a driver or national staff into the open case. @throws Refusal `case_not_open` */
export async function addHelper(tx: Tx, body: Helper): Promise<{ id: string; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'consent')
  theOpenCase(tx)
  const id = newId('helper')
  const receipt = await change(tx, 'put a helper into the case', [
    ofCase(tx, helperKind, { id, revision: 0, body }),
  ])
  return { id, receipt }
}

/** @throws Refusal `case_not_open`, `helper_unknown`, `changed_meanwhile` */
export async function describeHelper(
  tx: Tx,
  id: string,
  { revision, ...body }: Helper & { revision?: number | undefined },
): Promise<{ receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'consent')
  theOpenCase(tx)
  const known = await theHelper(tx, id)
  const changed = ofCase(tx, helperKind, { id, revision: revision ?? known.revision, body })
  return { receipt: await change(tx, 'described a helper of the case', [changed]) }
}
