/** The bounds of a number as somebody put it. Null or absent: no bound was stated. */
export interface Quantity {
  readonly lower?: number | null | undefined
  readonly upper?: number | null | undefined
  readonly lowerExclusive?: boolean | undefined
  readonly upperExclusive?: boolean | undefined
  readonly approx?: boolean | undefined
  readonly vague?: boolean | undefined
  readonly unit?: string | undefined
  /** A number of which it is said that it is part of this one: "thirty, including twelve". */
  readonly including?: number | undefined
  /** A part of the whole that `scope` names, 0 to 1. */
  readonly share?: number | undefined
  /** So many times a baseline; -0.5 is "less by half". */
  readonly factor?: number | undefined
  /** The baseline, or the other number than which this one is said to be more or less. */
  readonly relativeTo?: string | undefined
}

/** How far from a stated number "about" may be: a tenth of it, by convention. */
const ABOUT = 0.1

/**
 * Whether two numbers count the same thing: one unit, one baseline. Factors of a baseline that nobody names cannot be
 * set beside each other, for they may be factors of different ones.
 */
export function comparableQuantities(a: Quantity, b: Quantity): boolean {
  if ((a.unit ?? null) !== (b.unit ?? null)) return false
  if ((a.relativeTo ?? null) !== (b.relativeTo ?? null)) return false
  const isFactor = a.factor !== undefined || b.factor !== undefined
  return !isFactor || a.relativeTo !== undefined
}

/**
 * Whether no number can be both. The bounds of a vague word ("hundreds") are ours and never part two numbers; those
 * of an approximate one reach a tenth further on each side.
 */
export function quantitiesDisjoint(a: Quantity, b: Quantity): boolean {
  if (a.vague || b.vague) return false
  if (apartIn('share', a, b) || apartIn('factor', a, b)) return true
  return endsBefore(a, b) || endsBefore(b, a)
}

/** Two shares, or two factors, that are stated and differ; "about" reaches a tenth of each. */
function apartIn(member: 'share' | 'factor', a: Quantity, b: Quantity): boolean {
  const [one, other] = [a[member], b[member]]
  if (one === undefined || other === undefined) return false
  const as = (value: number, { approx }: Quantity) => ({ lower: value, upper: value, approx })
  const [left, right] = [as(one, a), as(other, b)]
  return endsBefore(left, right) || endsBefore(right, left)
}

function endsBefore(a: Quantity, b: Quantity): boolean {
  const upper = reach(a, 'upper')
  const lower = reach(b, 'lower')
  if (upper === null || lower === null) return false
  if (upper < lower) return true
  return upper === lower && ((a.upperExclusive ?? false) || (b.lowerExclusive ?? false))
}

function reach(quantity: Quantity, end: 'lower' | 'upper'): number | null {
  const stated = quantity[end] ?? null
  // The whole is at least its part.
  const bound =
    end === 'lower' && quantity.including !== undefined
      ? Math.max(stated ?? quantity.including, quantity.including)
      : stated
  if (bound === null || !quantity.approx) return bound
  return bound + Math.abs(bound) * (end === 'upper' ? ABOUT : -ABOUT)
}
