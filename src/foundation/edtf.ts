import edtf, { Date as OneDate, Season, Year } from 'edtf'
import { datePattern, datePatternBounds, type PatternBounds } from './date-pattern.ts'
import { addMonths } from './days.ts'
import { Refusal } from './refusal.ts'

/** Two days, inclusive, as numbers (days.ts). Null: open, or not known. */
export interface Bounds {
  readonly earliest: number | null
  readonly latest: number | null
}

/**
 * A date as EDTF (ISO 8601-2:2019) writes it: level 1 whole; of level 2 sets, part qualification, significant digits and
 * the other subdivisions of a year (seasons by hemisphere, quarters, thirds, halves).
 */
export interface UncertainDate extends Bounds {
  readonly text: string
  readonly kind: 'date' | 'season' | 'interval' | 'all of' | 'one of'
  /** `?`, `~`, and `X`, anywhere in it. `%` is the first two. */
  readonly uncertain: boolean
  readonly approximate: boolean
  readonly unspecified: boolean
  /**
   * The bounds that comparisons use: those written, widened where they are approximate by one unit of what is
   * approximate (a week, a month, a year, the span of the unspecified digits). `?` widens nothing: it says that
   * the value may be wrong, not that it is blurred.
   */
  readonly reach: Bounds
  /** Why an end of an interval is null: `..` is open, an empty end is not known. */
  readonly start: 'known' | 'open' | 'unknown'
  readonly end: 'known' | 'open' | 'unknown'
  /** The two ends of an interval (null where open or not known), or the members of a set. */
  readonly parts: readonly (UncertainDate | null)[]
}

/** Texts already read; an account compares few dates very often. Emptied when full. */
const alreadyRead = new Map<string, UncertainDate>()
const MOST_KEPT = 20_000

/**
 * Read a date.
 *
 * @throws Refusal `date_unreadable`
 */
export function parseDate(text: string): UncertainDate {
  const before = alreadyRead.get(text)
  if (before) return before
  const date = readDate(text)
  if (alreadyRead.size >= MOST_KEPT) alreadyRead.clear()
  alreadyRead.set(text, date)
  return date
}

function readDate(text: string): UncertainDate {
  const trimmed = text.trim()
  if (/^[[{].*[\]}]$/s.test(trimmed)) return parseSet(trimmed)
  if (trimmed.includes('/')) return parseInterval(trimmed)
  return parseOne(trimmed)
}

