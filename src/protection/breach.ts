import { z } from 'zod'

/** What was touched. Labels: breach-classes. */
export const BREACH_CLASSES = [
  'names',
  'contacts',
  'testimony',
  'health',
  'violence',
  'children',
  'views',
  'location',
  'credentials',
  'other',
] as const
export const BREACH_RISKS = ['unlikely', 'risk', 'high'] as const

const told = z.strictObject({
  at: z.iso.datetime({ offset: true }).nullable(),
  /** Why late, or why not at all; empty where told in time. */
  why: z.string(),
})
/** A breach, as the record of article 33 (5) needs it: what happened, to what, with what effect, and what was done. */
export const Breach = z.strictObject({
  noticedAt: z.iso.datetime({ offset: true }),
  /** Within 72 hours after having become aware, article 33 (1). */
  due: z.string(),
  what: z.string().min(1),
  classes: z.array(z.enum(BREACH_CLASSES)).min(1),
  /** About how many people; null while unknown. */
  people: z.number().int().nonnegative().nullable(),
  effects: z.string(),
  measures: z.string(),
  risk: z.enum(BREACH_RISKS),
  authority: told,
  subjects: told,
  closed: z.strictObject({ by: z.string(), at: z.string() }).nullable(),
  recordedBy: z.string(),
})
export type Breach = z.infer<typeof Breach>

/** Milliseconds. */
export const TELL_WITHIN = 72 * 60 * 60 * 1000

/** What still has to be said before a breach can be closed. */
export function openPoints({ due, measures, effects, risk, authority, subjects }: Breach): string[] {
  const late = authority.at !== null && Date.parse(authority.at) > Date.parse(due)
  return [
    ...(effects.trim() === '' ? ['effects'] : []),
    ...(measures.trim() === '' ? ['measures'] : []),
    // Not told, or told late: why.
    ...((authority.at === null || late) && authority.why.trim() === '' ? ['authority'] : []),
    ...(risk === 'high' && subjects.at === null && subjects.why.trim() === '' ? ['subjects'] : []),
  ]
}
