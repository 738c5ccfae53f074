import { ZipFile } from 'yazl'

/** A zip of these members, in their order. */
export async function aZip(
  members: Readonly<Record<string, string | Buffer>>,
  options: { readonly [name: string]: { mode?: number; compress?: boolean } } = {},
): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(members))
    zip.addBuffer(Buffer.from(content), name, { compress: true, ...options[name] })
  zip.end()
  const pieces: Buffer[] = []
  for await (const piece of zip.outputStream) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

/** A Word document of this body, with what else it has. */
export function aDocx(body: string, others: Readonly<Record<string, string>> = {}): Promise<Buffer> {
  return aZip({
    '[Content_Types].xml': '<Types/>',
    'word/document.xml': `<?xml version="1.0"?><w:document ${W}><w:body>${body}</w:body></w:document>`,
    ...Object.fromEntries(
      Object.entries(others).map(([name, xml]) => [name, xml.replace('<w:root', `<w:root ${W}`)]),
    ),
  })
}

/** An OpenDocument text of this body. */
export function anOdt(body: string): Promise<Buffer> {
  const names = ['text', 'table', 'office'].map(
    (one) => `xmlns:${one}="urn:oasis:names:tc:opendocument:xmlns:${one}:1.0"`,
  )
  return aZip({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': `<office:document-content ${names.join(' ')} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
  })
}

/** An Excel workbook of one sheet. */
export function anXlsx(rows: string, strings: readonly string[]): Promise<Buffer> {
  const X = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
  const R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
  return aZip({
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook ${X} ${R}><sheets><sheet name="Boats" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/sharedStrings.xml': `<sst ${X}>${strings.map((one) => `<si><t>${one}</t></si>`).join('')}</sst>`,
    'xl/styles.xml': `<styleSheet ${X}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet ${X}><sheetData>${rows}</sheetData></worksheet>`,
  })
}
