import { codePointSlice } from '../foundation/code-points.ts'
import type { Mark } from './source.ts'

/** A line shorter than this may be a label or a heading. Code points. */
const SHORT = 80
/** A label above the text stands among so many first lines. */
const LABELS = 8

/** Words that belong to a page and not to its article, in the three languages. */
const NAVIGATION =
  /^(recent (features|posts|articles)|related( articles| stories)?|read more|share( this)?|subscribe|sign up|log in|advertisement|cookies?|menu|most (read|popular)|читайте также|поделиться|подписаться|реклама|оқи отырыңыз|бөлісу|жарнама)\b/iu

/**
 * Proposals: which sentences repeat another one, and which belong to the page around the text. Of a repeated
 * headline the occurrence nearest before the text stands for all; of a repeated label the first.
 */
export function marksOf(text: string, sentences: readonly (readonly [number, number])[]): Mark[] {
  const slice = codePointSlice(text)
  // Looked up anew each time: a long file has hundreds of thousands, and copies of all would be the file several times over.
  const wordsOf = ([start, end]: readonly [number, number]) => {
    const words = slice(start, end)
    return /[^\S ]|\s\s/.test(words) ? words.replace(/\s+/g, ' ') : words
  }
  const repeated = repeatsAmong(sentences.map(wordsOf))
  const marks: Mark[] = []
  for (const group of repeated) {
    const [first] = group
    const isTitle = isHeadline(wordsOf(sentences[first ?? 0] ?? [0, 0]))
    const kept = group[isTitle ? Math.floor(group.length / 2) : 0]
    const [from, to] = sentences[kept ?? 0] ?? [0, 0]
    let last: Mark | undefined
    let lastLine = Number.NaN
    for (const n of group) {
      if (n === kept) continue
      const [start, end] = sentences[n] ?? [0, 0]
      // One directly after another is one mark: a line written a million times is no million of marks.
      if (last && n === lastLine + 1) last.end = end
      else {
        last = { kind: 'repeat', start, end, of: [from, to], rule: 'the same line again' }
        marks.push(last)
      }
      lastLine = n
    }
  }
  const again = new Set(repeated.flatMap((group) => group.filter((n) => n < LABELS)))
  for (const [n, sentence] of sentences.entries()) {
    const words = wordsOf(sentence)
    if (words.length >= SHORT) continue
    const [start, end] = sentence
    if (NAVIGATION.test(words)) marks.push({ kind: 'boilerplate', start, end, rule: 'navigation words' })
    else if (again.has(n) && !isHeadline(words))
      marks.push({ kind: 'boilerplate', start, end, rule: 'repeated label above the text' })
  }
  return marks.sort((a, b) => a.start - b.start)
}

/** Places of lines that stand there twice or oftener, line by line, in the order of the first. */
function repeatsAmong(lines: readonly string[]): number[][] {
  const first = new Map<string, number>()
  const groups = new Map<number, number[]>()
  for (const [n, line] of lines.entries()) {
    const before = first.get(line)
    if (before === undefined) {
      first.set(line, n)
      continue
    }
    const group = groups.get(before)
    if (group) group.push(n)
    else groups.set(before, [before, n])
  }
  return [...groups.entries()].sort(([a], [b]) => a - b).map(([, group]) => group)
}

function isHeadline(words: string): boolean {
  return words.split(' ').length >= 4
}
