import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { Refusal } from '../foundation/refusal.ts'
import { isUsual, withoutWalks } from './usual-passwords.ts'

/** argon2id (RFC 9106) with 64 MiB and three passes: about a fifth of a second, on a thread of its own. KiB. */
const COST = { memoryCost: 64 * 1024, timeCost: 3, parallelism: 1 }
/** Characters. NIST SP 800-63B asks for 15 of a password that stands alone; ours stands beside a code. */
const SHORTEST = 14
const LONGEST = 256
/** Characters that must be left when walks over the keyboard and sequences are taken away. */
const LEAST_BESIDE_WALKS = 6
/** Hashes reckoned at once: each takes 64 MiB, and anybody may ask for one. */
const AT_ONCE = 2

let running = 0
const waiting: (() => void)[] = []

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  running += 1
  try {
    return await work()
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}

export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize('NFC'), COST))
}

let nobodys: Promise<string> | undefined

/** Whether the password is right. Where there is no hash one is reckoned all the same, so that the time tells nothing. */
export async function isPassword(hashed: string | null, password: string): Promise<boolean> {
  nobodys ??= hashPassword(randomBytes(16).toString('base64'))
  const against = hashed ?? (await nobodys)
  const right = await inTurn(() => verify(against, password.slice(0, LONGEST).normalize('NFC')))
  return right && hashed !== null
}

/** What people type when they are asked for something long. */
const COMMON = [
  'password',
  'qwerty',
  'asdfgh',
  'letmein',
  '1234567',
  'iloveyou',
  'administrator',
  'пароль',
  'йцукен',
  'құпия',
]

/**
 * Length is what counts. Refused is what everybody tries first: few different characters, a well-known beginning, or the
 * words that stand on the page.
 *
 * @throws Refusal `password_weak`
 */
export function mustBeStrong(
  password: string,
  { login, name, called }: { login: string; name: string; called: string },
): void {
  const plain = password.normalize('NFKC').toLowerCase()
  const refused = (why: string) =>
    new Refusal('password_weak', `${why} Four words that have nothing to do with each other do well.`)
  if ([...plain].length < SHORTEST) throw refused(`A password has at least ${SHORTEST} characters.`)
  if ([...plain].length > LONGEST) throw refused(`A password has at most ${LONGEST} characters.`)
  if (new Set(plain).size < 7) throw refused('This password repeats few characters.')
  const known = [login, ...name.split(/\s+/), called, 'rapporteur', ...COMMON].map((one) => one.toLowerCase())
  const rest = known.filter((one) => one.length > 3).reduce((left, one) => left.replaceAll(one, ''), plain)
  if ([...rest].length < SHORTEST / 2 || isUsual(plain))
    throw refused('This password is made of words that stand on this page, or that everybody tries first.')
  if ([...withoutWalks(rest)].length < LEAST_BESIDE_WALKS)
    throw refused('This password is a walk over the keyboard, or a sequence.')
}
