import { Numbers } from '../foundation/numbers.ts'

const SPACE = '\\t\\n\\v\\f\\r \\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000'
/** Seen by nobody: zero-width space, word joiner, byte order mark, soft hyphen. Joiners (200C, 200D) carry meaning and stay. */
const INVISIBLE = '\\u200B\\u2060\\uFEFF\\u00AD'
const BLANK = `[${SPACE}${INVISIBLE}]`
const DASH = '\\-\\u2010-\\u2015\\u2212\\u2E3A\\u2E3B\\uFE58\\uFE63\\uFF0D\\u058A\\u05BE'
const SINGLE = "'`\\u00B4\\u2018-\\u201B\\u2032\\u2035\\u02BC\\u2039\\u203A\\uFF07"
const DOUBLE = '"\\u201C-\\u201F\\u2033\\u2036\\u00AB\\u00BB\\u301D-\\u301F\\uFF02'
const LIGATURE = '\\uFB00-\\uFB06\\uFB13-\\uFB17\\uFB50-\\uFBB1\\uFBD3-\\uFDFB\\uFE70-\\uFEFC'
const WORD = '[\\p{L}\\p{N}\\p{M}]'

const special = () =>
  new RegExp(
    `(?<dash>(?<=${WORD})[${INVISIBLE}]*[${DASH}]${BLANK}*(?=[\\p{L}\\p{N}]))` +
      `|(?<blank>[${SPACE.replace(' ', '')}${INVISIBLE}]${BLANK}*| ${BLANK}+)` +
      `|[${DASH}]|[${SINGLE}]|[${DOUBLE}]|[${LIGATURE}]`,
    'gu',
  )
const isSpace = new RegExp(`[${SPACE}]`, 'u')
const isDash = new RegExp(`^[${DASH}]`, 'u')
const isSingle = new RegExp(`^[${SINGLE}]`, 'u')
const isDouble = new RegExp(`^[${DOUBLE}]`, 'u')
const breaksLine = /[\n\r\u2028\u2029\u0085]/
const isHyphen = new RegExp(`^[${INVISIBLE}]*[-\\u2010\\u2011]`)
const softHyphened = /^\u00AD/
const isWord = /[\p{L}\p{N}\p{M}]/u
const edge = new RegExp(`^(?:${BLANK}|[${DASH}])+|(?:${BLANK}|[${DASH}])+$`, 'gu')

/** What stood between two letters and was folded away. A hyphen at a line's end may be absent; the others may not. */
export const GAP = { dash: 1, dashAndSpace: 2, lineEnd: 3 } as const

/**
 * A text folded for comparison, with the way back.
 *
 * Every run of white space is one space; soft hyphens and zero-width characters go; ligatures become their
 * letters; quotation marks and dashes their plain kind; case stays. A dash between two letters or digits is
 * taken out of `folded` and kept in `gapAt`/`gapKind`, so that a hyphen at a line's end can be there or not.
 */
export interface Folded {
  readonly text: string
  readonly folded: string
  /** UTF-16 position in `text` where the folded unit at `index` begins. */
  startOf(index: number): number
  /** UTF-16 position in `text` where the folded unit at `index` ends (exclusive); what was folded away after it is left out. */
  endOf(index: number): number
  /** False inside a ligature: no place may begin or end there. */
  isBoundary(index: number): boolean
  readonly gapAt: Numbers
  readonly gapKind: Numbers
}

/** Fold an NFC text, in one pass. */
export function fold(text: string): Folded {
  const pieces: string[] = []
  const foldedAt = new Numbers()
  const originalAt = new Numbers()
  /** 0: unit by unit; else the whole piece stands for so many original units. */
  const originalLength = new Numbers()
  const gapAt = new Numbers()
  const gapKind = new Numbers()
  let length = 0
  let offset = Number.NaN

  function put(piece: string, at: number, originals: number): void {
    if (piece === '') return
    const straight = piece.length === originals
    if (!straight || at - length !== offset) {
      foldedAt.push(length)
      originalAt.push(at)
      originalLength.push(straight ? 0 : originals)
    }
    offset = straight ? at - length : Number.NaN
    pieces.push(piece)
    length += piece.length
  }

  const pattern = special()
  let last = 0
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const found = match[0]
    const at = match.index
    if (at > last) put(text.slice(last, at), last, at - last)
    last = at + found.length
    if (match.groups?.dash !== undefined) {
      gapAt.push(length)
      gapKind.push(kindOfGap(found))
    } else if (match.groups?.blank === undefined) {
      put(plainCharacter(found), at, found.length)
    } else if (softHyphened.test(found) && breaksLine.test(found) && joinsWords(text, at, last)) {
      gapAt.push(length)
      gapKind.push(GAP.lineEnd)
    } else if (isSpace.test(found)) put(' ', at, found.length)
  }
  if (last < text.length) put(text.slice(last), last, text.length - last)

  function segmentOf(index: number): { segment: number; whole: number } {
    const segment = foldedAt.lastAtMost(index)
    return { segment, whole: originalLength.at(segment) }
  }
  return {
    text,
    folded: pieces.join(''),
    gapAt,
    gapKind,
    startOf(index) {
      const { segment, whole } = segmentOf(index)
      return originalAt.at(segment) + (whole > 0 ? 0 : index - foldedAt.at(segment))
    },
    endOf(index) {
      const { segment, whole } = segmentOf(index)
      return originalAt.at(segment) + (whole > 0 ? whole : index - foldedAt.at(segment) + 1)
    },
    isBoundary(index) {
      if (index <= 0 || index >= length) return true
      const { segment, whole } = segmentOf(index)
      return whole === 0 || foldedAt.at(segment) === index
    },
  }
}

/** The folding without the way back and with every dash kept, for short strings. */
export function foldPlain(text: string): string {
  return text
    .replace(new RegExp(`${BLANK}+`, 'gu'), (blank) => (isSpace.test(blank) ? ' ' : ''))
    .replace(new RegExp(`[${DASH}]|[${SINGLE}]|[${DOUBLE}]|[${LIGATURE}]`, 'gu'), plainCharacter)
}

/** A quote without the white space and dashes at its two ends, and those ends. `core` is empty where nothing else stands in it. */
export function withoutEdges(text: string): { lead: string; core: string; trail: string } {
  const core = text.replace(edge, '')
  if (core === '') return { lead: text, core: '', trail: '' }
  const start = text.indexOf(core)
  return { lead: text.slice(0, start), core, trail: text.slice(start + core.length) }
}

function kindOfGap(found: string): number {
  if (isHyphen.test(found) && breaksLine.test(found)) return GAP.lineEnd
  return isSpace.test(found) ? GAP.dashAndSpace : GAP.dash
}

function plainCharacter(found: string): string {
  if (isDash.test(found)) return '-'
  if (isSingle.test(found)) return "'"
  if (isDouble.test(found)) return '"'
  const letters = found.normalize('NFKC')
  return letters.includes(' ') ? found : letters
}

function joinsWords(text: string, start: number, end: number): boolean {
  return isWord.test(text.slice(Math.max(0, start - 1), start)) && isWord.test(text.slice(end, end + 1))
}
