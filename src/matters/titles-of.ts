import type { Matter } from './matter.ts'

/**
 * How a matter is titled, by language: the first spelling recorded in that language. An alias may be somebody's label for
 * it, and a title is neutral; a metonym, a former name or one of its time is no title either; a name whose language
 * nobody knows serves no language.
 */
export function titlesOf({ names }: Pick<Matter, 'names'>): Record<string, string> {
  const titles: Record<string, string> = {}
  for (const { text, language, use } of names) {
    if (use === 'spelling' && language !== 'und') titles[language] ??= text
  }
  return titles
}
