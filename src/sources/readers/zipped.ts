import { Refusal } from '../../foundation/refusal.ts'
import type { Extract, InsideFile, Reader } from '../extract.ts'
import { extractOf, plainTable, writeBlocks } from './blocks.ts'
import { type Container, openContainer, readText } from './container.ts'
import { readDocx } from './docx.ts'
import { readOpenDocument } from './odt.ts'
import { storable } from './text-builder.ts'
import { isWacz, readWacz } from './web-archive.ts'
import { readXlsx } from './xlsx.ts'

interface Kind {
  readonly called: string
  readonly endings: RegExp
  readonly as: NonNullable<Extract['as']>
  read(container: Container): Promise<Extract>
}

const OFFICE = 'application/vnd.openxmlformats-officedocument'
const OPEN = 'application/vnd.oasis.opendocument'
const kind = (called: string, endings: RegExp, mediaType: string, read: Kind['read']): Kind => ({
  called,
  endings,
  as: { tool: `rapporteur-${called.split(' ').at(-1)?.toLowerCase() ?? 'zip'}`, version: '1', mediaType },
  read,
})

const DOCX = kind('a Word document, DOCX', /\.do[ct][xm]$/i, `${OFFICE}.wordprocessingml.document`, readDocx)
const XLSX = kind('an Excel workbook, XLSX', /\.xl[st][xm]$/i, `${OFFICE}.spreadsheetml.sheet`, readXlsx)
const ODT = kind('an OpenDocument text, ODT', /\.o(?:dt|tt)$/i, `${OPEN}.text`, readOpenDocument)
const ODS = kind('an OpenDocument sheet, ODS', /\.o(?:ds|ts)$/i, `${OPEN}.spreadsheet`, readOpenDocument)
const WACZ = kind('an archive of the web, WACZ', /\.wacz$/i, 'application/wacz', readWacz)
const ZIP = kind('an archive of files, ZIP', /\.zip$/i, 'application/zip', readArchive)
const KINDS = [DOCX, XLSX, ODT, ODS, WACZ, ZIP]

/** Bytes of files inside an archive, all together: what one child can hand over. */
const LARGEST_INSIDE = 256 * 1024 * 1024

/** Whatever is a zip: which kind, its directory tells, and the file's name must say the same. */
export const zippedReader: Reader = {
  tool: 'rapporteur-zip',
  version: '1',
  mediaType: 'application/zip',
  isShutIn: true,
  async read(bytes, { fileName }) {
    const container = await openContainer(bytes)
    const found = await kindOf(container)
    const named = KINDS.find(({ endings }) => endings.test(fileName))
    if (named && named !== found && named !== ZIP) throw disagrees(named, found)
    return { ...(await found.read(container)), as: found.as }
  },
}

async function kindOf(container: Container): Promise<Kind> {
  const mediaType = (await readText(container, 'mimetype'))?.trim() ?? ''
  if (container.has('content.xml') && mediaType.startsWith(`${OPEN}.text`)) return ODT
  if (container.has('content.xml') && mediaType.startsWith(`${OPEN}.spreadsheet`)) return ODS
  if (container.has('[Content_Types].xml') && container.has('word/document.xml')) return DOCX
  if (container.has('[Content_Types].xml') && container.has('xl/workbook.xml')) return XLSX
  return isWacz(container) ? WACZ : ZIP
}

/** An archive says which files it holds; each becomes a source of its own. */
async function readArchive(container: Container): Promise<Extract> {
  const inside: InsideFile[] = []
  let size = 0
  for (const name of container.names) {
    const bytes = await container.read(name)
    if (!bytes || bytes.length === 0 || isOfTheSystem(name)) continue
    size += bytes.length
    if (size > LARGEST_INSIDE)
      throw new Refusal(
        'unpacks_too_large',
        'The files in this archive are larger than 256 MB together; its original is kept: unpack it, and take in the folder.',
      )
    inside.push({ fileName: name, bytes })
  }
  const rows = container.names.map((name) => [name, String(container.sizes.get(name) ?? 0)])
  return { ...extractOf(writeBlocks([plainTable(rows)]), { about: {} }), inside }
}

/** What computers leave in archives for themselves. */
function isOfTheSystem(name: string): boolean {
  return /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i.test(name)
}

function disagrees(named: Kind, found: Kind): Refusal {
  return new Refusal(
    'kind_disagrees',
    storable(
      `This file is called ${named.called}, but what it holds is ${found.called}; its original is kept: look at where it comes from, and take it in under its right name.`,
    ),
  )
}
