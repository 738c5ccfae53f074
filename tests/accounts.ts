import { randomBytes } from 'node:crypto'
import { keepPassword } from '../src/protection/account-store.ts'
import type { Actor, Role } from '../src/protection/actor.ts'
import { openSession } from '../src/protection/gatehouse.ts'
import { hashPassword } from '../src/protection/password.ts'
import { sealSecret } from '../src/protection/seal-secret.ts'
import { codeAt, stepAt } from '../src/protection/totp.ts'
import type { Workspace } from '../src/storage/workspace.ts'
import { somebody } from './people.ts'

export const A_PASSWORD = 'four words of no meaning'

/** Somebody with an account, a password with a code, and a browser in which they are signed in. */
export interface SignedIn extends Actor {
  readonly login: string
  /** The pass of their browser; the same as `pass`. */
  readonly as: string
  /** A code that was not used yet. */
  code(): Promise<string>
  /** As long after they last proved who they are. */
  later(): Promise<void>
}

let n = 0

export async function signedIn(
  workspace: Pick<Workspace, 'database' | 'actor' | 'key'>,
  {
    organisation,
    roles,
    name = 'Somebody',
  }: { organisation?: string; roles: readonly Role[]; name?: string },
): Promise<SignedIn> {
  const { owner } = workspace.database
  const actor = await somebody(workspace, { ...(organisation ? { organisation } : {}), roles, name })
  n += 1
  const login = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}.${n}`
  const { person } = actor
  await owner.query('insert into account (organisation, person, login) values ($1, $2, $3)', [
    actor.organisation,
    person,
    login,
  ])
  const secret = randomBytes(20)
  await keepPassword(owner, {
    organisation: actor.organisation,
    person,
    password: await hashPassword(A_PASSWORD),
    totp: sealSecret(secret, { key: workspace.key, whose: person }),
    step: 0,
  })
  const pass = await openSession(owner, actor, { address: '192.0.2.1', device: 'a test' })
  return {
    ...actor,
    pass,
    as: pass,
    login,
    async code() {
      await owner.query('update account set totp_step = -1 where person = $1', [person])
      return codeAt(secret, stepAt())
    },
    async later() {
      await owner.query("update session set proved_at = now() - interval '6 minutes' where person = $1", [
        person,
      ])
    },
  }
}

/** The code behind the # of a one-time link. */
export function codeOf(link: string): string {
  return link.split('#')[1] ?? ''
}

/** The bytes of a secret as an authenticator app reads it (RFC 4648). */
export function fromBase32(secret: string): Uint8Array {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}
