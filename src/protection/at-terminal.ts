import { sha256 } from '../foundation/hashing.ts'
import { newId } from '../foundation/ids.ts'
import { Refusal } from '../foundation/refusal.ts'
import { organisationsIn } from '../ledger/organisations.ts'
import { asActor, asOwner } from '../storage/database.ts'
import { keepContextKeys } from '../storage/one-person.ts'
import type { Workspace } from '../storage/workspace.ts'
import { accountByLogin, accountsIn, isAlone, linkAtTerminal } from './account-store.ts'
import { type Actor, ROLES } from './actor.ts'
import { becomeOrganisation, type FirstLinks, type NewAccount } from './become-organisation.ts'
import { changeMembership } from './change-roles.ts'
import { newPass, plainLogin } from './gatehouse.ts'
import { atOnce } from './keeper.ts'
import { mustBeAllowed } from './may.ts'
import { members } from './membership-store.ts'
import { noteAtTerminal } from './sign-in-log.ts'
import { whoIsIn } from './who-is-in.ts'

/** Whether one person works alone in this record. */
export async function worksAlone({
  database,
  actor,
}: Pick<Workspace, 'database' | 'actor'>): Promise<boolean> {
  return isAlone(database.owner, actor.organisation)
}

/** Whether nothing was ever recorded here. */
export async function isUnused({ database }: Pick<Workspace, 'database' | 'actor'>): Promise<boolean> {
  const { rows } = await database.owner.query<{ unused: boolean }>(
    'select not exists (select 1 from revision) as unused',
  )
  return rows[0]?.unused ?? false
}

/**
 * Whoever a command works for: the one person at this computer, or in an organisation whoever made the token.
 *
 * @throws Refusal `token_needed`, `token_refused`
 */
export async function actingFor(
  record: Pick<Workspace, 'database' | 'actor'>,
  token: string | undefined,
): Promise<Actor> {
  if (await whoIsIn(record, { pass: record.actor.pass, cookie: false })) return record.actor
  if (token === undefined || token === '')
    throw new Refusal(
      'token_needed',
      'This record is an organisation’s: make a token under “Your account”, and give it in RAPPORTEUR_TOKEN or with --token-file.',
    )
  const found = await whoIsIn(record, { pass: token, cookie: false })
  if (found) return found.actor
  throw new Refusal(
    'token_refused',
    'This token is worth nothing (any more); make another one under “Your account”.',
  )
}

/**
 * Whoever sits at the server's own terminal can read its files, the ledger's key and the whole database, so a token would
 * keep nobody from a backup or a check. They see no content through the program, and enter no transaction.
 */
export async function atThisTerminal(record: Pick<Workspace, 'database' | 'actor'>): Promise<Actor> {
  if (await whoIsIn(record, { pass: record.actor.pass, cookie: false })) return record.actor
  return { ...record.actor, roles: ['administrator'], pass: '' }
}

/**
 * One person's record becomes an organisation's, as somebody at the server's own terminal wants it.
 *
 * @throws Refusal of becomeOrganisation
 */
export async function becomeAtTerminal(
  { database, actor }: Pick<Workspace, 'database' | 'actor'>,
  wanted: { name: string; person: NewAccount | null; administrator: NewAccount },
): Promise<FirstLinks> {
  const made = await asActor(database, actor, (tx) => becomeOrganisation(tx, wanted))
  await noteFirstAccounts({ database, actor })
  return made
}

async function noteFirstAccounts({
  database: { owner },
  actor: { organisation },
}: Pick<Workspace, 'database' | 'actor'>): Promise<void> {
  for (const { person } of await accountsIn(owner, organisation))
    await noteAtTerminal(owner, { organisation, about: person, what: 'terminalOrganisation' })
}

/**
 * A further organisation on this server, with one administrator. Nobody of another one sees that it is there.
 *
 * @throws Refusal `organisation_needed` while one person works here alone, and those of becomeOrganisation
 */
export async function foundOrganisation(
  { database, actor }: Pick<Workspace, 'database' | 'actor'>,
  { name, administrator }: { name: string; administrator: NewAccount },
): Promise<FirstLinks> {
  const { owner } = database
  if (await isAlone(owner, actor.organisation))
    throw new Refusal(
      'organisation_needed',
      'One person works here alone; make that record an organisation’s first.',
    )
  const [organisation, person, pass, session] = [
    newId('organisation'),
    newId('person'),
    newPass(),
    newId('session'),
  ]
  // For a moment it is one person's alone: its first change is made as every record's is.
  await atOnce(owner, async (keeper) => {
    await keeper.query('insert into organisation (organisation, name) values ($1, $2)', [organisation, name])
    await keeper.query('insert into person (organisation, id, name) values ($1, $2, $3)', [
      organisation,
      person,
      '',
    ])
    await keeper.query(
      "insert into session (organisation, id, person, kind, pass, ends_at) values ($1, $2, $3, 'local', $4, now() + interval '1 minute')",
      [organisation, session, person, sha256(pass)],
    )
    await keepContextKeys(keeper as never)
  })
  const first: Actor = { organisation, person, roles: ROLES, pass, cases: [], compartments: [] }
  let made: FirstLinks
  try {
    made = await asActor(database, first, (tx) =>
      becomeOrganisation(tx, { name, person: null, administrator }),
    )
  } catch (error) {
    await atOnce(owner, async (keeper) => {
      for (const table of ['session', 'context_key', 'person', 'organisation'])
        await keeper.query(`delete from ${table} where organisation = $1`, [organisation])
    })
    throw error
  }
  await noteFirstAccounts({ database, actor: first })
  return made
}

/** A backup was restored: memberships, roles and ways of signing in are those of that day again. */
export async function noteRestored(workspace: Pick<Workspace, 'database' | 'actor'>): Promise<void> {
  const { owner } = workspace.database
  for (const { organisation } of await organisationsIn(workspace))
    await noteAtTerminal(owner, { organisation, about: null, what: 'terminalRestore' })
}

/**
 * Set an account anew from the server's own terminal, where there are no two administrators to agree. It stands in the
 * ledger of the organisation, in the name of the account, as done there.
 *
 * @throws Refusal `login_unknown`
 */
export async function resetAtTerminal(
  { database }: Pick<Workspace, 'database' | 'actor'>,
  login: string,
): Promise<{ code: string; organisation: string }> {
  const account = await accountByLogin(database.owner, plainLogin(login))
  if (!account)
    throw new Refusal('login_unknown', `Nobody has the login "${login}" here; look how it is written.`)
  const { organisation, person } = account
  const code = newPass()
  const actor: Actor = {
    organisation,
    person,
    roles: ['administrator'],
    pass: '',
    cases: [],
    compartments: [],
  }
  await asOwner(database, actor, async (tx) => {
    mustBeAllowed(tx.actor, 'administer')
    const known = (await members(tx)).find(
      ({ membership }) => membership.person === person && membership.ended === null,
    )
    if (!known) throw new Refusal('login_unknown', `Whoever had the login "${login}" works here no more.`)
    await changeMembership(tx, known, {
      why: 'set an account anew at the server’s own terminal',
      membership: { ...known.membership, reset: { at: new Date().toISOString(), by: [] } },
    })
    await linkAtTerminal(tx.client, { organisation, person, code: sha256(code) })
    await noteAtTerminal(tx.client, { organisation, about: person, what: 'terminalReset' })
  })
  return { code, organisation }
}
