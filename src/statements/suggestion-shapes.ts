import { z } from 'zod'

/** A date that words give by way of another one, with the rule (of the list date-rules) and the table's version. */
export const RelativeDateView = z.object({
  edtf: z.string(),
  rule: z.string(),
  words: z.string(),
  anchor: z.enum(['document', 'told']),
  from: z.string(),
  version: z.string(),
})

const suggested = {
  statement: z.string(),
  /** The statement's name in coding files. */
  item: z.string(),
  source: z.string(),
  /** The words on which it stands. */
  words: z.string(),
}

/** What the words of statements suggest; a person takes it or leaves it. */
export const SuggestionsView = z.object({
  dates: z.array(
    z.object({
      ...suggested,
      n: z.number(),
      asStated: z.string(),
      date: RelativeDateView,
    }),
  ),
  checks: z.array(z.object({ ...suggested, check: z.string(), word: z.string(), version: z.string() })),
})
export type SuggestionsView = z.infer<typeof SuggestionsView>
