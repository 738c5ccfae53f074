import { gzipSync } from 'node:zlib'
import { aPdf } from './a-pdf.ts'
import { aPng, aTiff, directory } from './a-picture.ts'
import { WARC, warcOf } from './a-web-archive.ts'
import { aDocx, anOdt, anXlsx, aZip } from './a-zip.ts'
import type { HostileKind } from './hostile.ts'

/** A paragraph of a Word document. */
export const p = (words: string) => `<w:p><w:r><w:t>${words}</w:t></w:r></w:p>`
const DEEP = 200_000

/** A mail with a page and an attachment. */
export function mailOf(body: string): Buffer {
  return Buffer.from(
    `From: a@harbour.example\r\nSubject: Boats\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="B"\r\n\r\n--B\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>${body}</p>\r\n--B\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename="a.txt"\r\n\r\nTwelve boats.\r\n--B--\r\n`,
  )
}

/** Files made by hand to harm, each known to have brought down some reader somewhere. */
export async function craftedOf(kind: HostileKind): Promise<[string, Buffer][]> {
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
    case 'warc':
      return [
        ...common,
        ['a bomb', gzipSync(Buffer.alloc(300 * 1024 * 1024))],
        ['a bomb in an answer', warcOf(gzipSync(Buffer.alloc(80 * 1024 * 1024)), 'Content-Encoding: gzip')],
        ['bombs one in the other', warcOf(gzipSync(gzipSync(zeros)), 'Content-Encoding: gzip, gzip')],
        [
          'chunks without end',
          warcOf(Buffer.from('1\r\nx\r\n'.repeat(300_000)), 'Transfer-Encoding: chunked'),
        ],
        ['records without end', Buffer.from('WARC/1.0\r\nContent-Length: 0\r\n\r\n'.repeat(200_000))],
        ['a length beyond all', Buffer.from('WARC/1.0\r\nContent-Length: 9007199254740991\r\n\r\nx')],
        ['headers without end', Buffer.from(`WARC/1.0\r\n${'X: y\r\n'.repeat(300_000)}`)],
      ]
    case 'wacz':
      return [
        ...common,
        [
          'a list nested beyond reason',
          await aZip({ 'archive/a.warc': WARC, 'datapackage.json': '['.repeat(500_000) }),
        ],
        [
          'a certificate of nothing',
          await aZip({
            'archive/a.warc': WARC,
            'datapackage.json': '{}',
            'datapackage-digest.json': '{"signedData":{"hash":"x","signature":"y","domainCert":"z"}}',
          }),
        ],
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
