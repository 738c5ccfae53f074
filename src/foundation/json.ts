import { z } from 'zod'

/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/**
 * The one spelling of a JSON value (RFC 8785): members sorted by UTF-16 units, no spaces, numbers and strings as
 * ECMAScript prints them. Members that are `undefined` are left out.
 *
 * @throws TypeError for numbers that JSON cannot hold.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`JSON cannot hold the number ${value}.`)
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`
  }
  throw new TypeError(`JSON cannot hold a ${typeof value}.`)
}

/** A shape as plain JSON: members that are `undefined` go, nothing else changes. */
export function toJson(value: unknown): { [member: string]: Json } {
  return JSON.parse(JSON.stringify(value))
}

/** Any JSON value, as a schema: one object for all contracts, so that their page can name it. */
export const AnyJson = z.json()
