import { deflateRawSync } from 'node:zlib'

/**
 * Where the words of a reading stand on its pages, in the order of the text: six numbers a word (its start and end in code
 * points, left, top, right and bottom in tenths of a point from the page's upper left corner) and its page, from 0.
 */
export interface Layout {
  readonly words: Int32Array
  readonly pages: Uint16Array
}

const PER_WORD = 6

/** Kept as differences, packed: about five bytes a word. */
export function packLayout({ words, pages }: Layout): Buffer {
  const flat = new Int32Array(words.length + pages.length)
  let [end, left, top] = [0, 0, 0]
  for (let n = 0, at = 0, to = 0; n < pages.length; n += 1, at += PER_WORD) {
    const [w0 = 0, w1 = 0, w2 = 0, w3 = 0, w4 = 0, w5 = 0] = words.subarray(at, at + PER_WORD)
    for (const value of [w0 - end, w1 - w0, w2 - left, w3 - top, w4 - w2, w5 - w3, pages[n] ?? 0])
      flat[to++] = value
    ;[end, left, top] = [w1, w2, w3]
  }
  return deflateRawSync(Buffer.from(flat.buffer), { level: 6 })
}
