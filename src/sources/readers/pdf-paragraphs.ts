import { isRaised, type PageParts, type PrintedNote } from './pdf-parts.ts'
import type { Box, Line, Word } from './pdf-words.ts'

/** A word of the text as it will stand there, with where it is printed: in two places where a line's end parted it. */
export interface Token {
  text: string
  /** Whether a space stands before it. */
  readonly isApart: boolean
  readonly printed: { page: number; box: Box; length: number }[]
  /** What is printed instead, where that was mended. */
  was?: string
  /** What is printed raised behind it to call a note, and the note where it is on the page. */
  readonly calls: { label: string; note: PrintedNote | undefined }[]
}

export interface Paragraph {
  readonly tokens: Token[]
  readonly size: number
  readonly page: number
  readonly kind: 'text' | 'furniture' | 'note'
  readonly note?: PrintedNote
}

/** Words as they stand unbroken in the document, to mend broken ones by. */
type Known = () => ReadonlySet<string>

const NUMBERED = /^(?:\(?\d{1,3}[.)]|\(?[a-z]{1,4}\)|[a-zа-я][.)]|[IVXLC]{1,6}\.|[•●○▪■–—‣·-])$/u
const ENDED = /[.!?:;…。؟]["”’»)\]]*$/u
/** Heights between the tops of two lines of one paragraph, at most. */
const LEADING = 1.55
const HYPHEN = /\p{L}[-\u2010\u2011\u00AD]$/u

/** The paragraphs of a document: text goes on over pages, what stands at their edges and feet follows the paragraph. */
export function paragraphsOf(pages: readonly PageParts[], size: number): Paragraph[] {
  let words: Set<string> | undefined
  const known = () => {
    words ??= knownWords(pages)
    return words
  }
  const paragraphs: Paragraph[] = []
  let lines: Line[] = []
  let after: Paragraph[] = []
  let labels: Map<string, PrintedNote> = new Map()
  const close = () => {
    if (lines.length > 0)
      paragraphs.push({
        tokens: tokensOf(lines, { known, labels }),
        size: lines[0]?.size ?? size,
        page: lines[0]?.page ?? 0,
        kind: 'text',
      })
    paragraphs.push(...after)
    lines = []
    after = []
  }
  for (const { body, furniture, notes } of pages) {
    const right = rightEdge(body)
    const here = new Map(notes.map((note) => [note.label, note]))
    for (const [n, line] of body.entries()) {
      const last = lines.at(-1)
      if (last && !goesOn(last, line, { right, isNext: n > 0 })) {
        close()
        labels = here
      }
      if (lines.length === 0) labels = here
      else if (n === 0) labels = new Map([...labels, ...here])
      lines.push(line)
    }
    for (const line of furniture) after.push(aside([line], 'furniture', known))
    for (const note of notes) after.push({ ...aside(note.lines, 'note', known), note })
    if (lines.length === 0) close()
  }
  close()
  return paragraphs
}

function aside(lines: readonly Line[], kind: 'furniture' | 'note', known: Known): Paragraph {
  const [first] = lines
  return {
    tokens: tokensOf(lines, { known, labels: new Map() }),
    size: first?.size ?? 0,
    page: first?.page ?? 0,
    kind,
  }
}

function rightEdge(lines: readonly Line[]): number {
  const edges = lines.map(({ box }) => box[2]).sort((a, b) => a - b)
  return edges[Math.floor(edges.length * 0.9)] ?? 0
}

/** Whether a line continues the paragraph that the last one ended with so far. */
function goesOn(last: Line, line: Line, { right, isNext }: { right: number; isNext: boolean }): boolean {
  const said = last.words.at(-1)
  const ended = ENDED.test(said?.text ?? '')
  const [first] = line.words
  if (said?.isBroken || HYPHEN.test(said?.text ?? '')) return true
  const isShort = last.box[2] < right - 0.14 * (right - Math.min(last.box[0], line.box[0]))
  // Fonts of one size differ in the height they claim, so within a full line that goes on, size says nothing.
  if (Math.abs(line.size - last.size) > last.size * 0.12 && (ended || isShort)) return false
  if (first && NUMBERED.test(first.text) && (ended || isShort)) return false
  if (ended && isShort) return false
  const step = line.box[3] - last.box[3]
  const sameColumn = isNext && line.page === last.page && step > -last.size * 0.5
  if (!sameColumn) return !ended || /^\p{Ll}/u.test(first?.text ?? '')
  if (step > Math.max(last.size, line.size) * LEADING) return false
  if (ended && line.box[0] > last.box[0] + last.size * 0.8) return false
  return !(isShort && !/^[\p{Ll}\p{N}("«“]/u.test(first?.text ?? ''))
}

/** Words of lines put together: broken ones mended where the document shows how, calls of notes taken out. */
function tokensOf(
  lines: readonly Line[],
  { known, labels }: { known: Known; labels: ReadonlyMap<string, PrintedNote> },
): Token[] {
  const tokens: Token[] = []
  let isBroken = false
  for (const line of lines) {
    for (const [n, word] of line.words.entries()) {
      const last = tokens.at(-1)
      if (last && isCall(word, { line, last })) {
        last.calls.push({ label: word.text, note: labels.get(word.text) })
        continue
      }
      const isFirst = n === 0
      if (last && isFirst && (isBroken || HYPHEN.test(last.text)))
        mend(last, { word, page: line.page, known, isBroken })
      else if (last && !word.isApart && !isFirst) join(last, word, line.page)
      else tokens.push(tokenOf(word, line.page))
      isBroken = word.isBroken
    }
  }
  return tokens
}

/** A raised number or star calls a note; behind a number or a unit of measure it is a power. */
function isCall(word: Word, { line, last }: { line: Line; last: Token }): boolean {
  return isRaised(word, line) && !/\p{N}$|(?:^|\p{N})[kcdm]?m$/u.test(last.text)
}

function tokenOf({ text, box, isApart }: Word, page: number): Token {
  return { text, isApart, printed: [{ page, box, length: text.length }], calls: [] }
}

/** Two pieces of a word that a raised number stood between. */
function join(last: Token, { text, box }: Word, page: number): void {
  if (last.was !== undefined) last.was += text
  last.text += text
  last.printed.push({ page, box, length: text.length })
}

/**
 * A word that a line's end parted. Where it stands whole elsewhere in the document, with or without a hyphen, so it is written;
 * else as it is printed, hyphen and line break, which searching and quoting fold away.
 */
function mend(
  last: Token,
  { word, page, known, isBroken }: { word: Word; page: number; known: Known; isBroken: boolean },
): void {
  const stem = isBroken ? last.text : last.text.slice(0, -1)
  const whole = plain(stem + word.text)
  const hyphened = plain(`${stem}-${word.text}`)
  const isWhole = known().has(whole)
  const isHyphened = known().has(hyphened)
  const between = isWhole === isHyphened ? '-\n' : isWhole ? '' : '-'
  if (between !== '-\n') last.was = `${last.was ?? stem}-\n${word.text}`
  last.text = stem + between + word.text
  const [before] = last.printed.slice(-1)
  if (before) before.length += between.length - (isBroken ? 0 : 1)
  last.printed.push({ page, box: word.box, length: word.text.length })
}

function plain(word: string): string {
  return word
    .toLowerCase()
    .replace(/[\u2010\u2011\u00AD]/g, '-')
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
}

function knownWords(pages: readonly PageParts[]): Set<string> {
  const known = new Set<string>()
  for (const { body } of pages)
    for (const { words } of body)
      for (const [n, { text, isBroken }] of words.entries())
        if (!isBroken && n > 0 && n < words.length - 1) known.add(plain(text))
  return known
}
