import { Numbers } from '../foundation/numbers.ts'
import type { Folded } from './folding.ts'
import { foldPlain } from './folding.ts'

/** Arabic tatweel and vowel signs and Hebrew points are written or left out at will; all other marks belong to their letter. */
const POINTS = '\\u0640\\u0610-\\u061A\\u064B-\\u065F\\u0670\\u06D6-\\u06ED\\u0591-\\u05BD\\u05BF-\\u05C7'
const run = () => new RegExp(`(?:(?![${POINTS}])[\\p{L}\\p{N}\\p{M}])+`, 'gu')

/** The letters and digits of a folded text alone, in lower case, and the way back to the folded text. */
export interface Letters {
  readonly letters: string
  /** Position in the folded text of the letter at `at`. */
  indexOf(at: number): number
}

export function lettersOf(folded: Folded): Letters {
  const pieces: string[] = []
  const letterAt = new Numbers()
  const foldedAt = new Numbers()
  let length = 0
  const pattern = run()
  for (let match = pattern.exec(folded.folded); match; match = pattern.exec(folded.folded)) {
    letterAt.push(length)
    foldedAt.push(match.index)
    pieces.push(match[0])
    length += match[0].length
  }
  return {
    letters: lowerCase(pieces.join('')),
    indexOf(at) {
      const piece = letterAt.lastAtMost(at)
      return foldedAt.at(piece) + at - letterAt.at(piece)
    },
  }
}

/** Lower case that never changes the length, so that positions hold; the two small sigmas are one. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase()
  const same = lower.length === text.length ? lower : text.replace(/\p{Lu}/gu, lowerLetter)
  return same.replaceAll('ς', 'σ')
}

function lowerLetter(letter: string): string {
  const lower = letter.toLowerCase()
  return lower.length === letter.length ? lower : letter
}

/**
 * How two texts with the same letters and digits differ: `"given" → "here"`, widened to whole words, at most twenty.
 */
export function differences(given: string, here: string): string[] {
  const ours = words(given)
  const theirs = words(here)
  const shown = new Set<string>()
  let a = 0
  let b = 0
  while (a < ours.length && b < theirs.length) {
    let left = ours[a++] ?? ''
    let right = theirs[b++] ?? ''
    // Words are joined until both sides hold as many letters: white space itself may be the difference.
    for (;;) {
      const difference = size(left) - size(right)
      const more = difference < 0 ? ours[a] : theirs[b]
      if (difference === 0 || more === undefined) break
      if (difference < 0) {
        left += ` ${more}`
        a += 1
      } else {
        right += ` ${more}`
        b += 1
      }
    }
    if (left !== right) shown.add(`"${left}" → "${right}"`)
  }
  if (shown.size === 0) shown.add('marks at its ends')
  return [...shown].slice(0, 20)
}

/** Words by white space; what has no letter of its own goes with the word before it. */
function words(text: string): string[] {
  const found: string[] = []
  for (const word of foldPlain(text).trim().split(' ')) {
    if (size(word) > 0 || found.length === 0) found.push(word)
    else found[found.length - 1] += ` ${word}`
  }
  return found
}

function size(text: string): number {
  return text.match(run())?.join('').length ?? 0
}
