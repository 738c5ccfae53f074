import { useEffect, useState } from 'react'
import { statementOperations } from '../../statements/contract.ts'
import type { SuggestionsView } from '../../statements/suggestion-shapes.ts'
import type { ConflictView } from '../../statements/view-shapes.ts'
import { call } from '../api.ts'
import { useHere } from '../house.tsx'
import { type CodingDraft, codingFileOf } from './coding-draft.ts'
import type { Words } from './words-at-hand.ts'

interface Preview {
  readonly conflicts: readonly ConflictView[]
  readonly suggestions: SuggestionsView
}
const NOTHING_SEEN: Preview = { conflicts: [], suggestions: { dates: [], checks: [] } }

/** The conflicts in which this statement would stand, and what its words suggest; asked once the hands are still. */
export function usePreview(
  draft: CodingDraft,
  words: Words,
  { id, declared }: { id: string; declared: boolean },
): Preview {
  const { slug } = useHere()
  const [seen, setSeen] = useState<Preview>(NOTHING_SEEN)
  useEffect(() => {
    if (draft.about === null || draft.about.id === null || draft.aspect.trim() === '') {
      setSeen(NOTHING_SEEN)
      return
    }
    let current = true
    const soon = setTimeout(() => {
      call(statementOperations.previewCoding, {
        params: { slug },
        body: codingFileOf(draft, words, { id, declared }),
      }).then(
        (outcome) => current && setSeen(outcome),
        () => current && setSeen(NOTHING_SEEN),
      )
    }, 400)
    return () => {
      current = false
      clearTimeout(soon)
    }
  }, [draft, words, id, declared, slug])
  return seen
}
