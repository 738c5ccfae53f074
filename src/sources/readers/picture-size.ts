/** What the head of a picture says, before anything of it is decoded. */
export interface PictureHead {
  readonly kind: 'png' | 'jpeg' | 'tiff' | 'webp'
  readonly width: number
  readonly height: number
  /** Dots an inch, where the file says it. */
  readonly density: number | null
  /** 1 to 8, as Exif 2.32 §4.6.4 (tag 274) has it. */
  readonly orientation: number
  /** Pictures in the file; only a TIFF holds several. */
  readonly pages: number
}

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const METRES = 0.0254
const CENTIMETRES = 2.54
/** Directories of a TIFF and segments of a JPEG that are looked at; one that leads back into itself ends here. */
const MOST_PARTS = 4096
/** Tags of TIFF 6.0. */
const TAG = { width: 256, height: 257, orientation: 274, density: 282, unit: 296 }

/** The kind a picture is by its first bytes, or null. */
export function pictureKindOf(bytes: Uint8Array): PictureHead['kind'] | null {
  const front = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (PNG.every((byte, n) => bytes[n] === byte)) return 'png'
  if (front.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (front.startsWith('II*\0') || front.startsWith('MM\0*')) return 'tiff'
  return front.startsWith('RIFF') && front.slice(8) === 'WEBP' ? 'webp' : null
}

/** Size, density and turn of a picture from its head alone; null where the head is broken. */
export function headOfPicture(bytes: Uint8Array): PictureHead | null {
  const kind = pictureKindOf(bytes)
  if (!kind) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  try {
    const head = { png: ofPng, jpeg: ofJpeg, tiff: ofTiff, webp: ofWebp }[kind](view)
    return head && head.width > 0 && head.height > 0
      ? { kind, density: null, orientation: 1, pages: 1, ...head }
      : null
  } catch (error) {
    // Read over its end: the head says more than there is.
    if (error instanceof RangeError) return null
    throw error
  }
}

type Found = Pick<PictureHead, 'width' | 'height'> & Partial<PictureHead>

/** W3C PNG, §11.2.2 IHDR and §11.3.5.3 pHYs. */
function ofPng(view: DataView): Found {
  const found = { width: view.getUint32(16), height: view.getUint32(20) }
  for (let at = 8, n = 0; n < MOST_PARTS && at + 17 <= view.byteLength; n += 1) {
    const [length, name] = [view.getUint32(at), view.getUint32(at + 4)]
    if (name === 0x49444154) break
    if (name === 0x70485973 && view.getUint8(at + 16) === 1)
      return { ...found, density: view.getUint32(at + 8) * METRES }
    at += length + 12
  }
  return found
}

/** ITU-T T.81 annex B; JFIF 1.02 for the density, Exif for the turn. */
function ofJpeg(view: DataView): Found | null {
  let density: number | null = null
  let orientation = 1
  for (let at = 2, n = 0; n < MOST_PARTS; n += 1) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    const length = view.getUint16(at + 2)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)]
      return { width, height, density, orientation }
    }
    if (marker === 0xe0 && view.getUint32(at + 4) === 0x4a464946) {
      const unit = view.getUint8(at + 11)
      if (unit === 1 || unit === 2) density = view.getUint16(at + 12) * (unit === 1 ? 1 : CENTIMETRES)
    } else if (marker === 0xe1 && view.getUint32(at + 4) === 0x45786966) {
      const exif = new DataView(view.buffer, view.byteOffset + at + 10, Math.max(0, length - 8))
      const [tags] = directoryOf(exif, exif.getUint32(4, isLittle(exif)))
      orientation = turn(tags.get(TAG.orientation))
    }
    at += length + 2
  }
  return null
}

/** TIFF 6.0, §2. */
function ofTiff(view: DataView): Found {
  const [first, next] = directoryOf(view, view.getUint32(4, isLittle(view)))
  let pages = 1
  const seen = new Set<number>()
  for (let at = next; at !== 0 && !seen.has(at) && pages < MOST_PARTS; pages += 1) {
    seen.add(at)
    at = directoryOf(view, at)[1]
  }
  const density = first.get(TAG.density)
  const unit = first.get(TAG.unit) ?? 2
  return {
    width: first.get(TAG.width) ?? 0,
    height: first.get(TAG.height) ?? 0,
    density: density && unit > 1 ? density * (unit === 3 ? CENTIMETRES : 1) : null,
    orientation: turn(first.get(TAG.orientation)),
    pages,
  }
}

function isLittle(view: DataView): boolean {
  return view.getUint16(0) === 0x4949
}

/** The tags of one directory that hold a number, and where the next directory begins. */
function directoryOf(view: DataView, at: number): [tags: Map<number, number>, next: number] {
  const little = isLittle(view)
  const count = view.getUint16(at, little)
  const tags = new Map<number, number>()
  for (let n = 0; n < count; n += 1) {
    const one = at + 2 + n * 12
    const [tag, type] = [view.getUint16(one, little), view.getUint16(one + 2, little)]
    if (!Object.values(TAG).includes(tag)) continue
    if (type === 3) tags.set(tag, view.getUint16(one + 8, little))
    else if (type === 4) tags.set(tag, view.getUint32(one + 8, little))
    else if (type === 5) {
      const value = view.getUint32(one + 8, little)
      tags.set(tag, view.getUint32(value, little) / Math.max(1, view.getUint32(value + 4, little)))
    }
  }
  return [tags, view.getUint32(at + 2 + count * 12, little)]
}

function turn(orientation = 1): number {
  return Number.isInteger(orientation) && orientation >= 1 && orientation <= 8 ? orientation : 1
}

/** WebP Container Specification; RFC 6386 §9.1 for VP8. */
function ofWebp(view: DataView): Found | null {
  const chunk = Buffer.from(view.buffer, view.byteOffset + 12, 4).toString('latin1')
  if (chunk === 'VP8X') return { width: 1 + three(view, 24), height: 1 + three(view, 27) }
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true)
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
  }
  return chunk === 'VP8 '
    ? { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    : null
}

function three(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 65536
}
