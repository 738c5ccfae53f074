import { tryDate } from '../../foundation/edtf.ts'

/** Beginnings of the months' names in Russian, Kazakh and English, in the order of the year; each in any case. */
const MONTHS: readonly RegExp[] = [
  /^(янв|қаң|jan)/,
  /^(фев|ақп|feb)/,
  /^(мар|нау|mar)/,
  /^(апр|сәу|apr)/,
  /^(ма[йя]|мам|may)/,
  /^(июн|мау|jun)/,
  /^(июл|шіл|jul)/,
  /^(авг|там|aug)/,
  /^(сен|қыр|sep)/,
  /^(окт|қаз|oct)/,
  /^(ноя|қар|nov)/,
  /^(дек|жел|dec)/,
]

/** What a date that people write in their own way comes to; two where day and month cannot be told apart. */
export function datesMeant(text: string): string[] {
  const typed = text.trim().toLowerCase()
  const numbers = /^(\d{1,2})[./\s-]+(\d{1,2})[./\s-]+(\d{4})(?:\s*(?:г|ж)\.?)?$/.exec(typed)
  if (numbers) {
    const [, first = '', second = '', year = ''] = numbers
    const dayFirst = written(year, second, first)
    // Only a slash is written with the month first, and only in some countries.
    const monthFirst = typed.includes('/') && first !== second ? written(year, first, second) : []
    return [...dayFirst, ...monthFirst]
  }
  const yearFirst = /^(\d{4})[./](\d{1,2})[./](\d{1,2})$/.exec(typed)
  if (yearFirst) return written(yearFirst[1] ?? '', yearFirst[2] ?? '', yearFirst[3] ?? '')
  const month = MONTHS.findIndex((name) => (typed.match(/\p{L}+/gu) ?? []).some((word) => name.test(word)))
  const year = /(?<!\d)\d{4}(?!\d)/.exec(typed)?.[0]
  if (month === -1 || year === undefined) return []
  const day = /(?<!\d)\d{1,2}(?!\d)/.exec(typed)?.[0]
  return written(year, String(month + 1), day)
}

function written(year: string, month: string, day: string | undefined): string[] {
  const parts = [year, month, ...(day === undefined ? [] : [day])].map((part) => part.padStart(2, '0'))
  const date = parts.join('-')
  return Number(month) <= 12 && tryDate(date) !== null ? [date] : []
}
