import { type CodePoints, codePointsOf } from '../foundation/code-points.ts'
import { type Folded, fold, foldPlain, GAP, withoutEdges } from './folding.ts'
import { differences, type Letters, lettersOf } from './letters.ts'

/** A reading made ready for many quotes: folded once, letters alone only when first needed. */
export interface FoldedReading {
  readonly text: string
  readonly points: CodePoints
  readonly whole: Folded
  letters(): Letters
  /** The same without what stands in parentheses. */
  lettersAside(): Letters
}

/** W3C TextQuoteSelector with TextPositionSelector; positions in code points of the reading. */
export interface Selector {
  readonly exact: string
  readonly prefix?: string | undefined
  readonly suffix?: string | undefined
  readonly start?: number | undefined
  readonly end?: number | undefined
}

/** A place in code points, end exclusive. `loose`: found by letters and digits alone; what differs. */
export interface Place {
  readonly start: number
  readonly end: number
  readonly loose?: readonly string[]
}

export type Fit =
  | ({ readonly state: 'fits' } & Place)
  | { readonly state: 'nowhere' }
  | { readonly state: 'ambiguous'; readonly places: number }

/** Of a loose fit, so many are shown. */
const MOST_DIFFERENCES = 20

/** A remark in parentheses, as one stands within a sentence: of whom, of when, by which number. */
const IN_PARENTHESES = /\([^()]{1,200}\)/gu

/** Fold a reading's NFC text; the one costly step, done once a reading. */
export function foldReading(text: string): FoldedReading {
  const whole = fold(text)
  let letters: Letters | undefined
  let lettersAside: Letters | undefined
  return {
    text,
    whole,
    points: codePointsOf(text),
    letters() {
      letters ??= lettersOf(whole)
      return letters
    },
    lettersAside() {
      lettersAside ??= lettersOf({
        ...whole,
        folded: whole.folded.replace(IN_PARENTHESES, ({ length }) => ' '.repeat(length)),
      })
      return lettersAside
    },
  }
}

/**
 * Where a quote fits (blueprint, "Where a quote fits").
 *
 * Neighbours and position only choose between places: first the places whose neighbours all match, then the
 * nearest to the position, if one is nearest. Letters and digits alone are compared only where the folded
 * words have no place at all, and anchor only where they have exactly one; where these have none either, what the reading puts in
 * parentheses is passed over.
 */
export function fit(reading: FoldedReading, selector: Selector): Fit {
  const { all, withNeighbours } = placesOf(reading, selector)
  if (all.length === 0) return looseFit(reading, selector.exact)
  if (all.length === 1 && all[0]) return { state: 'fits', ...all[0] }
  const candidates = withNeighbours.length > 0 ? withNeighbours : all
  const chosen = candidates.length === 1 ? candidates[0] : nearest(candidates, selector)
  return chosen ? { state: 'fits', ...chosen } : { state: 'ambiguous', places: all.length }
}

/** Every place where the folded words stand, in order, and those whose neighbours match too (all, where none are given). */
export function placesOf(
  reading: FoldedReading,
  selector: Selector,
): { all: Place[]; withNeighbours: Place[] } {
  const exact = selector.exact.normalize('NFC')
  const { lead, core, trail } = withoutEdges(exact)
  if (core === '') return exact.trim() === '' ? { all: [], withNeighbours: [] } : asTheyAre(reading, exact)
  const { whole, points } = reading
  const needle = fold(core)
  const before = neighbour((selector.prefix ?? '').normalize('NFC'), lead, core)
  const after = neighbourAfter((selector.suffix ?? '').normalize('NFC'), trail, core)
  const all: Place[] = []
  const withNeighbours: Place[] = []
  const size = needle.folded.length
  for (
    let at = whole.folded.indexOf(needle.folded);
    at >= 0;
    at = whole.folded.indexOf(needle.folded, at + 1)
  ) {
    if (!whole.isBoundary(at) || !whole.isBoundary(at + size) || !gapsAgree(whole, needle, at)) continue
    const start = reach(reading.text, whole.startOf(at), lead, -1)
    const end = reach(reading.text, whole.endOf(at + size - 1), trail, 1)
    if (start === null || end === null) continue
    const place = { start: points.fromUnits(start), end: points.fromUnits(end) }
    all.push(place)
    const matches = whole.folded.startsWith(before, at - before.length) && at >= before.length
    if (matches && whole.folded.startsWith(after, at + size)) withNeighbours.push(place)
  }
  return { all, withNeighbours }
}

