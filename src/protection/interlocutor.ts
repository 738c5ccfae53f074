import { z } from 'zod'
import { HELPER_ROLES } from './consent-codes.ts'

/** How somebody is reached without harm: over what, when, and in which language. */
const reached = {
  channel: z.string().default(''),
  hours: z.string().default(''),
  /** ISO 639-1, or as it is called. */
  language: z.string().default(''),
}

/** Who somebody really is. Kept in the case; its place is ready to hold ciphertext. */
export const Identity = z.strictObject({ name: z.string().default(''), contact: z.string().default('') })

/** A person who tells us something; known by a pseudonym that tells nothing. */
export const Interlocutor = z.strictObject({
  pseudonym: z.string(),
  identity: Identity.nullable(),
  ...reached,
  /** A helper of the case. */
  interpreter: z.string().nullable(),
  /** What could happen to them, and what is done against it. */
  risk: z.string().default(''),
  /** The matter that is them, where the record speaks of them. */
  matter: z.string().nullable(),
})
export type Interlocutor = z.infer<typeof Interlocutor>

/** Somebody beside us when we work: interpreter, driver, national staff. They have a risk of their own. */
export const Helper = z.strictObject({
  role: z.enum(HELPER_ROLES),
  name: z.string().min(1),
  contact: z.string().default(''),
  ...reached,
  risk: z.string().default(''),
})
export type Helper = z.infer<typeof Helper>

/** A record that a person has said to concern an interlocutor, beside all that does by itself. */
export const Concern = z.strictObject({
  interlocutor: z.string(),
  record: z.string(),
  reason: z.string().min(1),
  by: z.string(),
  ended: z.string().nullable(),
})
export type Concern = z.infer<typeof Concern>

/** Somebody trained to take accounts of sexual violence. */
export const Training = z.strictObject({
  person: z.string(),
  by: z.string(),
  at: z.string(),
  note: z.string().min(1),
  ended: z.string().nullable(),
})
export type Training = z.infer<typeof Training>
