import { Refused } from './api.ts'

/** What the server says to ask the authenticator for, and what the authenticator answered: JSON of Web Authentication. */
type Json = Record<string, unknown>

/** Whether this browser knows passkeys at all, here: they need https, or this machine's own name. */
export function knowsPasskeys(): boolean {
  return typeof window.PublicKeyCredential === 'function' && window.isSecureContext
}

/** Make a passkey. @throws Refused `passkey_not_given` where the person or the authenticator did not */
export async function makePasskey(asked: Json): Promise<Json> {
  const publicKey = asOptions(asked, 'creation') as unknown as PublicKeyCredentialCreationOptions
  return answered(() => navigator.credentials.create({ publicKey }))
}

/** Show a passkey. @throws Refused `passkey_not_given` */
export async function showPasskey(asked: Json): Promise<Json> {
  const publicKey = asOptions(asked, 'request') as unknown as PublicKeyCredentialRequestOptions
  return answered(() => navigator.credentials.get({ publicKey }))
}

async function answered(ask: () => Promise<Credential | null>): Promise<Json> {
  const given = await ask().catch(() => null)
  if (!(given instanceof PublicKeyCredential)) throw new Refused('passkey_not_given', '')
  return typeof given.toJSON === 'function' ? (given.toJSON() as unknown as Json) : asJson(given)
}

/** By the browser itself where it can; elsewhere the three places that hold bytes are read here. */
function asOptions(asked: Json, kind: 'creation' | 'request'): Json {
  const { PublicKeyCredential: known } = window
  if (kind === 'creation' && typeof known.parseCreationOptionsFromJSON === 'function')
    return known.parseCreationOptionsFromJSON(asked as never) as unknown as Json
  if (kind === 'request' && typeof known.parseRequestOptionsFromJSON === 'function')
    return known.parseRequestOptionsFromJSON(asked as never) as unknown as Json
  const withId = (one: unknown) => ({ ...(one as Json), id: bytesOf(String((one as Json).id)) })
  const list = (name: string) => (Array.isArray(asked[name]) ? { [name]: asked[name].map(withId) } : {})
  return {
    ...asked,
    challenge: bytesOf(String(asked.challenge)),
    ...(asked.user ? { user: withId(asked.user) } : {}),
    ...list('excludeCredentials'),
    ...list('allowCredentials'),
  }
}

function asJson(given: PublicKeyCredential): Json {
  const response: Json = {}
  for (const name of [
    'clientDataJSON',
    'attestationObject',
    'authenticatorData',
    'signature',
    'userHandle',
  ]) {
    const bytes = (given.response as unknown as Json)[name]
    if (bytes instanceof ArrayBuffer) response[name] = textOf(bytes)
  }
  const { id, rawId, type } = given
  return {
    id,
    rawId: textOf(rawId),
    type,
    response,
    clientExtensionResults: given.getClientExtensionResults(),
  }
}

function bytesOf(base64url: string): Uint8Array {
  const text = window.atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

function textOf(bytes: ArrayBuffer): string {
  const text = String.fromCharCode(...new Uint8Array(bytes))
  return window.btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
