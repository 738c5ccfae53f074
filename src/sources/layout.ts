import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { countBelow } from '../foundation/code-points.ts'

/**
 * Where the words of a reading stand on its pages, in the order of the text: six numbers a word (its start and end in code
 * points, left, top, right and bottom in tenths of a point from the page's upper left corner) and its page, from 0.
 */
export interface Layout {
  readonly words: Int32Array
  readonly pages: Uint16Array
}

/** One stretch of words on one page: a box a line. */
export interface Region {
  /** From 1, as people count. */
  readonly page: number
  /** Left, top, right, bottom, in points from the upper left corner. */
  readonly box: [number, number, number, number]
}

const PER_WORD = 6
/** Bytes of a layout unpacked: far over what a reading of half a million sentences has. */
const LARGEST = 512 * 1024 * 1024

/** Kept as differences, packed: about five bytes a word. */
export function packLayout({ words, pages }: Layout): Buffer {
  const flat = new Int32Array(words.length + pages.length)
  let [end, left, top] = [0, 0, 0]
  for (let n = 0, at = 0, to = 0; n < pages.length; n += 1, at += PER_WORD) {
    const value = (k: number) => words[at + k] ?? 0
    flat[to++] = value(0) - end
    flat[to++] = value(1) - value(0)
    flat[to++] = value(2) - left
    flat[to++] = value(3) - top
    flat[to++] = value(4) - value(2)
    flat[to++] = value(5) - value(3)
    flat[to++] = pages[n] ?? 0
    end = value(1)
    left = value(2)
    top = value(3)
  }
  return deflateRawSync(Buffer.from(flat.buffer), { level: 3 })
}

/** @throws Error where the bytes are no layout */
export function unpackLayout(packed: Uint8Array): Layout {
  const bytes = inflateRawSync(packed, { maxOutputLength: LARGEST })
  const flat = new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
  const count = flat.length / (PER_WORD + 1)
  if (!Number.isInteger(count)) throw new Error('These are no word boxes.')
  const words = new Int32Array(count * PER_WORD)
  const pages = new Uint16Array(count)
  let [end, left, top] = [0, 0, 0]
  for (let n = 0, at = 0, from = 0; n < count; n += 1, at += PER_WORD, from += PER_WORD + 1) {
    const value = (k: number) => flat[from + k] ?? 0
    const start = end + value(0)
    end = start + value(1)
    left += value(2)
    top += value(3)
    words[at] = start
    words[at + 1] = end
    words[at + 2] = left
    words[at + 3] = top
    words[at + 4] = left + value(4)
    words[at + 5] = top + value(5)
    pages[n] = value(6)
  }
  return { words, pages }
}

/** Where the words between two positions stand, a box a line; a word that is touched counts whole. */
export function regionsOf({ words, pages }: Layout, start: number, end: number): Region[] {
  const first = countBelow(pages.length, (n) => (words[n * PER_WORD + 1] ?? 0) <= start)
  const regions: Region[] = []
  for (let n = first; n < pages.length; n += 1) {
    const [from = 0, , left = 0, top = 0, right = 0, bottom = 0] = words.subarray(
      n * PER_WORD,
      (n + 1) * PER_WORD,
    )
    if (from >= end) break
    const last = regions.at(-1)
    const page = (pages[n] ?? 0) + 1
    const middle = (top + bottom) / 20
    if (
      last &&
      last.page === page &&
      last.box[1] <= middle &&
      middle <= last.box[3] &&
      left / 10 >= last.box[0]
    ) {
      last.box[1] = Math.min(last.box[1], top / 10)
      last.box[2] = Math.max(last.box[2], right / 10)
      last.box[3] = Math.max(last.box[3], bottom / 10)
    } else regions.push({ page, box: [left / 10, top / 10, right / 10, bottom / 10] })
  }
  return regions
}

/** A layout as it is collected, a word after the other in the order of the text. */
export class LayoutBuilder {
  #words = new Int32Array(6 * 1024)
  #pages = new Uint16Array(1024)
  #count = 0

  add(start: number, end: number, box: readonly number[], page: number): void {
    if (this.#count === this.#pages.length) {
      const [words, pages] = [this.#words, this.#pages]
      this.#words = new Int32Array(words.length * 2)
      this.#pages = new Uint16Array(pages.length * 2)
      this.#words.set(words)
      this.#pages.set(pages)
    }
    const at = this.#count * PER_WORD
    this.#words[at] = start
    this.#words[at + 1] = end
    for (let k = 0; k < 4; k += 1) this.#words[at + 2 + k] = Math.round(box[k] ?? 0)
    this.#pages[this.#count] = page
    this.#count += 1
  }

  end(): Layout {
    return {
      words: this.#words.slice(0, this.#count * PER_WORD),
      pages: this.#pages.slice(0, this.#count),
    }
  }
}