/** The date, or null where the text is none. */
export function tryDate(text: string): UncertainDate | null {
  try {
    return parseDate(text)
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

/** Whether both can be true of one thing: their reaches share a day. Unknown and open ends forbid nothing. */
export function overlaps(a: UncertainDate, b: UncertainDate): boolean {
  return members(a).some((ours) => members(b).some((theirs) => touches(ours.reach, theirs.reach)))
}

/**
 * Whether `inner` can lie within `outer`. Of an interval each known end must be able to lie within; of a date of
 * which only the month or year is known, some day; of a set of alternatives, one; of a set, each.
 */
export function contains(outer: UncertainDate, inner: UncertainDate): boolean {
  if (inner.kind === 'one of') return members(inner).some((member) => contains(outer, member))
  if (inner.kind === 'all of') return members(inner).every((member) => contains(outer, member))
  if (inner.kind !== 'interval') return overlaps(outer, inner)
  return overlaps(outer, inner) && inner.parts.every((end) => end === null || overlaps(outer, end))
}

function touches(a: Bounds, b: Bounds): boolean {
  return !isBefore(a.latest, b.earliest) && !isBefore(b.latest, a.earliest)
}

function isBefore(latest: number | null, earliest: number | null): boolean {
  return latest !== null && earliest !== null && latest < earliest
}

function members(date: UncertainDate): UncertainDate[] {
  return date.kind === 'all of' || date.kind === 'one of'
    ? date.parts.filter((part) => part !== null)
    : [date]
}

function parseSet(text: string): UncertainDate {
  const kind = text.startsWith('{') ? 'all of' : 'one of'
  if (kind === 'all of' ? !text.endsWith('}') : !text.endsWith(']')) throw unreadable(text)
  const parts = text
    .slice(1, -1)
    .split(',')
    .map((member) => (member.includes('..') ? parseSpan(member.trim(), text) : parseOne(member.trim())))
  return { ...combine(text, parts, kind), parts }
}

/** `2014..2016`, `..2014`, `2014..` inside a set. */
function parseSpan(text: string, set: string): UncertainDate {
  const [from, to, ...more] = text.split('..')
  if (more.length > 0 || (!from && !to)) throw unreadable(set)
  return parseInterval(`${from || '..'}/${to || '..'}`)
}

function parseInterval(text: string): UncertainDate {
  const [from, to, ...more] = text.split('/')
  if (from === undefined || to === undefined || more.length > 0) throw unreadable(text)
  const start = endState(from)
  const end = endState(to)
  if (start !== 'known' && end !== 'known') throw unreadable(text)
  const first = start === 'known' ? parseOne(from) : null
  const last = end === 'known' ? parseOne(to) : null
  if (isBefore(last?.reach.latest ?? null, first?.reach.earliest ?? null)) {
    throw new Refusal('date_unreadable', `"${text}" ends before it begins; write the earlier date first.`, {
      text,
    })
  }
  const ends = [first, last]
  const known = ends.filter((part) => part !== null)
  return {
    text,
    kind: 'interval',
    earliest: first?.earliest ?? null,
    latest: last?.latest ?? null,
    reach: { earliest: first?.reach.earliest ?? null, latest: last?.reach.latest ?? null },
    uncertain: known.some((part) => part.uncertain),
    approximate: known.some((part) => part.approximate),
    unspecified: known.some((part) => part.unspecified),
    start,
    end,
    parts: ends,
  }
}

function endState(text: string): 'known' | 'open' | 'unknown' {
  if (text === '..') return 'open'
  return text === '' ? 'unknown' : 'known'
}

function combine(
  text: string,
  parts: UncertainDate[],
  kind: 'all of' | 'one of',
): Omit<UncertainDate, 'parts'> {
  const lowest = (pick: (part: UncertainDate) => number | null) => extreme(parts.map(pick), Math.min)
  const highest = (pick: (part: UncertainDate) => number | null) => extreme(parts.map(pick), Math.max)
  return {
    text,
    kind,
    earliest: lowest((part) => part.earliest),
    latest: highest((part) => part.latest),
    reach: { earliest: lowest((part) => part.reach.earliest), latest: highest((part) => part.reach.latest) },
    uncertain: parts.some((part) => part.uncertain),
    approximate: parts.some((part) => part.approximate),
    unspecified: parts.some((part) => part.unspecified),
    start: parts.some((part) => part.start === 'open') ? 'open' : 'known',
    end: parts.some((part) => part.end === 'open') ? 'open' : 'known',
  }
}

function extreme(days: (number | null)[], choose: (...values: number[]) => number): number | null {
  const known = days.filter((day) => day !== null)
  return known.length === days.length ? choose(...known) : null
}

/** One date or season; the library judges its grammar and its marks, date-pattern.ts reckons its days. */
function parseOne(text: string): UncertainDate {
  const whole = /^(.*[^?~%])([?~%])$/.exec(text)
  // The library refuses marks after a season, a year of many digits and a year with X; the mark is ours then.
  const markIsOurs =
    whole?.[1] !== undefined && !/^-?\d{4}(?:-(?:[01][\dX]|XX)(?:-[\dX]{2})?)?$|[?~%]/.test(whole[1])
  const plain = markIsOurs ? (whole[1] ?? text) : text
  const mark = markIsOurs ? whole[2] : undefined
  const read = readByLibrary(plain, text)
  const pattern = datePattern(plain.replace(/[?~%]/g, ''))
  const bounds = pattern && datePatternBounds(pattern)
  if (!pattern || !bounds) throw unreadable(text)
  const uncertainMask = mark === '?' || mark === '%' ? 255 : (read.uncertain?.value ?? 0)
  const approximateMask = mark === '~' || mark === '%' ? 255 : (read.approximate?.value ?? 0)
  return {
    text,
    kind: pattern.kind === 'season' ? 'season' : 'date',
    earliest: bounds.earliest,
    latest: bounds.latest,
    reach:
      approximateMask > 0
        ? widen(bounds, approximateMask)
        : { earliest: bounds.earliest, latest: bounds.latest },
    uncertain: uncertainMask > 0,
    approximate: approximateMask > 0,
    unspecified: pattern.unspecified,
    start: 'known',
    end: 'known',
    parts: [],
  }
}

function readByLibrary(plain: string, text: string): ReturnType<typeof edtf> {
  try {
    const read = edtf(plain)
    // NOTE: what it calls the type of a date is the name of a class, which is another once the pages are made small.
    // It also reads `192` as a decade and `19` as a century, which EDTF 2019 does not have.
    if (read instanceof OneDate || read instanceof Season || read instanceof Year) return read
  } catch {
    throw unreadable(text)
  }
  throw unreadable(text)
}

/** The library marks four bits for the year, two for the month, two for the day. */
function widen(bounds: PatternBounds, mask: number): Bounds {
  const { earliest, latest, precision } = bounds
  if (precision === 'day' && (mask & 192) !== 0) return { earliest: earliest - 7, latest: latest + 7 }
  if (precision === 'season') return { earliest: addMonths(earliest, -3), latest: addMonths(latest, 3) }
  if (precision !== 'year' && (mask & 48) !== 0) {
    return { earliest: addMonths(earliest, -1), latest: addMonths(latest + 1, 1) - 1 }
  }
  const span = precision === 'year' ? Math.round((latest - earliest + 1) / 365.2425) : 1
  return { earliest: shiftYears(earliest, -span), latest: shiftYears(latest + 1, span) - 1 }
}

function shiftYears(day: number, years: number): number {
  return Math.abs(years) < 1_000_000 ? addMonths(day, years * 12) : day + Math.round(years * 365.2425)
}

function unreadable(text: string): Refusal {
  return new Refusal(
    'date_unreadable',
    `The date "${text}" cannot be read; write the year first, such as 2015-01-23, 2015-01~, 2015-01-23?, 2019/.. or 2014-XX.`,
    { text },
  )
}

/** Whether two dates, as EDTF texts, can both be true of one thing. @throws Refusal `date_unreadable` */
export function datesOverlap(a: string, b: string): boolean {
  return overlaps(parseDate(a), parseDate(b))
}

/** Whether one date, as EDTF text, can lie within another. @throws Refusal `date_unreadable` */
export function dateContains(outer: string, inner: string): boolean {
  return contains(parseDate(outer), parseDate(inner))
}
