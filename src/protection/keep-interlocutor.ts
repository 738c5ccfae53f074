import { newId } from '../foundation/ids.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { Tx } from '../storage/database.ts'
import { interlocutorKind } from './consent-kinds.ts'
import { helperById, isOnRecord, pseudonymTaken } from './consent-store.ts'
import type { Interlocutor } from './interlocutor.ts'
import { mustBeAllowed } from './may.ts'
import { randomCode } from './open-case.ts'
import { ofCase, theInterlocutor, theOpenCase } from './within-case.ts'

/** What is known of a person beside the pseudonym, which is never chosen. */
export type About = Omit<Interlocutor, 'pseudonym'>

/**
 * Put a person who tells us something into the open case, under a random pseudonym.
 *
 * @throws Refusal `case_not_open`, `helper_unknown`, `matter_unknown`
 */
export async function addInterlocutor(
  tx: Tx,
  about: About,
): Promise<{ id: string; pseudonym: string; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'consent')
  const open = theOpenCase(tx)
  await mustBeThere(tx, about)
  const id = newId('interlocutor')
  let pseudonym = randomCode('W')
  while (await pseudonymTaken(tx, open, pseudonym)) pseudonym = randomCode('W')
  const body: Interlocutor = { pseudonym, ...about }
  const receipt = await change(tx, 'put a person into the case', [
    ofCase(tx, interlocutorKind, { id, revision: 0, body }),
  ])
  return { id, pseudonym, receipt }
}

/**
 * Change what is known of a person. `revision` is the one that was on screen.
 *
 * @throws Refusal `case_not_open`, `interlocutor_unknown`, `helper_unknown`, `matter_unknown`, `changed_meanwhile`
 */
export async function describeInterlocutor(
  tx: Tx,
  id: string,
  { revision, ...about }: Partial<About> & { revision?: number | undefined },
): Promise<{ receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'consent')
  const known = await theInterlocutor(tx, id)
  const given = Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined))
  const body: Interlocutor = { ...known.body, ...given }
  await mustBeThere(tx, body)
  const changed = ofCase(tx, interlocutorKind, { id, revision: revision ?? known.revision, body })
  return { receipt: await change(tx, 'described a person of the case', [changed]) }
}

async function mustBeThere(
  tx: Tx,
  { interpreter, matter }: Pick<About, 'interpreter' | 'matter'>,
): Promise<void> {
  if (interpreter !== null) await theHelper(tx, interpreter)
  if (matter !== null && !(matter.startsWith('mat_') && (await isOnRecord(tx, matter))))
    throw new Refusal('matter_unknown', 'That matter is not there; choose it from the list again.')
}

/** @throws Refusal `helper_unknown` */
export async function theHelper(tx: Tx, id: string) {
  const helper = await helperById(tx, id)
  if (helper) return helper
  throw new Refusal('helper_unknown', 'There is no such helper in the open case; choose from the list.')
}
