import { Refusal } from '../../foundation/refusal.ts'
import type { Extract } from '../extract.ts'
import { type Block, extractOf, plainTable, writeBlocks } from './blocks.ts'
import { type Container, damaged, readText } from './container.ts'
import { propertiesOf } from './docx.ts'
import { storable } from './text-builder.ts'
import { readXml } from './xml.ts'

const PREFIXES = {
  'spreadsheetml/2006/main': 'x',
  'spreadsheetml/main': 'x',
  'officeDocument/2006/relationships': 'r',
  'officeDocument/relationships': 'r',
}
const MOST_CELLS = 3_000_000
/** Number formats that are dates by themselves (ISO/IEC 29500-1, 18.8.30). */
const DATES = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47])

/** An Excel workbook: a table a sheet, its cells as they are stored; formulas by their last value. */
export async function readXlsx(container: Container): Promise<Extract> {
  const workbook = await readText(container, 'xl/workbook.xml')
  if (workbook === null) throw damaged('has no sheets where a workbook has them')
  const targets = targetsOf((await readText(container, 'xl/_rels/workbook.xml.rels')) ?? '')
  const strings = stringsOf((await readText(container, 'xl/sharedStrings.xml')) ?? '')
  const dates = dateStylesOf((await readText(container, 'xl/styles.xml')) ?? '')
  const { sheets, since } = sheetsOf(workbook)
  const blocks: Block[] = []
  const budget = { cells: MOST_CELLS }
  for (const { name, id } of sheets) {
    const xml = await readText(container, targets.get(id) ?? '')
    if (xml === null) continue
    const rows = rowsOf(xml, { strings, dates, since, budget })
    if (rows.length > 0) blocks.push(plainTable(rows, storable(name)))
  }
  const about = propertiesOf((await readText(container, 'docProps/core.xml')) ?? '')
  return extractOf(writeBlocks(blocks), { about, title: about.title ?? null })
}

function targetsOf(xml: string): Map<string, string> {
  const targets = new Map<string, string>()
  readXml(xml, {
    open(name, { Id: id, Target: target }) {
      if (!name.endsWith('Relationship') || id === undefined || target === undefined) return
      targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`)
    },
  })
  return targets
}

function sheetsOf(xml: string): { sheets: { name: string; id: string }[]; since: number } {
  const sheets: { name: string; id: string }[] = []
  let since = Date.UTC(1899, 11, 30)
  readXml(
    xml,
    {
      open(name, attributes) {
        if (name === 'x:sheet') sheets.push({ name: attributes.name ?? '', id: attributes['r:id'] ?? '' })
        if (name === 'x:workbookPr' && /^(?:1|true)$/.test(attributes.date1904 ?? ''))
          since = Date.UTC(1904, 0, 1)
      },
    },
    PREFIXES,
  )
  return { sheets, since }
}

function stringsOf(xml: string): string[] {
  const strings: string[] = []
  let inText = false
  let spoken = 0
  readXml(
    xml,
    {
      open(name) {
        if (name === 'x:si') strings.push('')
        else if (name === 'x:rPh') spoken += 1
        else if (name === 'x:t') inText = true
      },
      text(words) {
        if (inText && spoken === 0 && strings.length > 0) strings[strings.length - 1] += words
      },
      close(name) {
        if (name === 'x:t') inText = false
        else if (name === 'x:rPh') spoken -= 1
      },
    },
    PREFIXES,
  )
  return strings
}

/** Which styles of cells show a number as a date. */
function dateStylesOf(xml: string): boolean[] {
  const formats = new Map<number, boolean>()
  const styles: boolean[] = []
  let inCells = false
  readXml(
    xml,
    {
      open(name, attributes) {
        if (name === 'x:numFmt') {
          const code = (attributes.formatCode ?? '').replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '')
          formats.set(Number(attributes.numFmtId), /[dmyhs]/i.test(code))
        } else if (name === 'x:cellXfs') inCells = true
        else if (name === 'x:xf' && inCells) {
          const format = Number(attributes.numFmtId ?? 0)
          styles.push(formats.get(format) ?? DATES.has(format))
        }
      },
      close(name) {
        if (name === 'x:cellXfs') inCells = false
      },
    },
    PREFIXES,
  )
  return styles
}

interface Book {
  readonly strings: readonly string[]
  readonly dates: readonly boolean[]
  readonly since: number
  readonly budget: { cells: number }
}

function rowsOf(xml: string, book: Book): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = { column: 0, type: '', style: 0, value: '' }
  let inValue = false
  readXml(
    xml,
    {
      open(name, attributes) {
        if (name === 'x:row') row = []
        else if (name === 'x:c') {
          const column = columnOf(attributes.r) ?? row.length
          cell = { column, type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), value: '' }
        } else if (name === 'x:v' || name === 'x:t') inValue = true
      },
      text(words) {
        if (inValue) cell.value += words
      },
      close(name) {
        if (name === 'x:v' || name === 'x:t') inValue = false
        else if (name === 'x:c' && cell.value !== '') {
          book.budget.cells -= cell.column - row.length + 1
          if (book.budget.cells < 0) throw tooManyCells()
          while (row.length < cell.column) row.push('')
          row[cell.column] = shown(cell, book)
        } else if (name === 'x:row' && row.length > 0) rows.push(row)
      },
    },
    PREFIXES,
  )
  return rows
}

/** From 0; null where it is none, or beyond the last that there can be (XFD). */
function columnOf(reference: string | undefined): number | null {
  const letters = /^([A-Z]{1,3})\d/.exec(reference ?? '')?.[1]
  if (letters === undefined) return null
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
  return column < 16_384 ? column : null
}

function shown({ type, style, value }: { type: string; style: number; value: string }, book: Book): string {
  if (type === 's') return book.strings[Number(value)] ?? ''
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
  const number = Number(value)
  if (type !== 'n' || !book.dates[style] || !Number.isFinite(number) || Math.abs(number) > 2_958_465)
    return value
  const moment = new Date(book.since + Math.round(number * 86_400) * 1000).toISOString()
  if (number < 1) return moment.slice(11, 19)
  return moment.endsWith('T00:00:00.000Z')
    ? moment.slice(0, 10)
    : `${moment.slice(0, 10)} ${moment.slice(11, 19)}`
}

function tooManyCells(): Refusal {
  return new Refusal(
    'unpacks_too_large',
    `This workbook has more than ${MOST_CELLS} cells, so it is not read; its original is kept: take in the sheets that are needed, each in a file of its own.`,
  )
}
