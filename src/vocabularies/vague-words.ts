import type { Language } from './vocabulary.ts'
export function vagueBounds(
  _word: string,
  _language: Language,
): { lower: number; upper: number | null } | null {
  return null
}
