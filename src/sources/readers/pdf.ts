import { codePointLength } from '../../foundation/code-points.ts'
import type { Extract, Reader } from '../extract.ts'
import { LayoutBuilder } from '../layout.ts'
import type { Structure } from '../structure.ts'
import { type GreyPicture, type OutlineEntry, openPdf } from './pdf-library.ts'
import { type Paragraph, paragraphsOf, type Token } from './pdf-paragraphs.ts'
import { type PrintedNote, partsOf } from './pdf-parts.ts'
import { type Line, linesOf, wordsOf } from './pdf-words.ts'
import type { RecognisedPage } from './recognised.ts'
import { listed, madeOut } from './recognised-pages.ts'
import { RECOGNISER, recognise } from './recogniser.ts'
import { storable, TextBuilder } from './text-builder.ts'

/** Letters of a heading are larger than those of the text. */
const LARGER = 1.08
const LONGEST_HEADING = 240
/** Dots an inch, and points of a page that is larger than any paper. */
const DRAWN = { density: 200, points: 16_000_000 }
const LIGATURES = /[\uFB00-\uFB06]/g
/** Titles that programs make up. */
const NO_TITLE = /^(?:microsoft word\b.*|untitled.*|document\d*|.*\.(?:docx?|pdf|odt|rtf|indd|qxd|pmd|tex))$/i

/** PDF, by PDFium: words with their places, paragraphs over pages, running heads and notes told from the text. */
export const pdfReader: Reader = {
  tool: 'rapporteur-pdf',
  version: '1 (PDFium, @hyzyla/pdfium 2.1.13)',
  mediaType: 'application/pdf',
  isShutIn: true,
  async read(bytes, { recognised = [] }): Promise<Extract> {
    const pdf = await openPdf(bytes)
    const printed = Array.from({ length: pdf.pages }, (_, n) => {
      const { width, height, characters, hasPicture } = pdf.page(n)
      return { width, height, hasPicture, lines: linesOf(wordsOf(characters), n) }
    })
    const widths = printed.map(({ width }) => width)
    const made = madeOut(recognised, widths)
    const pages = printed.map((one, n) => ({
      ...one,
      lines: one.lines.length > 0 ? one.lines : (made.lines.get(n) ?? []),
    }))
    const empty = pages.flatMap(({ lines }, n) => (lines.length === 0 ? [n + 1] : []))
    const written = writePages(pages, pdf.outline)
    const title = pdf.about.Title?.trim() ?? ''
    return {
      ...written.extract,
      structure: { ...written.structure, ...made.about(written.extract.layout), about: { ...pdf.about } },
      ...(made.lines.size > 0 ? { as: withRecogniser } : {}),
      pictures: pages.flatMap(({ lines, hasPicture }, n) => (lines.length === 0 && hasPicture ? [n] : [])),
      isFileText: false,
      charset: null,
      language: null,
      title: title === '' || NO_TITLE.test(title) ? null : storable(title),
      date: null,
      warnings: [
        ...made.warnings,
        ...(empty.length > 0 && empty.length < pdf.pages
          ? [
              {
                code: 'pages_without_words',
                sentence: `No words were found on page ${listed(empty)}; look at the picture.`,
              },
            ]
          : []),
      ],
    }
  },
}

/** Who read a PDF of which pages were made out in pictures. */
const withRecogniser = {
  tool: `${pdfReader.tool} and ${RECOGNISER.tool}`,
  version: `${pdfReader.version}, ${RECOGNISER.version}`,
  mediaType: pdfReader.mediaType,
}

/**
 * The words in the picture of one page, drawn at the density at which they are made out best.
 *
 * @param page from 0
 */
export async function recognisePdfPage(
  bytes: Uint8Array,
  { page, language }: { page: number; language?: string | undefined },
): Promise<RecognisedPage> {
  const pdf = await openPdf(bytes)
  const grey = pdf.draw(page, DRAWN)
  const found = grey && (await recognise(pnm(grey), { head: { ...grey, orientation: 1 }, language }))
  return { page, width: grey?.width ?? 1, height: grey?.height ?? 1, lines: found?.lines ?? [] }
}

/** Netpbm's PGM, which is a head of text before the points as they are. */
function pnm({ width, height, points }: GreyPicture): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1'), points])
}

/** A page as it is printed: its size in points, and its lines in the order of reading. */
export interface PrintedPage {
  readonly width: number
  readonly height: number
  readonly lines: readonly Line[]
}

/** Pages as the text of a reading: paragraphs over lines and pages, running heads and notes told apart, every word's place. */
export function writePages(
  pages: readonly PrintedPage[],
  outline: readonly OutlineEntry[],
): ReturnType<typeof write> {
  const { pages: parts, size } = partsOf(pages)
  return write(paragraphsOf(parts, size), { size, sizes: pages, outline })
}

