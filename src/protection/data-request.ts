import { z } from 'zod'

/** What somebody may ask for, GDPR articles 15 to 21. Labels: request-types. */
export const REQUEST_TYPES = [
  'access',
  'rectification',
  'erasure',
  'restriction',
  'portability',
  'objection',
] as const
export const REQUEST_OUTCOMES = ['done', 'partly', 'refused'] as const

const day = z.iso.date()
/** A request of somebody whose data are kept, with its clock. Made while a case is open it belongs to that case. */
export const DataRequest = z.strictObject({
  type: z.enum(REQUEST_TYPES),
  /** Who asks, and how they are answered safely. */
  asker: z.string().min(1),
  contact: z.string().nullable(),
  /** What they ask about, in short. */
  concerns: z.string().min(1),
  receivedOn: day,
  due: day,
  /** Once, by two months, and the asker was told why. */
  extended: z.strictObject({ by: z.string(), at: z.string(), reason: z.string() }).nullable(),
  state: z.enum(['open', 'answered', 'refused']),
  answer: z
    .strictObject({ by: z.string(), at: z.string(), outcome: z.enum(REQUEST_OUTCOMES), words: z.string() })
    .nullable(),
  recordedBy: z.string(),
})
export type DataRequest = z.infer<typeof DataRequest>

/**
 * The same day some months later, or the last day of that month: a term of months ends on the day whose number is that of
 * the day it began (Regulation 1182/71, article 3).
 */
export function monthsLater(from: string, months: number): string {
  const [year = 0, month = 1, date = 1] = from.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}
