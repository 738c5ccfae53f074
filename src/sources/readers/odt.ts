import type { Extract } from '../extract.ts'
import { type Block, extractOf, type NoteWords, Words, writeBlocks } from './blocks.ts'
import { type Container, damaged, readText } from './container.ts'
import { propertiesOf } from './docx.ts'
import { storable } from './text-builder.ts'
import { type Attributes, readXml } from './xml.ts'

const PREFIXES = {
  'opendocument:xmlns:text': 'text',
  'opendocument:xmlns:table': 'table',
  'opendocument:xmlns:office': 'office',
  'purl.org/dc/elements': 'dc',
}
/** Rows and cells that a document says it has several of, at most; a sheet says so of its million empty rows. */
const REPEATED = 64

/** An OpenDocument text or sheet (ISO/IEC 26300): notes, tables; proposed changes and comments apart from the text. */
export async function readOpenDocument(container: Container): Promise<Extract> {
  const xml = await readText(container, 'content.xml')
  if (xml === null) throw damaged('has no text where an OpenDocument has it')
  const about = propertiesOf((await readText(container, 'meta.xml')) ?? '')
  const { blocks, notes } = new OpenDocument().read(xml)
  return extractOf(writeBlocks(blocks, notes), { about, title: about.title ?? null })
}

interface Change {
  kind: 'insertion' | 'deletion' | null
  by: string
  date: string
  said: string
}

/** One document while it is read. */
class OpenDocument {
  readonly blocks: Block[] = []
  readonly notes: NoteWords[] = []
  readonly #paragraphs: { words: Words; level: number | undefined }[] = []
  readonly #tables: { name: string | undefined; rows: Words[][]; times: number; cellTimes: number }[] = []
  readonly #changes = new Map<string, Change>()
  readonly #begun = new Map<string, { words: Words; at: number }>()
  /** Where paragraphs go that are inside a note, a comment or a deleted stretch. */
  readonly #aside: { kind: 'note' | 'comment' | 'change'; words: Words; by: string; date: string }[] = []
  #region: Change | null = null
  #into: 'by' | 'date' | 'label' | null = null

  read(xml: string): { blocks: Block[]; notes: NoteWords[] } {
    readXml(
      xml,
      {
        open: (name, attributes) => this.#open(name, attributes),
        text: (words) => this.#text(words),
        close: (name) => this.#close(name),
      },
      PREFIXES,
    )
    return { blocks: this.blocks, notes: this.notes }
  }

