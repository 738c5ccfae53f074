import { Refusal } from '../foundation/refusal.ts'
import type { Receipt } from '../ledger/change.ts'
import type { Tx } from '../storage/database.ts'
import { changeMembership } from './change-roles.ts'
import { mustBeOrganisation, newLink, theMember } from './invite.ts'
import { mustBeAllowed } from './may.ts'
import { endSessionsOf, members, resetProposals, saveProposal } from './membership-store.ts'
import { mustSayWhy } from './open-case.ts'
import { isAdministrator } from './people.ts'
import { mustHaveProved } from './proved.ts'

/**
 * Somebody lost every way in. There is no mail that would let them in again: one administrator proposes it, a second one,
 * who has spoken with them, confirms.
 *
 * @throws Refusal `organisation_needed`, `prove_again`, `person_unknown`, `reason_missing`, `second_administrator_needed`
 */
export async function proposeReset(
  tx: Tx,
  { person, reason }: { person: string; reason: string },
): Promise<void> {
  mustBeAllowed(tx.actor, 'administer')
  await mustBeOrganisation(tx)
  mustHaveProved(tx)
  const known = await theMember(tx, person)
  mustSayWhy(reason)
  const able = (await members(tx)).filter(
    ({ id, membership }) => isAdministrator(membership) && id !== known.id,
  )
  if (able.length < 2 || person === tx.actor.person) throw secondNeeded()
  await saveProposal(tx, { person, reason })
}

/**
 * Agree to a reset that another administrator proposed. Sessions and tokens of the account end, and a one-time link is
 * given out; that two agreed, and who, stands in the ledger.
 *
 * @throws Refusal `organisation_needed`, `prove_again`, `person_unknown`, `reset_unknown`, `second_administrator_needed`
 */
export async function confirmReset(tx: Tx, person: string): Promise<{ code: string; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'administer')
  await mustBeOrganisation(tx)
  mustHaveProved(tx)
  const known = await theMember(tx, person)
  const proposal = (await resetProposals(tx)).find((one) => one.person === person)
  if (!proposal)
    throw new Refusal(
      'reset_unknown',
      'Nobody proposed this, or more than three days ago; propose it, and let another one confirm.',
    )
  const { by } = proposal
  const me = tx.actor.person
  const stands = (await members(tx)).some(
    ({ membership }) => membership.person === by && isAdministrator(membership),
  )
  if (by === me || person === me || !stands) throw secondNeeded()
  const receipt = await changeMembership(tx, known, {
    why: 'agreed to set an account anew',
    membership: { ...known.membership, reset: { at: new Date().toISOString(), by: [by, me] } },
  })
  await endSessionsOf(tx, person, 'end')
  return { code: await newLink(tx, person, 'reset'), receipt }
}

function secondNeeded(): Refusal {
  return new Refusal(
    'second_administrator_needed',
    'Two administrators set an account anew, neither of them its own; where there are not two, "rapporteur organisation --reset LOGIN" at the server’s own terminal does it.',
  )
}
