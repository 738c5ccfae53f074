import { connected } from '../foundation/connected.ts'
import type { KnownSource } from '../sources/source.ts'
import type { AccountEntry } from './account.ts'
import type { MatterFacts } from './compare.ts'
import type { KnownLink } from './link.ts'
import { innermost, speakersOf } from './statement.ts'

/** What tells whether two statements come from one place. */
export interface OriginFacts {
  readonly links: readonly KnownLink[]
  readonly sources: ReadonlyMap<string, KnownSource>
  readonly facts: MatterFacts
  /** Passages in boilerplate, in a repeat, or under a remark that says so. */
  readonly uncounted: ReadonlySet<string>
}

/**
 * Statements by independent origin. What repeats or quotes another, what one speaker says wherever it is printed, what
 * one outlet says in its own voice, and voices without a name in sources of one provenance (the same bytes, address or
 * occasion) are one origin each. Words that stand only in boilerplate or repeats are none.
 */
export function originsOf(
  entries: readonly AccountEntry[],
  { links, sources, facts, uncounted }: OriginFacts,
): string[][] {
  const counted = new Map(
    entries
      .filter(
        ({ said: { passages } }) => passages.length === 0 || passages.some((one) => !uncounted.has(one)),
      )
      .map(({ statement, said }) => [statement, said]),
  )
  const pairs: [string, string][] = []
  for (const [id, said] of counted) {
    pairs.push([id, id])
    const link = innermost(said)
    const source = sources.get(said.source)?.source
    const speakers = link === null ? [] : speakersOf(link)
    for (const { matter, name } of speakers)
      pairs.push([id, matter === undefined ? `name ${name}` : `matter ${facts.standing(matter)}`])
    if (speakers.length > 0 || !source) continue
    const publisher = source.publisher?.matter ?? source.publisher?.key ?? source.publisher?.name
    const isOwn = link !== null && 'own' in link && publisher !== undefined
    pairs.push([id, isOwn ? `voice ${publisher}` : `source ${said.source}`])
    for (const node of provenanceOf(source)) pairs.push([id, node])
  }
  for (const { link } of links) {
    if ((link.rel === 'repeats' || link.rel === 'quotes') && counted.has(link.from) && counted.has(link.to))
      pairs.push([link.from, link.to])
  }
  return connected(pairs).map((group) => [...group].filter((one) => counted.has(one)))
}

function provenanceOf({ original, provenance: { url, occasion } }: KnownSource['source']): string[] {
  const named = (what: string, text: string | undefined) =>
    text === undefined || text.trim() === '' ? [] : [`${what} ${text.trim().toLowerCase()}`]
  return [`bytes ${original.sha256}`, ...named('address', url), ...named('occasion', occasion)]
}
