import { createHmac, timingSafeEqual } from 'node:crypto'

/** RFC 6238 with what every authenticator app can do: HMAC-SHA-1, six digits, a step of thirty seconds. */
const STEP = 30
const DIGITS = 6
/** RFC 4648. */
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The code of one step (RFC 4226, section 5.3). */
export function codeAt(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = (mac[19] ?? 0) & 15
  const number = mac.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0')
}

export function stepAt(now = Date.now()): number {
  return Math.floor(now / 1000 / STEP)
}

/** The step that a code belongs to: this one, or one to either side for clocks that differ. Null where it is of none. */
export function stepOf(secret: Uint8Array, code: string, now = Date.now()): number | null {
  const given = Buffer.from(
    code
      .replace(/\s/g, '')
      .padEnd(DIGITS)
      .slice(0, DIGITS + 1),
  )
  let found: number | null = null
  // All three are looked at, so that the time does not tell which.
  for (const step of [-1, 0, 1].map((n) => stepAt(now) + n)) {
    const wanted = Buffer.from(codeAt(secret, step))
    if (given.length === wanted.length && timingSafeEqual(given, wanted)) found = step
  }
  return found
}

export function base32(bytes: Uint8Array): string {
  let [bits, held, text] = [0, 0, '']
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    for (; bits >= 5; bits -= 5) text += BASE32[(held >> (bits - 5)) & 31]
  }
  return bits > 0 ? text + BASE32[(held << (5 - bits)) & 31] : text
}

/** What an authenticator app reads, as a link or typed in. */
export function totpUri(secret: Uint8Array, { login, called }: { login: string; called: string }): string {
  const label = `${encodeURIComponent(called)}:${encodeURIComponent(login)}`
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${encodeURIComponent(called)}`
}
