import { isIPv6 } from 'node:net'
import type { Context } from 'hono'
import type { Visitor } from '../protection/gatehouse.ts'
import type { Place } from './site.ts'

/** Who is at the door: from which address by which kind of browser. Neither is written down as it is. */
export function visitorOf(context: Context, place: Place): Visitor {
  const agent = context.req.header('user-agent') ?? ''
  return { address: networkOf(addressOf(context, place)), device: deviceOf(agent) }
}

/**
 * The address of the socket. What a request says of itself (X-Forwarded-For) counts only where it comes from the one proxy
 * that was named, and of that only the last entry, which the proxy wrote itself.
 */
function addressOf(context: Context, { proxy }: Place): string {
  const { incoming } = (context.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
  const socket = plain(incoming?.socket?.remoteAddress ?? '')
  if (proxy === null || socket !== plain(proxy)) return socket
  const forwarded = context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? ''
  return plain(forwarded) || socket
}

function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase()
}

/** Of IPv6 the first 64 bits: whoever has one address has all of those. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail = ''] = address.split('%')[0]?.split('::') ?? []
  const first = head.split(':').filter(Boolean)
  const last = tail.split(':').filter(Boolean)
  const whole = [
    ...first,
    ...Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0'),
    ...last,
  ]
  return `${whole
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(':')}::/64`
}

const BROWSERS: readonly [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrom(e|ium)\//, 'Chromium'],
  [/Safari\//, 'Safari'],
]
const SYSTEMS: readonly [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux|X11/, 'Linux'],
]

function deviceOf(agent: string): string {
  const found = [BROWSERS, SYSTEMS].map((list) => list.find(([pattern]) => pattern.test(agent))?.[1])
  return found.filter(Boolean).join(', ')
}
