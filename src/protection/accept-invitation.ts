import { sha256 } from '../foundation/hashing.ts'
import { newId } from '../foundation/ids.ts'
import { Refusal } from '../foundation/refusal.ts'
import { addPasskey, type Invitation, invitationBy, keepPassword, spendInvitation } from './account-store.ts'
import { isOpen, newChallenge, secretOfChallenge, spendChallenge } from './challenge.ts'
import { type Gatehouse, openSession, type Visitor } from './gatehouse.ts'
import { atOnce } from './keeper.ts'
import { askForPasskey, type FromBrowser, readNewPasskey } from './passkey.ts'
import { hashPassword, mustBeStrong } from './password.ts'
import { sealSecret } from './seal-secret.ts'
import { base32, stepOf, totpUri } from './totp.ts'

/** A password with the code of an authenticator app; `ticket` says which secret the app was given. */
export interface PasswordAndCode {
  readonly password: string
  readonly code: string
  readonly ticket: string
}

/** Of an authenticator app: what it is to keep, and the ticket that comes back with its first code. */
export interface NewSecret {
  readonly secret: string
  readonly uri: string
  readonly ticket: string
}

export interface Welcome {
  readonly name: string
  readonly login: string
  readonly organisation: string
  readonly purpose: 'account' | 'reset'
  readonly passkey: object
  readonly totp: NewSecret
}

/** What a one-time link is for, and both ways in to choose from. @throws Refusal `link_unknown` */
export async function readInvitation(house: Gatehouse, code: string): Promise<Welcome> {
  const hashed = sha256(code)
  const found = await theInvitation(house, hashed)
  const { name, login, called, purpose } = found
  const passkey = await askForPasskey(house.site, { ...found, has: [], purpose: purposeOf(hashed) })
  return { name, login, organisation: called, purpose, passkey, totp: newSecret(purposeOf(hashed), found) }
}

/**
 * Make an account one's own, once: with a passkey, or a password and a code, or both. Whatever let people in before, and
 * every session of it, is gone.
 *
 * @throws Refusal `link_unknown`, `way_missing`, `passkey_refused`, `password_weak`, `code_wrong`
 */
export async function acceptInvitation(
  house: Gatehouse,
  {
    code,
    passkey,
    password,
  }: {
    code: string
    passkey: { label: string; response: FromBrowser } | null
    password: PasswordAndCode | null
  },
  visitor: Visitor,
): Promise<{ pass: string }> {
  const hashed = sha256(code)
  const found = await theInvitation(house, hashed)
  if (!passkey && !password)
    throw new Refusal('way_missing', 'Choose how you will sign in: a passkey, or a password with a code.')
  const purpose = purposeOf(hashed)
  const secured = password && (await readPassword(password, { ...found, key: house.key, purpose }))
  const key = passkey && (await readNewPasskey(house.site, { response: passkey.response, purpose }))
  const pass = await atOnce(house.database.owner, async (keeper) => {
    if (!(await spendInvitation(keeper, { ...found, code: hashed }))) throw linkUnknown()
    const { organisation, person } = found
    if (key && passkey)
      await addPasskey(keeper, { organisation, person, id: newId('passkey'), label: passkey.label, ...key })
    if (secured) await keepPassword(keeper, { organisation, person, ...secured })
    return openSession(keeper, found, visitor)
  })
  if (password) spendChallenge(password.ticket)
  return { pass }
}

/** A secret for an authenticator app, bound to what it was asked for. */
export function newSecret(purpose: string, of: { login: string; called: string }): NewSecret {
  const ticket = Buffer.from(newChallenge(`totp ${purpose}`)).toString('base64url')
  const secret = secretOfChallenge(ticket)
  return { secret: base32(secret), uri: totpUri(secret, of), ticket }
}

/** @throws Refusal `password_weak`, `code_wrong` */
export async function readPassword(
  { password, code, ticket }: PasswordAndCode,
  of: Pick<Invitation, 'login' | 'name' | 'called' | 'person'> & { key: Gatehouse['key']; purpose: string },
): Promise<{ password: string; totp: Buffer; step: number }> {
  mustBeStrong(password, of)
  const secret = secretOfChallenge(ticket)
  const step = isOpen(ticket, `totp ${of.purpose}`) ? stepOf(secret, code) : null
  if (step === null)
    throw new Refusal(
      'code_wrong',
      'The code of the authenticator app does not fit; look at the clock of the device, and give the newest code.',
    )
  return {
    password: await hashPassword(password),
    totp: sealSecret(secret, { key: of.key, whose: of.person }),
    step,
  }
}

async function theInvitation({ database }: Gatehouse, hashed: Buffer): Promise<Invitation> {
  const found = await invitationBy(database.owner, hashed)
  if (!found) throw linkUnknown()
  return found
}

function linkUnknown(): Refusal {
  return new Refusal(
    'link_unknown',
    'This link is worth nothing (any more): it holds once, and for three days. Ask whoever gave it to you for another one.',
  )
}

function purposeOf(hashed: Buffer): string {
  return `invitation ${hashed.toString('hex')}`
}