  #open(name: string, attributes: Attributes): void {
    const words = this.#paragraphs.at(-1)?.words
    const table = this.#tables.at(-1)
    if (name === 'text:p' || name === 'text:h') {
      const level = name === 'text:h' ? Number(attributes['text:outline-level'] ?? 1) || 1 : undefined
      this.#paragraphs.push({ words: new Words(), level })
    } else if (name === 'text:s' && words) words.text += ' '.repeat(timesOf(attributes['text:c']))
    else if (name === 'text:tab' && words) words.text += '\t'
    else if (name === 'text:line-break' && words) words.text += '\n'
    else if (name === 'table:table')
      this.#tables.push({ name: attributes['table:name'], rows: [], times: 1, cellTimes: 1 })
    else if (name === 'table:table-row' && table) {
      table.rows.push([])
      table.times = timesOf(attributes['table:number-rows-repeated'])
    } else if ((name === 'table:table-cell' || name === 'table:covered-table-cell') && table) {
      table.rows.at(-1)?.push(new Words())
      table.cellTimes = timesOf(attributes['table:number-columns-repeated'])
    } else if (name === 'text:note') {
      const kind = attributes['text:note-class'] === 'endnote' ? 'endnote' : 'footnote'
      const id = `${this.notes.length}`
      words?.calls.push({ kind, id, at: words.text.length })
      const note = { kind, id, words: new Words() } as const
      this.notes.push(note)
      this.#aside.push({ kind: 'note', words: note.words, by: '', date: '' })
    } else if (name === 'text:note-citation') this.#into = 'label'
    else if (name === 'office:annotation')
      this.#aside.push({ kind: 'comment', words: new Words(), by: '', date: '' })
    else if (name === 'dc:creator') this.#into = 'by'
    else if (name === 'dc:date') this.#into = 'date'
    else this.#openChange(name, attributes)
  }

  #openChange(name: string, attributes: Attributes): void {
    const words = this.#paragraphs.at(-1)?.words
    const id = attributes['text:change-id'] ?? ''
    if (name === 'text:changed-region') {
      this.#region = { kind: null, by: '', date: '', said: '' }
      this.#changes.set(attributes['text:id'] ?? attributes['xml:id'] ?? '', this.#region)
      this.#aside.push({ kind: 'change', words: new Words(), by: '', date: '' })
    } else if (this.#region && name === 'text:insertion') this.#region.kind = 'insertion'
    else if (this.#region && name === 'text:deletion') this.#region.kind = 'deletion'
    else if (words && name === 'text:change-start') this.#begun.set(id, { words, at: words.text.length })
    else if (words && name === 'text:change-end') {
      const begun = this.#begun.get(id)
      const change = this.#changes.get(id)
      // A change over several paragraphs is marked where it ends.
      const from = begun?.words === words ? begun.at : 0
      if (change && words.text.length > from)
        words.asides.push({ kind: 'insertion', at: from, end: words.text.length, ...whoOf(change) })
    } else if (words && name === 'text:change') {
      const change = this.#changes.get(id)
      if (change?.said)
        words.asides.push({ kind: 'deletion', at: words.text.length, text: change.said, ...whoOf(change) })
    }
  }

  #text(said: string): void {
    const aside = this.#aside.at(-1)
    if (this.#into === 'label') return
    if (this.#into !== null && aside) aside[this.#into] += said
    else {
      const words = this.#paragraphs.at(-1)?.words
      // Outside of preserved spaces, white space of the file is one space (ODF 1.3 part 3, 6.1.2).
      if (words) words.text += said.replace(/\s+/g, ' ')
    }
  }

  #close(name: string): void {
    if (name === 'dc:creator' || name === 'dc:date' || name === 'text:note-citation') this.#into = null
    else if (name === 'text:p' || name === 'text:h') this.#closeParagraph()
    else if (name === 'text:note') this.#aside.pop()
    else if (name === 'office:annotation') {
      const comment = this.#aside.pop()
      const words = this.#paragraphs.at(-1)?.words
      if (comment && words)
        words.asides.push({
          kind: 'comment',
          at: words.text.length,
          text: storable(comment.words.text),
          ...whoOf(comment),
        })
    } else if (name === 'text:changed-region') {
      const change = this.#aside.pop()
      if (this.#region && change)
        Object.assign(this.#region, { said: storable(change.words.text), by: change.by, date: change.date })
      this.#region = null
    } else this.#closeTable(name)
  }

  #closeParagraph(): void {
    const open = this.#paragraphs.pop()
    const into = this.#aside.at(-1)?.words ?? this.#tables.at(-1)?.rows.at(-1)?.at(-1)
    if (!open) return
    if (into) into.add(open.words)
    else this.blocks.push({ kind: 'paragraph', ...open })
  }

  #closeTable(name: string): void {
    const table = this.#tables.at(-1)
    const row = table?.rows.at(-1)
    if (!table) return
    if (row && (name === 'table:table-cell' || name === 'table:covered-table-cell')) {
      const last = row.at(-1)
      if (last && last.text !== '') for (let n = 1; n < table.cellTimes; n += 1) row.push(copyOf(last))
      table.cellTimes = 1
    } else if (row && name === 'table:table-row') {
      while (row.at(-1)?.text === '' && row.length > 1 && (row.at(-1)?.asides.length ?? 0) === 0) row.pop()
      if (row.every(({ text }) => text === '')) table.rows.pop()
      else for (let n = 1; n < table.times; n += 1) table.rows.push(row.map(copyOf))
    } else if (name === 'table:table') {
      this.#tables.pop()
      const into = this.#aside.at(-1)?.words ?? this.#tables.at(-1)?.rows.at(-1)?.at(-1)
      if (into) for (const one of table.rows.flat()) into.add(one)
      else
        this.blocks.push({
          kind: 'table',
          rows: table.rows,
          name: table.name ? storable(table.name) : undefined,
        })
    }
  }
}

function timesOf(value: string | undefined): number {
  const times = Number(value ?? 1)
  return Number.isInteger(times) && times >= 1 ? Math.min(times, REPEATED) : 1
}

function copyOf({ text }: Words): Words {
  const copy = new Words()
  copy.text = text
  return copy
}

function whoOf({ by, date }: { by: string; date: string }): { by?: string; date?: string } {
  return { ...(by ? { by: storable(by) } : {}), ...(date ? { date: storable(date) } : {}) }
}
