import type { Matter } from './matter.ts'

/**
 * How a matter is titled, by language: the first name recorded in that language that is simply another way to write it. A
 * metonym, a former name or one of its time is no title; a name whose language nobody knows serves no language.
 */
export function titlesOf({ names }: Pick<Matter, 'names'>): Record<string, string> {
  const titles: Record<string, string> = {}
  for (const { text, language, use } of names) {
    const plain = use === 'spelling' || use === 'alias'
    if (plain && language !== 'und') titles[language] ??= text
  }
  return titles
}
