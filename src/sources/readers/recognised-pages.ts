import type { Extract } from '../extract.ts'
import type { Layout } from '../layout.ts'
import type { Structure } from '../structure.ts'
import type { Line } from './pdf-words.ts'
import { asPrinted, confidenceOf, placeOf, type RecognisedPage } from './recognised.ts'

/** A page read with less confidence is marked; a word with less is doubtful. Of 100, by letter. */
export const SURE = { page: 80, word: 60 }
const MOST_LISTED = 20

/** What is known of pages that were made out in pictures. */
export interface MadeOut {
  /** Their lines, by page. */
  readonly lines: ReadonlyMap<number, Line[]>
  /** What the reading says of them, once the place of every word is known. */
  about(layout: Layout | undefined): Pick<Structure, 'recognised' | 'doubtful'>
  readonly warnings: Extract['warnings']
}

/**
 * Pages that were made out in pictures, as lines of the document.
 *
 * @param widths of all pages, in points
 */
export function madeOut(recognised: readonly RecognisedPage[], widths: readonly number[]): MadeOut {
  const lines = new Map<number, Line[]>()
  const confident = new Map<string, number>()
  const sure: { page: number; confidence: number }[] = []
  for (const one of recognised) {
    const density = (one.width * 72) / Math.max(1, widths[one.page] ?? 1)
    const printed = asPrinted(one.lines, { page: one.page, density })
    lines.set(one.page, printed.lines)
    for (const [place, confidence] of printed.confidence) confident.set(`${one.page} ${place}`, confidence)
    if (one.lines.length > 0) sure.push({ page: one.page + 1, confidence: confidenceOf(one.lines) })
  }
  return {
    lines,
    about: (layout) => {
      const doubtful = layout ? doubtfulIn(layout, confident) : []
      return {
        ...(sure.length > 0 ? { recognised: sure } : {}),
        ...(doubtful.length > 0 ? { doubtful } : {}),
      }
    },
    warnings: warningsOf(sure),
  }
}

/** Words that the recogniser is not sure of, found in the text by where they stand. */
function doubtfulIn(
  { words, pages }: Layout,
  confident: ReadonlyMap<string, number>,
): [start: number, end: number, confidence: number][] {
  const doubtful: [number, number, number][] = []
  for (let n = 0; n < pages.length; n += 1) {
    const [start = 0, end = 0, ...box] = words.subarray(n * 6, n * 6 + 6)
    const confidence = confident.get(`${pages[n]} ${placeOf(box)}`)
    if (confidence !== undefined && confidence < SURE.word) doubtful.push([start, end, confidence])
  }
  return doubtful
}

function warningsOf(sure: readonly { page: number; confidence: number }[]): Extract['warnings'] {
  const unsure = sure.filter(({ confidence }) => confidence < SURE.page)
  if (unsure.length === 0) return []
  const least = Math.min(...unsure.map(({ confidence }) => confidence))
  return [
    {
      code: 'check_picture',
      sentence: `Page ${listed(unsure.map(({ page }) => page))} was made out in its picture with a confidence of ${least} of 100; check the picture.`,
    },
  ]
}

/** Pages as a list that stays short. */
export function listed(pages: readonly number[]): string {
  const shown = pages.slice(0, MOST_LISTED).join(', ')
  return pages.length > MOST_LISTED ? `${shown} and ${pages.length - MOST_LISTED} more` : shown
}
