import { type FoldedReading, fit, type Place, placesOf } from './fits.ts'

export interface Located {
  readonly exact: string
  readonly prefix: string
  readonly suffix: string
  readonly start: number
  readonly end: number
}

/** What became of a passage in another reading of the same source. */
export type Relocation = ({ readonly state: 'intact' | 'moved' } & Place) | { readonly state: 'lost' }

/**
 * Look for a passage again in another reading of the same source.
 *
 * Never guesses. Words that stood once in the old reading (`from`) and stand once in the new are found; words
 * that repeat are found only by their neighbours, and where the neighbours repeat too, only if both readings
 * hold them equally often: then the third is still the third. All else is lost, and a person decides.
 */
export function relocate(options: { from?: FoldedReading; to: FoldedReading; passage: Located }): Relocation {
  const { from, to, passage } = options
  const now = placesOf(to, passage)
  const before = from ? placesOf(from, passage) : null
  if (now.all.length === 0) return relocateLoosely(options, before?.all.length ?? 0)
  const [only] = now.all
  if (now.all.length === 1 && only && before?.all.length === 1) return at(only, passage)
  const [matching] = now.withNeighbours
  if (!matching || !hasNeighbours(passage)) return before ? { state: 'lost' } : sameSpot(now.all, passage)
  if (!before)
    return now.withNeighbours.length === 1 ? at(matching, passage) : sameSpot(now.withNeighbours, passage)
  const ordinal = before.withNeighbours.findIndex((place) => place.start === passage.start)
  const same = now.withNeighbours[ordinal]
  const countsAgree = before.withNeighbours.length === now.withNeighbours.length
  return countsAgree && same ? at(same, passage) : { state: 'lost' }
}

function at(place: Place, passage: Located): Relocation {
  return { state: place.start === passage.start && place.end === passage.end ? 'intact' : 'moved', ...place }
}

/** Letters and digits alone, only for words that stood once before. */
function relocateLoosely(
  options: { from?: FoldedReading; to: FoldedReading; passage: Located },
  before: number,
): Relocation {
  const { to, passage } = options
  const found = before === 1 ? fit(to, { exact: passage.exact }) : null
  if (found?.state !== 'fits') return { state: 'lost' }
  const { state: _, ...place } = found
  return at(place, passage)
}

/** Without the old reading, a repeated quote is only certain where it stood. */
function sameSpot(places: Place[], passage: Located): Relocation {
  const place = places.find(({ start, end }) => start === passage.start && end === passage.end)
  return place && (places.length === 1 || hasNeighbours(passage)) ? at(place, passage) : { state: 'lost' }
}

function hasNeighbours(passage: Located): boolean {
  return passage.prefix.trim() !== '' || passage.suffix.trim() !== ''
}
