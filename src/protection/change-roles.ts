import { toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { Tx } from '../storage/database.ts'
import type { Role } from './actor.ts'
import { mustBeOrganisation, mustStandApart, theMember } from './invite.ts'
import { mustBeAllowed } from './may.ts'
import { isCleared, type Membership } from './membership.ts'
import { endSessionsOf, isLastOnSomething, type KnownMember, members } from './membership-store.ts'
import { mustSayWhy } from './open-case.ts'
import { isAdministrator } from './people.ts'
import { membershipKind } from './protection-kinds.ts'
import { mustHaveProved } from './proved.ts'

/**
 * Give somebody other roles. They count from their next transaction on, and the passes of their browsers are exchanged.
 *
 * @throws Refusal `organisation_needed`, `prove_again`, `person_unknown`, `roles_apart`, `reason_missing`,
 *   `last_administrator`, `last_on_it`
 */
export async function changeRoles(
  tx: Tx,
  { person, roles, reason }: { person: string; roles: readonly Role[]; reason: string },
): Promise<{ receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'administer')
  await mustBeOrganisation(tx)
  mustHaveProved(tx)
  const known = await theMember(tx, person)
  mustSayWhy(reason)
  mustStandApart(roles)
  if (!roles.includes('administrator')) await mustLeaveAdministrator(tx, known)
  if (!isCleared(roles)) await mustNotBeLast(tx, person)
  const receipt = await changeMembership(tx, known, {
    why: `changed roles: ${reason}`,
    membership: { ...known.membership, roles: [...roles] },
  })
  await endSessionsOf(tx, person, 'exchange')
  return { receipt }
}

/**
 * Somebody works here no more: every session and token of theirs ends with it. What they did stays theirs.
 *
 * @throws Refusal `organisation_needed`, `prove_again`, `person_unknown`, `reason_missing`, `last_administrator`, `last_on_it`
 */
export async function endMembership(
  tx: Tx,
  { person, reason }: { person: string; reason: string },
): Promise<{ receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'administer')
  await mustBeOrganisation(tx)
  mustHaveProved(tx)
  const known = await theMember(tx, person)
  mustSayWhy(reason)
  await mustLeaveAdministrator(tx, known)
  await mustNotBeLast(tx, person)
  const receipt = await changeMembership(tx, known, {
    why: `ended a membership: ${reason}`,
    membership: { ...known.membership, ended: new Date().toISOString() },
  })
  await endSessionsOf(tx, person, 'end')
  return { receipt }
}

export async function changeMembership(
  tx: Tx,
  { id, revision }: KnownMember,
  { why, membership }: { why: string; membership: Membership },
): Promise<Receipt> {
  mustBeAllowed(tx.actor, 'administer')
  const state = { id, level: 'organisation' as const, case: null, body: toJson(membership) }
  return change(tx, why, [{ kind: membershipKind, revision, state }])
}

/** @throws Refusal `last_administrator` */
async function mustLeaveAdministrator(tx: Tx, { id, membership }: KnownMember): Promise<void> {
  if (!isAdministrator(membership)) return
  // Two who take it from each other at once: the second waits, and finds nobody left.
  await tx.query('select pg_advisory_xact_lock($1, hashtext($2))', [ADMINISTRATORS, tx.actor.organisation])
  const others = (await members(tx)).filter((one) => one.id !== id && isAdministrator(one.membership))
  if (others.length === 0)
    throw new Refusal('last_administrator', 'This is the last administrator; make somebody else one first.')
}

/** First half of the advisory lock under which administrators become fewer. */
const ADMINISTRATORS = 73_000_42

/** @throws Refusal `last_on_it`, which does not say on what */
async function mustNotBeLast(tx: Tx, person: string): Promise<void> {
  if (await isLastOnSomething(tx, person))
    throw new Refusal(
      'last_on_it',
      'This person is the last on a case or a team; they give somebody else access first.',
    )
}
