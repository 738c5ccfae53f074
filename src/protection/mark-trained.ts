import { newId } from '../foundation/ids.ts'
import { toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { Tx } from '../storage/database.ts'
import { trainingKind } from './consent-kinds.ts'
import { allTraining, type Known } from './consent-store.ts'
import type { Training } from './interlocutor.ts'
import { mustBeAllowed } from './may.ts'
import { mustSayWhy } from './open-case.ts'
import { peopleNamed } from './people-store.ts'

/**
 * Mark somebody as trained to take accounts of sexual violence; `note` says by whom and when they were trained.
 *
 * @throws Refusal `person_unknown`, `training_stands`, `reason_missing`
 */
export async function markTrained(
  tx: Tx,
  { person, note }: { person: string; note: string },
): Promise<{ receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'administer')
  mustSayWhy(note)
  if (!(await peopleNamed(tx, [person])).has(person))
    throw new Refusal('person_unknown', 'Nobody here has this id; choose the person from the list.')
  const known = (await allTraining(tx)).find(({ body }) => body.person === person)
  if (known && known.body.ended === null)
    throw new Refusal('training_stands', 'This person is marked as trained already.')
  const body: Training = { person, by: tx.actor.person, at: new Date().toISOString(), note, ended: null }
  return write(tx, { id: known?.id ?? newId('training'), revision: known?.revision ?? 0, body })
}

/** Take the mark away, from the next request on. @throws Refusal `not_there`, `reason_missing` */
export async function endTraining(
  tx: Tx,
  { person, note }: { person: string; note: string },
): Promise<{ receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'administer')
  mustSayWhy(note)
  const known = (await allTraining(tx)).find(({ body }) => body.person === person)
  if (!known || known.body.ended !== null)
    throw new Refusal('not_there', 'This person is not marked as trained; nothing was changed.')
  return write(tx, { ...known, body: { ...known.body, note, ended: new Date().toISOString() } })
}

/** Who is marked as trained, with their names. */
export async function readTraining(tx: Tx): Promise<{ trained: (Training & { name: string })[] }> {
  mustBeAllowed(tx.actor, 'administer')
  const standing = (await allTraining(tx)).filter(({ body }) => body.ended === null)
  const names = await peopleNamed(
    tx,
    standing.map(({ body }) => body.person),
  )
  return { trained: standing.map(({ body }) => ({ ...body, name: names.get(body.person) ?? body.person })) }
}

async function write(tx: Tx, { id, revision, body }: Known<Training>): Promise<{ receipt: Receipt }> {
  const state = { id, level: 'organisation' as const, case: null, body: toJson(body) }
  return { receipt: await change(tx, 'marked training', [{ kind: trainingKind, revision, state }]) }
}
