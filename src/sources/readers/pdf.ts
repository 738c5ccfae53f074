import { codePointLength } from '../../foundation/code-points.ts'
import type { Extract, Reader } from '../extract.ts'
import { LayoutBuilder } from '../layout.ts'
import type { Structure } from '../structure.ts'
import { type OutlineEntry, openPdf } from './pdf-library.ts'
import { type Paragraph, paragraphsOf, type Token } from './pdf-paragraphs.ts'
import { type PrintedNote, partsOf } from './pdf-parts.ts'
import { linesOf, wordsOf } from './pdf-words.ts'
import { storable, TextBuilder } from './text-builder.ts'

/** Letters of a heading are larger than those of the text. */
const LARGER = 1.08
const LONGEST_HEADING = 240
const LIGATURES = /[\uFB00-\uFB06]/g
/** Titles that programs make up. */
const NO_TITLE = /^(?:microsoft word\b.*|untitled.*|document\d*|.*\.(?:docx?|pdf|odt|rtf|indd|qxd|pmd|tex))$/i

/** PDF, by PDFium: words with their places, paragraphs over pages, running heads and notes told from the text. */
export const pdfReader: Reader = {
  tool: 'rapporteur-pdf',
  version: '1 (PDFium, @hyzyla/pdfium 2.1.13)',
  mediaType: 'application/pdf',
  isShutIn: true,
  async read(bytes): Promise<Extract> {
    const pdf = await openPdf(bytes)
    const pages = Array.from({ length: pdf.pages }, (_, n) => {
      const { width, height, characters } = pdf.page(n)
      return { width, height, lines: linesOf(wordsOf(characters), n) }
    })
    const { pages: parts, size } = partsOf(pages)
    const empty = pages.flatMap(({ lines }, n) => (lines.length === 0 ? [n + 1] : []))
    const written = write(paragraphsOf(parts, size), { size, sizes: pages, outline: pdf.outline })
    const title = pdf.about.Title?.trim() ?? ''
    return {
      ...written.extract,
      structure: { ...written.structure, about: { ...pdf.about } },
      isFileText: false,
      charset: null,
      language: null,
      title: title === '' || NO_TITLE.test(title) ? null : storable(title),
      date: null,
      warnings:
        empty.length > 0 && empty.length < pdf.pages
          ? [
              {
                code: 'pages_without_words',
                sentence: `No words were found on page ${listed(empty)}; look at the picture.`,
              },
            ]
          : [],
    }
  },
}

function listed(pages: readonly number[]): string {
  const shown = pages.slice(0, 20).join(', ')
  return pages.length > 20 ? `${shown} and ${pages.length - 20} more` : shown
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
