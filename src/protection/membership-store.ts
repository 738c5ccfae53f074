import type { Tx } from '../storage/database.ts'
import { Membership } from './membership.ts'

export interface KnownMember {
  readonly id: string
  readonly revision: number
  readonly membership: Membership
  readonly name: string
}

/** Everybody who works here or did, by name. */
export async function members(tx: Tx): Promise<KnownMember[]> {
  const rows = await tx.query<{ id: string; revision: number; body: unknown; name: string }>(
    `select m.id, m.revision, m.body, coalesce(p.name, m.person) as name from membership m
       join person p on p.organisation = m.organisation and p.id = m.person
      where m.organisation = $1 order by p.name, m.person`,
    [tx.actor.organisation],
  )
  return rows.map(({ body, ...row }) => ({ ...row, membership: Membership.parse(body) }))
}

/** What the organisation is called, and whether it is one person's alone. */
export async function organisationOf(tx: Tx): Promise<{ name: string; alone: boolean }> {
  const [row] = await tx.query<{ name: string; alone: boolean }>(
    'select name, alone from organisation where organisation = $1',
    [tx.actor.organisation],
  )
  return row ?? { name: '', alone: false }
}

export async function addPerson(tx: Tx, { id, name }: { id: string; name: string }): Promise<void> {
  await tx.query('insert into person (organisation, id, name) values ($1, $2, $3)', [
    tx.actor.organisation,
    id,
    name,
  ])
}

export async function namePerson(tx: Tx, { id, name }: { id: string; name: string }): Promise<void> {
  await tx.query('update person set name = $3 where organisation = $1 and id = $2', [
    tx.actor.organisation,
    id,
    name,
  ])
}

/** False where the login is taken already, in this organisation or another one of this server. */
export async function makeAccount(tx: Tx, person: string, login: string): Promise<boolean> {
  const [row] = await tx.query<{ made: boolean }>('select make_account($1, $2) as made', [person, login])
  return row?.made ?? false
}

/** A one-time link for a person's account, valid for `hours`; the database refuses what two had to agree to. */
export async function makeLink(
  tx: Tx,
  {
    person,
    purpose,
    code,
    hours,
  }: { person: string; purpose: 'account' | 'reset'; code: Buffer; hours: number },
): Promise<void> {
  await tx.query('select make_link($1, $2, $3, make_interval(hours => $4))', [person, purpose, code, hours])
}

/** End every session of a person, or have the passes of their browsers exchanged at the next request. */
export async function endSessionsOf(tx: Tx, person: string, how: 'end' | 'exchange'): Promise<number> {
  const [row] = await tx.query<{ ended: number }>('select end_sessions($1, $2) as ended', [
    person,
    how === 'exchange',
  ])
  return row?.ended ?? 0
}

/** Whether a case or a team would be left with nobody who can open it. */
export async function isLastOnSomething(tx: Tx, person: string): Promise<boolean> {
  const [row] = await tx.query<{ last: boolean }>('select is_last_on_something($1) as last', [person])
  return row?.last ?? false
}

export async function becomeOrganisationNamed(tx: Tx, name: string): Promise<boolean> {
  const [row] = await tx.query<{ became: boolean }>('select become_organisation($1) as became', [name])
  return row?.became ?? false
}

export interface ResetProposal {
  readonly person: string
  readonly by: string
  readonly reason: string
  readonly at: string
}

/** Resets of accounts that wait for a second administrator; after three days one waits no more. */
export async function resetProposals(tx: Tx): Promise<ResetProposal[]> {
  const rows = await tx.query<{ person: string; by: string; reason: string; at: Date }>(
    `select person, by, reason, made_at as at from reset_proposal
      where organisation = $1 and made_at > now() - interval '3 days' order by made_at`,
    [tx.actor.organisation],
  )
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

/** The reset of one's own account that waits, if one does. */
export async function ownProposal(tx: Tx): Promise<Omit<ResetProposal, 'person'> | null> {
  const [row] = await tx.query<{ by: string; reason: string; at: Date }>('select * from my_reset()')
  return row ? { ...row, at: row.at.toISOString() } : null
}

/** False where none waits that whoever asks proposed, or that is about them. */
export async function takeBackProposal(tx: Tx, person: string): Promise<boolean> {
  const [row] = await tx.query<{ done: boolean }>('select withdraw_reset($1) as done', [person])
  return row?.done ?? false
}

export async function saveProposal(
  tx: Tx,
  { person, reason }: { person: string; reason: string },
): Promise<void> {
  await tx.query('delete from reset_proposal where organisation = $1 and person = $2', [
    tx.actor.organisation,
    person,
  ])
  await tx.query('insert into reset_proposal (organisation, person, by, reason) values ($1, $2, $3, $4)', [
    tx.actor.organisation,
    person,
    tx.actor.person,
    reason,
  ])
}
