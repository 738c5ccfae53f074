import { newId } from '../foundation/ids.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { Tx } from '../storage/database.ts'
import { CLEARED, type Role } from './actor.ts'
import { newLink, newMembership, readableName, takeLogin } from './invite.ts'
import { mustBeAllowed } from './may.ts'
import { addPerson, becomeOrganisationNamed, namePerson, organisationOf } from './membership-store.ts'

export interface NewAccount {
  readonly name: string
  readonly login: string
}

/** The code of a one-time link for each account that was made. */
export interface FirstLinks {
  readonly administrator: string
  /** Of the person who worked here alone; null where nobody did. */
  readonly person: string | null
  readonly receipt: Receipt
}

/**
 * One person's record becomes an organisation's: that person, with every role that sees content, and an administrator, who
 * sees none. Nothing that was recorded changes. From the next transaction on whoever opens the printed address is nobody.
 * Without `person` nobody worked here yet, and the one person at this computer is the administrator.
 *
 * @throws Refusal `organisation_already`, `name_missing`, `login_unreadable`, `login_taken`
 */
export async function becomeOrganisation(
  tx: Tx,
  { name, person, administrator }: { name: string; person: NewAccount | null; administrator: NewAccount },
): Promise<FirstLinks> {
  mustBeAllowed(tx.actor, 'administer')
  if (tx.actor.kind !== 'local' || !(await organisationOf(tx)).alone)
    throw new Refusal(
      'organisation_already',
      'Several people work here already; an administrator takes in more of them.',
    )
  const me = tx.actor.person
  const accounts: [string, NewAccount, readonly Role[]][] = [
    [person ? newId('person') : me, administrator, ['administrator']],
  ]
  if (person) accounts.push([me, person, CLEARED])
  for (const [id, given] of accounts) {
    const called = readableName(given.name)
    await (id === me ? namePerson : addPerson)(tx, { id, name: called })
    await takeLogin(tx, id, given.login)
  }
  const receipt = await change(
    tx,
    'became an organisation',
    accounts.map(([id, , roles]) => newMembership(id, roles)),
  )
  if (!(await becomeOrganisationNamed(tx, readableName(name)))) throw new Error('Somebody was quicker.')
  const codes: string[] = []
  for (const [id] of accounts) codes.push(await newLink(tx, id, 'account'))
  return { administrator: codes[0] ?? '', person: codes[1] ?? null, receipt }
}
