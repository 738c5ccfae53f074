/** The two ways to count one text: UTF-16 units, as JavaScript slices, and Unicode code points, as the record stores. */
export interface CodePoints {
  readonly length: number
  /** UTF-16 position → code points before it. Inside a surrogate pair it counts the pair as before. O(log n). */
  fromUnits(unit: number): number
  /** Code point position → UTF-16 position. O(log n). */
  toUnits(point: number): number
  /** The text between two code point positions, end exclusive. */
  slice(start: number, end: number): string
}

/** One pass over the text; after it every conversion is a binary search among its surrogate pairs. */
export function codePointsOf(text: string): CodePoints {
  const pairs = surrogatePairs(text)
  const length = text.length - pairs.length
  function fromUnits(unit: number): number {
    const at = Math.max(0, Math.min(unit, text.length))
    return at - countBelow(pairs.length, (index) => (pairs[index] ?? 0) + 1 < at)
  }
  function toUnits(point: number): number {
    const at = Math.max(0, Math.min(point, length))
    return at + countBelow(pairs.length, (index) => (pairs[index] ?? 0) - index < at)
  }
  return { length, fromUnits, toUnits, slice: (start, end) => text.slice(toUnits(start), toUnits(end)) }
}

/** A slicer by code points for many cuts in one text. */
export function codePointSlice(text: string): (start: number, end: number) => string {
  return codePointsOf(text).slice
}

/** How many code points a text has. */
export function codePointLength(text: string): number {
  return FIRST_HALF.test(text) ? text.length - surrogatePairs(text).length : text.length
}

const FIRST_HALF = /[\uD800-\uDBFF]/

/** UTF-16 positions of the first halves, ascending. */
function surrogatePairs(text: string): Uint32Array {
  if (!FIRST_HALF.test(text)) return new Uint32Array(0)
  const pattern = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g
  let found = new Uint32Array(0)
  let count = 0
  while (pattern.exec(text)) {
    if (count === found.length) {
      const larger = new Uint32Array(Math.max(16, count * 2))
      larger.set(found)
      found = larger
    }
    found[count++] = pattern.lastIndex - 2
  }
  return found.subarray(0, count)
}

/** How many leading indexes satisfy a condition that never becomes true again once false. */
export function countBelow(length: number, isBelow: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBelow(middle)) low = middle + 1
    else high = middle
  }
  return low
}
