import { z } from 'zod'

/** What a statement is, from a plain fact in the source's own voice to a question. Blueprint §1. */
export const STATEMENT_KINDS = [
  'report',
  'observation',
  'testimony',
  'inference',
  'allegation',
  'belief',
  'opinion',
  'forecast',
  'conclusion',
  'official claim',
  'denial',
  'justification',
  'position',
  'commitment',
  'recommendation',
  'demand',
  'announcement',
  'assessment',
  'question',
] as const
export const POLARITIES = ['affirmed', 'denied', 'not denied', 'doubted', 'asked'] as const
export const SPEAKER_GROUPS = [
  'state',
  'un',
  'civil-society',
  'press',
  'witness',
  'nhri',
  'igo',
  'other-state',
  'ours',
  'unknown',
] as const
export const LINK_RELS = [
  'quotes',
  'repeats',
  'answers',
  'endorses',
  'concedes',
  'disputes',
  'contradicts',
  'supports',
  'in tension with',
  'supersedes',
] as const
export const REMARK_KINDS = [
  'sic',
  'duplicate',
  'boilerplate',
  'heading',
  'garbled',
  'unit',
  'contested authenticity',
  'tainted',
  'credit',
  'cited-not-held',
] as const

const bound = z.number().nullable().optional()
/** A number as somebody put it: bounds that may be open or excluded, always with what it counts. */
export const QuantityValue = z.strictObject({
  asStated: z.string().optional(),
  lower: bound,
  upper: bound,
  lowerExclusive: z.boolean().optional(),
  upperExclusive: z.boolean().optional(),
  approx: z.boolean().optional(),
  vague: z.boolean().optional(),
  unit: z.string().optional(),
  scope: z.string().optional(),
  asOf: z.string().optional(),
  relativeTo: z.string().optional(),
  including: z.number().optional(),
  share: z.number().optional(),
  factor: z.number().optional(),
  note: z.string().optional(),
})
export type QuantityValue = z.infer<typeof QuantityValue>

/** Date (EDTF) or text as a string, a term, a matter, a quantity; null where the words alone yield none. */
export const Value = z.union([
  z.string(),
  z.strictObject({ term: z.string().min(1) }),
  z.strictObject({ matter: z.string().min(1) }),
  QuantityValue,
  z.null(),
])
export type Value = z.infer<typeof Value>

/** What a statement says of one aspect of one matter, as stated and as normalised. */
export const Entry = z.strictObject({
  matter: z.string().min(1),
  aspect: z.string().min(1),
  asStated: z.string().optional(),
  value: Value.optional(),
  normalised: Value.optional(),
  reason: z.string().optional(),
  relativeTo: z.union([z.string(), z.strictObject({ matter: z.string().min(1) })]).optional(),
  /** A group of slips that are corrected together or not at all. */
  emendation: z.string().optional(),
  /** The meaning goes beyond the words. */
  implied: z.boolean().optional(),
})
export type Entry = z.infer<typeof Entry>

const onBehalf = z.strictObject({
  name: z.string().min(1),
  key: z.string().optional(),
  group: z.enum(SPEAKER_GROUPS).optional(),
  as: z.string().optional(),
  named: z.boolean().optional(),
})
const passing = {
  act: z.enum(['quotes', 'reports']).optional(),
  /** A link may doubt what it passes on. */
  polarity: z.enum(POLARITIES).optional(),
}
const speakerMembers = {
  name: z.string().min(1),
  key: z.string().optional(),
  /** The matter, once the key is resolved. */
  matter: z.string().optional(),
  group: z.enum(SPEAKER_GROUPS).optional(),
  as: z.string().optional(),
  for: onBehalf.extend({ matter: z.string().optional() }).optional(),
  named: z.boolean().optional(),
  attribution: z.enum(['inferred']).optional(),
  said: z.string().optional(),
  protected: z.boolean().optional(),
}
export const Speaker = z.strictObject(speakerMembers)
export type Speaker = z.infer<typeof Speaker>

/** What may be known of a voice that has no name. */
const hidden = {
  group: z.enum(SPEAKER_GROUPS).optional(),
  as: z.string().optional(),
  attribution: z.enum(['inferred']).optional(),
  said: z.string().optional(),
  protected: z.boolean().optional(),
}

/** One link of a speaker chain; outermost first, the last is whose statement it is. */
export const ChainLink = z.union([
  z.strictObject({ own: z.literal(true), ...hidden, ...passing }),
  z.strictObject({ unknown: z.literal(true), ...hidden, ...passing }),
  z.strictObject({ ...speakerMembers, ...passing }),
  z.strictObject({ jointly: z.array(Speaker).min(1), said: z.string().optional(), ...passing }),
])
export type ChainLink = z.infer<typeof ChainLink>

/** Everything a statement may say of itself, in the coding format and in the record alike. */
export const statementMembers = {
  kind: z.enum(STATEMENT_KINDS),
  polarity: z.enum(POLARITIES).default('affirmed'),
  speakers: z.array(ChainLink).default([]),
  attribution: z.enum(['missing']).optional(),
  cue: z.string().optional(),
  about: z.array(Entry).default([]),
  hedges: z.array(z.string()).optional(),
  modality: z.array(z.string()).optional(),
  scareQuoted: z.array(z.string()).optional(),
  basis: z.string().optional(),
  ambiguity: z.strictObject({ of: z.string(), readings: z.array(z.string()) }).optional(),
  publishable: z.boolean().optional(),
  balance: z.enum(['favourable', 'critical']).optional(),
  checks: z.array(z.string()).optional(),
  protected: z.array(z.string()).optional(),
  open: z.union([z.boolean(), z.string()]).optional(),
  headline: z.boolean().optional(),
  note: z.string().optional(),
  language: z.string().optional(),
  outsideRights: z.boolean().optional(),
}

/** A statement as the record holds it: matters and speakers by id, its words by passage id. */
export const Statement = z.strictObject({
  ...statementMembers,
  dossier: z.string(),
  source: z.string(),
  passages: z.array(z.string()),
  /** The id it has in coding files. */
  item: z.string(),
  inventory: z.array(z.string()).optional(),
  sentence: z.string().optional(),
  motivation: z.string().optional(),
  /** Links to items that the record does not hold yet, by item name; each is made when its item comes. */
  waiting: z
    .array(z.strictObject({ rel: z.enum(LINK_RELS), to: z.string(), note: z.string().optional() }))
    .optional(),
})
export type Statement = z.infer<typeof Statement>

export interface KnownStatement {
  readonly id: string
  readonly revision: number
  readonly statement: Statement
}

/** The speakers of one link, one or several; empty for the source's own voice and for nobody designated. */
export function speakersOf(link: ChainLink): Speaker[] {
  if ('own' in link || 'unknown' in link) return []
  return 'jointly' in link ? link.jointly : [link]
}

/** Whose statement it is. Null where no speaker was coded: a coder's omission, not a hidden speaker. */
export function innermost(statement: Pick<Statement, 'speakers'>): ChainLink | null {
  return statement.speakers.at(-1) ?? null
}

/** The source hides who says it, or its words designate nobody. */
export function hidesSpeaker(statement: Pick<Statement, 'speakers' | 'attribution'>): boolean {
  const last = innermost(statement)
  return statement.attribution === 'missing' || (last !== null && 'unknown' in last)
}
