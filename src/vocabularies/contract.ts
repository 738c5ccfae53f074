import { z } from 'zod'
import { reading } from '../foundation/operation.ts'

const labels = z.object({ en: z.string(), ru: z.string(), kk: z.string() })
const VocabularyView = z.object({
  list: z.string(),
  version: z.string(),
  terms: z.array(
    z.object({
      key: z.string(),
      labels,
      codes: z.record(z.string(), z.string()),
      /** One line that tells it from its neighbours; null where the label says enough. */
      definition: labels.nullable(),
    }),
  ),
})

export const vocabularyOperations = {
  vocabularies: reading({
    path: '/vocabularies',
    summary:
      'Every list of terms with its version, its labels and definitions in three languages and its mapping codes',
    answer: z.object({ vocabularies: z.array(VocabularyView) }),
  }),
}