/** The paragraphs as the text of a reading, with all that is known of places in it. */
function write(
  paragraphs: readonly Paragraph[],
  {
    size,
    sizes,
    outline,
  }: { size: number; sizes: readonly { width: number; height: number }[]; outline: readonly OutlineEntry[] },
): { extract: Pick<Extract, 'text' | 'units' | 'furniture' | 'layout'>; structure: Structure } {
  const text = new TextBuilder()
  const layout = new LayoutBuilder()
  const mended: [number, number, string][] = []
  const furniture: [number, number][] = []
  const headings: NonNullable<Structure['headings']> = []
  const starts = new Map<number, number>()
  const called = new Map<PrintedNote, number>()
  const footnotes: NonNullable<Structure['footnotes']> = []
  const named = titlesOf(outline)
  const larger = sizesOfHeadings(paragraphs, size)
  for (const { tokens, kind, note, size: height, page } of paragraphs) {
    if (tokens.length === 0) continue
    text.paragraph()
    const pieces: string[] = note ? [`${note.label} `] : []
    let at = text.at + codePointLength(pieces.join(''))
    for (const [n, token] of tokens.entries()) {
      const words = spelt(token)
      const gap = n > 0 ? ' ' : ''
      pieces.push(gap, words)
      at += gap.length
      const length = codePointLength(words)
      if (token.was !== undefined || words !== token.text)
        mended.push([at, at + length, storable(token.was ?? token.text)])
      place(layout, { token, at, length })
      if (kind === 'text') {
        const first = token.printed[0]?.page ?? page
        if (!starts.has(first)) starts.set(first, at)
      }
      at += length
      for (const { label, note } of token.calls)
        if (note) called.set(note, at)
        else mended.push([at, at, label])
    }
    const whole = pieces.join('')
    const { start, end } = text.unit(whole)
    if (kind === 'furniture') furniture.push([start, end])
    else if (note)
      footnotes.push({ kind: 'footnote', label: note.label, at: called.get(note) ?? null, start, end })
    else {
      const level = named.get(page)?.get(folded(whole)) ?? larger.get(Math.round(height))
      if (level !== undefined && whole.length <= LONGEST_HEADING) headings.push({ start, end, level })
    }
  }
  const length = text.at
  let from = length
  const pages = sizes
    .map((one, n) => ({ ...one, n }))
    .reverse()
    .map(({ width, height, n }) => {
      from = Math.min(from, starts.get(n) ?? from)
      return { start: from, width: tenth(width), height: tenth(height) }
    })
    .reverse()
  return {
    extract: { text: text.end(), units: text.units, furniture, layout: layout.end() },
    structure: {
      pages,
      ...(headings.length > 0 ? { headings } : {}),
      ...(footnotes.length > 0 ? { footnotes } : {}),
      ...(mended.length > 0 ? { mended } : {}),
    },
  }
}

/** A token as it is written: ligatures as their letters, a hyphen that is printed as a soft one as a hyphen. */
function spelt({ text }: Token): string {
  const letters = text.replace(LIGATURES, (one) => one.normalize('NFKC'))
  return storable(letters.replace(/\u00AD(?=.)/gu, '-')) || '\uFFFD'
}

/** Each piece of a token where it is printed; where its letters were composed, all of it at every place. */
function place(
  layout: LayoutBuilder,
  { token, at, length }: { token: Token; at: number; length: number },
): void {
  const isStraight = token.printed.reduce((sum, one) => sum + one.length, 0) === length
  let from = at
  for (const { page, box, length: part } of token.printed) {
    if (isStraight && part > 0) layout.add(from, from + part, box, page)
    else if (!isStraight) layout.add(at, at + length, box, page)
    from += part
  }
}

/** Titles of the outline by page and words; a heading that a page's top pushed over is found a page later. */
function titlesOf(outline: readonly OutlineEntry[]): Map<number, Map<string, number>> {
  const titles = new Map<number, Map<string, number>>()
  for (const { title, page, level } of outline) {
    if (page < 0 || title === '') continue
    const here = titles.get(page) ?? new Map<string, number>()
    here.set(folded(title), level)
    titles.set(page, here)
  }
  return titles
}

function folded(words: string): string {
  return words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

/** Larger sizes of short paragraphs, the largest first, at most five levels. */
function sizesOfHeadings(paragraphs: readonly Paragraph[], size: number): Map<number, number> {
  const sizes = new Set<number>()
  for (const one of paragraphs)
    if (one.kind === 'text' && one.size > size * LARGER) sizes.add(Math.round(one.size))
  const sorted = [...sizes].sort((a, b) => b - a)
  return new Map(sorted.map((one, n) => [one, Math.min(5, n + 1)]))
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}
