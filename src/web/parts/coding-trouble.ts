import { tryDate } from '../../foundation/edtf.ts'
import type { Words } from '../words/en.ts'
import { boundsOf, type CodingDraft } from './coding-draft.ts'

/** A field in which something is missing or cannot be read, and the sentence that says what to do. */
export interface Missing {
  readonly at: 'about' | 'aspect' | 'value'
  readonly word: keyof Words
}

/** What stands in the way of recording a draft whole: nothing that was typed is left out of what is recorded. */
export function missingIn(draft: CodingDraft): Missing | null {
  const aspect = draft.aspect.trim()
  const value = draft.value.trim()
  const said = value !== '' || draft.valueMatter !== null || draft.normalised.trim() !== ''
  if (draft.about === null && (aspect !== '' || said)) return { at: 'about', word: 'code.aboutMissing' }
  if (draft.about !== null && aspect === '') return { at: 'aspect', word: 'code.aspectMissing' }
  if (value === '') return null
  if (draft.valueType === 'quantity' && boundsOf(value) === null)
    return { at: 'value', word: 'code.notANumber' }
  if (draft.valueType === 'date' && tryDate(value) === null)
    return { at: 'value', word: 'code.dateUnreadable' }
  return null
}
