import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { aPdf } from './a-pdf.ts'
import { A_JPEG, aPng, aTiff, directory } from './a-picture.ts'
import { aDocx, anOdt, anXlsx, aZip } from './a-zip.ts'

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

const p = (words: string) => `<w:p><w:r><w:t>${words}</w:t></w:r></w:p>`
const DEEP = 200_000

function mailOf(body: string): Buffer {
  return Buffer.from(
    `From: a@harbour.example\r\nSubject: Boats\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="B"\r\n\r\n--B\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>${body}</p>\r\n--B\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename="a.txt"\r\n\r\nTwelve boats.\r\n--B--\r\n`,
  )
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

/** Files made by hand to harm, each known to have brought down some reader somewhere. */
async function craftedOf(kind: HostileKind): Promise<[string, Buffer][]> {
  const common: [string, Buffer][] = [
    ['one byte', Buffer.from([0])],
    ['a program', Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46]), Buffer.alloc(4000, 7)])],
    ['a megabyte of zeros', Buffer.alloc(1_000_000)],
    [
      'a PDF and a zip in one',
      Buffer.concat([aPdf([[[72, 700, 10, 'Boats']]]), await aZip({ 'a.txt': 'Boats' })]),
    ],
  ]
  const zeros = Buffer.alloc(20 * 1024 * 1024, 32)
  switch (kind) {
    case 'pdf':
      return [...common, ...craftedPdf()]
    case 'docx':
      return [
        ...common,
        ['markup 200,000 deep', await aDocx('<w:sdt>'.repeat(DEEP))],
        ['tables within tables', await aDocx('<w:tbl><w:tr><w:tc>'.repeat(120) + p('x'))],
        ['a bomb', await aDocx(zeros.toString())],
        [
          'entities of its own',
          await aZip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': entityBomb() }),
        ],
        ['a million empty paragraphs', await aDocx(`${p('x')}${'<w:p/>'.repeat(150_000)}`)],
        ['no end', await aDocx('<w:p><w:r><w:t>')],
      ]
    case 'odt':
      return [
        ...common,
        ['markup 200,000 deep', await anOdt('<text:span>'.repeat(DEEP))],
        [
          'a billion spaces',
          await anOdt(`<text:p>x${'<text:s text:c="999999999"/>'.repeat(2000)}y</text:p>`),
        ],
        [
          'a table of 10^12 cells',
          await anOdt(
            '<table:table><table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000000"><text:p>x</text:p></table:table-cell></table:table-row></table:table>',
          ),
        ],
        [
          'a note in a note in a note',
          await anOdt(`<text:p>${'<text:note><text:note-body><text:p>x'.repeat(150)}`),
        ],
      ]
    case 'xlsx':
      return [
        ...common,
        ['markup 200,000 deep', await anXlsx('<row>'.repeat(DEEP), [])],
        [
          'cells in the last column',
          await anXlsx(
            Array.from({ length: 20_000 }, (_, n) => `<row r="${n}"><c r="XFD${n}"><v>1</v></c></row>`).join(
              '',
            ),
            [],
          ),
        ],
        [
          'a string that is not there',
          await anXlsx('<row><c t="s"><v>99999999</v></c><c t="s"><v>-1</v></c></row>', ['x']),
        ],
        [
          'a date beyond all',
          await anXlsx('<row><c s="1"><v>1e300</v></c><c s="1"><v>NaN</v></c><c><v>1</v></c></row>', []),
        ],
      ]
    case 'zip':
      return [
        ...common,
        ['a bomb', await aZip({ 'zeros.txt': zeros })],
        [
          'a slip',
          Buffer.from(
            (await aZip({ 'aa/evil.txt': 'x' })).toString('latin1').replaceAll('aa/evil', '../evil'),
            'latin1',
          ),
        ],
        [
          'an absolute path',
          Buffer.from(
            (await aZip({ 'aetc/passwd': 'x' })).toString('latin1').replaceAll('aetc', '/etc'),
            'latin1',
          ),
        ],
        ['a link', await aZip({ link: '/etc/passwd' }, { link: { mode: 0o120777 } })],
        [
          'one name twice',
          Buffer.from(
            (await aZip({ 'a1.txt': 'x', 'a2.txt': 'y' })).toString('latin1').replaceAll('a2.txt', 'a1.txt'),
            'latin1',
          ),
        ],
        ['zips within zips', await nested(12)],
        [
          'ten thousand files',
          await aZip(Object.fromEntries(Array.from({ length: 10_001 }, (_, n) => [`${n}`, '']))),
        ],
      ]
    case 'eml':
      return [
        ...common,
        [
          'parts 3,000 deep',
          Buffer.from(
            `Subject: x\r\n${Array.from({ length: 3000 }, (_, n) => `Content-Type: multipart/mixed; boundary="b${n}"\r\n\r\n--b${n}\r\n`).join('')}`,
          ),
        ],
        [
          'mails within mails',
          Buffer.from(`Subject: x\r\n${'Content-Type: message/rfc822\r\n\r\nSubject: y\r\n'.repeat(2000)}`),
        ],
        ['heads without end', Buffer.from(`X: ${'y'.repeat(3_000_000)}`)],
        ['markup 200,000 deep', mailOf('<div>'.repeat(DEEP))],
        ['encoded words without end', Buffer.from(`Subject: ${'=?utf-8?Q?=41'.repeat(100_000)}\r\n\r\nx`)],
        [
          '20,000 attachments',
          Buffer.from(
            `Content-Type: multipart/mixed; boundary=B\r\n\r\n${'--B\r\nContent-Disposition: attachment\r\n\r\nx\r\n'.repeat(2000)}--B--`,
          ),
        ],
      ]
    case 'png':
      return [
        ...common,
        ['a flood of pixels', aPng(60_000, 40)],
        ['a picture one point high', aPng(30_000, 1)],
        ['ten thousand million points that are not there', lying(aPng(), 16, 100_000)],
        ['fewer rows than it says', lying(aPng(), 20, 4000)],
      ]
    case 'jpg':
      return [
        ...common,
        ['segments without end', Buffer.from(`\xff\xd8${'\xff\xe1\0\x02'.repeat(200_000)}`, 'latin1')],
        ['fillers without end', Buffer.alloc(500_000, 0xff)],
      ]
    case 'tif':
      return [
        ...common,
        [
          'directories in a circle',
          Buffer.concat([Buffer.from('II*\0\x08\0\0\0', 'latin1'), directory([[256, 9]], 8)]),
        ],
        ['a strip beyond the end', lying(aTiff(), 4, 0x7fffffff)],
        ['rows of a picture that are not there', aTiff(20_000, 40).subarray(0, 9000)],
      ]
    case 'csv':
      return [
        ...common,
        ['a million cells in a line', Buffer.from(`x${','.repeat(1_000_000)}`)],
        ['a quote without end', Buffer.from(`"${'a""'.repeat(500_000)}`)],
        ['a million lines', Buffer.from('a,b\n'.repeat(300_000))],
      ]
    case 'html':
      return [
        ...common,
        ['markup 200,000 deep', Buffer.from('<div>'.repeat(DEEP))],
        ['attributes without end', Buffer.from(`<p ${'a="b" '.repeat(300_000)}>x</p>`)],
        ['entities without end', Buffer.from(`<p>${'&amp'.repeat(500_000)}</p>`)],
        ['open comments', Buffer.from(`<p>x</p>${'<!--'.repeat(300_000)}`)],
      ]
    default:
      return [
        ...common,
        ['marks that combine', Buffer.from(`a${'\u0301'.repeat(200_000)}`)],
        ['halves of characters', Buffer.from('\ud83d'.repeat(1000), 'utf16le')],
        ['one line', Buffer.from('word '.repeat(400_000))],
      ]
  }
}

