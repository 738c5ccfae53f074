import { isoDay } from '../../foundation/days.ts'
import { tryDate, type UncertainDate } from '../../foundation/edtf.ts'
import type { useWords } from '../language.tsx'

type Speaking = Pick<ReturnType<typeof useWords>, 't' | 'day' | 'monthOf'>

/** A date as one would say it, with what is doubtful, about, open or not known in it; null for what is no date. */
export function dateInWords(text: string, speaking: Speaking): string | null {
  const date = tryDate(text)
  return date === null ? null : said(date, speaking)
}

function said(date: UncertainDate, speaking: Speaking): string {
  const { t } = speaking
  const parts = date.parts.map((part) => (part === null ? null : said(part, speaking)))
  if (date.kind === 'one of') return parts.join(` ${t('date.or')} `)
  if (date.kind === 'all of') return parts.join(', ')
  if (date.kind === 'interval') {
    const [from, to] = parts
    if (from != null && to != null) return t('date.span', { from, to })
    if (from != null) return t(date.end === 'open' ? 'date.onwards' : 'date.endUnknown', { date: from })
    return t(date.start === 'open' ? 'date.before' : 'date.startUnknown', { date: to ?? '' })
  }
  let words = plain(date, speaking)
  if (date.approximate) words = t('date.about', { date: words })
  return date.uncertain ? t('date.doubt', { date: words }) : words
}

/** One day, month or year without its marks. A season, a year of many digits and a date with X are their bounds. */
function plain(
  { text, earliest, latest, unspecified }: UncertainDate,
  { t, day, monthOf }: Speaking,
): string {
  const [, year, month, ofMonth] = /^(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-(\d{2}))?$/.exec(bare(text)) ?? []
  if (year !== undefined && !unspecified)
    return month === undefined ? year : ofMonth === undefined ? monthOf(bare(text)) : day(bare(text))
  // Days beyond four-digit years have no calendar here.
  if (earliest === null || latest === null || Math.abs(latest) > 2_900_000) return text
  const span = t('date.span', { from: day(isoDay(earliest)), to: day(isoDay(latest)) })
  return unspecified ? t('date.within', { span }) : span
}

function bare(text: string): string {
  return text.replace(/[?~%]/g, '')
}
