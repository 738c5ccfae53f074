import { randomBytes } from 'node:crypto'
import { sha256 } from '../foundation/hashing.ts'
import { newId } from '../foundation/ids.ts'
import { Refusal } from '../foundation/refusal.ts'
import type { Database } from '../storage/database.ts'
import type { LedgerKey } from '../storage/workspace.ts'
import type { Actor } from './actor.ts'
import type { Keeper } from './keeper.ts'
import type { Site } from './passkey.ts'
import { addSession } from './session-store.ts'

/** A record as people come to its door: before anybody knows who they are. */
export interface Gatehouse {
  readonly database: Database
  readonly key: LedgerKey
  /** The organisation whose server this is; it keeps what was tried at the door. */
  readonly home: string
  readonly site: Site
}

/** The same, for somebody who is in. */
export interface OwnGatehouse extends Gatehouse {
  readonly actor: Actor
}

/** Who is at the door, as far as it can be seen. */
export interface Visitor {
  /** The address of the socket, of IPv6 its first 64 bits; or what the one trusted proxy says. */
  readonly address: string
  /** Such as "Firefox on Windows": what tells one's own devices apart in a list. */
  readonly device: string
}

/** Hours and minutes after which a browser has to sign in again, used or not, and where it lay idle. */
const HOURS = 10
const IDLE_MINUTES = 60

/** 256 bits. */
export function newPass(): string {
  return randomBytes(32).toString('base64url')
}

/** Sign somebody in on one device; the pass is what the browser keeps, and its hash what we keep. */
export async function openSession(
  keeper: Keeper,
  { organisation, person }: { organisation: string; person: string },
  { device }: Visitor,
): Promise<string> {
  const pass = newPass()
  await addSession(keeper, {
    organisation,
    person,
    id: newId('session'),
    kind: 'browser',
    pass: sha256(pass),
    label: device,
    scopes: null,
    hours: HOURS,
    idleMinutes: IDLE_MINUTES,
  })
  return pass
}

/** A login as it is kept: whoever types it with capitals means the same. */
export function plainLogin(typed: string): string {
  return typed.trim().normalize('NFKC').toLowerCase()
}

/**
 * Where one person works alone there are no accounts, and a token is not somebody who has one.
 *
 * @throws Refusal `organisation_needed`, `not_allowed`
 */
export function mustBeSignedIn({ kind }: Actor): void {
  if (kind === 'browser') return
  if (kind === 'local')
    throw new Refusal(
      'organisation_needed',
      'One person works here alone and needs no account; choose “work with others” in the settings first.',
    )
  throw new Refusal('not_allowed', 'A token may not do this; sign in with a browser.')
}
