import { z } from 'zod'

/** Why something is erased, as a class: the GDPR's article 17 (1) and what national law adds. Labels: erasure-grounds. */
export const ERASURE_GROUNDS = [
  'consent_withdrawn',
  'objection',
  'not_needed',
  'unlawful',
  'court_order',
  'minor',
  'other_law',
] as const
/** Who asked for it, by role; their name stands nowhere. Labels: erasure-askers. */
export const ERASURE_ASKERS = ['subject', 'representative', 'authority', 'ourselves'] as const
/** Why it is not done, article 17 (3). Labels: erasure-exceptions. */
export const ERASURE_EXCEPTIONS = [
  'expression',
  'legal_obligation',
  'legal_claims',
  'archive',
  'not_theirs',
  'mistaken',
] as const
/** The record with what cannot stand without it, or that and every record that names it. */
export const ERASURE_REACHES = ['record', 'named'] as const

/** An erasure: proposed by one, done when a second, different person has confirmed it. It holds no word of what is erased. */
export const Erasure = z.strictObject({
  target: z.string(),
  kind: z.string(),
  reach: z.enum(ERASURE_REACHES),
  ground: z.enum(ERASURE_GROUNDS),
  askedBy: z.enum(ERASURE_ASKERS),
  /** The request of somebody concerned that it answers. */
  request: z.string().nullable(),
  state: z.enum(['proposed', 'declined', 'done']),
  proposedBy: z.string(),
  proposedAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  declined: z.enum(ERASURE_EXCEPTIONS).nullable(),
  /** How many records of each kind whoever confirmed it saw go. */
  counts: z.record(z.string(), z.number()).nullable(),
})
export type Erasure = z.infer<typeof Erasure>

export interface KnownErasure {
  readonly id: string
  readonly revision: number
  readonly erasure: Erasure
}

/** Whoever works alone confirms their own proposal after so long: a night lies between. Milliseconds. */
export const ALONE_WAITS = 24 * 60 * 60 * 1000
