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

/** What the words of statements suggest; a person takes it or leaves it. `item` is the statement's name in coding files. */
export const SuggestionsView = z.object({
  dates: z.array(
    z.object({
      statement: z.string(),
      item: z.string(),
      n: z.number(),
      asStated: z.string(),
      date: RelativeDateView,
    }),
  ),
  checks: z.array(z.object({ statement: z.string(), item: z.string(), check: z.string(), word: z.string() })),
})
export type SuggestionsView = z.infer<typeof SuggestionsView>
