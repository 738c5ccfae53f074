import type { Aspect } from '../matters/aspect.ts'
import type { Comparable, Decision } from './compare.ts'
import { type ChainLink, type Entry, innermost, type Statement, speakersOf } from './statement.ts'

/** One thing said of an aspect of a matter: the n-th entry of a statement. */
export interface AccountEntry {
  readonly statement: string
  readonly n: number
  readonly entry: Entry
  readonly said: Statement
  /** What a person said of its normalisation. */
  readonly decision: Decision
  /** What is compared; null where the words yield nothing and nobody proposed anything. */
  readonly compared: Comparable | null
}

/** All that has been said of one aspect of one matter, in the order of the words. */
export interface Account {
  readonly matter: string
  readonly aspect: Aspect
  readonly entries: readonly AccountEntry[]
}

/** Why the values of an account cannot all hold. */
export type ConflictBy = 'values' | 'polarity' | 'link' | 'containment'

export interface Conflict {
  readonly matter: string
  readonly aspect: string
  readonly by: ConflictBy
  /** The statements concerned, in the order of the words. */
  readonly statements: readonly string[]
}

/** Kinds whose values are told as facts, so that two of them apart cannot both hold. */
export const FACTUAL_KINDS: ReadonlySet<Statement['kind']> = new Set([
  'report',
  'observation',
  'testimony',
  'official claim',
  'denial',
  'conclusion',
  'announcement',
])

/** Kinds that may differ for ever without a conflict. */
export const DIFFERING_KINDS: ReadonlySet<Statement['kind']> = new Set([
  'opinion',
  'forecast',
  'demand',
  'position',
  'question',
])

/** The group under which a statement stands in an account: its innermost speaker's; its own voice takes the publisher's. */
export function groupOf(statement: Pick<Statement, 'speakers'>, publisherGroup: string): string {
  const last = innermost(statement)
  if (last === null) return 'unknown'
  if ('unknown' in last) return last.group ?? 'unknown'
  if ('own' in last) return publisherGroup
  return speakersOf(last)[0]?.group ?? 'unknown'
}

/** The date on which the innermost speaker spoke, or null. */
export function saidOn(link: ChainLink | null): string | null {
  if (link === null) return null
  if ('own' in link || 'unknown' in link || ('jointly' in link && link.said !== undefined))
    return link.said ?? null
  for (const speaker of speakersOf(link)) if (speaker.said !== undefined) return speaker.said
  return null
}

/** Who stands behind a link: on whose behalf somebody spoke, else who spoke; several who spoke jointly, all. */
export function standsBehind(link: ChainLink | null): string[] {
  return link === null ? [] : speakersOf(link).map((speaker) => speaker.for?.name ?? speaker.name)
}
