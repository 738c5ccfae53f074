import { decode } from '../decode.ts'
import type { Reader } from '../extract.ts'
import { extractOf, plainTable, writeBlocks } from './blocks.ts'

const SEPARATORS = [',', ';', '\t', '|']
/** How much of a table is looked at to see what parts its cells. UTF-16 units. */
const SAMPLE = 20_000

/** A table of values parted by commas or the like (RFC 4180, and as spreadsheets write it elsewhere). */
export const csvReader: Reader = {
  tool: 'rapporteur-csv',
  version: '1',
  mediaType: 'text/csv',
  isShutIn: true,
  read(bytes, { fileName }) {
    const { text, charset, notes } = decode(bytes)
    const plain = text.replace(/^\uFEFF/, '')
    const separator = /\.tsv$/i.test(fileName) ? '\t' : separatorOf(plain.slice(0, SAMPLE))
    const rows = rowsOf(plain, separator)
    return { ...extractOf(writeBlocks([plainTable(rows)]), { about: {} }), charset, warnings: notes }
  },
}

/** What parts the cells: what its first lines hold equally many of, outside of quotes. */
function separatorOf(sample: string): string {
  const lines = sample
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 20)
  const scored = SEPARATORS.map((one): [string, number] => {
    const counts = lines.map((line) => line.split(one).length - 1)
    const [first = 0] = counts
    const alike = counts.filter((count) => count === first && count > 0).length
    return [one, alike * 100 + Math.min(first, 99)]
  })
  return scored.sort(([, a], [, b]) => b - a)[0]?.[0] ?? ','
}

/** Rows of cells; quotes may hold separators, line breaks and doubled quotes. Empty lines are no rows. */
export function rowsOf(text: string, separator: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let at = 0
  const endRow = () => {
    row.push(cell)
    if (row.length > 1 || cell !== '') rows.push(row)
    row = []
    cell = ''
  }
  while (at < text.length) {
    const letter = text[at]
    if (letter === '"' && cell === '') {
      const end = closingQuote(text, at + 1)
      cell = text.slice(at + 1, end).replaceAll('""', '"')
      at = end + 1
      continue
    }
    if (letter === separator) {
      row.push(cell)
      cell = ''
      at += 1
    } else if (letter === '\n' || letter === '\r') {
      endRow()
      at += letter === '\r' && text[at + 1] === '\n' ? 2 : 1
    } else {
      const next = nextOf(text, at, separator)
      cell += text.slice(at, next)
      at = next
    }
  }
  if (cell !== '' || row.length > 0) endRow()
  return rows
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from)
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
  return at < 0 ? text.length : at
}

function nextOf(text: string, from: number, separator: string): number {
  let at = from + 1
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at += 1
  return at
}
