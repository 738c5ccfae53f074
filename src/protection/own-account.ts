import { sha256 } from '../foundation/hashing.ts'
import { newId } from '../foundation/ids.ts'
import { Refusal } from '../foundation/refusal.ts'
import { readAs } from '../storage/database.ts'
import { type NewSecret, newSecret, type PasswordAndCode, readPassword } from './accept-invitation.ts'
import { accountOf, addPasskey, keepPassword, passkeysOf, removePasskey } from './account-store.ts'
import type { Role, Scope } from './actor.ts'
import { mustBeSignedIn, newPass, type OwnGatehouse } from './gatehouse.ts'
import { mustBeAllowed } from './may.ts'
import { organisationOf, ownProposal } from './membership-store.ts'
import { askForPasskey, type FromBrowser, readNewPasskey } from './passkey.ts'
import { peopleNamed } from './people-store.ts'
import { mustHaveProved } from './proved.ts'
import { addSession, liveSession, revokeSessions, type ShownSession, sessionsOf } from './session-store.ts'

export interface OwnAccount {
  readonly name: string
  readonly login: string | null
  readonly organisation: string
  readonly alone: boolean
  readonly roles: readonly Role[]
  readonly proved: boolean
  /** An administrator proposed to set it anew, and nobody agreed yet. */
  readonly reset: {
    readonly person: string
    readonly by: string
    readonly reason: string
    readonly at: string
  } | null
  readonly password: boolean
  readonly passkeys: readonly { id: string; label: string; madeAt: string; usedAt: string | null }[]
  readonly sessions: readonly (ShownSession & { here: boolean })[]
}

/** One's own account: how one signs in, where one is signed in, and with which tokens. */
export async function readAccount(house: OwnGatehouse): Promise<OwnAccount> {
  const { database, actor } = house
  const known = await readAs(database, actor, async (tx) => {
    mustBeAllowed(tx.actor, 'enter')
    const waits = await ownProposal(tx)
    const names = await peopleNamed(tx, [tx.actor.person, ...(waits ? [waits.by] : [])])
    const { person, roles, proved = false } = tx.actor
    const reset = waits && { ...waits, person, by: names.get(waits.by) ?? waits.by }
    return { ...(await organisationOf(tx)), roles, proved, reset, person: names.get(person) ?? '' }
  })
  const { owner } = database
  const account = await accountOf(owner, actor)
  const passkeys = await passkeysOf(owner, actor)
  const here = (await liveSession(owner, sha256(actor.pass)))?.session
  return {
    name: known.person,
    login: account?.login ?? null,
    organisation: known.name,
    alone: known.alone,
    roles: known.roles,
    proved: known.proved,
    reset: known.reset,
    password: account?.password != null,
    passkeys: passkeys.map(({ id, label, madeAt, usedAt }) => ({
      id,
      label,
      madeAt: madeAt.toISOString(),
      usedAt: usedAt?.toISOString() ?? null,
    })),
    sessions: (await sessionsOf(owner, actor)).map((one) => ({ ...one, here: one.id === here })),
  }
}

/** @throws Refusal `organisation_needed`, `prove_again` */
export async function beginPasskey(house: OwnGatehouse): Promise<object> {
  const { login, name, handle } = await mine(house, { proved: true }, (actor) =>
    mustBeAllowed(actor, 'enter'),
  )
  const has = await passkeysOf(house.database.owner, house.actor)
  return askForPasskey(house.site, { login, name, handle, has, purpose: purposeOf(house.actor) })
}

/** @throws Refusal `organisation_needed`, `prove_again`, `passkey_refused` */
export async function addOwnPasskey(
  house: OwnGatehouse,
  { label, response }: { label: string; response: FromBrowser },
): Promise<{ id: string }> {
  const { organisation, person } = await mine(house, { proved: true }, (actor) =>
    mustBeAllowed(actor, 'enter'),
  )
  const key = await readNewPasskey(house.site, { response, purpose: purposeOf(house.actor) })
  const id = newId('passkey')
  await addPasskey(house.database.owner, { organisation, person, id, label, ...key })
  return { id }
}

