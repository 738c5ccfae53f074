import { z } from 'zod'

/** Records about identified people, within a dossier, that a named few may open. */
export const Case = z.strictObject({
  dossier: z.string(),
  /** How people speak of it where others may hear: random, so that it tells nothing. */
  code: z.string(),
  title: z.string().min(1),
  openedBy: z.string(),
})
export type Case = z.infer<typeof Case>

/** Access of one person to one compartment: a dossier's team, or a case. */
export const Access = z.strictObject({
  compartment: z.string(),
  person: z.string(),
  by: z.string(),
  reason: z.string().min(1),
  /** ISO 8601 moment after which it is worth nothing; null where it has no term. */
  until: z.string().nullable(),
  /** When it was taken away, and by whom; null while it stands. */
  ended: z.string().nullable(),
  endedBy: z.string().nullable(),
})
export type Access = z.infer<typeof Access>
