import { z } from 'zod'

/**
 * Our correction of slips, or our normalisation of one value: proposed by the coding, accepted or rejected by a
 * person with a reason. All entries of a group are decided together or not at all.
 */
export const Emendation = z.strictObject({
  dossier: z.string(),
  /** The group's name in coding files; `stm_…#n` for a single entry that was decided on its own. */
  name: z.string().min(1),
  state: z.enum(['proposed', 'accepted', 'rejected']),
  entries: z.array(z.strictObject({ statement: z.string(), n: z.number().int().nonnegative() })),
  reason: z.string().nullable(),
  evidence: z.array(z.string()),
  proposedBy: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decision: z.string().nullable(),
})
export type Emendation = z.infer<typeof Emendation>

export interface KnownEmendation {
  readonly id: string
  readonly revision: number
  readonly emendation: Emendation
}
