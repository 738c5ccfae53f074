import { codePointsOf } from '../foundation/code-points.ts'

type Range = [start: number, end: number]

/** What ends in a full stop without ending a sentence. */
const ABBREVIATION =
  /(?:^|[\s(«„“"])(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|Art|para|paras|vs|cf|e\.g|i\.e|U\.N|[A-ZА-ЯЁӘҒҚҢӨҰҮІ]|[A-Z]\.-[A-Z]|г|гг|ст|им|т\.е|т\.д|т\.п|др|см|стр|тыс|млн|млрд|ул)\.$/u

/** A line longer than this, without an end mark, was broken by its width and goes on in the next. UTF-16 units. */
const WRAPPED = 55

/**
 * Sentences of a reading, in code points. An empty line ends one always, a line break unless the line was wrapped;
 * within a paragraph Unicode's own rules (UAX #29) decide, mended for abbreviations and trailing parentheses.
 */
export function sentencesOf(text: string, language: string): Range[] {
  const points = codePointsOf(text)
  const segmenter = new Intl.Segmenter(language === 'und' ? 'en' : language, { granularity: 'sentence' })
  const ranges: Range[] = []
  for (const [start, end] of paragraphs(text)) {
    for (const [from, to] of within(text.slice(start, end), segmenter))
      ranges.push([points.fromUnits(start + from), points.fromUnits(start + to)])
  }
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
  if (line.length < WRAPPED || /[.!?…:؟。]["”’»)\]]*$/u.test(line)) return false
  return /^[\p{Ll}\p{Lo}\p{N}("«“‘]/u.test(text.slice(next).trimStart())
}

function within(paragraph: string, segmenter: Intl.Segmenter): Range[] {
  const ranges: Range[] = []
  for (const { segment, index } of segments(paragraph, segmenter)) {
    const trimmed = segment.trim()
    if (trimmed === '') continue
    const from = index + segment.indexOf(trimmed[0] ?? '')
    const to = from + trimmed.length
    const last = ranges.at(-1)
    const before = last ? paragraph.slice(last[0], last[1]) : ''
    const belongs =
      ABBREVIATION.test(before) || /^\(.*\)\.?$/su.test(trimmed) || /^[)\]”’»"]+$/u.test(trimmed)
    if (last && belongs) last[1] = to
    else ranges.push([from, to])
  }
  return ranges
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
    const window = paragraph.slice(start, start + size)
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
