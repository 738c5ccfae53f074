import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as library from '@hyzyla/pdfium'
import { Refusal } from '../../foundation/refusal.ts'

type Pointer = number

/** The functions of PDFium (public/fpdf_text.h, fpdfview.h, fpdf_doc.h) that are used; the package's own types name few of them. */
interface Pdfium {
  readonly HEAPU8: Uint8Array
  readonly HEAPF32: Float32Array
  readonly HEAP32: Int32Array
  _malloc(size: number): Pointer
  _free(at: Pointer): void
  _FPDF_InitLibrary(): void
  _FPDF_LoadMemDocument(at: Pointer, size: number, password: Pointer): Pointer
  _FPDF_GetLastError(): number
  _FPDF_GetPageCount(document: Pointer): number
  _FPDF_LoadPage(document: Pointer, n: number): Pointer
  _FPDF_ClosePage(page: Pointer): void
  _FPDF_GetPageWidthF(page: Pointer): number
  _FPDF_GetPageHeightF(page: Pointer): number
  _FPDF_PageToDevice(
    page: Pointer,
    left: number,
    top: number,
    width: number,
    height: number,
    rotate: number,
    x: number,
    y: number,
    toX: Pointer,
    toY: Pointer,
  ): number
  _FPDF_GetMetaText(document: Pointer, tag: Pointer, buffer: Pointer, length: number): number
  _FPDFText_LoadPage(page: Pointer): Pointer
  _FPDFText_ClosePage(text: Pointer): void
  _FPDFText_CountChars(text: Pointer): number
  _FPDFText_GetUnicode(text: Pointer, n: number): number
  _FPDFText_GetLooseCharBox(text: Pointer, n: number, rectangle: Pointer): number
  _FPDFBookmark_GetFirstChild(document: Pointer, bookmark: Pointer): Pointer
  _FPDFBookmark_GetNextSibling(document: Pointer, bookmark: Pointer): Pointer
  _FPDFBookmark_GetTitle(bookmark: Pointer, buffer: Pointer, length: number): number
  _FPDFBookmark_GetDest(document: Pointer, bookmark: Pointer): Pointer
  _FPDFDest_GetDestPageIndex(document: Pointer, destination: Pointer): number
}

