import { z } from 'zod'

/** What is looked at when its term is over. Nothing is ever deleted by itself. Labels: retention-classes. */
export const RETENTION_CLASSES = [
  'interview',
  'unused_source',
  'case',
  'dossier',
  'answered_request',
] as const
export type RetentionClass = (typeof RETENTION_CLASSES)[number]
/** Why it is kept on. Labels: retention-reasons. */
export const RETENTION_REASONS = ['ongoing', 'legal_claims', 'archive', 'wish', 'other'] as const

/** Months after which records of a class are looked at; null where they have no term. */
export const RetentionTerms = z.strictObject(
  Object.fromEntries(
    RETENTION_CLASSES.map((one) => [one, z.number().int().min(1).max(600).nullable()]),
  ) as Record<RetentionClass, z.ZodNullable<z.ZodNumber>>,
)
export type RetentionTerms = z.infer<typeof RetentionTerms>

/** Somebody looked, and it is kept until a day, for a reason. */
export const Review = z.strictObject({
  subject: z.string(),
  class: z.enum(RETENTION_CLASSES),
  until: z.iso.date(),
  reason: z.enum(RETENTION_REASONS),
  by: z.string(),
  at: z.string(),
})
export type Review = z.infer<typeof Review>
