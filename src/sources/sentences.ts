import { codePointsOf } from '../foundation/code-points.ts'

type Range = [start: number, end: number]
interface Limits {
  readonly atMost: number
  readonly passed: (units: number) => void
}

/** Sentences between two words on how far it has come. */
const TOLD = 1000

/** What ends in a full stop without ending a sentence. */
const ABBREVIATION =
  /(?:^|[\s(«„“"])(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|Art|para|paras|vs|cf|e\.g|i\.e|U\.N|[A-ZА-ЯЁӘҒҚҢӨҰҮІ]|[A-Z]\.-[A-Z]|г|гг|ст|им|т\.е|т\.д|т\.п|др|см|стр|тыс|млн|млрд|ул)\.$/u

/** A line that ends within a word: a letter and a hyphen, or a soft one. */
const BROKEN_WORD = /\p{L}[-\u2010\u2011\u00AD]$/u
/** How far into the next line the rest of such a word is looked for. UTF-16 units. */
const SHORT_INDENT = 80

/** A line longer than this, without an end mark, was broken by its width and goes on in the next. UTF-16 units. */
const WRAPPED = 55

/**
 * Sentences of a reading, in code points. An empty line ends one always, a line break unless the line was wrapped or
 * broke a word;
 * within a paragraph Unicode's own rules (UAX #29) decide, mended for abbreviations and trailing parentheses.
 *
 * @param atMost null is returned as soon as there are more than these
 * @param passed hears now and then how many UTF-16 units of the text are done
 */
export function sentencesOf(text: string, language: string): Range[]
export function sentencesOf(text: string, language: string, limits: Limits): Range[] | null
export function sentencesOf(
  text: string,
  language: string,
  { atMost = Number.POSITIVE_INFINITY, passed = () => undefined }: Partial<Limits> = {},
): Range[] | null {
  const points = codePointsOf(text)
  const segmenter = new Intl.Segmenter(language === 'und' ? 'en' : language, { granularity: 'sentence' })
  const ranges: Range[] = []
  for (const [start, end] of paragraphs(text)) {
    for (const [from, to] of within(text.slice(start, end), segmenter)) {
      ranges.push([points.fromUnits(start + from), points.fromUnits(start + to)])
      if (ranges.length > atMost) return null
      if (ranges.length % TOLD === 0) passed(start + to)
    }
  }
  passed(text.length)
  return ranges
}

/** Where a unit ends no sentence but at its own end, nothing needs to be segmented. */
const MAY_END = /[.!?…؟。:;]\s|[\r\n]/u

/**
 * Sentences of a text whose paragraphs and cells are known: each is parted by itself, so that none goes on over the
 * border of a cell. All positions in code points.
 */
export function sentencesIn(
  text: string,
  language: string,
  { units, atMost, passed }: Limits & { units: readonly (readonly [start: number, end: number])[] },
): Range[] | null {
  const points = codePointsOf(text)
  const segmenter = new Intl.Segmenter(language === 'und' ? 'en' : language, { granularity: 'sentence' })
  const ranges: Range[] = []
  for (const [start, end] of units) {
    const unit = text.slice(points.toUnits(start), points.toUnits(end))
    if (unit.trim() === '') continue
    if (MAY_END.test(unit)) {
      const at = points.toUnits(start)
      for (const [first, last] of paragraphs(unit))
        for (const [from, to] of within(unit.slice(first, last), segmenter))
          ranges.push([points.fromUnits(at + first + from), points.fromUnits(at + first + to)])
    } else ranges.push([start, end])
    if (ranges.length > atMost) return null
    if (ranges.length % TOLD === 0) passed(points.toUnits(end))
  }
  passed(text.length)
  return ranges
}

function* paragraphs(text: string): Generator<Range> {
  const lines = /[^\r\n]+/g
  let open: Range | null = null
  for (let line = lines.exec(text); line; line = lines.exec(text)) {
    const [start, end] = [line.index, line.index + line[0].length]
    if (line[0].trim() === '') {
      if (open) yield open
      open = null
      continue
    }
    if (open && goesOn(text, open, start)) open = [open[0], end]
    else {
      if (open) yield open
      open = [start, end]
    }
  }
  if (open) yield open
}

/** Whether the line that starts at `next` continues the one before: one break apart, wrapped, and no new beginning. */
function goesOn(text: string, [start, end]: Range, next: number): boolean {
  const breaks = text.slice(end, next).match(/\r\n|\r|\n/g)?.length ?? 0
  if (breaks > 1) return false
  const line = text.slice(Math.max(start, text.lastIndexOf('\n', end - 1) + 1), end).trimEnd()
  if (BROKEN_WORD.test(line) && /^\p{Ll}/u.test(text.slice(next, next + SHORT_INDENT).trimStart()))
    return true
  if (line.length < WRAPPED || /[.!?…:؟。]["”’»)\]]*$/u.test(line)) return false
  return /^[\p{Ll}\p{Lo}\p{N}("«“‘]/u.test(text.slice(next).trimStart())
}

function* within(paragraph: string, segmenter: Intl.Segmenter): Generator<Range> {
  let last: Range | undefined
  for (const { segment, index } of segments(paragraph, segmenter)) {
    const trimmed = segment.trim()
    if (trimmed === '') continue
    const from = index + segment.indexOf(trimmed[0] ?? '')
    const to = from + trimmed.length
    const before = last ? paragraph.slice(last[0], last[1]) : ''
    const belongs =
      ABBREVIATION.test(before) || /^\(.*\)\.?$/su.test(trimmed) || /^[)\]”’»"]+$/u.test(trimmed)
    if (last && belongs) last[1] = to
    else {
      if (last) yield last
      last = [from, to]
    }
  }
  if (last) yield last
}

/** UTF-16 units that the segmenter is given at once: its time for a whole paragraph grows with the square of its length. */
const WINDOW = 4096

/**
 * The segments of a paragraph, found window by window. Each window begins where a sentence does, so nothing before it
 * matters; its last segment may go on behind it and is looked at again in the next, larger one where it is the only one.
 */
function* segments(
  paragraph: string,
  segmenter: Intl.Segmenter,
): Generator<{ segment: string; index: number }> {
  let size = WINDOW
  for (let start = 0; start < paragraph.length; ) {
    // UAX #29 ends a sentence at every line break (SB4); here a paragraph's lines were joined because it goes on.
    const window = paragraph.slice(start, start + size).replace(/[\r\n]/g, ' ')
    const isLast = start + window.length === paragraph.length
    const found = [...segmenter.segment(window)]
    if (!isLast) found.pop()
    if (found.length === 0) {
      size *= 4
      continue
    }
    for (const { segment, index } of found) yield { segment, index: start + index }
    const end = found.at(-1)
    start += end ? end.index + end.segment.length : window.length
    size = WINDOW
  }
}
