import { z } from 'zod'
import { Guards, reading, wholeNumber } from '../foundation/operation.ts'

const HitView = z.object({
  record: z.string(),
  kind: z.enum(['passage', 'title', 'matter']),
  source: z.string().nullable(),
  title: z.string().nullable(),
  publisher: z.string().nullable(),
  group: z.string(),
  date: z.string().nullable(),
  /** Whose interest may stand behind the source; shown wherever it is cited. */
  independence: z.string().nullable(),
  dossier: z.string().nullable(),
  language: z.string(),
  rank: z.number(),
  start: z.number(),
  text: z.string(),
  /** Of a matter, its other names that were found too. */
  alsoAs: z.array(z.string()),
})
export type HitView = z.infer<typeof HitView>

const counts = z.record(z.string(), z.number())

export const searchOperations = {
  search: reading({
    path: '/search',
    summary: 'One question over everything the asker may see',
    refusals: ['dossier_unknown'],
    query: z.strictObject({
      q: z.string().default(''),
      dossier: z.string().optional(),
      source: z.string().optional(),
      language: z.string().optional(),
      kind: z.enum(['passage', 'title', 'matter']).optional(),
      limit: wholeNumber(20, 100),
      offset: wholeNumber(0, 10_000),
    }),
    answer: z.object({
      /** Sentences, titles and matters; a matter counts once, under however many names it was found. */
      total: z.number(),
      hits: z.array(HitView),
      facets: z.object({ kind: counts, language: counts, source: counts }),
      sources: z.record(z.string(), z.string()),
      guards: Guards,
    }),
  }),
}
