import { sha256Hex } from '../foundation/hashing.ts'
import { newId } from '../foundation/ids.ts'
import { toJson } from '../foundation/json.ts'
import { randomOnce } from '../foundation/random.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import { isTrained } from '../protection/consent-store.ts'
import { mustBeAllowed } from '../protection/may.ts'
import { ofCase } from '../protection/within-case.ts'
import type { Tx } from '../storage/database.ts'
import type { SensitiveAccount, SensitiveForm } from './interview.ts'
import { interviewKind, sensitiveFormKind } from './interview-kinds.ts'
import { sensitiveAccount } from './interview-store.ts'
import { theInterview } from './record-interview.ts'

/**
 * Open the form for what was told of sexual violence. Whoever was not trained is told that they were not, whether there is
 * a form or none.
 *
 * @throws Refusal `case_not_open`, `interview_unknown`, `not_trained`
 */
export async function openSensitiveForm(tx: Tx, id: string): Promise<SensitiveAccount | null> {
  mustBeAllowed(tx.actor, 'consent')
  const { interview } = await theInterview(tx, id)
  await mustBeTrained(tx)
  return interview.form === null ? null : sensitiveAccount(tx, interview.form)
}

/**
 * Write the form, or write it anew: what it said before stays on record, for those trained alone.
 *
 * @throws Refusal `case_not_open`, `interview_unknown`, `not_trained`
 */
export async function saveSensitiveForm(
  tx: Tx,
  id: string,
  account: SensitiveAccount,
): Promise<{ receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'consent')
  const { revision, interview } = await theInterview(tx, id)
  await mustBeTrained(tx)
  // The hash stands in the ledger, where others on the case can read it: nobody shall guess short words from it.
  const text = JSON.stringify({ account, salt: randomOnce(32).toString('hex') })
  const form = newId('sensitive form')
  const body: SensitiveForm = {
    interview: id,
    by: tx.actor.person,
    at: new Date().toISOString(),
    textSha256: sha256Hex(text),
  }
  const receipt = await change(tx, 'wrote a form for those trained', [
    { ...ofCase(tx, sensitiveFormKind, { id: form, revision: 0, body: toJson(body) }), text },
    ofCase(tx, interviewKind, { id, revision, body: { ...interview, form } }),
  ])
  return { receipt }
}

/** @throws Refusal `not_trained` */
async function mustBeTrained(tx: Tx): Promise<void> {
  if (await isTrained(tx)) return
  throw new Refusal(
    'not_trained',
    'This form is opened by those alone who were trained to take such accounts; ask one of them to speak with the person.',
  )
}
