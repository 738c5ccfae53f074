import type { Language } from '../../vocabularies/vocabulary.ts'
import { refusalsKk } from '../words/refusals-kk.ts'
import { refusalsRu } from '../words/refusals-ru.ts'

const SAID: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {},
  ru: refusalsRu,
  kk: refusalsKk,
}

/** Refusals whose own sentence names what only the server knows: whose, which, until when. */
const NAMES_MORE: ReadonlySet<string> = new Set([
  'ambiguous',
  'coding_unreadable',
  'conditions_unread',
  'consent_missing',
  'erasure_waits',
  'folder_unwritable',
  'original_altered',
  'original_missing',
  'request_unreadable',
  'same_name_there',
])

/**
 * A refusal in the language of the interface; with the server's own English sentence behind it where that names more, or
 * where there is no other.
 */
export function refusalIn(
  language: Language,
  { code, message }: { readonly code: string; readonly message: string },
): { sentence: string | null; original: string | null } {
  const sentence = SAID[language][code] ?? null
  return { sentence, original: sentence === null || NAMES_MORE.has(code) ? message : null }
}
