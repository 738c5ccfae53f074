import type { SourcePageView } from '../../statements/page-shapes.ts'

export type Span = readonly [start: number, end: number]

/**
 * A reading as the page works with it. The record counts code points; a page's strings count UTF-16 units. They part
 * where a character lies beyond the first plane, so everything is turned once, here.
 */
export interface ReadingText {
  readonly text: string
  readonly sentences: readonly Span[]
  readonly marks: readonly { readonly kind: string; readonly span: Span }[]
  /** From code points to units, and back. */
  toUnit(point: number): number
  toPoint(unit: number): number
}

export function readingText(reading: NonNullable<SourcePageView['reading']>): ReadingText {
  const { text } = reading
  const toUnit = unitsOf(text)
  const toPoint = pointsOf(text)
  const span = (start: number, end: number): Span => [toUnit(start), toUnit(end)]
  return {
    text,
    sentences: reading.sentences.map(([start, end]) => span(start, end)),
    marks: reading.marks.map(({ kind, start, end }) => ({ kind, span: span(start, end) })),
    toUnit,
    toPoint,
  }
}

const ASTRAL = /[\u{10000}-\u{10FFFF}]/gu

function unitsOf(text: string): (point: number) => number {
  const places = [...text.matchAll(ASTRAL)].map(({ index }, n) => index - n)
  if (places.length === 0) return (point) => point
  return (point) => point + places.filter((place) => place < point).length
}

function pointsOf(text: string): (unit: number) => number {
  const places = [...text.matchAll(ASTRAL)].map(({ index }) => index)
  if (places.length === 0) return (unit) => unit
  return (unit) => unit - places.filter((place) => place < unit).length
}

const WORD = /[\p{L}\p{N}\p{M}]+(?:[’'’-][\p{L}\p{N}\p{M}]+)*/gu

/** The nearest end of a word after a place, or before it. */
export function wordEnd(text: string, from: number, direction: 1 | -1): number {
  const around = direction === 1 ? text.slice(from, from + 300) : text.slice(Math.max(0, from - 300), from)
  const shift = direction === 1 ? from : Math.max(0, from - 300)
  const ends = [...around.matchAll(WORD)].map((match) => match.index + match[0].length + shift)
  if (direction === 1) return ends.find((end) => end > from) ?? from
  return ends.filter((end) => end < from).at(-1) ?? from
}

/** The nearest beginning of a word before a place, or after it. */
export function wordStart(text: string, from: number, direction: 1 | -1): number {
  const shift = direction === 1 ? from : Math.max(0, from - 300)
  const around = direction === 1 ? text.slice(from, from + 300) : text.slice(shift, from)
  const starts = [...around.matchAll(WORD)].map((match) => match.index + shift)
  if (direction === 1) return starts.find((start) => start > from) ?? from
  return starts.filter((start) => start < from).at(-1) ?? from
}

/** The sentence that holds a place, or the one after it. */
export function sentenceAt(sentences: readonly Span[], place: number): number {
  const found = sentences.findIndex(([, end]) => place < end)
  return found === -1 ? sentences.length - 1 : found
}

/** Words without the white space around them. */
export function trimmed(text: string, [start, end]: Span): Span {
  const words = text.slice(start, end)
  const before = words.length - words.trimStart().length
  const after = words.length - words.trimEnd().length
  return [start + before, Math.max(start + before, end - after)]
}

/** A run of text that is drawn alike. */
export interface Piece {
  readonly span: Span
  readonly passages: readonly string[]
  readonly selected: boolean
  readonly mark: string | null
  /** Number of the sentence that begins here, from 1; null elsewhere. */
  readonly sentence: number | null
}

export interface Paragraph {
  readonly start: number
  readonly pieces: readonly Piece[]
}

/** Cut a reading into paragraphs, and each into runs that are drawn alike. */
export function paragraphsOf(
  { text, sentences, marks }: ReadingText,
  { passages, selection }: { passages: readonly { id: string; span: Span }[]; selection: Span | null },
): Paragraph[] {
  const starts = new Map(sentences.map(([start], n) => [start, n + 1]))
  const cuts = new Set<number>([0, text.length])
  for (const [start] of sentences) cuts.add(start)
  for (const { span } of [...passages, ...marks]) {
    cuts.add(span[0])
    cuts.add(span[1])
  }
  if (selection) for (const place of selection) cuts.add(place)
  const lines: Span[] = []
  for (const match of text.matchAll(/[^\n]+/g)) lines.push([match.index, match.index + match[0].length])
  const sorted = [...cuts].sort((a, b) => a - b)
  const byStart = [...passages].sort((a, b) => a.span[0] - b.span[0])
  let next = 0
  return lines.map(([from, to]) => {
    while ((sorted[next] ?? to) <= from) next += 1
    const within: number[] = []
    for (let n = next; n < sorted.length && (sorted[n] ?? to) < to; n += 1) within.push(sorted[n] ?? to)
    const places = [from, ...within, to]
    const near = byStart.filter(({ span }) => span[0] < to && from < span[1])
    const pieces = places.slice(0, -1).map((start, n): Piece => {
      const end = places[n + 1] ?? to
      return {
        span: [start, end],
        passages: near.filter(({ span }) => span[0] <= start && end <= span[1]).map(({ id }) => id),
        selected: selection !== null && selection[0] <= start && end <= selection[1],
        mark: marks.find(({ span }) => span[0] <= start && end <= span[1])?.kind ?? null,
        sentence: starts.get(start) ?? null,
      }
    })
    return { start: from, pieces }
  })
}
