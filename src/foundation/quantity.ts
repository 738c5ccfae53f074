/** The bounds of a number as somebody put it. Null or absent: no bound was stated. */
export interface Quantity {
  readonly lower?: number | null | undefined
  readonly upper?: number | null | undefined
  readonly lowerExclusive?: boolean | undefined
  readonly upperExclusive?: boolean | undefined
  readonly approx?: boolean | undefined
  readonly vague?: boolean | undefined
  readonly unit?: string | undefined
}

/** How far from a stated number "about" may be: a tenth of it, by convention. */
const ABOUT = 0.1

/** Whether two numbers count the same thing. */
export function comparableQuantities(a: Quantity, b: Quantity): boolean {
  return (a.unit ?? null) === (b.unit ?? null)
}

/**
 * Whether no number can be both. The bounds of a vague word ("hundreds") are ours and never part two numbers; those
 * of an approximate one reach a tenth further on each side.
 */
export function quantitiesDisjoint(a: Quantity, b: Quantity): boolean {
  if (a.vague || b.vague) return false
  return endsBefore(a, b) || endsBefore(b, a)
}

function endsBefore(a: Quantity, b: Quantity): boolean {
  const upper = reach(a, 'upper')
  const lower = reach(b, 'lower')
  if (upper === null || lower === null) return false
  if (upper < lower) return true
  return upper === lower && ((a.upperExclusive ?? false) || (b.lowerExclusive ?? false))
}

function reach(quantity: Quantity, end: 'lower' | 'upper'): number | null {
  const bound = quantity[end] ?? null
  if (bound === null || !quantity.approx) return bound
  return bound + Math.abs(bound) * (end === 'upper' ? ABOUT : -ABOUT)
}
