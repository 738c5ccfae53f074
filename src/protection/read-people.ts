import { kindOfId } from '../foundation/ids.ts'
import type { Tx } from '../storage/database.ts'
import {
  concernsOf,
  grantsOf,
  helpersOf,
  interlocutorsOf,
  isTrained,
  type Known,
  publicReasonsOf,
  tasksOf,
  type Use,
  usesOf,
  whatConcerns,
} from './consent-store.ts'
import { type TaskView, taskViews } from './consent-tasks.ts'
import type { Grant, PublicReason } from './grant.ts'
import type { Concern, Helper, Interlocutor } from './interlocutor.ts'
import { mustBeAllowed } from './may.ts'
import { peopleNamed } from './people-store.ts'
import { theInterlocutor, theOpenCase } from './within-case.ts'

export interface PersonLine {
  readonly id: string
  readonly pseudonym: string
  readonly language: string
  /** Purposes and recipients that somebody may be told something for, as of today. */
  readonly allows: number
  readonly refuses: number
  readonly withdrawn: number
  readonly due: string | null
}

/**
 * The people of the open case: who tells us something, and who helps us.
 *
 * @throws Refusal `case_not_open`
 */
export async function readPeople(
  tx: Tx,
): Promise<{ people: PersonLine[]; helpers: (Helper & { id: string; revision: number })[] }> {
  mustBeAllowed(tx.actor, 'read')
  const open = theOpenCase(tx)
  const people = await interlocutorsOf(tx, open)
  const grants = await grantsOf(
    tx,
    people.map(({ id }) => id),
  )
  const tasks = (await tasksOf(tx, open)).filter(({ body }) => body.done === null)
  const helpers = await helpersOf(tx, open)
  return {
    people: people.map(({ id, body }) => {
      const views = grantViews(grants.filter((one) => one.body.interlocutor === id))
      return {
        id,
        pseudonym: body.pseudonym,
        language: body.language,
        allows: views.filter(({ state }) => state === 'stands').length,
        refuses: views.filter(({ state }) => state === 'refused').length,
        withdrawn: views.filter(({ state }) => state === 'withdrawn').length,
        due: tasks.find((one) => one.body.interlocutor === id)?.body.due ?? null,
      }
    }),
    helpers: helpers.map(({ id, revision, body }) => ({ id, revision, ...body })),
  }
}

export type GrantState = 'stands' | 'refused' | 'withdrawn' | 'expired' | 'not yet' | 'replaced'
export interface GrantView extends Grant {
  readonly id: string
  readonly state: GrantState
}

/** What each word of a person is worth today; for every purpose and recipient the newest is what counts. */
export function grantViews(newestFirst: readonly Known<Grant>[], today = dayOf(new Date())): GrantView[] {
  const said = new Set<string>()
  return newestFirst.map(({ id, body }) => {
    const about = `${body.purpose} ${body.recipient}`
    const replaced = said.has(about)
    said.add(about)
    return { id, ...body, state: replaced ? 'replaced' : stateOf(body, today) }
  })
}

function stateOf({ withdrawn, identifiability, from, to }: Grant, today: string): GrantState {
  if (withdrawn !== null) return 'withdrawn'
  if (identifiability === 'none') return 'refused'
  if (from > today) return 'not yet'
  return to !== null && to < today ? 'expired' : 'stands'
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}

export interface PersonPage {
  readonly id: string
  readonly revision: number
  readonly person: Interlocutor
  readonly grants: readonly GrantView[]
  readonly reasons: readonly (PublicReason & { id: string; byName: string; mine: boolean })[]
  readonly uses: readonly (Use & { byName: string })[]
  readonly tasks: readonly TaskView[]
  readonly links: readonly (Concern & { id: string })[]
  /** How many records of each kind concern the person, computed from the record. */
  readonly concerns: Readonly<Record<string, number>>
  readonly helpers: readonly (Helper & { id: string })[]
  /** Whether whoever asks is trained to open the form for sexual violence. */
  readonly trained: boolean
}

/**
 * One person: what they allow, what was used, what is owed to them, and what concerns them.
 *
 * @throws Refusal `case_not_open`, `interlocutor_unknown`
 */
export async function readPerson(tx: Tx, id: string): Promise<PersonPage> {
  mustBeAllowed(tx.actor, 'read')
  const open = theOpenCase(tx)
  const { revision, body: person } = await theInterlocutor(tx, id)
  const uses = await usesOf(tx, id)
  const reasons = await publicReasonsOf(tx, id)
  const names = await peopleNamed(tx, [
    ...uses.map((one) => one.person),
    ...reasons.map(({ body }) => body.by),
  ])
  const nameOf = (one: string) => names.get(one) ?? one
  const tasks = (await tasksOf(tx, open)).filter(({ body }) => body.interlocutor === id)
  return {
    id,
    revision,
    person,
    grants: grantViews(await grantsOf(tx, [id])),
    reasons: reasons.map((one) => ({
      id: one.id,
      ...one.body,
      byName: nameOf(one.body.by),
      mine: one.body.by === tx.actor.person,
    })),
    uses: uses.map((one) => ({ ...one, byName: nameOf(one.person) })),
    tasks: await taskViews(tx, tasks, open),
    links: (await concernsOf(tx, id)).map((one) => ({ id: one.id, ...one.body })),
    concerns: countedByKind(await whatConcerns(tx, id)),
    helpers: (await helpersOf(tx, open)).map((one) => ({ id: one.id, ...one.body })),
    trained: await isTrained(tx),
  }
}

function countedByKind(ids: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const id of ids) {
    const kind = kindOfId(id)
    if (kind !== null && kind !== 'interlocutor') counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}
