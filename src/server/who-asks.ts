import type { Context } from 'hono'
import { sha256, sha256Hex } from '../foundation/hashing.ts'
import { Refusal } from '../foundation/refusal.ts'
import type { Actor } from '../protection/actor.ts'
import { strangerAt, whoIsIn } from '../protection/who-is-in.ts'
import type { House } from './handlers.ts'

/**
 * Bound to this very host, to https (or this machine), and out of reach of every script (RFC 6265bis). A browser tells hosts
 * apart and not ports: two records on one machine each have a name of their own, made of a hash that says nothing of it.
 */
export function cookieOf(home: string): string {
  return `__Host-rapporteur-${sha256Hex(`cookie ${home}`).slice(0, 8)}`
}
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict'

export function givePass(context: Context, { home }: Pick<House, 'home'>, pass: string): void {
  context.header('Set-Cookie', `${cookieOf(home)}=${pass}; ${ATTRIBUTES}`)
}

/** Cookies are not cleared as a whole: those of another record on this host are somebody's session too. */
export function takePass(context: Context, { home }: Pick<House, 'home'>): void {
  context.header('Set-Cookie', `${cookieOf(home)}=; ${ATTRIBUTES}; Max-Age=0`)
  context.header('Clear-Site-Data', '"cache", "storage"')
}

/**
 * Who asks: the one person at this computer by the key of the printed address, somebody by the cookie of their browser, or
 * a script by its token.
 *
 * @throws Refusal `key_missing`, `signed_out`; `origin_unknown` where a browser's cookie comes without proof that a page of
 *   ours sent it
 */
export async function whoAsks(context: Context, house: House, key: string): Promise<Actor> {
  const shown = shownBy(context, { house, key })
  if (shown?.cookie) mustComeFromAPage(context)
  const found = shown && (await whoIsIn(house, shown))
  if (!found) throw await strangerAt(house)
  if (found.fresh !== null) givePass(context, house, found.fresh)
  return found.actor
}

function shownBy(
  context: Context,
  { house, key }: { house: House; key: string },
): { cookie: boolean; pass: string } | null {
  const bearer = /^Bearer (.+)$/i.exec(context.req.header('authorization') ?? '')?.[1]
  // Compared by their hashes, whose time tells nothing of what they were made from.
  if (bearer && sha256(bearer).equals(sha256(key))) return { cookie: false, pass: house.actor.pass }
  if (bearer) return { cookie: false, pass: bearer }
  const cookies = (context.req.header('cookie') ?? '').split(/;\s*/)
  const name = `${cookieOf(house.home)}=`
  const ours = cookies.find((one) => one.startsWith(name))
  return ours ? { cookie: true, pass: ours.slice(name.length) } : null
}

/** A cookie goes with every request that a browser sends: what changes something must say that a page of ours sent it. */
function mustComeFromAPage(context: Context): void {
  if (['GET', 'HEAD'].includes(context.req.method)) return
  if (context.req.header('sec-fetch-site') === 'same-origin' || context.req.header('origin') !== undefined)
    return
  throw new Refusal('origin_unknown', 'This record answers its own pages only.')
}
