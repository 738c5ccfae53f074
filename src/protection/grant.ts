import { z } from 'zod'
import {
  CONSENT_METHODS,
  EXPLAINED,
  GIVEN_BY,
  GRANTABLE,
  IDENTIFIABILITIES,
  PURPOSES,
  SHOWN,
  TASK_KINDS,
} from './consent-codes.ts'

/** A calendar day, as 2026-11-25. */
export const Day = z.iso.date()

/** One thing somebody allows or refuses: for what, to whom, how far they may be recognised, on which conditions, how long. */
export const Allowed = z.strictObject({
  purpose: z.enum(PURPOSES),
  recipient: z.enum(GRANTABLE),
  identifiability: z.enum(IDENTIFIABILITIES),
  conditions: z.string().trim().default(''),
  from: Day,
  to: Day.nullable().default(null),
})
export type Allowed = z.infer<typeof Allowed>

/** The talk in which it was given. */
export const Talk = z.strictObject({
  language: z.string().trim().min(1),
  method: z.enum(CONSENT_METHODS),
  /** Who heard it where it was spoken and not recorded. */
  notedBy: z.string().trim().default(''),
  givenBy: z.enum(GIVEN_BY),
  /** Who that is, where it is not the person. */
  giver: z.string().trim().default(''),
  /** A helper of the case. */
  interpreter: z.string().nullable().default(null),
  explained: z.array(z.enum(EXPLAINED)),
  questions: z.string().trim().default(''),
  /** How long they had to decide, in words. */
  timeToDecide: z.string().trim().default(''),
  nextContact: Day.nullable().default(null),
  /** The signed paper or the recording: a source of the case. */
  evidence: z.string().nullable().default(null),
})
export type Talk = z.infer<typeof Talk>

export const Withdrawal = z.strictObject({
  on: Day,
  takenBy: z.string(),
  words: z.string(),
  recordedAt: z.string(),
})

/** One consent, or one refusal. */
export const Grant = z.strictObject({
  interlocutor: z.string(),
  ...Allowed.shape,
  ...Talk.shape,
  recordedBy: z.string(),
  recordedAt: z.string(),
  withdrawn: Withdrawal.nullable(),
})
export type Grant = z.infer<typeof Grant>

/** Why something about a public figure is used though nobody could ask them; it stands when a second person has read it. */
export const PublicReason = z.strictObject({
  interlocutor: z.string(),
  purpose: z.enum(PURPOSES),
  recipient: z.enum(GRANTABLE),
  identifiability: z.enum(SHOWN),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
  state: z.enum(['proposed', 'stands', 'ended']),
  secondedBy: z.string().nullable(),
  secondedAt: z.string().nullable(),
  endedBy: z.string().nullable(),
  endedWhy: z.string().nullable(),
})
export type PublicReason = z.infer<typeof PublicReason>

/** Something owed to a person: news of what became of it, the next contact, a use to be called back. */
export const Task = z.strictObject({
  interlocutor: z.string(),
  kind: z.enum(TASK_KINDS),
  due: Day,
  /** Who does it. */
  who: z.string(),
  note: z.string(),
  /** The use that is to be called back; tasks of before uses had ids name its number, which is the end of its id. */
  use: z.union([z.string(), z.number().transform((n) => `use_${String(n).padStart(20, '0')}`)]).nullable(),
  interview: z.string().nullable(),
  done: z.strictObject({ at: z.string(), by: z.string(), what: z.string() }).nullable(),
})
export type Task = z.infer<typeof Task>
