/** What a glyph needs of a date; days counted from 1970-01-01. */
export interface DrawnDate {
  readonly earliest: number | null
  readonly latest: number | null
  readonly uncertain: boolean
  readonly approximate: boolean
  readonly start: 'known' | 'open' | 'unknown'
  readonly end: 'known' | 'open' | 'unknown'
}

/** The form of a date on a line: a tick, a broken tick, an open bar with hard ends, a fading bar. */
export type DateForm = 'day' | 'day in doubt' | 'span' | 'about' | 'opening' | 'ending'

export function formOf(date: DrawnDate): DateForm {
  if (date.latest === null || date.end !== 'known') return 'opening'
  if (date.earliest === null || date.start !== 'known') return 'ending'
  if (date.approximate) return 'about'
  if (date.latest === date.earliest) return date.uncertain ? 'day in doubt' : 'day'
  return 'span'
}

/** A stretch of days, and of the drawing's width, that is drawn to one scale; between two of them time is folded. */
export interface Stretch {
  readonly from: number
  readonly to: number
  readonly x: number
  readonly width: number
}

/** Time in which nothing happens, between two stretches; days. */
export interface Fold {
  readonly x: number
  readonly days: number
}

export interface Layout {
  readonly stretches: readonly Stretch[]
  readonly folds: readonly Fold[]
  /** Of the whole drawing: more than was asked for where every stretch could not have its least. */
  readonly width: number
  x(day: number): number
}

export const FOLD_WIDTH = 20

/**
 * Lay days out on a line of a given width: stretches in which something happens, and folds where for longer than
 * `foldOver` days nothing does.
 *
 * @param spans the days that must be seen, [first, last], in any order
 * @param room what the drawing may use: `width`, and the `least` that a stretch takes so that it can be read
 */
export function layOut(
  spans: readonly (readonly [number, number])[],
  { width, foldOver, margin, least }: { width: number; foldOver: number; margin: number; least: number },
): Layout {
  const merged = joined(spans, foldOver + 2 * margin)
  if (merged.length === 0) return { stretches: [], folds: [], width, x: () => 0 }
  // Room goes to where much is told, and only by roots to where much time passes.
  const weights = merged.map(([from, to]) => {
    const told = new Set(spans.filter((span) => span[0] >= from && span[1] <= to).map(String)).size
    return told * Math.sqrt(Math.max(to - from + 2 * margin, 1))
  })
  const total = weights.reduce((sum, one) => sum + one, 0)
  const spare = Math.max(0, width - FOLD_WIDTH * (merged.length - 1) - least * merged.length)
  const stretches: Stretch[] = []
  const folds: Fold[] = []
  let x = 0
  for (const [n, [from, to]] of merged.entries()) {
    const share = least + (spare * (weights[n] ?? 1)) / total
    stretches.push({ from: from - margin, to: to + margin, x, width: share })
    x += share
    const next = merged[n + 1]
    if (next) {
      folds.push({ x, days: next[0] - to })
      x += FOLD_WIDTH
    }
  }
  return { stretches, folds, width: x, x: (day) => placeOf(day, stretches, x) }
}

function joined(spans: readonly (readonly [number, number])[], gap: number): [number, number][] {
  const merged: [number, number][] = []
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last && from - last[1] <= gap) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

/** A day inside a fold is drawn where the fold begins to end. */
function placeOf(day: number, stretches: readonly Stretch[], width: number): number {
  for (const stretch of stretches) {
    if (day < stretch.from) return stretch.x
    if (day <= stretch.to)
      return stretch.x + ((day - stretch.from) / (stretch.to - stretch.from)) * stretch.width
  }
  return width
}

/** How long a fold is, as people say it: whole years and months, or days. */
export function lengthOf(days: number): { years: number; months: number; days: number } {
  const months = Math.round(days / 30.44)
  if (months < 2) return { years: 0, months: 0, days }
  return { years: Math.floor(months / 12), months: months % 12, days: 0 }
}
