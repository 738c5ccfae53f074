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

const FOLD = 18

/**
 * Lay days out on a line of a given width: stretches in which something happens, and folds where for longer than
 * `foldOver` days nothing does.
 *
 * @param spans the days that must be seen, [first, last], in any order
 * @returns stretches in order, and where a day lies (null inside a fold)
 */
export function layOut(
  spans: readonly (readonly [number, number])[],
  { width, foldOver, margin }: { width: number; foldOver: number; margin: number },
): { stretches: Stretch[]; x: (day: number) => number; folds: { x: number; days: number }[] } {
  const sorted = [...spans].sort((a, b) => a[0] - b[0])
  const merged: [number, number][] = []
  for (const [from, to] of sorted) {
    const last = merged.at(-1)
    if (last && from - margin - (last[1] + margin) <= foldOver) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  if (merged.length === 0) return { stretches: [], x: () => 0, folds: [] }
  const days = merged.map(([from, to]) => to - from + 2 * margin)
  // Roots, so that a year does not leave a month without room.
  const weights = days.map((one) => Math.sqrt(Math.max(one, 1)))
  const total = weights.reduce((sum, one) => sum + one, 0)
  const room = width - FOLD * (merged.length - 1)
  const stretches: Stretch[] = []
  const folds: { x: number; days: number }[] = []
  let x = 0
  for (const [n, [from, to]] of merged.entries()) {
    const share = (room * (weights[n] ?? 1)) / total
    stretches.push({ from: from - margin, to: to + margin, x, width: share })
    x += share
    const next = merged[n + 1]
    if (next) {
      folds.push({ x, days: next[0] - to })
      x += FOLD
    }
  }
  const place = (day: number): number => {
    for (const stretch of stretches) {
      if (day < stretch.from) return stretch.x
      if (day <= stretch.to)
        return stretch.x + ((day - stretch.from) / (stretch.to - stretch.from)) * stretch.width
    }
    return width
  }
  return { stretches, x: place, folds }
}

export const FOLD_WIDTH = FOLD
