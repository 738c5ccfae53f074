import { z } from 'zod'
import { REMARK_KINDS, Value } from './statement.ts'

const common = {
  text: z.string().optional(),
  boilerplate: z.boolean().optional(),
  note: z.string().optional(),
}

/** Our own note on words: sic, garbled, a repeat, a heading. */
export const Remark = z.strictObject({
  type: z.literal('Remark'),
  remark: z.enum(REMARK_KINDS),
  duplicateOf: z.string().optional(),
  readings: z.array(z.string()).optional(),
  ...common,
})
/** Words that name a matter: an alias, a metonym, a spelling. */
export const Mention = z.strictObject({
  type: z.literal('Mention'),
  matter: z.string().min(1),
  as: z.enum(['metonym', 'alias', 'spelling']),
  ...common,
})
/** Something the words tell about the source itself: its headline, its date, whose pictures it carries. */
export const SourceFact = z.strictObject({
  type: z.literal('SourceFact'),
  field: z.string().min(1),
  value: Value.optional(),
  suppliedBy: z.string().optional(),
  duplicateOf: z.string().optional(),
  ...common,
})
export const remarkBody = z.discriminatedUnion('type', [Remark, Mention, SourceFact])
export type RemarkBody = z.infer<typeof remarkBody>

const place = {
  dossier: z.string(),
  source: z.string(),
  passages: z.array(z.string()),
  item: z.string(),
  inventory: z.array(z.string()).optional(),
  sentence: z.string().optional(),
  motivation: z.string().optional(),
}
export const RecordedMention = Mention.extend(place)
export type RecordedMention = z.infer<typeof RecordedMention>
/** One of the three as the record holds it. */
export const RecordedRemark = z.discriminatedUnion('type', [
  Remark.extend(place),
  RecordedMention,
  SourceFact.extend(place),
])
export type RecordedRemark = z.infer<typeof RecordedRemark>
