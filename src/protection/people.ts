import { readAs, type Tx } from '../storage/database.ts'
import { accountsIn } from './account-store.ts'
import type { Role } from './actor.ts'
import type { OwnGatehouse } from './gatehouse.ts'
import { mustBeAllowed } from './may.ts'
import { members, organisationOf, type ResetProposal, resetProposals } from './membership-store.ts'
import { peopleNamed } from './people-store.ts'

export interface OneOfUs {
  readonly person: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly ended: string | null
  /** Whether it is whoever asks. */
  readonly me: boolean
}

/** Everybody who works here or did: whom access can be given to by name, and who a change was made by. */
export async function readPeople(tx: Tx): Promise<OneOfUs[]> {
  mustBeAllowed(tx.actor, 'enter')
  const all = await members(tx)
  const { person: own, roles } = tx.actor
  const listed = all.map(({ name, membership: { person, roles, ended } }) => ({
    person,
    name,
    roles,
    ended,
    me: person === own,
  }))
  if (listed.some(({ me }) => me)) return listed
  // Where one person works alone there is no membership yet.
  const name = (await peopleNamed(tx, [own])).get(own) ?? own
  return [{ person: own, name, roles, ended: null, me: true }, ...listed]
}

export interface AccountLine {
  readonly person: string
  readonly login: string
  /** Whether they made it their own already. */
  readonly ready: boolean
  /** Until when a one-time link waits for them. */
  readonly linkUntil: string | null
  readonly sessions: number
  readonly seenAt: string | null
  readonly reset: {
    readonly by: string
    readonly byMe: boolean
    readonly reason: string
    readonly at: string
  } | null
}

/** What an administrator sees of accounts. */
export async function readAccounts({ database, actor }: OwnGatehouse): Promise<{
  organisation: string
  administrators: number
  accounts: AccountLine[]
}> {
  const known = await readAs(database, actor, async (tx) => {
    mustBeAllowed(tx.actor, 'administer')
    const proposals = await resetProposals(tx)
    const names = await peopleNamed(
      tx,
      proposals.map(({ by }) => by),
    )
    const all = await members(tx)
    return { ...(await organisationOf(tx)), proposals, names, all, me: tx.actor.person }
  })
  const open = (person: string, { proposals, names, me }: typeof known): AccountLine['reset'] => {
    const found: ResetProposal | undefined = proposals.find((one) => one.person === person)
    if (!found) return null
    const { by, reason, at } = found
    return { by: names.get(by) ?? by, byMe: by === me, reason, at }
  }
  const accounts = await accountsIn(database.owner, actor.organisation)
  return {
    organisation: known.name,
    administrators: known.all.filter(({ membership }) => isAdministrator(membership)).length,
    accounts: accounts.map(({ person, login, ways, linkUntil, sessions, seenAt }) => ({
      person,
      login,
      ready: ways,
      linkUntil: linkUntil?.toISOString() ?? null,
      sessions,
      seenAt: seenAt?.toISOString() ?? null,
      reset: open(person, known),
    })),
  }
}

export function isAdministrator({ roles, ended }: { roles: readonly Role[]; ended: string | null }): boolean {
  return ended === null && roles.includes('administrator')
}