/** A quote of dashes alone is looked for unfolded. */
function asTheyAre(reading: FoldedReading, exact: string): { all: Place[]; withNeighbours: Place[] } {
  const all: Place[] = []
  for (let at = reading.text.indexOf(exact); at >= 0; at = reading.text.indexOf(exact, at + 1)) {
    all.push({ start: reading.points.fromUnits(at), end: reading.points.fromUnits(at + exact.length) })
  }
  return { all, withNeighbours: all }
}

/** A dash in one and none in the other agree only where one of them stands at a line's end. */
function gapsAgree(whole: Folded, needle: Folded, at: number): boolean {
  let ours = whole.gapAt.lastAtMost(at) + 1
  let theirs = 0
  const end = at + needle.folded.length
  for (;;) {
    const here = ours < whole.gapAt.length ? whole.gapAt.at(ours) : Number.POSITIVE_INFINITY
    const there = theirs < needle.gapAt.length ? needle.gapAt.at(theirs) + at : Number.POSITIVE_INFINITY
    if (here >= end && there >= end) return true
    const hereKind = here <= there ? whole.gapKind.at(ours) : 0
    const thereKind = there <= here ? needle.gapKind.at(theirs) : 0
    if (hereKind !== thereKind && hereKind !== GAP.lineEnd && thereKind !== GAP.lineEnd) return false
    if (here <= there) ours += 1
    if (there <= here) theirs += 1
  }
}

/** From the edge of a core outwards over the white space and dashes that the quote has there; null where the text has others. */
function reach(text: string, from: number, ends: string, direction: 1 | -1): number | null {
  if (ends === '') return from
  const cut = (size: number) =>
    direction < 0 ? text.slice(Math.max(0, from - size), from) : text.slice(from, from + size)
  if (cut(ends.length) === ends) return from + direction * ends.length
  const wanted = foldPlain(ends)
  for (let size = 0; size <= ends.length + 256; size += 1) {
    const piece = cut(size)
    if (foldPlain(piece) === wanted) return from + direction * piece.length
    if (piece.length < size) return null
  }
  return null
}

function neighbour(prefix: string, lead: string, core: string): string {
  const far = prefix.replace(/^[\s\p{Pd}]+/u, '')
  return far === '' ? '' : fold(far + lead + core).folded.slice(0, -fold(core).folded.length)
}

function neighbourAfter(suffix: string, trail: string, core: string): string {
  const far = suffix.replace(/[\s\p{Pd}]+$/u, '')
  return far === '' ? '' : fold(core + trail + far).folded.slice(fold(core).folded.length)
}

function nearest(places: Place[], selector: Selector): Place | null {
  const { start, end } = selector
  if (start === undefined && end === undefined) return null
  const distance = (place: Place) =>
    start === undefined ? Math.abs(place.end - (end ?? 0)) : Math.abs(place.start - start)
  let best: Place | null = null
  let isAlone = true
  for (const place of places) {
    const closer = best === null ? -1 : distance(place) - distance(best)
    if (closer < 0) best = place
    if (closer <= 0) isAlone = closer < 0
  }
  return isAlone ? best : null
}

function looseFit(reading: FoldedReading, exact: string): Fit {
  const wanted = lettersOf(fold(exact.normalize('NFC')))
  if (wanted.letters === '') return { state: 'nowhere' }
  const found = fitAmong(reading, { exact, wanted, among: reading.letters() })
  return found.state === 'nowhere'
    ? fitAmong(reading, { exact, wanted, among: reading.lettersAside() })
    : found
}

function fitAmong(
  { text, whole, points }: FoldedReading,
  { exact, wanted, among: { letters, indexOf } }: { exact: string; wanted: Letters; among: Letters },
): Fit {
  const found: number[] = []
  for (let at = letters.indexOf(wanted.letters); at >= 0; at = letters.indexOf(wanted.letters, at + 1)) {
    if (whole.isBoundary(indexOf(at)) && whole.isBoundary(indexOf(at + wanted.letters.length - 1) + 1))
      found.push(at)
  }
  const [at] = found
  if (at === undefined) return { state: 'nowhere' }
  if (found.length > 1) return { state: 'ambiguous', places: found.length }
  const start = whole.startOf(indexOf(at))
  const end = whole.endOf(indexOf(at + wanted.letters.length - 1))
  const here = text.slice(start, end)
  const size = lettersOf(fold(here)).letters.length
  // Letters beyond those of the quote are the ones that were passed over.
  const passed = size > wanted.letters.length ? (here.match(IN_PARENTHESES) ?? []) : []
  const rest = passed.length > 0 ? here.replace(IN_PARENTHESES, ' ') : here
  const loose = [
    ...passed.map((one) => `"" → "${foldPlain(one)}"`),
    ...differences(exact.normalize('NFC'), rest),
  ].slice(0, MOST_DIFFERENCES)
  return { state: 'fits', start: points.fromUnits(start), end: points.fromUnits(end), loose }
}
