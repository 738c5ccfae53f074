import { z } from 'zod'
import { VALUE_TYPES } from '../matters/aspect.ts'
import { STANDARDS_OF_PROOF } from './finding.ts'
import { POLARITIES, STATEMENT_KINDS } from './statement.ts'

/** A date with the days it may reach, counted from 1970-01-01, so that a page can draw it without a calendar. */
export const DateView = z.object({
  edtf: z.string(),
  earliest: z.number().nullable(),
  latest: z.number().nullable(),
  uncertain: z.boolean(),
  approximate: z.boolean(),
  start: z.enum(['known', 'open', 'unknown']),
  end: z.enum(['known', 'open', 'unknown']),
})
export type DateView = z.infer<typeof DateView>

export const MatterRef = z.object({
  id: z.string(),
  name: z.string(),
  /** By language, where a name in it is recorded. */
  titles: z.record(z.string(), z.string()),
  kind: z.string(),
})
export type MatterRef = z.infer<typeof MatterRef>

export const QuantityView = z.object({
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  approx: z.boolean(),
  vague: z.boolean(),
  unit: z.string().nullable(),
  scope: z.string().nullable(),
  asOf: z.string().nullable(),
})

/** A value as a page shows it; exactly one of `date`, `matter`, `quantity` is there where its type says so. */
export const ValueView = z.object({
  type: z.enum(VALUE_TYPES),
  text: z.string(),
  date: DateView.nullable(),
  matter: MatterRef.nullable(),
  quantity: QuantityView.nullable(),
})
export type ValueView = z.infer<typeof ValueView>

export const EntryView = z.object({
  n: z.number(),
  matter: MatterRef,
  aspect: z.string(),
  /** The matter's name on the day of the document, where it had another one then. */
  nameThen: z.string().nullable(),
  asStated: z.string().nullable(),
  value: ValueView.nullable(),
  normalised: ValueView.nullable(),
  reason: z.string().nullable(),
  /** What became of the normalisation. */
  state: z.enum(['none', 'proposed', 'accepted', 'rejected']),
  emendation: z.string().nullable(),
  implied: z.boolean(),
})
export type EntryView = z.infer<typeof EntryView>

export const SpeakerView = z.object({
  name: z.string(),
  group: z.string(),
  matter: z.string().nullable(),
  as: z.string().nullable(),
  for: z.string().nullable(),
  named: z.boolean(),
  inferred: z.boolean(),
  /** Roles held on the day of speaking, as statements tell them. */
  roles: z.array(z.object({ role: z.string(), title: z.string(), period: z.string().nullable() })),
  /** Interests in the matter that somebody declared for the speaker. */
  interests: z.array(z.string()),
})
/** One mouth of a chain; `own` is the source's own voice under its publisher's name, `unknown` nobody designated. */
export const MouthView = z.object({
  voice: z.enum(['own', 'unknown', 'speaker', 'jointly']),
  speakers: z.array(SpeakerView),
  polarity: z.string().nullable(),
})
export type MouthView = z.infer<typeof MouthView>

export const PassageView = z.object({
  id: z.string(),
  exact: z.string(),
  start: z.number(),
  end: z.number(),
  state: z.enum(['intact', 'moved', 'lost']),
  loose: z.array(z.string()),
  marked: z.string().nullable(),
  /** The page it begins on, from 1; null where there are none. */
  page: z.number().nullable(),
})
export type PassageView = z.infer<typeof PassageView>

export const SourceRef = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.string(),
  date: z.string().nullable(),
  publisher: z.string().nullable(),
  group: z.string(),
  independence: z.string().nullable(),
  interest: z.string().nullable(),
})
export type SourceRef = z.infer<typeof SourceRef>

export const StatementView = z.object({
  id: z.string(),
  item: z.string(),
  kind: z.enum(STATEMENT_KINDS),
  polarity: z.enum(POLARITIES),
  /** Of the innermost speaker: the column in which it stands. */
  group: z.string(),
  /** Outermost first. Empty: no speaker was coded. */
  chain: z.array(MouthView),
  missing: z.boolean(),
  said: z.string().nullable(),
  about: z.array(EntryView),
  passages: z.array(PassageView),
  source: SourceRef,
  hedges: z.array(z.string()),
  scareQuoted: z.array(z.string()),
  ambiguity: z.object({ of: z.string(), readings: z.array(z.string()) }).nullable(),
  publishable: z.boolean(),
  checks: z.array(z.string()),
  /** A promise or claim that concerns no right. */
  outsideRights: z.boolean(),
  note: z.string().nullable(),
})
export type StatementView = z.infer<typeof StatementView>

/** One of the values that cannot all hold, and who says it; equal words of one speaker are one side. */
export const ConflictSide = z.object({
  statement: z.string(),
  item: z.string(),
  source: z.string(),
  group: z.string(),
  /** Empty where the words name nobody. */
  speaker: z.string(),
  polarity: z.enum(POLARITIES),
  text: z.string(),
  /** Whether the text is the source's own words. */
  quoted: z.boolean(),
})
export type ConflictSide = z.infer<typeof ConflictSide>

export const ConflictView = z.object({
  id: z.string(),
  matter: MatterRef,
  aspect: z.string(),
  by: z.enum(['values', 'polarity', 'link', 'containment']),
  statements: z.array(z.string()),
  groups: z.array(z.string()),
  sides: z.array(ConflictSide),
})
export type ConflictView = z.infer<typeof ConflictView>

export const TensionView = z.object({
  id: z.string(),
  from: StatementView,
  to: StatementView,
  rel: z.string(),
  note: z.string().nullable(),
})
export type TensionView = z.infer<typeof TensionView>

export const FindingView = z.object({
  id: z.string(),
  matter: MatterRef,
  aspect: z.string().nullable(),
  proposition: z.string(),
  standard: z.enum(STANDARDS_OF_PROOF),
  met: z.boolean().nullable(),
  reasons: z.string(),
  for: z.array(z.string()),
  against: z.array(z.string()),
  state: z.enum(['proposed', 'held', 'attested', 'withdrawn']),
  proposedBy: z.string(),
  proposedAt: z.string(),
  mine: z.boolean(),
  secondedBy: z.string().nullable(),
  attestedIn: z.string().nullable(),
  withdrawn: z.object({ by: z.string(), at: z.string(), reason: z.string() }).nullable(),
  dissent: z.array(z.object({ by: z.string(), at: z.string(), reason: z.string() })),
})
export type FindingView = z.infer<typeof FindingView>
