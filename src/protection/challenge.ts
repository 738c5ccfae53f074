import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Of this process alone: whoever was asked something answers the process that asked. One process serves a record. */
const KEY = randomBytes(32)
/** Milliseconds within which an answer counts. */
const HOLDS = 5 * 60_000
const NONCE = 24

/** Challenges that were answered rightly, until they would not count anyway. */
const used = new Map<string, number>()

/**
 * A challenge for one purpose: random, its end, and an authentication code over both. Nothing of it is kept until it was
 * answered, so nobody fills a memory or a table by asking for many.
 */
export function newChallenge(purpose: string, now = Date.now()): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(NONCE + 8)
  randomBytes(NONCE).copy(head)
  head.writeBigUInt64BE(BigInt(now + HOLDS), NONCE)
  return Uint8Array.from(Buffer.concat([head, codeOf(head, purpose)]))
}

/** Whether this is a challenge of ours for this purpose, in time and not answered yet. Base64url. */
export function isOpen(challenge: string, purpose: string, now = Date.now()): boolean {
  const bytes = Buffer.from(challenge, 'base64url')
  if (bytes.length !== NONCE + 40 || bytes.toString('base64url') !== challenge) return false
  const head = bytes.subarray(0, NONCE + 8)
  if (!timingSafeEqual(bytes.subarray(NONCE + 8), codeOf(head, purpose))) return false
  return Number(head.readBigUInt64BE(NONCE)) > now && !used.has(challenge)
}

/** Once it was answered rightly it is worth nothing any more; true for the first who comes with it. */
export function spendChallenge(challenge: string, now = Date.now()): boolean {
  if (used.has(challenge)) return false
  for (const [one, until] of used) if (until < now) used.delete(one)
  used.set(challenge, now + HOLDS)
  return true
}

/** A secret that belongs to a challenge: whoever brings it back need not bring the secret. */
export function secretOfChallenge(challenge: string): Buffer {
  return createHmac('sha256', KEY).update(`secret ${challenge}`).digest().subarray(0, 20)
}

function codeOf(head: Buffer, purpose: string): Buffer {
  return createHmac('sha256', KEY).update(head).update(purpose).digest()
}
