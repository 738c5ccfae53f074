import type { Extract } from '../extract.ts'
import { type Block, extractOf, type NoteWords, Words, writeBlocks } from './blocks.ts'
import { type Container, damaged, readText } from './container.ts'
import { storable } from './text-builder.ts'
import { type Attributes, readXml } from './xml.ts'

/** Both the usual and the strict namespaces (ISO/IEC 29500-1 and -4) are called `w`. */
const PREFIXES = {
  'wordprocessingml/main': 'w',
  'wordprocessingml/2006/main': 'w',
  'markup-compatibility': 'mc',
}
/** Words in these are not the document's: field codes, and drawings said a second time for old programs. */
const SILENT = new Set(['mc:Fallback', 'w:instrText', 'w:delInstrText'])
const CHANGES = {
  'w:ins': 'insertion',
  'w:moveTo': 'insertion',
  'w:del': 'deletion',
  'w:moveFrom': 'deletion',
} as const

/** A Word document: its text as it stands with all proposed changes taken, those and the comments apart from it. */
export async function readDocx(container: Container): Promise<Extract> {
  const main = await readText(container, 'word/document.xml')
  if (main === null) throw damaged('has no text where a Word document has it')
  const levels = levelsOf((await readText(container, 'word/styles.xml')) ?? '')
  const comments = commentsOf((await readText(container, 'word/comments.xml')) ?? '')
  const blocks = blocksOf(main, { levels, comments })
  const notes: NoteWords[] = []
  for (const kind of ['footnote', 'endnote'] as const)
    notes.push(...notesOf((await readText(container, `word/${kind}s.xml`)) ?? '', kind))
  const about = propertiesOf((await readText(container, 'docProps/core.xml')) ?? '')
  return extractOf(writeBlocks(blocks, notes), { about, title: about.title ?? null })
}

type Comment = Pick<Words['asides'][number], 'text' | 'by' | 'date'>
interface Styles {
  readonly levels: ReadonlyMap<string, number>
  readonly comments: ReadonlyMap<string, Comment>
}

/** A paragraph that is being read. */
interface Open {
  readonly words: Words
  level: number | undefined
}

interface OpenTable {
  readonly rows: Words[][]
}

function blocksOf(xml: string, { levels, comments }: Styles): Block[] {
  const blocks: Block[] = []
  const paragraphs: Open[] = []
  const tables: OpenTable[] = []
  const changes: {
    kind: 'insertion' | 'deletion'
    by: string | undefined
    date: string | undefined
    from: number
    said: string
  }[] = []
  let silent = 0
  let inText = false
  const cell = () => tables.at(-1)?.rows.at(-1)?.at(-1)
  const write = (words: string) => {
    const change = changes.findLast(({ kind }) => kind === 'deletion')
    const open = paragraphs.at(-1)
    if (change) change.said += words
    else if (open) open.words.text += words
  }
  const closeChange = () => {
    const change = changes.pop()
    const words = paragraphs.at(-1)?.words
    if (!change || !words) return
    const { kind, by, date, from, said } = change
    const who = { ...(by ? { by: storable(by) } : {}), ...(date ? { date: storable(date) } : {}) }
    if (kind === 'deletion' && said !== '')
      words.asides.push({ kind, at: words.text.length, text: storable(said), ...who })
    if (kind === 'insertion' && words.text.length > from)
      words.asides.push({ kind, at: from, end: words.text.length, ...who })
  }
  readXml(
    xml,
    {
      open(name, attributes) {
        if (SILENT.has(name)) silent += 1
        if (silent > 0) return
        const open = paragraphs.at(-1)
        if (name === 'w:p') paragraphs.push({ words: new Words(), level: undefined })
        else if (name === 'w:tbl') tables.push({ rows: [] })
        else if (name === 'w:tr') tables.at(-1)?.rows.push([])
        else if (name === 'w:tc') tables.at(-1)?.rows.at(-1)?.push(new Words())
        else if (name === 'w:t' || name === 'w:delText') inText = true
        else if (name === 'w:tab' && open) write('\t')
        else if (name === 'w:br' || name === 'w:cr') write('\n')
        else if (name === 'w:noBreakHyphen') write('\u2011')
        else if (name === 'w:sym') write(symbolOf(attributes))
        else if (name === 'w:pStyle' && open) open.level = levels.get(attributes['w:val'] ?? '')
        else if (isChange(name) && open)
          changes.push({
            kind: CHANGES[name],
            by: attributes['w:author'],
            date: attributes['w:date'],
            from: open.words.text.length,
            said: '',
          })
        else if (open) callsIn(open.words, { name, id: attributes['w:id'], comments })
      },
      text(words) {
        if (inText && silent === 0) write(words)
      },
      close(name) {
        if (SILENT.has(name)) silent -= 1
        if (silent > 0) return
        if (name === 'w:t' || name === 'w:delText') inText = false
        else if (isChange(name)) closeChange()
        else if (name === 'w:p') {
          const open = paragraphs.pop()
          const into = cell()
          if (!open) return
          if (into) into.add(open.words)
          else blocks.push({ kind: 'paragraph', words: open.words, level: open.level })
        } else if (name === 'w:tbl') {
          const table = tables.pop()
          const into = cell()
          if (!table) return
          if (into) for (const row of table.rows) for (const one of row) into.add(one)
          else blocks.push({ kind: 'table', rows: table.rows })
        }
      },
    },
    PREFIXES,
  )
  return blocks
}

