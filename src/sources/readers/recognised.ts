import { z } from 'zod'
import type { Box, Line, Word } from './pdf-words.ts'

/** A word as it was made out in a picture. */
export interface RecognisedWord {
  readonly text: string
  /** Left, top, right, bottom in pixels of the picture as it is shown. */
  readonly box: Box
  /** 0 to 100, as the recogniser says it. */
  readonly confidence: number
}

export interface RecognisedLine {
  readonly words: readonly RecognisedWord[]
  /** The height of its letters, in pixels. */
  readonly size: number
}

const pixel = z.number().min(-1e6).max(1e6)

/** A page that was made out in a picture; pixels of the picture as it was drawn. Checked wherever it crosses a wall. */
export const RecognisedPage: z.ZodType<RecognisedPage> = z.strictObject({
  /** From 0. */
  page: z.number().int().nonnegative(),
  width: pixel.positive(),
  height: pixel.positive(),
  lines: z
    .array(
      z.strictObject({
        size: pixel,
        words: z
          .array(
            z.strictObject({
              text: z.string().min(1).max(2000),
              box: z.tuple([pixel, pixel, pixel, pixel]),
              confidence: z.number().min(0).max(100),
            }),
          )
          .max(10_000),
      }),
    )
    .max(20_000),
})
export interface RecognisedPage {
  readonly page: number
  readonly width: number
  readonly height: number
  readonly lines: readonly RecognisedLine[]
}

const LINE = /<span class='ocr_(?:line|header|caption|textfloat)'[^>]*?title=("|')(.*?)\1[^>]*>/g
const WORD = /<span class='ocrx_word'[^>]*?title=("|')(.*?)\1[^>]*>(.*?)<\/span>/g
const BOX = /bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)/
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/** The lines in hOCR (1.2, §3 and §4) as the recogniser writes it. */
export function linesInHocr(hocr: string): RecognisedLine[] {
  const starts = [...hocr.matchAll(LINE)]
  return starts.flatMap((start, n) => {
    const from = start.index + start[0].length
    const [title, words] = [start[2] ?? '', wordsIn(hocr.slice(from, starts[n + 1]?.index))]
    const size = Number(/x_size ([\d.]+)/.exec(title)?.[1] ?? 0)
    const [, , top, , bottom] = (BOX.exec(title) ?? []).map(Number)
    if (words.length === 0 || top === undefined || bottom === undefined) return []
    // As tall as the line: a box that fits its letters closely makes every small letter look raised.
    for (const { box } of words) [box[1], box[3]] = [Math.min(top, bottom - size), bottom]
    return [{ words, size }]
  })
}

function wordsIn(hocr: string): RecognisedWord[] {
  return [...hocr.matchAll(WORD)].flatMap(([, , title = '', inside = '']) => {
    const text = inside
      .replace(/<[^>]*>/g, '')
      .replace(/&([a-z]+|#39);/g, (one, name) => ENTITIES[name] ?? one)
    const [, left, top, right, bottom] = BOX.exec(title) ?? []
    const box: Box = [Number(left), Number(top), Number(right), Number(bottom)]
    const confidence = Number(/x_wconf (\d+)/.exec(title)?.[1] ?? 0)
    return text.trim() === '' || box.some(Number.isNaN) ? [] : [{ text: text.trim(), box, confidence }]
  })
}

/** Boxes of a picture that was turned upright by an angle, as they lie in the picture itself: around its middle, clockwise. */
export function turnedBack(
  lines: readonly RecognisedLine[],
  { angle, width, height }: { angle: number; width: number; height: number },
): RecognisedLine[] {
  if (angle === 0) return [...lines]
  const [sin, cos, middleX, middleY] = [Math.sin(-angle), Math.cos(-angle), width / 2, height / 2]
  const back = (x: number, y: number): [number, number] => [
    middleX + (x - middleX) * cos - (y - middleY) * sin,
    middleY + (x - middleX) * sin + (y - middleY) * cos,
  ]
  const box = ([left, top, right, bottom]: Box): Box => {
    const corners = [back(left, top), back(right, top), back(left, bottom), back(right, bottom)]
    const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
    return [
      Math.max(0, Math.min(...xs)),
      Math.max(0, Math.min(...ys)),
      Math.min(width, Math.max(...xs)),
      Math.min(height, Math.max(...ys)),
    ]
  }
  return lines.map((line) => ({
    ...line,
    words: line.words.map((word) => ({ ...word, box: box(word.box) })),
  }))
}

/** Letters of another size than usual, as far as a picture can show it. */
const OTHER_SIZE = 0.2

/**
 * Recognised lines as lines of a page, in tenths of a point. How tall letters are differs from line to line in a picture, so
 * that only what is clearly larger or smaller than usual keeps a size of its own. The confidence of each word stands under its place.
 */
export function asPrinted(
  lines: readonly RecognisedLine[],
  { page, density }: { page: number; density: number },
): { lines: Line[]; confidence: Map<string, number> } {
  const scale = 720 / density
  const usual = usualSize(lines)
  const confident = new Map<string, number>()
  const printed = lines.map(({ words, size }) => {
    const printed = words.map(({ text, box: [left, top, right, bottom], confidence }): Word => {
      const box: Box = [left * scale, top * scale, right * scale, bottom * scale]
      confident.set(placeOf(box), confidence)
      return { text, box, isApart: true, isBroken: false }
    })
    const isUsual = Math.abs(size - usual) <= usual * OTHER_SIZE
    return { page, words: printed, box: around(printed), size: (isUsual ? usual : size) * scale }
  })
  return { lines: printed, confidence: confident }
}

/** A box as the layout keeps it, to find a word again by where it stands. */
export function placeOf(box: readonly number[]): string {
  return box.map(Math.round).join(' ')
}

function usualSize(lines: readonly RecognisedLine[]): number {
  const sizes = lines.flatMap(({ size, words }) => words.map(() => size)).sort((a, b) => a - b)
  return sizes[sizes.length >> 1] ?? 0
}

function around(words: readonly Word[]): Box {
  return [
    Math.min(...words.map(({ box }) => box[0])),
    Math.min(...words.map(({ box }) => box[1])),
    Math.max(...words.map(({ box }) => box[2])),
    Math.max(...words.map(({ box }) => box[3])),
  ]
}

/** How sure the recogniser is of a page: of each of its letters, 0 to 100. */
export function confidenceOf(lines: readonly RecognisedLine[]): number {
  let [sum, letters] = [0, 0]
  for (const { words } of lines)
    for (const { text, confidence } of words) {
      sum += confidence * text.length
      letters += text.length
    }
  return letters === 0 ? 0 : Math.round(sum / letters)
}
