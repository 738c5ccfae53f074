import { dayOf, daysInMonth } from './days.ts'

/** One date without its marks of doubt, in its parts: digits or X. */
export type DatePattern =
  | { kind: 'date'; year: string; month: string | null; day: string | null; unspecified: boolean }
  | { kind: 'season'; year: string; season: number; unspecified: boolean }
  | { kind: 'long year'; lowest: number; highest: number; unspecified: boolean }

export interface PatternBounds {
  readonly earliest: number
  readonly latest: number
  readonly precision: 'day' | 'month' | 'season' | 'year'
}

/** Take a date apart: `2014`, `2014-XX`, `2014-01-2X`, `2014-21`, `Y170000002`, `Y3E5`, `1950S2`, a day with a time. Null for anything else. */
export function datePattern(text: string): DatePattern | null {
  const timed = /^(\d{4}-\d{2}-\d{2})T/.exec(text)
  const long = /^(Y?)(-?\d+)(?:E(\d+))?(?:S(\d+))?$/.exec(text)
  if (long && (long[1] === 'Y' || long[4] !== undefined)) return longYear(long)
  const parts = /^(-?[\dX]{4})(?:-([\dX]{2}))?(?:-([\dX]{2}))?$/.exec(timed?.[1] ?? text)
  if (!parts?.[1]) return null
  const [, year, month = null, day = null] = parts
  const unspecified = text.includes('X')
  const season = Number(month)
  if (month !== null && day === null && season >= 21 && season <= 41)
    return { kind: 'season', year, season, unspecified }
  return { kind: 'date', year, month, day, unspecified }
}

function longYear([, , digits = '0', exponent, significant]: string[]): DatePattern | null {
  const year = Number(digits) * 10 ** Number(exponent ?? 0)
  if (!Number.isSafeInteger(year) || Math.abs(year) > 1e13) return null
  if (significant === undefined) return { kind: 'long year', lowest: year, highest: year, unspecified: false }
  const scale = 10 ** Math.max(0, String(Math.abs(year)).length - Number(significant))
  const lowest = Math.floor(year / scale) * scale
  return { kind: 'long year', lowest, highest: lowest + scale - 1, unspecified: true }
}

/** The first and last day that a pattern can mean; null where it can mean none (`2014-02-3X`). */
export function datePatternBounds(pattern: DatePattern): PatternBounds | null {
  if (pattern.kind === 'long year') {
    return {
      earliest: dayOf(pattern.lowest, 1, 1),
      latest: dayOf(pattern.highest, 12, 31),
      precision: 'year',
    }
  }
  const [lowest, highest] = yearRange(pattern.year)
  if (pattern.kind === 'season') return seasonBounds(pattern.season, lowest, highest)
  const { month, day } = pattern
  if (month === null)
    return { earliest: dayOf(lowest, 1, 1), latest: dayOf(highest, 12, 31), precision: 'year' }
  let earliest: number | null = null
  let latest: number | null = null
  // A day such as 29 February may be missing from up to seven years in a row.
  for (let year = lowest; earliest === null && year <= Math.min(highest, lowest + 8); year += 1) {
    earliest = daysOf(year, month, day).at(0) ?? null
  }
  for (let year = highest; latest === null && year >= Math.max(lowest, highest - 8); year -= 1) {
    latest = daysOf(year, month, day).at(-1) ?? null
  }
  if (earliest === null || latest === null) return null
  const precision =
    month === 'XX' && (day === null || day === 'XX') ? 'year' : day === null || day === 'XX' ? 'month' : 'day'
  return { earliest, latest, precision }
}

function yearRange(year: string): [number, number] {
  const low = Number(year.replaceAll('X', year.startsWith('-') ? '9' : '0'))
  return [low, Number(year.replaceAll('X', year.startsWith('-') ? '0' : '9'))]
}

/** First and last day of each month that fits, in order. */
function daysOf(year: number, month: string, day: string | null): number[] {
  const found: number[] = []
  for (let candidate = 1; candidate <= 12; candidate += 1) {
    if (!fitsDigits(candidate, month)) continue
    for (let ofMonth = 1; ofMonth <= daysInMonth(year, candidate); ofMonth += 1) {
      if (day === null || fitsDigits(ofMonth, day)) found.push(dayOf(year, candidate, ofMonth))
    }
  }
  return found
}

function fitsDigits(value: number, digits: string): boolean {
  const written = String(value).padStart(2, '0')
  return [...digits].every((digit, index) => digit === 'X' || digit === written[index])
}

/**
 * Seasons (ISO 8601-2 §4.8) wide enough for the meteorological and the astronomical reckoning. 21-24 name no hemisphere
 * and are read as northern, 29-32 are southern. A winter of the north, a summer of the south, may be the one at the year's
 * beginning or the one at its end: both lie within. 33-36 are quarters, 37-39 thirds, 40-41 halves.
 */
function seasonBounds(season: number, lowest: number, highest: number): PatternBounds {
  const span = (from: number, months: number): PatternBounds => ({
    earliest: dayOf(lowest, from, 1),
    latest: dayOf(highest, from + months - 1, daysInMonth(highest, from + months - 1)),
    precision: 'season',
  })
  if (season >= 40) return span(1 + (season - 40) * 6, 6)
  if (season >= 37) return span(1 + (season - 37) * 4, 4)
  if (season >= 33) return span(1 + (season - 33) * 3, 3)
  const isSouthern = season >= 29
  const quarter = ((season - 21) % 4) + (isSouthern ? 2 : 0)
  const place = quarter % 4
  if (place === 3)
    return { earliest: dayOf(lowest - 1, 12, 1), latest: dayOf(highest + 1, 3, 21), precision: 'season' }
  const month = 3 + place * 3
  return { earliest: dayOf(lowest, month, 1), latest: dayOf(highest, month + 3, 23), precision: 'season' }
}
