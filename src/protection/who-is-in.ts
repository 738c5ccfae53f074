import { sha256 } from '../foundation/hashing.ts'
import { Refusal } from '../foundation/refusal.ts'
import { isAlone } from './account-store.ts'
import type { Actor } from './actor.ts'
import { type Gatehouse, newPass } from './gatehouse.ts'
import type { Keeper } from './keeper.ts'
import { exchangePass, type LiveSession, liveSession, sawSession } from './session-store.ts'

/** A page asks several things at once: what was under way with the pass before is still answered. Milliseconds. */
const STILL_ANSWERED = 15_000

/** Passes that were exchanged a moment ago, by their hash, with what they were exchanged for. */
const exchanged = new Map<string, { pass: Promise<string | null>; until: number }>()

/** A pass is exchanged for another one: requests under way with it follow. */
export function followPass(was: string, pass: Promise<string | null>): void {
  const now = Date.now()
  for (const [one, { until }] of exchanged) if (until < now) exchanged.delete(one)
  exchanged.set(hashOf(was), { pass, until: now + STILL_ANSWERED })
}

/**
 * Whose live session this pass is; null where it is nobody's. The database asks again in every transaction. A browser's
 * pass that is to be exchanged is, and comes back with the person.
 */
export async function whoIsIn(
  { database: { owner } }: Pick<Gatehouse, 'database'>,
  { pass, cookie }: { pass: string; cookie: boolean },
): Promise<{ actor: Actor; fresh: string | null } | null> {
  // Another request of the same page may be exchanging it at this moment: then it is followed.
  for (let current: string | null = pass; current !== null; current = await following(current)) {
    const live = await liveSession(owner, sha256(current))
    // What a script holds is no cookie, and what a browser holds is no token.
    if (live && (live.kind === 'browser') !== cookie) return null
    if (live?.stale) await sawSession(owner, live)
    if (live && !live.renew)
      return { actor: actorOf(live, current), fresh: current === pass ? null : current }
    if (live && !exchanged.has(hashOf(current))) exchange(owner, live, current)
  }
  return null
}

/** What a pass was exchanged for a moment ago, or is being exchanged for now; null where it was not. */
async function following(pass: string): Promise<string | null> {
  const found = exchanged.get(hashOf(pass))
  return found && found.until > Date.now() ? found.pass : null
}

function exchange(keeper: Keeper, { organisation, session }: LiveSession, was: string): void {
  const fresh = newPass()
  const of = { organisation, session, was: sha256(was) }
  followPass(
    was,
    exchangePass(keeper, { of, pass: sha256(fresh) }).then(
      (done) => (done ? fresh : null),
      () => null,
    ),
  )
}

/** What somebody is told who showed nothing that is worth anything. */
export async function strangerAt({ database, home }: Pick<Gatehouse, 'database' | 'home'>): Promise<Refusal> {
  if (!(await isAlone(database.owner, home)))
    return new Refusal('signed_out', 'You are not signed in; sign in first.')
  return new Refusal(
    'key_missing',
    'Open the address that "rapporteur start" printed; it holds the key to this record.',
  )
}

function actorOf({ organisation, person, roles, scopes, kind, proved }: LiveSession, pass: string): Actor {
  return { organisation, person, roles, scopes, kind, proved, pass, cases: [], compartments: [] }
}

function hashOf(pass: string): string {
  return sha256(pass).toString('hex')
}
