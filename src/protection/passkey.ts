import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { Refusal } from '../foundation/refusal.ts'
import type { Passkey } from './account-store.ts'
import { isOpen, newChallenge, spendChallenge } from './challenge.ts'

/** Where people reach this server: what a passkey is bound to (W3C Web Authentication, relying party). */
export interface Site {
  /** Host name of the declared address, or localhost. */
  readonly rpId: string
  readonly origins: readonly string[]
}

/** What a browser answers; its members are checked by whoever reads them. */
export type FromBrowser = Readonly<Record<string, unknown>>

/** What the browser is to be asked for a new passkey: kept on the authenticator, and opened by its PIN or a finger. */
export async function askForPasskey(
  { rpId }: Site,
  whose: { handle: Buffer; login: string; name: string; has: readonly Passkey[]; purpose: string },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  return generateRegistrationOptions({
    rpName: 'Rapporteur',
    rpID: rpId,
    userName: whose.login,
    userDisplayName: whose.name,
    userID: Uint8Array.from(whose.handle),
    challenge: newChallenge(whose.purpose),
    attestationType: 'none',
    excludeCredentials: whose.has.map(({ credential }) => ({ id: credential })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/** @throws Refusal `passkey_refused` */
export async function readNewPasskey(
  { rpId, origins }: Site,
  { response, purpose }: { response: FromBrowser; purpose: string },
): Promise<{ credential: string; publicKey: Uint8Array; counter: number; transports: readonly string[] }> {
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: response as unknown as RegistrationResponseJSON,
      expectedChallenge: (challenge) => isOpen(challenge, purpose) && spendChallenge(challenge),
      expectedOrigin: [...origins],
      expectedRPID: rpId,
      requireUserVerification: true,
    })
    if (!verified) throw new Error('not verified')
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential
    return { credential: id, publicKey, counter, transports }
  } catch (cause) {
    const sentence =
      'This passkey could not be taken: its answer does not fit this page; try again, or use another one.'
    throw new Refusal('passkey_refused', sentence, {}, { cause })
  }
}

/** What the browser is to be asked for a sign-in: any passkey it has for this place, or one of those given. */
export async function askWhoItIs(
  { rpId }: Site,
  { purpose, has = [] }: { purpose: string; has?: readonly Passkey[] },
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return generateAuthenticationOptions({
    rpID: rpId,
    challenge: newChallenge(purpose),
    userVerification: 'required',
    allowCredentials: has.map(({ credential }) => ({ id: credential })),
  })
}

/** The credential that a browser says it answers with, and the account's handle: not proved yet. */
export function claimOf(response: FromBrowser): { credential: string; handle: Buffer } {
  const { id, response: inner } = response
  const handle = typeof inner === 'object' && inner !== null && 'userHandle' in inner ? inner.userHandle : ''
  return {
    credential: typeof id === 'string' ? id.slice(0, 2000) : '',
    handle: Buffer.from(typeof handle === 'string' ? handle.slice(0, 200) : '', 'base64url'),
  }
}

/** The counter that a right answer came with, or null for every other answer. */
export async function readAnswer(
  { rpId, origins }: Site,
  { response, purpose, passkey }: { response: FromBrowser; purpose: string; passkey: Passkey },
): Promise<number | null> {
  try {
    let answered = ''
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: response as unknown as AuthenticationResponseJSON,
      expectedChallenge: (challenge) => {
        answered = challenge
        return isOpen(challenge, purpose)
      },
      expectedOrigin: [...origins],
      expectedRPID: rpId,
      credential: {
        id: passkey.credential,
        publicKey: Uint8Array.from(passkey.publicKey),
        counter: passkey.counter,
      },
      requireUserVerification: true,
    })
    return verified && spendChallenge(answered) ? authenticationInfo.newCounter : null
  } catch {
    return null
  }
}
