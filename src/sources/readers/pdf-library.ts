import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as library from '@hyzyla/pdfium'
import { Refusal } from '../../foundation/refusal.ts'

type Pointer = number

/** What is used of WebAssembly, which the types of Node do not name. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => CompiledModule
  readonly Instance: new (module: CompiledModule, imports: object) => object
}
interface CompiledModule {
  readonly compiled: unique symbol
}

/** The functions of PDFium (public/fpdf_text.h, fpdfview.h, fpdf_doc.h) that are used, as the module itself exports them. */
interface Pdfium {
  readonly memory: { readonly buffer: ArrayBuffer }
  malloc(size: number): Pointer
  free(at: Pointer): void
  FPDF_InitLibrary(): void
  FPDF_LoadMemDocument(at: Pointer, size: number, password: Pointer): Pointer
  FPDF_GetLastError(): number
  FPDF_GetPageCount(document: Pointer): number
  FPDF_LoadPage(document: Pointer, n: number): Pointer
  FPDF_ClosePage(page: Pointer): void
  FPDF_GetPageWidthF(page: Pointer): number
  FPDF_GetPageHeightF(page: Pointer): number
  FPDF_PageToDevice(
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
  FPDFPage_CountObjects(page: Pointer): number
  FPDFBitmap_CreateEx(width: number, height: number, format: number, first: Pointer, stride: number): Pointer
  FPDFBitmap_FillRect(
    bitmap: Pointer,
    x: number,
    y: number,
    width: number,
    height: number,
    colour: number,
  ): number
  FPDFBitmap_Destroy(bitmap: Pointer): void
  FPDF_RenderPageBitmap(
    bitmap: Pointer,
    page: Pointer,
    x: number,
    y: number,
    width: number,
    height: number,
    rotate: number,
    flags: number,
  ): void
  FPDF_GetMetaText(document: Pointer, tag: Pointer, buffer: Pointer, length: number): number
  FPDFText_LoadPage(page: Pointer): Pointer
  FPDFText_ClosePage(text: Pointer): void
  FPDFText_CountChars(text: Pointer): number
  FPDFText_GetUnicode(text: Pointer, n: number): number
  FPDFText_GetLooseCharBox(text: Pointer, n: number, rectangle: Pointer): number
  FPDFBookmark_GetFirstChild(document: Pointer, bookmark: Pointer): Pointer
  FPDFBookmark_GetNextSibling(document: Pointer, bookmark: Pointer): Pointer
  FPDFBookmark_GetTitle(bookmark: Pointer, buffer: Pointer, length: number): number
  FPDFBookmark_GetDest(document: Pointer, bookmark: Pointer): Pointer
  FPDFDest_GetDestPageIndex(document: Pointer, destination: Pointer): number
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

export interface PrintedPage {
  readonly width: number
  readonly height: number
  readonly characters: Printed[]
  /** Whether anything is printed on it that is no text. */
  readonly hasPicture: boolean
}

/** A page as a picture: a byte of grey a point, row by row. */
export interface GreyPicture {
  readonly width: number
  readonly height: number
  readonly points: Uint8Array
}

export interface PdfDocument {
  readonly pages: number
  readonly about: Readonly<Record<string, string>>
  readonly outline: readonly OutlineEntry[]
  /** One page: its size in points, and all its characters in the order in which they are printed. */
  page(n: number): PrintedPage
  /** The same page drawn at so many dots an inch, at most so many points in all; null where it cannot be. */
  draw(n: number, most: { density: number; points: number }): GreyPicture | null
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

let compiled: CompiledModule | undefined

/** Compiles PDFium, once a process, so that the first file does not wait for it. */
export function preparePdf(): CompiledModule {
  compiled ??= new WebAssembly.Module(
    readFileSync(fileURLToPath(import.meta.resolve('@hyzyla/pdfium/pdfium.wasm'))),
  )
  return compiled
}

/**
 * A PDFium for one file alone: what a file does to its memory ends with it. Its functions are called as the module exports
 * them; the package's own way to them asserts around every call, which took a third of the time.
 */
async function pdfium(): Promise<Pdfium> {
  const make: unknown = Reflect.get(library, 'PDFiumModule')
  if (typeof make !== 'function') throw new TypeError('The PDF library has another shape than it had.')
  const { wasmExports }: { wasmExports: Pdfium } = await make({
    instantiateWasm(imports: object, done: (instance: object) => void) {
      done(new WebAssembly.Instance(preparePdf(), imports))
    },
  })
  wasmExports.FPDF_InitLibrary()
  return wasmExports
}

/** @throws Refusal `password_needed`, `file_damaged` */
export async function openPdf(bytes: Uint8Array): Promise<PdfDocument> {
  const pdf = await pdfium()
  const scratch = pdf.malloc(SCRATCH)
  const at = pdf.malloc(bytes.length)
  bytesOf(pdf).set(bytes, at)
  const document = pdf.FPDF_LoadMemDocument(at, bytes.length, 0)
  if (document === 0) {
    if (LOCKED.has(pdf.FPDF_GetLastError()))
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
    return Buffer.from(bytesOf(pdf).slice(scratch, scratch + size - 2)).toString('utf16le')
  }
  const about: Record<string, string> = {}
  for (const name of META) {
    const tag = pdf.malloc(name.length + 1)
    bytesOf(pdf).set(Buffer.from(`${name}\0`, 'latin1'), tag)
    const value = text((buffer, length) => pdf.FPDF_GetMetaText(document, tag, buffer, length)).trim()
    pdf.free(tag)
    if (value !== '') about[name] = value
  }
  return {
    pages: pdf.FPDF_GetPageCount(document),
    about,
    outline: outlineOf(pdf, { document, text }),
    page: (n) => pageOf(pdf, { document, n, scratch }),
    draw: (n, most) => drawn(pdf, { document, n, ...most }),
  }
}

/** The memory as it is now: it moves when it grows. */
function bytesOf({ memory }: Pdfium): Uint8Array {
  return new Uint8Array(memory.buffer)
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
    let one = pdf.FPDFBookmark_GetFirstChild(document, parent)
    while (one !== 0 && !seen.has(one) && entries.length < MOST_ENTRIES) {
      seen.add(one)
      const bookmark = one
      const to = pdf.FPDFBookmark_GetDest(document, bookmark)
      entries.push({
        title: text((buffer, length) => pdf.FPDFBookmark_GetTitle(bookmark, buffer, length)).trim(),
        page: to === 0 ? -1 : pdf.FPDFDest_GetDestPageIndex(document, to),
        level,
      })
      if (level < DEEPEST) walk(bookmark, level + 1)
      one = pdf.FPDFBookmark_GetNextSibling(document, bookmark)
    }
  }
  walk(0, 1)
  return entries
}

function pageOf(
  pdf: Pdfium,
  { document, n, scratch }: { document: Pointer; n: number; scratch: Pointer },
): PrintedPage {
  const page = pdf.FPDF_LoadPage(document, n)
  if (page === 0) return { width: 0, height: 0, characters: [], hasPicture: false }
  const [width, height] = [pdf.FPDF_GetPageWidthF(page), pdf.FPDF_GetPageHeightF(page)]
  const text = pdf.FPDFText_LoadPage(page)
  const count = text === 0 ? 0 : pdf.FPDFText_CountChars(text)
  const [a, b, c, d, x0, y0] = ontoPaper(pdf, { page, scratch, width, height })
  const characters: Printed[] = []
  const at = scratch >> 2
  let floats = new Float32Array(pdf.memory.buffer)
  for (let k = 0; k < count; k += 1) {
    const code = pdf.FPDFText_GetUnicode(text, k)
    pdf.FPDFText_GetLooseCharBox(text, k, scratch)
    if (floats.buffer !== pdf.memory.buffer) floats = new Float32Array(pdf.memory.buffer)
    const left = floats[at] ?? 0
    const up = floats[at + 1] ?? 0
    const right = floats[at + 2] ?? 0
    const down = floats[at + 3] ?? 0
    const ax = x0 + left * a + up * c
    const ay = y0 + left * b + up * d
    const bx = x0 + right * a + down * c
    const by = y0 + right * b + down * d
    characters.push({
      code,
      left: Math.min(ax, bx),
      top: Math.min(ay, by),
      right: Math.max(ax, bx),
      bottom: Math.max(ay, by),
    })
  }
  const hasPicture = pdf.FPDFPage_CountObjects(page) > 0
  if (text !== 0) pdf.FPDFText_ClosePage(text)
  pdf.FPDF_ClosePage(page)
  return { width, height, characters, hasPicture }
}

/** FPDFBitmap_Gray; FPDF_ANNOT | FPDF_GRAYSCALE; white. */
const [GREY, WITH_NOTES, WHITE] = [1, 0x09, 0xffffffff]

function drawn(
  pdf: Pdfium,
  { document, n, density, points }: { document: Pointer; n: number; density: number; points: number },
): GreyPicture | null {
  const page = pdf.FPDF_LoadPage(document, n)
  if (page === 0) return null
  const [wide, high] = [pdf.FPDF_GetPageWidthF(page), pdf.FPDF_GetPageHeightF(page)]
  const scale = Math.min(density / 72, Math.sqrt(points / Math.max(1, wide * high)))
  const [width, height] = [Math.max(1, Math.round(wide * scale)), Math.max(1, Math.round(high * scale))]
  const buffer = pdf.malloc(width * height)
  const bitmap = buffer === 0 ? 0 : pdf.FPDFBitmap_CreateEx(width, height, GREY, buffer, width)
  if (bitmap !== 0) {
    pdf.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE)
    pdf.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, WITH_NOTES)
  }
  const picture = bitmap === 0 ? null : bytesOf(pdf).slice(buffer, buffer + width * height)
  if (bitmap !== 0) pdf.FPDFBitmap_Destroy(bitmap)
  if (buffer !== 0) pdf.free(buffer)
  pdf.FPDF_ClosePage(page)
  return picture && { width, height, points: picture }
}

/**
 * From the page's own coordinates (upwards, perhaps turned or cut) to tenths of a point from its upper left corner as printed:
 * x = x0 + ax + cy, y = y0 + bx + dy.
 */
function ontoPaper(
  pdf: Pdfium,
  { page, scratch, width, height }: { page: Pointer; scratch: Pointer; width: number; height: number },
): readonly [a: number, b: number, c: number, d: number, x0: number, y0: number] {
  const corner = (x: number, y: number): [number, number] => {
    pdf.FPDF_PageToDevice(page, 0, 0, GRID, GRID, 0, x, y, scratch, scratch + 4)
    const whole = new Int32Array(pdf.memory.buffer)
    return [
      ((whole[scratch >> 2] ?? 0) / GRID) * width * 10,
      ((whole[(scratch >> 2) + 1] ?? 0) / GRID) * height * 10,
    ]
  }
  const [x0, y0] = corner(0, 0)
  const [xx, xy] = corner(100, 0)
  const [yx, yy] = corner(0, 100)
  return [(xx - x0) / 100, (xy - y0) / 100, (yx - x0) / 100, (yy - y0) / 100, x0, y0]
}
