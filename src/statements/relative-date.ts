import { addMonths, calendarDay, isoDay } from '../foundation/days.ts'
import { tryDate } from '../foundation/edtf.ts'
import type { Language } from '../vocabularies/list.ts'
import {
  type Anchor,
  NUMBER_WORDS,
  RELATIVE_PHRASES,
  RELATIVE_WORDS_VERSION,
  type RelativePhrase,
  type RelativeRule,
  SINCE,
  type Unit,
} from '../vocabularies/relative-words.ts'

/** A date that words give by way of another one: proposed, never taken for what was said. */
export interface RelativeDate {
  readonly edtf: string
  /** The rule's name, a term of the list date-rules. */
  readonly rule: string
  /** The words that the rule read. */
  readonly words: string
  readonly anchor: Anchor
  /** The date reckoned from, EDTF. */
  readonly from: string
  readonly version: string
}

/** Days since 1970-01-01, both inclusive. */
interface Span {
  readonly first: number
  readonly last: number
}

/**
 * Resolve words such as "last week", "two days later", "January" from the day of the document, or from the day of what
 * they follow on. Null where no rule reads them, or where the day they reckon from is not known.
 */
export function relativeDate(
  words: string,
  language: Language,
  anchors: Readonly<Record<Anchor, string | null>>,
): RelativeDate | null {
  const said = words.normalize('NFC').toLowerCase().trim()
  for (const phrase of RELATIVE_PHRASES[language]) {
    const found = phrase.pattern.exec(said)
    if (!found) continue
    const from = anchors[phrase.anchor]
    const anchor = from === null ? null : spanOf(from)
    if (from === null || anchor === null) return null
    const reckoned = reckon(phrase.rule, anchor, countIn(found, language))
    if (reckoned === null) return null
    const edtf = beginsThere(said, found, { language, phrase }) ? openFrom(reckoned) : reckoned
    return {
      edtf,
      rule: phrase.name,
      words: found[0],
      anchor: phrase.anchor,
      from,
      version: RELATIVE_WORDS_VERSION,
    }
  }
  return null
}

function spanOf(edtf: string): Span | null {
  const { earliest, latest } = tryDate(edtf) ?? { earliest: null, latest: null }
  return earliest === null || latest === null ? null : { first: earliest, last: latest }
}

function countIn(found: RegExpExecArray, language: Language): number {
  const said = found.slice(1).find((group) => group !== undefined)
  if (said === undefined) return 1
  if (/^\d+$/.test(said)) return Number(said)
  return NUMBER_WORDS[language].find(([words]) => new RegExp(`^(?:${words})$`, 'u').test(said))?.[1] ?? 1
}

function reckon(rule: RelativeRule, anchor: Span, count: number): string | null {
  if (rule.kind === 'shift') {
    const by = rule.by === 'earlier' ? -count : rule.by === 'later' ? count : rule.by
    return shifted(rule.unit, by, anchor)
  }
  if (rule.kind === 'span') return spanning(rule, anchor)
  if (rule.kind === 'month named') {
    return oneOf(lastMonthNamed(rule.month, anchor.first), lastMonthNamed(rule.month, anchor.last))
  }
  // Of a document without a day, the day of a week cannot be told.
  if (anchor.first !== anchor.last) return null
  return isoDay(anchor.last - ((weekdayOf(anchor.last) - rule.weekday + 7) % 7))
}

/** The day, week, month or year that lies `by` of them away; where the anchor leaves several open, one of these. */
function shifted(unit: Unit, by: number, { first, last }: Span): string {
  if (unit === 'day') {
    if (first === last) return isoDay(first + by)
    return monthOf(first + by) === monthOf(last + by)
      ? `${monthOf(first + by)}~`
      : `[${isoDay(first + by)}..${isoDay(last + by)}]`
  }
  if (unit === 'week') {
    const [from, to] = [mondayOf(first) + by * 7, mondayOf(last) + by * 7 + 6]
    const blurred = mondayOf(first) === mondayOf(last) ? '' : '~'
    return `${isoDay(from)}${blurred}/${isoDay(to)}${blurred}`
  }
  if (unit === 'month') return oneOf(monthOf(addMonths(first, by)), monthOf(addMonths(last, by)))
  return oneOf(yearOf(addMonths(first, by * 12)), yearOf(addMonths(last, by * 12)))
}

function spanning({ unit, by }: { unit: Unit; by: number }, { first, last }: Span): string {
  if (by < 0) {
    const end = first === last ? isoDay(last) : `${monthOf(last)}~`
    return `${monthOf(away(unit, by, first))}~/${end}`
  }
  return `${isoDay(first + 1)}~/${isoDay(away(unit, by, last))}~`
}

function away(unit: Unit, by: number, day: number): number {
  if (unit === 'day') return day + by
  if (unit === 'week') return day + by * 7
  return addMonths(day, unit === 'month' ? by : by * 12)
}

function lastMonthNamed(month: number, day: number): string {
  const today = calendarDay(day)
  const year = month <= today.month ? today.year : today.year - 1
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`
}

function oneOf(a: string, b: string): string {
  return a === b ? a : `[${a},${b}]`
}

function beginsThere(
  said: string,
  found: RegExpExecArray,
  { language, phrase }: { language: Language; phrase: RelativePhrase },
): boolean {
  const { before, after } = SINCE[language]
  if (phrase.rule.kind === 'month named') return /^(?:since|с) /u.test(found[0])
  const left = said.slice(0, found.index)
  const right = said.slice(found.index + found[0].length)
  return (before?.test(left) ?? false) || (after?.test(right) ?? false)
}

/** From the beginning of what was reckoned on, with no end. */
function openFrom(edtf: string): string {
  const start = edtf.startsWith('[') ? `${edtf.slice(1).split(/,|\.\./)[0]}~` : edtf.split('/')[0]
  return `${start}/..`
}

/** Monday is 0; 1970-01-01 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7
}
function mondayOf(day: number): number {
  return day - weekdayOf(day)
}
function monthOf(day: number): string {
  return isoDay(day).replace(/-\d\d$/, '')
}
function yearOf(day: number): string {
  return isoDay(day).replace(/-\d\d-\d\d$/, '')
}
