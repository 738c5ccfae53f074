import { codePointLength } from '../../foundation/code-points.ts'
import type { Extract } from '../extract.ts'
import type { Structure } from '../structure.ts'
import { storable, TextBuilder } from './text-builder.ts'

type Aside = NonNullable<Structure['asides']>[number]

/** Words of one paragraph or cell, and what is tied to places in them (UTF-16 units of `text`). */
export class Words {
  text = ''
  /** Notes called here, by kind and the id that the document gives them. */
  readonly calls: { kind: 'footnote' | 'endnote'; id: string; at: number }[] = []
  readonly asides: (Omit<Aside, 'at' | 'end'> & { at: number; end?: number })[] = []

  /** Others put behind these, a line below. */
  add(other: Words): void {
    const from = this.text === '' ? 0 : this.text.length + 1
    if (from > 0) this.text += '\n'
    this.text += other.text
    for (const one of other.calls) this.calls.push({ ...one, at: one.at + from })
    for (const one of other.asides)
      this.asides.push({
        ...one,
        at: one.at + from,
        ...(one.end === undefined ? {} : { end: one.end + from }),
      })
  }
}

export type Block =
  | { readonly kind: 'paragraph'; readonly words: Words; readonly level?: number | undefined }
  | { readonly kind: 'table'; readonly name?: string | undefined; readonly rows: Words[][] }

export interface NoteWords {
  readonly kind: 'footnote' | 'endnote'
  readonly id: string
  readonly words: Words
}

/** Blocks of a document as the text of a reading: paragraphs, tables with cells that can be addressed, notes at the end. */
export function writeBlocks(
  blocks: readonly Block[],
  notes: readonly NoteWords[] = [],
): { text: string; units: [number, number][]; structure: Structure } {
  const text = new TextBuilder()
  const headings: NonNullable<Structure['headings']> = []
  const tables: NonNullable<Structure['tables']> = []
  const footnotes: NonNullable<Structure['footnotes']> = []
  const asides: Aside[] = []
  const called = new Map<string, { at: number; label: string }>()
  const put = (words: Words, before = ''): { start: number; end: number } => {
    const from = text.at + codePointLength(before)
    const place = (at: number) => from + codePointLength(storable(words.text.slice(0, at)))
    for (const { kind, id, at } of words.calls) {
      const key = `${kind} ${id}`
      if (!called.has(key)) called.set(key, { at: place(at), label: String(called.size + 1) })
    }
    for (const { at, end, ...aside } of words.asides)
      asides.push({ ...aside, at: place(at), ...(end === undefined ? {} : { end: place(end) }) })
    return text.unit(before + storable(words.text))
  }
  for (const block of blocks) {
    if (block.kind === 'table') {
      if (block.rows.length === 0) continue
      text.paragraph()
      tables.push({ ...putTable(text, block.rows, put), ...(block.name ? { name: block.name } : {}) })
    } else if (
      block.words.text.trim() !== '' ||
      block.words.calls.length > 0 ||
      block.words.asides.length > 0
    ) {
      text.paragraph()
      const place = put(block.words)
      if (block.level !== undefined && place.end > place.start)
        headings.push({ ...place, level: Math.min(9, Math.max(1, block.level)) })
    }
  }
  for (const { kind, id, words } of notes) {
    const call = called.get(`${kind} ${id}`)
    if (words.text.trim() === '' && !call) continue
    text.paragraph()
    const label = call?.label ?? id.slice(0, 40)
    footnotes.push({ kind, label, at: call?.at ?? null, ...put(words, `${storable(label)} `) })
  }
  return {
    text: text.end(),
    units: text.units,
    structure: {
      ...(headings.length > 0 ? { headings } : {}),
      ...(tables.length > 0 ? { tables } : {}),
      ...(footnotes.length > 0 ? { footnotes } : {}),
      ...(asides.length > 0 ? { asides } : {}),
    },
  }
}

function putTable(
  text: TextBuilder,
  rows: readonly (readonly Words[])[],
  put: (words: Words) => { start: number; end: number },
): { start: number; end: number; rows: number[][] } {
  const start = text.at
  const lengths: number[][] = []
  for (const [n, row] of rows.entries()) {
    if (n > 0) text.put('\n')
    const cells: number[] = []
    for (const [m, cell] of row.entries()) {
      if (m > 0) text.put('\t')
      const place = put(cell)
      cells.push(place.end - place.start)
    }
    lengths.push(cells)
  }
  return { start, end: text.at, rows: lengths }
}

/** Rows of plain cells as a block. */
export function plainTable(rows: readonly (readonly string[])[], name?: string): Block {
  return {
    kind: 'table',
    name,
    rows: rows.map((row) =>
      row.map((cell) => {
        const words = new Words()
        words.text = cell
        return words
      }),
    ),
  }
}

/** What an extract of blocks has that no other tells. */
export function extractOf(
  { text, units, structure }: ReturnType<typeof writeBlocks>,
  {
    about,
    title = null,
    date = null,
  }: { about: Record<string, string>; title?: string | null; date?: string | null },
): Extract {
  return {
    text,
    units,
    isFileText: false,
    charset: null,
    language: null,
    title,
    date,
    warnings: [],
    structure: { ...structure, ...(Object.keys(about).length > 0 ? { about } : {}) },
  }
}
