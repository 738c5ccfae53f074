import type { Context } from 'hono'
import { sha256 } from '../foundation/hashing.ts'
import { Refusal } from '../foundation/refusal.ts'
import type { Actor } from '../protection/actor.ts'
import { strangerAt, whoIsIn } from '../protection/who-is-in.ts'
import type { House } from './handlers.ts'

/** Bound to this very host, to https (or this machine), and out of reach of every script (RFC 6265bis). */
const COOKIE = '__Host-rapporteur'
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict'

export function givePass(context: Context, pass: string): void {
  context.header('Set-Cookie', `${COOKIE}=${pass}; ${ATTRIBUTES}`)
}

export function takePass(context: Context): void {
  context.header('Set-Cookie', `${COOKIE}=; ${ATTRIBUTES}; Max-Age=0`)
  context.header('Clear-Site-Data', '"cache", "cookies", "storage"')
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
  if (found.fresh !== null) givePass(context, found.fresh)
  return found.actor
}

function shownBy(
  context: Context,
  { house, key }: { house: House; key: string },
): { cookie: boolean; pass: string } | null {
  const bearer = /^Bearer (.+)$/i.exec(context.req.header('authorization') ?? '')?.[1]
  const given = bearer ?? context.req.header('x-rapporteur-key') ?? context.req.query('key')
  // Compared by their hashes, whose time tells nothing of what they were made from.
  if (given && sha256(given).equals(sha256(key))) return { cookie: false, pass: house.actor.pass }
  if (bearer) return { cookie: false, pass: bearer }
  const cookies = (context.req.header('cookie') ?? '').split(/;\s*/)
  const ours = cookies.find((one) => one.startsWith(`${COOKIE}=`))
  return ours ? { cookie: true, pass: ours.slice(COOKIE.length + 1) } : null
}

/** A cookie goes with every request that a browser sends: what changes something must say that a page of ours sent it. */
function mustComeFromAPage(context: Context): void {
  if (['GET', 'HEAD'].includes(context.req.method)) return
  if (context.req.header('sec-fetch-site') === 'same-origin' || context.req.header('origin') !== undefined)
    return
  throw new Refusal('origin_unknown', 'This record answers its own pages only.')
}
