import { z } from 'zod'

/** From the least to the most demanding; labels are in vocabularies/standards-of-proof. */
export const STANDARDS_OF_PROOF = [
  'reasonable_suspicion',
  'reasonable_grounds_to_believe',
  'balance_of_probabilities',
  'beyond_reasonable_doubt',
] as const

/** What our organisation holds: proposed by one, held when a second, different person has read it. */
export const Finding = z.strictObject({
  dossier: z.string(),
  matter: z.string(),
  aspect: z.string().nullable(),
  proposition: z.string().min(1),
  /** The standard asked; `met` says whether what is on record reaches it. */
  standard: z.enum(STANDARDS_OF_PROOF),
  met: z.boolean().nullable(),
  reasons: z.string().min(1),
  for: z.array(z.string()),
  against: z.array(z.string()),
  state: z.enum(['proposed', 'held', 'attested', 'withdrawn']),
  proposedBy: z.string(),
  proposedAt: z.string(),
  secondedBy: z.string().nullable(),
  secondedAt: z.string().nullable(),
  /** The source that is an outside reader's signed paper. */
  attestedIn: z.string().nullable(),
  /** Who took it back, when it no longer is what we hold. */
  withdrawn: z.strictObject({ by: z.string(), at: z.string(), reason: z.string() }).optional(),
  dissent: z.array(z.strictObject({ by: z.string(), at: z.string(), reason: z.string() })),
})
export type Finding = z.infer<typeof Finding>

export interface KnownFinding {
  readonly id: string
  readonly revision: number
  readonly finding: Finding
}