/** With another number, four bytes wide, at a place. */
function lying(bytes: Buffer, at: number, value: number): Buffer {
  const changed = Buffer.from(bytes)
  changed.writeUInt32BE(value, at)
  return changed
}

function entityBomb(): string {
  const levels = Array.from({ length: 12 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join(
    '',
  )
  return `<!DOCTYPE x [<!ENTITY e0 "lol">${levels}<!ENTITY f SYSTEM "file:///etc/passwd">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${p('&e12;&f;')}</w:body></w:document>`
}

async function nested(levels: number): Promise<Buffer> {
  let bytes: Buffer = Buffer.from('the innermost')
  for (let n = 0; n < levels; n += 1) bytes = await aZip({ [n === 0 ? 'a.txt' : 'inner.zip']: bytes })
  return bytes
}

function craftedPdf(): [string, Buffer][] {
  const whole = aPdf([[[72, 700, 10, 'Boats']]], { outline: [['Boats', 0]] }).toString('latin1')
  const changed = (from: string | RegExp, to: string) => Buffer.from(whole.replace(from, to), 'latin1')
  return [
    ['pages that are their own parents', changed('/Kids [4 0 R]', '/Kids [2 0 R]')],
    [
      'an outline in a circle',
      changed(/\/Parent 6 0 R \/Dest[^>]*/, '/Parent 6 0 R /Next 7 0 R /First 7 0 R '),
    ],
    ['a billion pages', changed('/Count 1 ', '/Count 999999999 ')],
    ['a page of a million metres', changed('0 0 595 842', '-2000000000 -2000000000 2000000000 2000000000')],
    ['arrays 200,000 deep', changed('/Kids [4 0 R]', `/Kids ${'['.repeat(DEEP)}`)],
    [
      'a flood of pixels',
      changed(
        '/Font << /F1 3 0 R >>',
        '/Font << /F1 3 0 R >> /XObject << /I << /Type /XObject /Subtype /Image /Width 99999 /Height 99999 /BitsPerComponent 8 /ColorSpace /DeviceRGB >> >>',
      ),
    ],
    ['a million letters on a page', aPdf([[[72, 700, 10, 'boat '.repeat(60_000)]]])],
    [
      '20,000 lines on a page',
      aPdf([Array.from({ length: 20_000 }, (_, n) => [72, 840 - (n % 800), 1, 'boat'] as const)]),
    ],
    ['forms within forms', changed('/Contents 5 0 R', '/Contents [5 0 R 5 0 R 5 0 R]')],
  ]
}
