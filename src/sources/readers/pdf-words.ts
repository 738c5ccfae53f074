import type { Printed } from './pdf-library.ts'

/** Tenths of a point: left, top, right, bottom. */
export type Box = [number, number, number, number]

/** Characters that stand together, as printed. */
export interface Word {
  text: string
  readonly box: Box
  /** Whether white space stands before it, or it begins a line. */
  readonly isApart: boolean
  /** Ends with a hyphen that parts a word at a line's end; the hyphen is not in `text`. */
  isBroken: boolean
}

/** What PDFium writes for a hyphen at the end of a line. */
const LINE_END_HYPHEN = 2
/** A character of another height than its word begins a new one: a raised number that calls a note. */
const OTHER_HEIGHT = 0.12

/** The words of a page, in the order in which they are printed. */
export function wordsOf(characters: readonly Printed[]): Word[] {
  const words: Word[] = []
  let word: Word | null = null
  let isApart = true
  for (const { code, left, top, right, bottom } of characters) {
    if (code === LINE_END_HYPHEN) {
      if (word) word.isBroken = true
      word = null
      isApart = true
      continue
    }
    const isGap = code <= 32 || code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200a)
    if (isGap || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
      word = null
      isApart = true
      continue
    }
    const letter = String.fromCodePoint(code)
    if (word && !isOtherHeight(word.box, { top, bottom })) {
      word.text += letter
      word.box[0] = Math.min(word.box[0], left)
      word.box[1] = Math.min(word.box[1], top)
      word.box[2] = Math.max(word.box[2], right)
      word.box[3] = Math.max(word.box[3], bottom)
    } else {
      word = { text: letter, box: [left, top, right, bottom], isApart, isBroken: false }
      words.push(word)
    }
    isApart = false
  }
  return words
}

function isOtherHeight(
  [, wordTop, , wordBottom]: Box,
  { top, bottom }: { top: number; bottom: number },
): boolean {
  const height = wordBottom - wordTop
  if (height <= 0 || bottom <= top) return false
  const isRaised = Math.abs(bottom - wordBottom) > height * OTHER_HEIGHT
  return isRaised && Math.abs(bottom - top - height) > height * OTHER_HEIGHT
}

/** Words on one line, side by side. */
export interface Line {
  readonly page: number
  readonly words: Word[]
  readonly box: Box
  /** The height of its letters, tenths of a point. */
  size: number
}

/** A wider gap than so many heights parts two columns or cells. */
const WIDE_GAP = 2.6
const MOST_ON_A_LINE = 400

/** Words to lines: those that go on to the right at the same height. */
export function linesOf(words: readonly Word[], page: number): Line[] {
  const lines: Line[] = []
  let line: Line | null = null
  let longest = 0
  for (const word of words) {
    const last = line?.words.at(-1)
    if (line && last && goesOn(line, last.box, word.box)) {
      line.words.push(word)
      line.box[0] = Math.min(line.box[0], word.box[0])
      line.box[1] = Math.min(line.box[1], word.box[1])
      line.box[2] = Math.max(line.box[2], word.box[2])
      line.box[3] = Math.max(line.box[3], word.box[3])
    } else {
      line = { page, words: [word], box: [...word.box], size: 0 }
      lines.push(line)
      longest = 0
    }
    // The height that most of its letters have: that of its longest word.
    if (word.text.length > longest) {
      longest = word.text.length
      line.size = word.box[3] - word.box[1]
    }
  }
  return lines
}

function goesOn(
  { words, size }: Line,
  [lastLeft, lastTop, lastRight, lastBottom]: Box,
  [left, top, right, bottom]: Box,
): boolean {
  if (words.length >= MOST_ON_A_LINE) return false
  const height = Math.max(size, 1)
  const overlap = Math.min(lastBottom, bottom) - Math.max(lastTop, top)
  if (overlap < 0.4 * Math.min(lastBottom - lastTop, bottom - top)) return false
  // Written from right to left, the next word stands to the left of the last one.
  const gap = right <= lastLeft + height / 2 ? lastLeft - right : left - lastRight
  return gap > -0.6 * height && gap < WIDE_GAP * height
}
