import type { MiddlewareHandler } from 'hono'
import { Refusal } from '../foundation/refusal.ts'
import type { Place } from './site.ts'

/** Nothing is ever fetched from elsewhere, nothing runs that was not built with this program, and no text becomes a script. */
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
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

/** Of an original, which is somebody else's: should a browser show it after all, it may do nothing. */
export const ORIGINAL_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"

export const GUARDS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Permissions-Policy':
    'camera=(), microphone=(), geolocation=(), publickey-credentials-get=(self), publickey-credentials-create=(self)',
}

/** Two years: whoever came by https once never comes without it. */
const ONLY_SECURE = 'max-age=63072000'

/** What stands on every answer, refusals too. */
export function headers({ secure }: Pick<Place, 'secure'>): MiddlewareHandler {
  return async (context, next) => {
    await next()
    const { headers: given } = context.res
    for (const [name, value] of Object.entries(GUARDS))
      if (name !== 'Content-Security-Policy' || given.get(name) !== ORIGINAL_POLICY) given.set(name, value)
    if (secure) given.set('Strict-Transport-Security', ONLY_SECURE)
    if (!given.has('Cache-Control')) given.set('Cache-Control', 'no-store')
  }
}

/**
 * Only the names of the place are answered to: a page elsewhere whose name was made to point here (DNS rebinding) sends its
 * own name as `Host`.
 *
 * @throws Refusal `host_unknown`
 */
export function onlyOwnHost({ hosts, address }: Place): MiddlewareHandler {
  const known = new Set(hosts)
  return async (context, next) => {
    if (!known.has((context.req.header('host') ?? '').toLowerCase()))
      throw new Refusal('host_unknown', `Open this record as ${address}; no other name is answered.`)
    await next()
  }
}

/**
 * Writes come from our own pages, as JSON. A form or a script of another origin can send neither.
 *
 * @throws Refusal `origin_unknown`, `not_json`
 */
export function onlyOwnOrigin({ origins }: Place): MiddlewareHandler {
  const known = new Set(origins)
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
