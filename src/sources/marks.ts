import { codePointSlice } from '../foundation/code-points.ts'
import type { Mark } from './source.ts'

/** A line shorter than this may be a label or a heading. Code points. */
const SHORT = 80

/** Words that belong to a page and not to its article, in the three languages. */
const NAVIGATION =
  /^(recent (features|posts|articles)|related( articles| stories)?|read more|share( this)?|subscribe|sign up|log in|advertisement|cookies?|menu|most (read|popular)|читайте также|поделиться|подписаться|реклама|оқи отырыңыз|бөлісу|жарнама)\b/iu

/**
 * Proposals: which sentences repeat another one, and which belong to the page around the text. Of a repeated
 * headline the occurrence nearest before the text stands for all; of a repeated label the first.
 */
export function marksOf(text: string, sentences: readonly (readonly [number, number])[]): Mark[] {
  const slice = codePointSlice(text)
  const lines = sentences.map(([start, end]) => ({
    start,
    end,
    words: slice(start, end).replace(/\s+/g, ' '),
    n: 0,
  }))
  for (const [n, line] of lines.entries()) line.n = n
  const marks: Mark[] = []
  const groups = new Map<string, typeof lines>()
  for (const line of lines) {
    const group = groups.get(line.words)
    if (group) group.push(line)
    else groups.set(line.words, [line])
  }
  for (const group of groups.values()) {
    if (group.length < 2) continue
    const kept = group[isHeadline(group[0]?.words ?? '') ? Math.floor(group.length / 2) : 0]
    let last: Mark | undefined
    let lastLine = Number.NaN
    for (const { start, end, n } of group) {
      if (!kept || n === kept.n) continue
      // One directly after another is one mark: a line written a million times is no million of marks.
      if (last && n === lastLine + 1) last.end = end
      else {
        last = { kind: 'repeat', start, end, of: [kept.start, kept.end], rule: 'the same line again' }
        marks.push(last)
      }
      lastLine = n
    }
  }
  for (const [n, { start, end, words }] of lines.entries()) {
    const repeatedLabel = (groups.get(words)?.length ?? 0) > 1 && !isHeadline(words) && words.length < SHORT
    if (NAVIGATION.test(words) && words.length < SHORT)
      marks.push({ kind: 'boilerplate', start, end, rule: 'navigation words' })
    else if (repeatedLabel && n < 8)
      marks.push({ kind: 'boilerplate', start, end, rule: 'repeated label above the text' })
  }
  return marks.sort((a, b) => a.start - b.start)
}

function isHeadline(words: string): boolean {
  return words.split(' ').length >= 4
}
