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
  if (isObject(value)) {
    let members = ''
    // Without a comparison, sort() goes by UTF-16 units, as the RFC wants.
    for (const name of Object.keys(value).sort()) {
      const member = value[name]
      if (member !== undefined)
        members += `${members === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(member)}`
    }
    return `{${members}}`
  }
  throw new TypeError(`JSON cannot hold a ${typeof value}.`)
}

/** Whether a value has members by name. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** A shape as plain JSON: members that are `undefined` go, nothing else changes. */
export function toJson(value: unknown): { [member: string]: Json } {
  return JSON.parse(JSON.stringify(value))
}

/** Any JSON value, as a schema: one object for all contracts, so that their page can name it. */
export const AnyJson = z.json()
