import { z } from 'zod'
import { codePointLength, countBelow } from '../foundation/code-points.ts'

/**
 * Where a reading's positions part from its file's, in code points: pairs of a place in the file's text and the same place in
 * the reading, one wherever the difference changes. From a pair on it stays as it is until the next; before the first the two
 * are equal.
 */
export const Drift = z.array(z.tuple([z.number().int(), z.number().int()]))
export type Drift = z.infer<typeof Drift>

/** A text as the record reads it, in NFC, and where its positions part from those of the text as it came, if they do. */
export function composed(text: string): { text: string; drift?: Drift } {
  const whole = text.normalize('NFC')
  if (whole === text) return { text: whole }
  const drift: Drift = []
  let [file, reading, unit] = [0, 0, 0]
  for (const cluster of clustersOf(text)) {
    const piece = cluster.normalize('NFC')
    if (!whole.startsWith(piece, unit)) throw new Error('A text was not composed character by character.')
    unit += piece.length
    const before = pointsIn(cluster)
    const after = piece === cluster ? before : pointsIn(piece)
    file += before
    reading += after
    if (before !== after) drift.push([file, reading])
  }
  if (unit !== whole.length) throw new Error('A text was not composed to its end.')
  return drift.length === 0 ? { text: whole } : { text: whole, drift }
}

/** Place in the file → place in the reading, in code points. Within a character that was composed: at most its end. */
export function toReadingPoint(drift: Drift | undefined, filePoint: number): number {
  return across(drift, filePoint, { from: 0, to: 1 })
}

/** Place in the reading → place in the file, in code points. */
export function toFilePoint(drift: Drift | undefined, readingPoint: number): number {
  return across(drift, readingPoint, { from: 1, to: 0 })
}

function across(drift: Drift | undefined, point: number, { from, to }: { from: 0 | 1; to: 0 | 1 }): number {
  if (!drift) return point
  const passed = countBelow(drift.length, (index) => (drift[index]?.[from] ?? point) <= point)
  const [last, next] = [drift[passed - 1], drift[passed]]
  const shifted = last ? point - last[from] + last[to] : point
  return next ? Math.min(shifted, next[to]) : shifted
}

/** Most are one or two letters, for which a search for surrogates would cost more than all else. */
function pointsIn(cluster: string): number {
  if (cluster.length > 16) return codePointLength(cluster)
  let count = 0
  for (const _ of cluster) count += 1
  return count
}

/** Beyond these, something other than a mark may compose with what stands before it; within them a far quicker cut is exact. */
const INTRICATE = /[^\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{P}\p{N}\p{Z}\p{Cc}\p{Mn}]/u

/** UTF-16 units. To begin a segmentation costs as much as hundreds of characters of it. */
const STRETCH = 4096

/**
 * Stretches that NFC composes each by itself: long ones where nothing changes, grapheme clusters (UAX 29) where it does.
 * Nothing composes with an ASCII character before it, so a text may be cut there.
 */
function* clustersOf(text: string): Generator<string> {
  const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })
  for (let at = 0; at < text.length; ) {
    const ascii = /\p{ASCII}/gu
    ascii.lastIndex = at + STRETCH
    const end = ascii.exec(text)?.index ?? text.length
    const stretch = text.slice(at, end)
    if (stretch.normalize('NFC') === stretch) yield stretch
    else if (INTRICATE.test(stretch)) for (const { segment } of graphemes.segment(stretch)) yield segment
    else for (const [cluster] of stretch.matchAll(/[\s\S]\p{Mn}*/gu)) yield cluster
    at = end
  }
}
