import { dateContains, datesOverlap } from '../foundation/edtf.ts'
import { canonicalJson } from '../foundation/json.ts'
import { comparableQuantities, quantitiesDisjoint } from '../foundation/quantity.ts'
import type { Aspect, Comparison } from '../matters/aspect.ts'
import type { Entry, QuantityValue, Value } from './statement.ts'

/** What two values need for being compared, besides themselves. */
export interface Comparable {
  readonly value: Exclude<Value, null>
  /** EDTF, or null where nobody knows: for a term its speaker's `said`, else the document's date. */
  readonly asOf: string | null
}

/** Which matters stand for which, and which lie in which. */
export interface MatterFacts {
  /** The matter that stands for this one after merges. */
  standing(id: string): string
  contains(outer: string, inner: string): boolean
}

/** What a person said of a normalisation; 'open' where nobody has. */
export type Decision = 'open' | 'accepted' | 'rejected'

/**
 * What of an entry is compared: an accepted normalisation, else the value, else a normalisation that nobody has
 * rejected.
 */
export function comparedValue(entry: Entry, decision: Decision): Exclude<Value, null> | null {
  const normalised = entry.normalised ?? null
  if (decision === 'accepted' && normalised !== null) return normalised
  return entry.value ?? (decision === 'rejected' ? null : normalised)
}

/** Alike for two values exactly where they are the same, so that affirming one and denying the other cannot both hold. */
export function valueKey({ value }: Comparable, facts: MatterFacts): string {
  if (typeof value === 'string') return `text ${value.normalize('NFC').replace(/\s+/g, ' ').trim()}`
  if ('matter' in value) return `matter ${facts.standing(value.matter)}`
  if ('term' in value) return `term ${value.term}`
  return `quantity ${canonicalJson(core(value))}`
}

/** Two values that are merely apart and, by the aspect's rule, cannot both hold. */
export function valuesApart(
  a: Comparable,
  b: Comparable,
  { aspect, rule, facts }: { aspect: Aspect; rule: Comparison; facts: MatterFacts },
): boolean {
  if (!rule.apart) return false
  const [left, right] = [a.value, b.value]
  if (isQuantity(left) && isQuantity(right)) return quantitiesApart(a, b, { aspect, rule })
  if (!alikeAsOf(a, b, rule)) return false
  if (aspect.valueType === 'date') {
    return typeof left === 'string' && typeof right === 'string' && !datesOverlap(left, right)
  }
  if (typeof left === 'string' || typeof right === 'string') return false
  if ('matter' in left && 'matter' in right) {
    const [one, other] = [facts.standing(left.matter), facts.standing(right.matter)]
    if (one === other) return false
    return !rule.containment || !(facts.contains(one, other) || facts.contains(other, one))
  }
  return 'term' in left && 'term' in right && left.term !== right.term
}

/** A day that does not lie in what contains it. */
export function liesOutside(day: Comparable, container: Comparable): boolean {
  return (
    typeof day.value === 'string' &&
    typeof container.value === 'string' &&
    !dateContains(container.value, day.value)
  )
}

/** Whether the aspect lets these two be compared, as far as their time goes. Quantities say theirs themselves. */
export function alikeAsOf(a: Comparable, b: Comparable, rule: Comparison): boolean {
  if (!rule.sameAsOf || isQuantity(a.value) || isQuantity(b.value)) return true
  return sameAsOf(a.asOf, b.asOf)
}

/**
 * A number's as-of is its own. Only where an aspect holds one at a time does a number without one take its speaker's
 * day, for such a number is of its day.
 */
function quantitiesApart(
  one: Comparable,
  other: Comparable,
  { aspect, rule }: { aspect: Aspect; rule: Comparison },
): boolean {
  const [a, b] = [one.value, other.value]
  if (!isQuantity(a) || !isQuantity(b)) return false
  if (rule.sameScope && (a.scope ?? null) !== (b.scope ?? null)) return false
  const dated = aspect.holds === 'one at a time'
  const asOf = ({ asOf: own }: QuantityValue, said: string | null) => own ?? (dated ? said : null)
  if (rule.sameAsOf && !sameAsOf(asOf(a, one.asOf), asOf(b, other.asOf))) return false
  if (!comparableQuantities(a, b)) return rule.unitMatters && (a.unit ?? null) !== (b.unit ?? null)
  return quantitiesDisjoint(a, b)
}

/** Two dates as of which something is said: alike where they overlap, or where neither is known. */
function sameAsOf(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return a === b
  return datesOverlap(a, b)
}

function isQuantity(value: Exclude<Value, null>): value is QuantityValue {
  return typeof value === 'object' && !('matter' in value) && !('term' in value)
}

/** A quantity without how it was worded, and without what says nothing: an absent bound, a flag that is not set. */
function core({ asStated, note, ...rest }: QuantityValue): object {
  return Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== null && value !== undefined && value !== false),
  )
}
