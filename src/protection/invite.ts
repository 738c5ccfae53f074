import { sha256 } from '../foundation/hashing.ts'
import { newId } from '../foundation/ids.ts'
import { toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { Tx } from '../storage/database.ts'
import { CLEARED, type Role } from './actor.ts'
import { newPass, plainLogin } from './gatehouse.ts'
import { mustBeAllowed } from './may.ts'
import type { Membership } from './membership.ts'
import {
  addPerson,
  endSessionsOf,
  type KnownMember,
  makeAccount,
  makeLink,
  members,
  organisationOf,
} from './membership-store.ts'
import { membershipKind } from './protection-kinds.ts'
import { mustHaveProved } from './proved.ts'

/** Hours that a one-time link holds. */
const LINK_HOURS = 72
const LOGIN = /^[a-z0-9][a-z0-9._@-]{1,63}$/

/**
 * Take somebody in: their name, their login, what they may do, and the one-time link by which they make the account their
 * own. The link is shown once; whoever has it is that person.
 *
 * @throws Refusal `organisation_needed`, `prove_again`, `name_missing`, `login_unreadable`, `login_taken`, `roles_apart`
 */
export async function invite(
  tx: Tx,
  { name, login, roles }: { name: string; login: string; roles: readonly Role[] },
): Promise<{ person: string; code: string; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'administer')
  await mustBeOrganisation(tx)
  mustHaveProved(tx)
  mustStandApart(roles)
  const person = newId('person')
  await addPerson(tx, { id: person, name: readableName(name) })
  await takeLogin(tx, person, login)
  const receipt = await change(tx, 'took somebody in', [newMembership(person, roles)])
  return { person, code: await newLink(tx, person, 'account'), receipt }
}

/**
 * Another link for somebody who has not made their account their own yet; the one before is worth nothing.
 *
 * @throws Refusal `organisation_needed`, `prove_again`, `person_unknown`, `account_ready`
 */
export async function inviteAgain(tx: Tx, person: string): Promise<{ code: string }> {
  mustBeAllowed(tx.actor, 'administer')
  await mustBeOrganisation(tx)
  mustHaveProved(tx)
  await theMember(tx, person)
  try {
    return { code: await newLink(tx, person, 'account') }
  } catch (cause) {
    // The database itself refuses what would be a reset.
    if (!(cause instanceof Error && 'code' in cause && cause.code === '42501')) throw cause
    throw new Refusal(
      'account_ready',
      'This account is in use; setting it anew takes two administrators: propose a reset.',
      {},
      { cause },
    )
  }
}

/** A one-time link's code; of it only the hash is kept. */
export async function newLink(tx: Tx, person: string, purpose: 'account' | 'reset'): Promise<string> {
  mustBeAllowed(tx.actor, 'administer')
  const code = newPass()
  await makeLink(tx, { person, purpose, code: sha256(code), hours: LINK_HOURS })
  return code
}

/** End all sessions and tokens of somebody at once. @throws Refusal `organisation_needed`, `person_unknown` */
export async function endSessionsOfPerson(tx: Tx, person: string): Promise<{ ended: number }> {
  mustBeAllowed(tx.actor, 'administer')
  await mustBeOrganisation(tx)
  await theMember(tx, person)
  return { ended: await endSessionsOf(tx, person, 'end') }
}

/** A first membership, as change() takes it. */
export function newMembership(person: string, roles: readonly Role[]) {
  const membership: Membership = { person, roles: [...roles], ended: null }
  const state = {
    id: newId('membership'),
    level: 'organisation' as const,
    case: null,
    body: toJson(membership),
  }
  return { kind: membershipKind, revision: 0, state }
}

/** @throws Refusal `login_unreadable`, `login_taken` */
export async function takeLogin(tx: Tx, person: string, login: string): Promise<void> {
  mustBeAllowed(tx.actor, 'administer')
  const plain = plainLogin(login)
  if (!LOGIN.test(plain))
    throw new Refusal(
      'login_unreadable',
      'A login is 2 to 64 small Latin letters, digits, dots, hyphens or @, and begins with a letter or digit.',
    )
  if (!(await makeAccount(tx, person, plain)))
    throw new Refusal('login_taken', 'This login is taken on this server; choose another one.')
}

/**
 * Whoever gives out access to content has none, and whoever looks after others' work does not do it: the State that presses
 * one person gets one of these, not both.
 *
 * @throws Refusal `roles_apart`
 */
export function mustStandApart(roles: readonly Role[]): void {
  const content = roles.some((role) => CLEARED.includes(role))
  const kinds = [content, roles.includes('administrator'), roles.includes('auditor')].filter(Boolean).length
  if (kinds === 1) return
  throw new Refusal(
    'roles_apart',
    'Administrator and auditor stand apart from each other and from every role that sees content; choose roles of one kind.',
  )
}

/** @throws Refusal `name_missing` */
export function readableName(name: string): string {
  const plain = name.trim().replace(/\s+/g, ' ')
  if (plain !== '') return plain
  throw new Refusal(
    'name_missing',
    'Give a name: it stands beside whatever this person does, and nowhere else.',
  )
}

/** Somebody who works here. @throws Refusal `person_unknown` */
export async function theMember(tx: Tx, person: string): Promise<KnownMember> {
  mustBeAllowed(tx.actor, 'administer')
  const found = (await members(tx)).find(
    ({ membership }) => membership.person === person && membership.ended === null,
  )
  if (!found) throw new Refusal('person_unknown', 'Nobody here has this id; choose the person from the list.')
  return found
}

/** @throws Refusal `organisation_needed` */
export async function mustBeOrganisation(tx: Tx): Promise<void> {
  mustBeAllowed(tx.actor, 'administer')
  if (!(await organisationOf(tx)).alone) return
  throw new Refusal(
    'organisation_needed',
    'One person works here alone and needs no account; choose “work with others” in the settings first.',
  )
}
