import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { aPdf } from './a-pdf.ts'
import { A_JPEG, aPng, aTiff } from './a-picture.ts'
import { aWacz, WARC } from './a-web-archive.ts'
import { aDocx, anOdt, anXlsx, aZip } from './a-zip.ts'
import { craftedOf, mailOf, p } from './hostile-crafted.ts'

/** Kinds of file by the ending that brings their reader. */
export const HOSTILE_KINDS = [
  'txt',
  'html',
  'pdf',
  'docx',
  'odt',
  'xlsx',
  'csv',
  'eml',
  'zip',
  'png',
  'jpg',
  'tif',
  'warc',
  'wacz',
] as const
export type HostileKind = (typeof HOSTILE_KINDS)[number]

export interface HostileFile {
  readonly fileName: string
  /** How it was made, for whoever looks at a failure. */
  readonly how: string
  readonly bytes: Buffer
}

const DATA = fileURLToPath(new URL('../../shared/data/', import.meta.url))
/** Larger real files are left out: their mutations would only take longer. Bytes. */
const SMALL = 400_000

/** The same numbers for the same seed (mulberry32), so that a failure can be made again. */
function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below)
  }
}

/** So many hostile files of a kind: those made by hand first, then mutations of whole ones. */
export async function* hostileFiles(kind: HostileKind, count: number, seed = 1): AsyncGenerator<HostileFile> {
  const crafted = await craftedOf(kind)
  const whole = [...(await wholeOf(kind)), ...realOf(kind)]
  const roll = dice(seed)
  for (let n = 0; n < count; n += 1) {
    const one = crafted[n]
    const [how, bytes] = one ?? mutated(whole[roll(whole.length)] ?? Buffer.alloc(0), roll, whole)
    // A file that says its own number is no file twice.
    yield { fileName: `hostile-${n}.${kind}`, how, bytes }
  }
}

function mutated(whole: Buffer, roll: (below: number) => number, all: readonly Buffer[]): [string, Buffer] {
  const bytes = Buffer.from(whole)
  const at = () => roll(Math.max(1, bytes.length))
  switch (roll(8)) {
    case 0:
      for (let n = 1 + roll(64); n > 0; n -= 1) bytes[at()] = roll(256)
      return ['bytes replaced', bytes]
    case 1:
      return ['cut off', bytes.subarray(0, at())]
    case 2: {
      const from = at()
      return [
        'a piece left out',
        Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + 1 + roll(2000))]),
      ]
    }
    case 3: {
      const from = at()
      const piece = bytes.subarray(from, from + 1 + roll(500))
      return [
        'a piece many times',
        Buffer.concat([
          bytes.subarray(0, from),
          ...Array.from({ length: 200 }, () => piece),
          bytes.subarray(from),
        ]),
      ]
    }
    case 4: {
      const from = Math.max(0, at() - 4)
      if (bytes.length >= 4)
        bytes.writeUInt32LE(
          [0xffffffff, 0x7fffffff, 0, 0x80000000][roll(4)] ?? 0,
          Math.min(from, bytes.length - 4),
        )
      return ['a size that lies', bytes]
    }
    case 5: {
      const numbers = ['99999999999', '-1', '0', '2147483648', '1e999']
      const text = bytes.toString('latin1')
      const places = [...text.matchAll(/\d+/g)]
      const place = places[roll(Math.max(1, places.length))]
      if (!place) return ['left whole', bytes]
      const changed =
        text.slice(0, place.index) + (numbers[roll(5)] ?? '') + text.slice(place.index + place[0].length)
      return ['a number that lies', Buffer.from(changed, 'latin1')]
    }
    case 6:
      return ['two files in one', Buffer.concat([bytes, all[roll(all.length)] ?? bytes])]
    default: {
      const from = at()
      bytes.fill(roll(2) * 255, from, Math.min(bytes.length, from + roll(4000)))
      return ['a stretch of nothing', bytes]
    }
  }
}

async function wholeOf(kind: HostileKind): Promise<Buffer[]> {
  const words = 'Twelve boats were burnt that night, and nobody answered.'
  switch (kind) {
    case 'pdf':
      return [aPdf([[[72, 700, 10, words]], [[72, 700, 10, words]]], { outline: [['Boats', 1]] })]
    case 'docx':
      return [await aDocx(`${p(words)}<w:tbl><w:tr><w:tc>${p(words)}</w:tc></w:tr></w:tbl>`)]
    case 'odt':
      return [
        await anOdt(
          `<text:p>${words}</text:p><table:table><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table>`,
        ),
      ]
    case 'xlsx':
      return [await anXlsx('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>12</v></c></row>', [words])]
    case 'zip':
      return [await aZip({ 'a.txt': words, 'b/c.txt': words })]
    case 'eml':
      return [mailOf(words)]
    case 'png':
      return [aPng()]
    case 'jpg':
      return [A_JPEG]
    case 'tif':
      return [aTiff()]
    case 'warc':
      return [WARC]
    case 'wacz':
      return [await aWacz()]
    case 'csv':
      return [Buffer.from(`place,boats\n"Port, Sample",12\n${words},3\n`)]
    case 'html':
      return [
        Buffer.from(
          `<html><head><title>Boats</title></head><body><p>${words}</p><table><tr><td>12</td></tr></table></body></html>`,
        ),
      ]
    default:
      return [Buffer.from(`${words}\n\n${words}\n`)]
  }
}

function realOf(kind: HostileKind): Buffer[] {
  const folders = ['fixtures/pdfjs', 'fixtures/docx', 'fixtures/uwazi', 'upr'].map((name) => join(DATA, name))
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => path.endsWith(`.${kind}`))
    .map((path) => readFileSync(path))
    .filter((bytes) => bytes.length <= SMALL)
}
