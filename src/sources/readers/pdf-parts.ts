import type { Line, Word } from './pdf-words.ts'

/** A page with its lines told apart. */
export interface PageParts {
  readonly body: Line[]
  readonly furniture: Line[]
  readonly notes: PrintedNote[]
}

/** A note at the foot of a page. */
export interface PrintedNote {
  readonly label: string
  readonly page: number
  readonly lines: Line[]
}

/** How far from the upper and lower edge running heads and page numbers stand, as a share of the page. */
const EDGE = 0.14
/** Letters of notes are smaller than those of the text. */
const SMALLER = 0.95
/** From so many pages on, or from this share of all, a line at the edge that is the same is a running head. */
const REPEATED = 0.2
const LABEL = /^(?:\d{1,4}|[*†‡§]{1,4}|[a-z])$/u

/** Tells running heads, page numbers and notes from the text, by where they stand, how large they are and whether they repeat. */
export function partsOf(pages: readonly { readonly lines: readonly Line[]; readonly height: number }[]): {
  pages: PageParts[]
  size: number
} {
  const size = usualSize(pages.flatMap(({ lines }) => lines))
  const counts = new Map<string, Set<number>>()
  for (const [n, { lines, height }] of pages.entries())
    for (const line of lines)
      if (isAtEdge(line, height)) {
        const key = keyOf(line)
        counts.set(key, (counts.get(key) ?? new Set()).add(n))
      }
  const enough = Math.max(2, Math.ceil(pages.length * REPEATED))
  return {
    size,
    pages: pages.map(({ lines, height }) => {
      const isFurniture = (line: Line) =>
        pages.length > 1 && isAtEdge(line, height) && (counts.get(keyOf(line))?.size ?? 0) >= enough
      const furniture = lines.filter(isFurniture)
      return {
        ...withNotes(
          lines.filter((line) => !isFurniture(line)),
          size,
        ),
        furniture,
      }
    }),
  }
}

function isAtEdge({ box: [, top, , bottom] }: Line, height: number): boolean {
  const edge = height * 10 * EDGE
  return bottom < edge || top > height * 10 - edge
}

/** The same for all pages: numbers differ from page to page. */
function keyOf({ words }: Line): string {
  return words
    .map(({ text }) => text)
    .join(' ')
    .replace(/\p{N}+/gu, '#')
    .replace(/^[ivxlc]{1,7}$/i, '#')
}

/** The size in which most letters are set. */
function usualSize(lines: readonly Line[]): number {
  const letters = new Map<number, number>()
  for (const { size, words } of lines) {
    const key = Math.round(size)
    letters.set(key, (letters.get(key) ?? 0) + words.reduce((sum, { text }) => sum + text.length, 0))
  }
  return [...letters].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 0
}

/** The smaller lines that end a page are its notes, where the first of them begins with a label that the page calls. */
function withNotes(lines: readonly Line[], size: number): Pick<PageParts, 'body' | 'notes'> {
  const byPlace = [...lines].sort((a, b) => a.box[1] - b.box[1])
  const called = new Set(
    lines.flatMap((line) => line.words.filter((word) => isRaised(word, line)).map(({ text }) => text)),
  )
  const label = (line: Line | undefined) => labelOf(line, called)
  let first = byPlace.length
  while (first > 0 && (byPlace[first - 1]?.size ?? size) <= size * SMALLER) first -= 1
  while (first < byPlace.length && !label(byPlace[first])) first += 1
  // A page set in small letters throughout has no notes that could be told from its text.
  if (first === byPlace.length || first === 0) return { body: [...lines], notes: [] }
  const small = new Set(byPlace.slice(first))
  const notes: PrintedNote[] = []
  for (const line of lines) {
    if (!small.has(line)) continue
    const found = label(line)
    const last = notes.at(-1)
    if (found) notes.push({ label: found.label, page: line.page, lines: [{ ...line, words: found.words }] })
    else last?.lines.push(line)
  }
  const noted = new Set(notes.flatMap((note) => note.lines.map(({ box }) => box)))
  return { body: lines.filter(({ box }) => !noted.has(box)), notes }
}

/** The label a note begins with, and its other words. A number is one only where it is raised itself or called above. */
function labelOf(
  line: Line | undefined,
  called: ReadonlySet<string>,
): { label: string; words: Word[] } | null {
  const [first, ...words] = line?.words ?? []
  if (!line || !first || !LABEL.test(first.text) || words.length === 0) return null
  const stands = /^[*†‡§]/.test(first.text) || isRaised(first, line) || called.has(first.text)
  return stands && (!/^[a-z]$/.test(first.text) || isRaised(first, line))
    ? { label: first.text, words }
    : null
}

/** Whether a word is smaller than its line and stands higher, as what calls a note does. */
export function isRaised({ text, box }: Word, line: Line): boolean {
  const height = box[3] - box[1]
  return LABEL.test(text) && height < line.size * 0.93 && box[3] < line.box[3] - line.size * 0.08
}
