import { z } from 'zod'
import { LEVELS } from './actor.ts'

/** That it was raised or lowered who may see a record, and everything that had to go along. */
export const LevelChange = z.strictObject({
  /** The record that was asked about. */
  record: z.string(),
  from: z.enum(LEVELS),
  to: z.enum(LEVELS),
  /** The dossier whose team, or the case, that it belongs to from then on; null where it belongs to all of us. */
  within: z.string().nullable(),
  reason: z.string().min(1),
  by: z.string(),
  at: z.string(),
  /** A raise is done at once; lowering waits for a second person. */
  state: z.enum(['done', 'proposed', 'confirmed', 'declined']),
  /** Of a raise: earlier revisions of other records that named something which went, and went with it. */
  heldBack: z.array(z.strictObject({ record: z.string(), n: z.number().int() })),
  /** Of lowering: the records that are lowered together, the one asked about first. */
  together: z.array(z.string()),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  answer: z.string().nullable(),
})
export type LevelChange = z.infer<typeof LevelChange>