function isChange(name: string): name is keyof typeof CHANGES {
  return name in CHANGES
}

function callsIn(
  words: Words,
  { name, id, comments }: { name: string; id: string | undefined; comments: ReadonlyMap<string, Comment> },
): void {
  if (id === undefined) return
  const at = words.text.length
  if (name === 'w:footnoteReference') words.calls.push({ kind: 'footnote', id, at })
  if (name === 'w:endnoteReference') words.calls.push({ kind: 'endnote', id, at })
  const comment = name === 'w:commentReference' ? comments.get(id) : undefined
  if (comment) words.asides.push({ kind: 'comment', at, ...comment })
}

function symbolOf(attributes: Attributes): string {
  const code = Number.parseInt(attributes['w:char'] ?? '', 16)
  return Number.isInteger(code) && code >= 32 && code <= 0xffff ? String.fromCharCode(code) : ''
}

/** Heading levels by style id: what the style is called, or its outline level. */
function levelsOf(xml: string): Map<string, number> {
  const levels = new Map<string, number>()
  let id = ''
  readXml(
    xml,
    {
      open(name, attributes) {
        const value = attributes['w:val'] ?? ''
        if (name === 'w:style') id = attributes['w:styleId'] ?? ''
        else if (name === 'w:name') {
          const level = /^heading (\d)$/i.exec(value)?.[1]
          if (level !== undefined) levels.set(id, Number(level))
          else if (/^title$/i.test(value)) levels.set(id, 1)
        } else if (name === 'w:outlineLvl' && /^[0-8]$/.test(value) && !levels.has(id))
          levels.set(id, Number(value) + 1)
      },
    },
    PREFIXES,
  )
  return levels
}

/** Words by the id of the element that holds them, and its attributes. */
function wordsById(xml: string, element: string): { id: string; attributes: Attributes; words: Words }[] {
  const found: { id: string; attributes: Attributes; words: Words }[] = []
  let words: Words | null = null
  let inText = false
  readXml(
    xml,
    {
      open(name, attributes) {
        if (name === element) found.push({ id: attributes['w:id'] ?? '', attributes, words: new Words() })
        else if (name === 'w:p') words = new Words()
        else if (name === 'w:t') inText = true
        else if (name === 'w:tab' && words) words.text += '\t'
      },
      text(said) {
        if (inText && words) words.text += said
      },
      close(name) {
        if (name === 'w:t') inText = false
        if (name !== 'w:p' || !words) return
        words.text = words.text.trim()
        found.at(-1)?.words.add(words)
        words = null
      },
    },
    PREFIXES,
  )
  return found
}

function commentsOf(xml: string): Map<string, Comment> {
  return new Map(
    wordsById(xml, 'w:comment').map(({ id, attributes, words }) => {
      const [by, date] = [attributes['w:author'], attributes['w:date']]
      return [
        id,
        {
          text: storable(words.text),
          ...(by ? { by: storable(by) } : {}),
          ...(date ? { date: storable(date) } : {}),
        },
      ]
    }),
  )
}

function notesOf(xml: string, kind: 'footnote' | 'endnote'): NoteWords[] {
  // Those with a type are the lines that part notes from the text.
  return wordsById(xml, `w:${kind}`)
    .filter(({ attributes }) => attributes['w:type'] === undefined || attributes['w:type'] === 'normal')
    .map(({ id, words }) => ({ kind, id, words }))
}

/** What Office's core properties say: title, creator, dates. */
export function propertiesOf(xml: string): Record<string, string> {
  const about: Record<string, string> = {}
  let open: string | null = null
  readXml(xml, {
    open(name) {
      open = /^(?:dc|dcterms|cp|meta):([A-Za-z-]{1,40})$/.exec(name)?.[1] ?? null
    },
    text(words) {
      if (open !== null && words.trim() !== '')
        about[open] = storable(`${about[open] ?? ''}${words}`).slice(0, 1000)
    },
    close() {
      open = null
    },
  })
  return about
}
