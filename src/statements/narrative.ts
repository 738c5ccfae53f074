import { tryDate } from '../foundation/edtf.ts'
import type { Account, AccountEntry } from './account.ts'
import { type MatterFacts, valueKey } from './compare.ts'
import type { KnownLink, Link } from './link.ts'

/** How somebody stands to something that was said. */
export type Stance =
  | 'puts forward'
  | 'repeats'
  | 'endorses'
  | 'does not deny'
  | 'doubts'
  | 'disputes'
  | 'asks'

export interface Stand {
  readonly statement: string
  readonly stance: Stance
}

/** Links by the statements at their ends; `place` keeps their order. */
export interface LinkEnds {
  readonly from: ReadonlyMap<string, readonly Placed[]>
  readonly to: ReadonlyMap<string, readonly Placed[]>
}
type Placed = Link & { readonly place: number }

export function linkEnds(links: readonly KnownLink[]): LinkEnds {
  const ends = { from: new Map<string, Placed[]>(), to: new Map<string, Placed[]>() }
  for (const [place, { link }] of links.entries()) {
    for (const end of ['from', 'to'] as const) {
      const others = ends[end].get(link[end])
      if (others) others.push({ ...link, place })
      else ends[end].set(link[end], [{ ...link, place }])
    }
  }
  return ends
}

/** What a link from elsewhere makes of who makes it. */
const BY_LINK: Partial<Record<KnownLink['link']['rel'], Stance>> = {
  repeats: 'repeats',
  quotes: 'repeats',
  endorses: 'endorses',
  concedes: 'does not deny',
  disputes: 'disputes',
  contradicts: 'disputes',
}

/**
 * Who stands how to one value: the first who affirms it puts it forward; the others repeat it, endorse it by a link, do
 * not deny, doubt or dispute it. Statements that say something else, and link to one of these, take their stand too.
 *
 * @param entries of one value
 */
export function standsOn(entries: readonly AccountEntry[], links: LinkEnds): Stand[] {
  const here = new Set(entries.map(({ statement }) => statement))
  const elsewhere = new Map<string, Stance>()
  const pointing = [...here].flatMap((statement) => links.to.get(statement) ?? [])
  for (const { from, rel } of pointing.sort((a, b) => a.place - b.place)) {
    const stance = BY_LINK[rel]
    if (stance && !here.has(from) && !elsewhere.has(from)) elsewhere.set(from, stance)
  }
  return [
    ...standsAmong([...entries].sort(earlierFirst), { here, links }),
    ...[...elsewhere].map(([statement, stance]) => ({ statement, stance })),
  ]
}

/** By the day on which it was said; what has no day comes last, and keeps its order. */
function earlierFirst(a: AccountEntry, b: AccountEntry): number {
  const day = ({ compared }: AccountEntry) =>
    (compared?.asOf ? tryDate(compared.asOf)?.earliest : null) ?? Number.POSITIVE_INFINITY
  const [one, other] = [day(a), day(b)]
  return one === other ? 0 : one - other
}

function standsAmong(
  entries: readonly AccountEntry[],
  { here, links }: { here: ReadonlySet<string>; links: LinkEnds },
): Stand[] {
  let first = true
  return entries.map(({ statement, said: { polarity } }) => {
    const own = new Set(links.from.get(statement)?.map(({ rel }) => rel))
    if (polarity === 'not denied' || own.has('concedes')) return { statement, stance: 'does not deny' }
    if (polarity === 'denied' || disputesAmong(statement, { here, links }))
      return { statement, stance: 'disputes' }
    if (polarity === 'doubted') return { statement, stance: 'doubts' }
    if (polarity === 'asked') return { statement, stance: 'asks' }
    if (own.has('endorses')) return { statement, stance: 'endorses' }
    if (own.has('repeats') || !first) return { statement, stance: 'repeats' }
    first = false
    return { statement, stance: 'puts forward' }
  })
}

/** Says the same as others here, and disputes one of them all the same. Who disputes another value affirms this one. */
function disputesAmong(
  statement: string,
  { here, links }: { here: ReadonlySet<string>; links: LinkEnds },
): boolean {
  const own = links.from.get(statement) ?? []
  return own.some(({ rel, to }) => rel === 'disputes' && here.has(to))
}

/** One value on which different sides meet. */
export interface CommonGround {
  readonly aspect: string
  readonly entries: readonly AccountEntry[]
  /** The first statement of each side. */
  readonly first: readonly string[]
}

/**
 * What all who speak to it agree on: a value that is affirmed, that at least two different groups affirm or do not deny,
 * and that nobody denies or doubts, nor disputes by a link to those who say it.
 */
export function commonGround(
  accounts: Iterable<Account>,
  { facts, links, groupOf }: { facts: MatterFacts; links: LinkEnds; groupOf: (statement: string) => string },
): CommonGround[] {
  const found: CommonGround[] = []
  for (const { aspect, entries } of accounts) {
    for (const same of valuesIn(entries, facts)) {
      const polarities = new Set(same.map(({ said }) => said.polarity))
      if (!polarities.has('affirmed') || polarities.has('denied') || polarities.has('doubted')) continue
      const here = new Set(same.map(({ statement }) => statement))
      if (same.some(({ statement }) => disputesAmong(statement, { here, links }))) continue
      const sides = same.filter(({ said }) => said.polarity === 'affirmed' || said.polarity === 'not denied')
      const groups = new Map<string, string>()
      for (const { statement } of sides) {
        const group = groupOf(statement)
        if (group !== 'unknown' && !groups.has(group)) groups.set(group, statement)
      }
      if (groups.size > 1) found.push({ aspect: aspect.name, entries: sides, first: [...groups.values()] })
    }
  }
  return found
}

/** Entries by equal value, in order; entries that cannot be compared stand in none. */
export function valuesIn(entries: readonly AccountEntry[], facts: MatterFacts): AccountEntry[][] {
  const groups = new Map<string, AccountEntry[]>()
  for (const entry of entries) {
    if (!entry.compared) continue
    const key = valueKey(entry.compared, facts)
    const same = groups.get(key)
    if (same) same.push(entry)
    else groups.set(key, [entry])
  }
  return [...groups.values()]
}
