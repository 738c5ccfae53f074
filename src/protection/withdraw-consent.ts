import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { Tx } from '../storage/database.ts'
import { grantKind } from './consent-kinds.ts'
import { grantsHeld, type Use, usesOf } from './consent-store.ts'
import { newTask } from './consent-tasks.ts'
import type { Grant } from './grant.ts'
import { mustBeAllowed } from './may.ts'
import { peopleNamed } from './people-store.ts'
import { ofCase, theInterlocutor } from './within-case.ts'

/**
 * A person takes back what they allowed: all of it, or some. It works at once. Every use that rested on it is listed, each
 * with a task to call it back or to say that it cannot be, and one task to tell the person which is which.
 *
 * @throws Refusal `case_not_open`, `interlocutor_unknown`, `nothing_to_withdraw`, `person_unknown`
 */
export async function withdrawConsent(
  tx: Tx,
  interlocutor: string,
  {
    grants,
    on,
    takenBy,
    words,
    due,
  }: { grants: readonly string[] | 'all'; on: string; takenBy: string | null; words: string; due: string },
): Promise<{ uses: Use[]; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'consent')
  await theInterlocutor(tx, interlocutor)
  const who = takenBy ?? tx.actor.person
  if (!(await peopleNamed(tx, [who])).has(who))
    throw new Refusal('person_unknown', 'Nobody here has this id; choose the person from the list.')
  const standing = (await grantsHeld(tx, interlocutor)).filter(
    ({ id, body }) => body.withdrawn === null && (grants === 'all' || grants.includes(id)),
  )
  if (standing.length === 0)
    throw new Refusal('nothing_to_withdraw', 'None of these consents stands any more; nothing was changed.')
  const withdrawn: NonNullable<Grant['withdrawn']> = {
    on,
    takenBy: who,
    words,
    recordedAt: new Date().toISOString(),
  }
  const ids = new Set(standing.map(({ id }) => id))
  const uses = (await usesOf(tx, interlocutor)).filter(({ grant }) => grant !== null && ids.has(grant))
  const receipt = await change(tx, 'a person withdrew what they had allowed', [
    ...standing.map(({ id, revision, body }) =>
      ofCase(tx, grantKind, { id, revision, body: { ...body, withdrawn } }),
    ),
    ...uses.map(({ id }) => newTask(tx, { interlocutor, kind: 'recall', due, who, use: id })),
    newTask(tx, { interlocutor, kind: 'tell', due, who }),
  ])
  return { uses, receipt }
}
