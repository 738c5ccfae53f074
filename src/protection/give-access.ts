import { newId } from '../foundation/ids.ts'
import { toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { Tx } from '../storage/database.ts'
import { type Level, levelOf } from './actor.ts'
import type { Access } from './case.ts'
import { accessTo, type KnownAccess } from './case-store.ts'
import { mustBeAllowed } from './may.ts'
import { mustSayWhy } from './open-case.ts'
import { peopleNamed } from './people-store.ts'
import { accessKind } from './protection-kinds.ts'

/**
 * Give one person, by name, access to a team or a case that whoever asks is on. Somebody whose access ended is given it
 * again under the same line, so that the whole of it is one history.
 *
 * @throws Refusal `not_there` where whoever asks is not on it, `person_unknown`, `access_stands`, `term_past`, `reason_missing`
 */
export async function giveAccess(
  tx: Tx,
  { compartment, person, until, reason }: Pick<Access, 'compartment' | 'person' | 'until' | 'reason'>,
): Promise<{ id: string; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'give access')
  const { on, level } = await mustBeOn(tx, compartment)
  mustSayWhy(reason)
  if (!(await peopleNamed(tx, [person])).has(person))
    throw new Refusal('person_unknown', 'Nobody here has this id; choose the person from the list.')
  if (until !== null && !(Date.parse(until) > Date.now()))
    throw new Refusal('term_past', 'The last day lies in the past; give one that is still to come, or none.')
  const known = on.find(({ access }) => access.person === person)
  if (known && stands(known.access))
    throw new Refusal(
      'access_stands',
      'This person has access already; end it first to give it another term.',
    )
  const given: Access = {
    compartment,
    person,
    by: tx.actor.person,
    reason,
    until,
    ended: null,
    endedBy: null,
  }
  const id = known?.id ?? newId('access')
  const state = { id, level, case: compartment, body: toJson(given) }
  const receipt = await change(tx, 'gave access', [
    { kind: accessKind, revision: known?.revision ?? 0, state },
  ])
  return { id, receipt }
}

/**
 * Take a person's access away, from their next transaction on. Somebody is always left: what nobody can open any more
 * nobody can put right.
 *
 * @throws Refusal `not_there`, `access_ended`, `last_on_it`, `reason_missing`
 */
export async function endAccess(
  tx: Tx,
  { compartment, person, reason }: { compartment: string; person: string; reason: string },
): Promise<{ receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'give access')
  const { on } = await mustBeOn(tx, compartment)
  mustSayWhy(reason)
  const known = on.find(({ access }) => access.person === person)
  if (!known || !stands(known.access))
    throw new Refusal('access_ended', 'This person has no access any more; nothing was changed.')
  const others = on.filter(({ id, access }) => id !== known.id && stands(access))
  if (others.length === 0)
    throw new Refusal('last_on_it', 'This person is the last on it; give somebody else access first.')
  const ended = { ...known.access, reason, ended: new Date().toISOString(), endedBy: tx.actor.person }
  const { id, revision } = known
  const state = { id, level: levelOf(known.level), case: compartment, body: toJson(ended) }
  return { receipt: await change(tx, 'ended access', [{ kind: accessKind, revision, state }]) }
}

/** Whether access is worth something now. */
export function stands({ ended, until }: Access): boolean {
  return ended === null && (until === null || Date.parse(until) > Date.now())
}

/** Who is on a compartment, for whoever is on it too. @throws Refusal `not_there` in the words of what is absent */
async function mustBeOn(tx: Tx, compartment: string): Promise<{ on: KnownAccess[]; level: Level }> {
  const on = tx.actor.compartments.includes(compartment) ? await accessTo(tx, compartment) : []
  const [first] = on
  if (!first) throw new Refusal('not_there', 'There is no such case; look whether its address is right.')
  return { on, level: levelOf(first.level) }
}