/** @throws Refusal `organisation_needed`, `prove_again`, `not_there`, `last_way_in` */
export async function removeOwnPasskey(house: OwnGatehouse, id: string): Promise<void> {
  const { organisation, person } = await mine(house, { proved: true }, (actor) =>
    mustBeAllowed(actor, 'enter'),
  )
  const { owner } = house.database
  if (!(await passkeysOf(owner, { organisation, person })).some((one) => one.id === id))
    throw new Refusal('not_there', 'There is no such passkey of yours; open the page again.')
  if (!(await removePasskey(owner, { organisation, person, id })))
    throw new Refusal(
      'last_way_in',
      'This passkey is your only way in; add another one, or a password, first.',
    )
}

/** @throws Refusal `organisation_needed`, `prove_again` */
export async function beginPassword(house: OwnGatehouse): Promise<NewSecret> {
  const me = await mine(house, { proved: true }, (actor) => mustBeAllowed(actor, 'enter'))
  return newSecret(purposeOf(house.actor), me)
}

/**
 * Password and code in place of those before; every other session ends, for whoever knew the old one.
 *
 * @throws Refusal `organisation_needed`, `prove_again`, `password_weak`, `code_wrong`
 */
export async function setPassword(house: OwnGatehouse, given: PasswordAndCode): Promise<void> {
  const me = await mine(house, { proved: true }, (actor) => mustBeAllowed(actor, 'enter'))
  const { organisation, person, key, session } = { ...me, key: house.key }
  const secured = await readPassword(given, { ...me, key, purpose: purposeOf(house.actor) })
  const { owner } = house.database
  await keepPassword(owner, { organisation, person, ...secured })
  await revokeSessions(owner, { organisation, person, but: session })
}

/** @throws Refusal `organisation_needed`, `not_there` */
export async function endOwnSession(house: OwnGatehouse, id: string): Promise<void> {
  const { organisation, person } = await mine(house, { proved: false }, (actor) =>
    mustBeAllowed(actor, 'enter'),
  )
  if ((await revokeSessions(house.database.owner, { organisation, person, only: id })) === 0)
    throw new Refusal('not_there', 'There is no such session of yours any more; open the page again.')
}

/** Sign out everywhere but here, tokens too. @throws Refusal `organisation_needed` */
export async function endOtherSessions(house: OwnGatehouse): Promise<{ ended: number }> {
  const me = await mine(house, { proved: false }, (actor) => mustBeAllowed(actor, 'enter'))
  const { organisation, person, session } = me
  return { ended: await revokeSessions(house.database.owner, { organisation, person, but: session }) }
}

/** @throws Refusal `organisation_needed` */
export async function signOut(house: OwnGatehouse): Promise<void> {
  const me = await mine(house, { proved: false }, (actor) => mustBeAllowed(actor, 'enter'))
  const { organisation, person, session } = me
  await revokeSessions(house.database.owner, { organisation, person, only: session })
}

/**
 * A token for a script: for some of what the person may do, for a time. It is shown once.
 *
 * @throws Refusal `organisation_needed`, `prove_again`
 */
export async function makeToken(
  house: OwnGatehouse,
  { label, scopes, days }: { label: string; scopes: readonly Scope[]; days: number },
): Promise<{ id: string; token: string }> {
  const { organisation, person } = await mine(house, { proved: true }, (actor) =>
    mustBeAllowed(actor, 'enter'),
  )
  const [id, token] = [newId('session'), `rapporteur_${newPass()}`]
  await addSession(house.database.owner, {
    organisation,
    person,
    id,
    kind: 'token',
    pass: sha256(token),
    label,
    scopes,
    hours: days * 24,
    idleMinutes: null,
  })
  return { id, token }
}

/** Whoever is signed in, with what their account says; proved just now where that is asked. */
async function mine(
  { database, actor }: OwnGatehouse,
  { proved }: { proved: boolean },
  ask: (actor: OwnGatehouse['actor']) => void,
) {
  const known = await readAs(database, actor, async (tx) => {
    ask(tx.actor)
    mustBeSignedIn(tx.actor)
    if (proved) mustHaveProved(tx)
    const names = await peopleNamed(tx, [tx.actor.person])
    return { called: (await organisationOf(tx)).name, name: names.get(tx.actor.person) ?? '' }
  })
  const account = await accountOf(database.owner, actor)
  const live = await liveSession(database.owner, sha256(actor.pass))
  if (!account || !live) throw new Refusal('signed_out', 'Your session has ended; sign in again.')
  return { ...account, ...known, session: live.session }
}

function purposeOf({ person }: { person: string }): string {
  return `account ${person}`
}
