import { mustBeAllowed } from '../protection/may.ts'
import type { vocabularyOperations } from '../vocabularies/contract.ts'
import { VOCABULARIES } from '../vocabularies/vocabulary.ts'
import type { Handlers } from './handlers.ts'

export const vocabularyHandlers: Handlers<typeof vocabularyOperations> = {
  async vocabularies({ house }) {
    mustBeAllowed(house.actor, 'read')
    return {
      vocabularies: VOCABULARIES.map(({ list, version, terms }) => ({
        list,
        version,
        terms: terms.map(({ key, labels, codes, definition }) => ({ key, labels, codes, definition })),
      })),
    }
  },
}