/** One character as it is printed: its box in tenths of a point, from the upper left corner of the page. */
export interface Printed {
  /** A Unicode code point; 2 stands for a hyphen at a line's end. */
  readonly code: number
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export interface OutlineEntry {
  readonly title: string
  /** From 0; -1 where it leads nowhere. */
  readonly page: number
  readonly level: number
}

export interface PdfDocument {
  readonly pages: number
  readonly about: Readonly<Record<string, string>>
  readonly outline: readonly OutlineEntry[]
  size(page: number): { width: number; height: number }
  /** All characters of a page, in the order in which they are printed. */
  characters(page: number): Printed[]
}

const META = ['Title', 'Author', 'Subject', 'Keywords', 'Creator', 'Producer', 'CreationDate', 'ModDate']
/** Entries of an outline that are looked at: one that leads back into itself ends here. */
const MOST_ENTRIES = 5000
const DEEPEST = 9
/** FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY. */
const LOCKED = new Set([4, 5])
/** Parts of a page's width and height when its corners are mapped; large, because the answer is in whole numbers. */
const GRID = 1 << 20
const SCRATCH = 4096

let loaded: Promise<Pdfium> | undefined

/** PDFium as WebAssembly, compiled once a process. */
function pdfium(): Promise<Pdfium> {
  loaded ??= start()
  return loaded
}

async function start(): Promise<Pdfium> {
  const path = fileURLToPath(import.meta.resolve('@hyzyla/pdfium/pdfium.wasm'))
  const bytes = readFileSync(path)
  const make: unknown = Reflect.get(library, 'PDFiumModule')
  if (typeof make !== 'function') throw new TypeError('The PDF library has another shape than it had.')
  const made: Pdfium = await make({
    wasmBinary: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
  })
  made._FPDF_InitLibrary()
  return made
}

/** @throws Refusal `password_needed`, `file_damaged` */
export async function openPdf(bytes: Uint8Array): Promise<PdfDocument> {
  const pdf = await pdfium()
  const scratch = pdf._malloc(SCRATCH)
  const at = pdf._malloc(bytes.length)
  pdf.HEAPU8.set(bytes, at)
  const document = pdf._FPDF_LoadMemDocument(at, bytes.length, 0)
  if (document === 0) {
    if (LOCKED.has(pdf._FPDF_GetLastError()))
      throw new Refusal(
        'password_needed',
        'This PDF is locked with a password; its original is kept: open it with the password, print it to a new PDF, and take that in too.',
      )
    throw new Refusal(
      'file_damaged',
      'This PDF is damaged and cannot be opened; its original is kept: get another copy of it.',
    )
  }
  /** UTF-16LE with its ending, as PDFium writes strings. */
  const text = (write: (buffer: Pointer, length: number) => number): string => {
    const size = write(scratch, SCRATCH)
    if (size < 4 || size > SCRATCH) return ''
    return Buffer.from(pdf.HEAPU8.slice(scratch, scratch + size - 2)).toString('utf16le')
  }
  const about: Record<string, string> = {}
  for (const name of META) {
    pdf.HEAPU8.set(Buffer.from(`${name}\0`, 'latin1'), scratch)
    const tag = pdf._malloc(name.length + 1)
    pdf.HEAPU8.set(Buffer.from(`${name}\0`, 'latin1'), tag)
    const value = text((buffer, length) => pdf._FPDF_GetMetaText(document, tag, buffer, length)).trim()
    pdf._free(tag)
    if (value !== '') about[name] = value
  }
  return {
    pages: pdf._FPDF_GetPageCount(document),
    about,
    outline: outlineOf(pdf, { document, text }),
    size(n) {
      const page = pdf._FPDF_LoadPage(document, n)
      if (page === 0) return { width: 0, height: 0 }
      const size = { width: pdf._FPDF_GetPageWidthF(page), height: pdf._FPDF_GetPageHeightF(page) }
      pdf._FPDF_ClosePage(page)
      return size
    },
    characters: (n) => charactersOf(pdf, { document, n, scratch }),
  }
}

function outlineOf(
  pdf: Pdfium,
  {
    document,
    text,
  }: { document: Pointer; text: (write: (buffer: Pointer, length: number) => number) => string },
): OutlineEntry[] {
  const entries: OutlineEntry[] = []
  const seen = new Set<Pointer>()
  const walk = (parent: Pointer, level: number) => {
    let one = pdf._FPDFBookmark_GetFirstChild(document, parent)
    while (one !== 0 && !seen.has(one) && entries.length < MOST_ENTRIES) {
      seen.add(one)
      const bookmark = one
      const to = pdf._FPDFBookmark_GetDest(document, bookmark)
      entries.push({
        title: text((buffer, length) => pdf._FPDFBookmark_GetTitle(bookmark, buffer, length)).trim(),
        page: to === 0 ? -1 : pdf._FPDFDest_GetDestPageIndex(document, to),
        level,
      })
      if (level < DEEPEST) walk(bookmark, level + 1)
      one = pdf._FPDFBookmark_GetNextSibling(document, bookmark)
    }
  }
  walk(0, 1)
  return entries
}

function charactersOf(
  pdf: Pdfium,
  { document, n, scratch }: { document: Pointer; n: number; scratch: Pointer },
): Printed[] {
  const page = pdf._FPDF_LoadPage(document, n)
  if (page === 0) return []
  const text = pdf._FPDFText_LoadPage(page)
  const count = text === 0 ? 0 : pdf._FPDFText_CountChars(text)
  const place = ontoPaper(pdf, { page, scratch })
  const found: Printed[] = []
  const at = scratch >> 2
  for (let k = 0; k < count; k += 1) {
    const code = pdf._FPDFText_GetUnicode(text, k)
    pdf._FPDFText_GetLooseCharBox(text, k, scratch)
    const { HEAPF32: heap } = pdf
    const [x0, y0] = place(heap[at] ?? 0, heap[at + 1] ?? 0)
    const [x1, y1] = place(heap[at + 2] ?? 0, heap[at + 3] ?? 0)
    found.push({
      code,
      left: Math.min(x0, x1),
      top: Math.min(y0, y1),
      right: Math.max(x0, x1),
      bottom: Math.max(y0, y1),
    })
  }
  if (text !== 0) pdf._FPDFText_ClosePage(text)
  pdf._FPDF_ClosePage(page)
  return found
}

/** From the page's own coordinates (upwards, perhaps turned or cut) to tenths of a point from its upper left corner as printed. */
function ontoPaper(
  pdf: Pdfium,
  { page, scratch }: { page: Pointer; scratch: Pointer },
): (x: number, y: number) => readonly [number, number] {
  const [width, height] = [pdf._FPDF_GetPageWidthF(page) * 10, pdf._FPDF_GetPageHeightF(page) * 10]
  const corner = (x: number, y: number): [number, number] => {
    pdf._FPDF_PageToDevice(page, 0, 0, GRID, GRID, 0, x, y, scratch, scratch + 4)
    const { HEAP32: heap } = pdf
    return [((heap[scratch >> 2] ?? 0) / GRID) * width, ((heap[(scratch >> 2) + 1] ?? 0) / GRID) * height]
  }
  const [x0, y0] = corner(0, 0)
  const [xx, xy] = corner(100, 0)
  const [yx, yy] = corner(0, 100)
  const [a, b, c, d] = [(xx - x0) / 100, (xy - y0) / 100, (yx - x0) / 100, (yy - y0) / 100]
  return (x, y) => [x0 + x * a + y * c, y0 + x * b + y * d]
}
