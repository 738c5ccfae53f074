import { z } from 'zod'

export const REFERRALS = ['medical', 'psychosocial', 'legal', 'shelter'] as const
export const PRESENCE = ['interviewer', 'interpreter', 'lawyer', 'family', 'guardian', 'other'] as const

/** Help that somebody was offered, and whether they want it. */
export const Referral = z.strictObject({
  kind: z.enum(REFERRALS),
  /** To whom. */
  to: z.string().trim().default(''),
  agreed: z.boolean(),
  note: z.string().trim().default(''),
})

/** Somebody who was there: one of us, a helper of the case, or somebody by what they are. */
export const Present = z.strictObject({
  role: z.enum(PRESENCE),
  person: z.string().nullable().default(null),
  helper: z.string().nullable().default(null),
  name: z.string().trim().default(''),
})

/** What is told of an interview beside its words; these stand in its sources, frozen like any other. */
export const InterviewFacts = z.strictObject({
  /** The day, as 2026-11-25. */
  on: z.iso.date(),
  place: z.string().trim().default(''),
  language: z.string().trim().default(''),
  present: z.array(Present).min(1),
  sources: z.array(z.string()),
  referrals: z.array(Referral).default([]),
  promised: z.string().trim().default(''),
  /** What they want corrected or kept out. */
  limits: z.string().trim().default(''),
})
export type InterviewFacts = z.infer<typeof InterviewFacts>

export const Interview = z.strictObject({
  interlocutor: z.string(),
  ...InterviewFacts.shape,
  /** Earlier accounts by the same person that were shown before this one, and why another was needed. */
  earlier: z.strictObject({ seen: z.array(z.string()), why: z.string() }).nullable(),
  /** The form with what was told of sexual violence; its words are for those trained alone. */
  form: z.string().nullable(),
  recordedBy: z.string(),
})
export type Interview = z.infer<typeof Interview>

/** What was told of sexual violence; asked only by those who know how, and only as far as somebody wants to tell. */
export const SensitiveAccount = z.strictObject({
  account: z.string().trim().min(1),
  /** What was done at once: medical help within its time, a safe place. */
  urgent: z.string().trim().default(''),
  wishes: z.string().trim().default(''),
})
export type SensitiveAccount = z.infer<typeof SensitiveAccount>

/** The record of a form: who wrote it for which interview. Its words stand beside it, and only their hash in the ledger. */
export const SensitiveForm = z.strictObject({
  interview: z.string(),
  by: z.string(),
  at: z.string(),
  textSha256: z.string(),
})
export type SensitiveForm = z.infer<typeof SensitiveForm>
