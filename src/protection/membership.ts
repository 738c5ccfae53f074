import { z } from 'zod'
import { CLEARED, ROLES, type Role } from './actor.ts'

/** Who works in an organisation, in which roles, and whether they still do. */
export const Membership = z.strictObject({
  person: z.string(),
  roles: z.array(z.enum(ROLES)),
  /** When it ended; null while it stands. */
  ended: z.string().nullable(),
  /** When the account was set anew, and which two administrators agreed to it. */
  reset: z.strictObject({ at: z.string(), by: z.array(z.string()) }).optional(),
})
export type Membership = z.infer<typeof Membership>

/** Whether somebody in these roles sees content at all. */
export function isCleared(roles: readonly Role[]): boolean {
  return roles.some((role) => CLEARED.includes(role))
}
