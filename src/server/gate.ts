import { timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { sha256 } from '../foundation/hashing.ts'
import { Refusal } from '../foundation/refusal.ts'

/** Nothing is ever fetched from elsewhere, nothing runs that was not built with this program. */
export const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

export const GUARDS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
}

/** What stands on every answer, refusals too. */
export const headers: MiddlewareHandler = async (context, next) => {
  await next()
  const { headers: given } = context.res
  for (const [name, value] of Object.entries(GUARDS)) given.set(name, value)
  if (!given.has('Cache-Control')) given.set('Cache-Control', 'no-store')
}

/**
 * Only this machine's own names are answered to: a page elsewhere whose name was made to point here (DNS rebinding)
 * sends its own name as `Host`.
 *
 * @throws Refusal `host_unknown`
 */
export function onlyOwnHost(port: number): MiddlewareHandler {
  const known = new Set([`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`])
  return async (context, next) => {
    if (!known.has((context.req.header('host') ?? '').toLowerCase())) {
      throw new Refusal(
        'host_unknown',
        `Open this record as http://localhost:${port}; no other name is answered.`,
      )
    }
    await next()
  }
}

/**
 * Writes come from our own pages, as JSON. A form or a script of another origin can send neither.
 *
 * @throws Refusal `origin_unknown`, `not_json`
 */
export function onlyOwnOrigin(port: number): MiddlewareHandler {
  const known = new Set([`http://localhost:${port}`, `http://127.0.0.1:${port}`, `http://[::1]:${port}`])
  return async (context, next) => {
    const origin = context.req.header('origin')
    const site = context.req.header('sec-fetch-site')
    const foreign =
      (origin !== undefined && !known.has(origin)) ||
      (site !== undefined && !['same-origin', 'none'].includes(site))
    if (foreign) throw new Refusal('origin_unknown', 'This record answers its own pages only.')
    if (!['GET', 'HEAD'].includes(context.req.method)) {
      const type = (context.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
      if (type !== 'application/json')
        throw new Refusal('not_json', 'Send this as JSON, with "Content-Type: application/json".')
    }
    await next()
  }
}

/**
 * The key of the printed address, as `Authorization: Bearer`, `X-Rapporteur-Key`, or `key` in the query: another user of
 * this machine can reach the port, and must not get further.
 *
 * @throws Refusal `key_missing`
 */
export function onlyWithKey(key: string): MiddlewareHandler {
  const expected = sha256(key)
  return async (context, next) => {
    const bearer = /^Bearer (.+)$/i.exec(context.req.header('authorization') ?? '')?.[1]
    const given = bearer ?? context.req.header('x-rapporteur-key') ?? context.req.query('key') ?? ''
    if (!timingSafeEqual(expected, sha256(given))) {
      throw new Refusal(
        'key_missing',
        'Open the address that "rapporteur start" printed; it holds the key to this record.',
      )
    }
    await next()
  }
}
