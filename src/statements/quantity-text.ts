import type { QuantityValue } from './statement.ts'

/** A quantity in figures; a vague one only ever in the words in which it was said. */
export function quantityText(quantity: QuantityValue): string {
  const { vague, approx, asStated, unit, including, relativeTo } = quantity
  if (vague === true && asStated !== undefined) return asStated
  const figure = figureOf(quantity)
  const part = including === undefined ? '' : `(⊇ ${including})`
  const baseline = relativeTo === undefined ? '' : `(${relativeTo})`
  return [approx && figure !== '' ? `≈ ${figure}` : figure, unit, part, baseline].filter(Boolean).join(' ')
}

function figureOf({ share, factor, asStated, ...quantity }: QuantityValue): string {
  if (share !== undefined) return `${Math.round(share * 1000) / 10} %`
  if (factor !== undefined) return `× ${factor}`
  const { lower = null, upper = null, lowerExclusive, upperExclusive } = quantity
  if (lower !== null && lower === upper) return `${lower}`
  if (lower !== null && upper !== null) return `${lower}–${upper}`
  if (lower !== null) return `${lowerExclusive ? '>' : '≥'} ${lower}`
  if (upper !== null) return `${upperExclusive ? '<' : '≤'} ${upper}`
  return asStated ?? ''
}
