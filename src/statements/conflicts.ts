import { connected } from '../foundation/connected.ts'
import { type Comparison, comparisonOf } from '../matters/aspect.ts'
import { type Account, type AccountEntry, type Conflict, DIFFERING_KINDS, FACTUAL_KINDS } from './account.ts'
import {
  alikeAsOf,
  type Comparable,
  liesOutside,
  type MatterFacts,
  sameValue,
  valuesApart,
} from './compare.ts'
import type { Link } from './link.ts'

type Compared = AccountEntry & { readonly compared: Comparable }

/**
 * The conflicts of one account, as the blueprint defines them (§1).
 *
 * @param containers the accounts of the same matter, by aspect name, for aspects whose values must lie within another's
 * @param contradictions the `contradicts` links among the account's statements
 */
export function conflictsIn(
  account: Account,
  {
    contradictions,
    containers,
    facts,
  }: { contradictions: readonly Link[]; containers: ReadonlyMap<string, Account>; facts: MatterFacts },
): Conflict[] {
  const entries = account.entries.filter((one): one is Compared => one.compared !== null)
  const computed = [
    ...byPolarity(account, entries, facts),
    ...byValues(account, entries, facts),
    ...byContainment(account, entries, containers),
  ]
  // A link between statements that a computed conflict holds already says nothing more.
  const linked = byLink(account, contradictions).filter(
    ({ among }) => !computed.some((one) => [...among].every((statement) => one.among.has(statement))),
  )
  return [...computed, ...linked].map(({ by, among }) => ({
    matter: account.matter,
    aspect: account.aspect.name,
    by,
    statements: inOrder(account, among),
  }))
}

interface Found {
  readonly by: Conflict['by']
  readonly among: ReadonlySet<string>
}

/**
 * One value affirmed here and denied or doubted there, whatever the kind of statement; as of one time, where the aspect
 * asks for that.
 */
function byPolarity(account: Account, entries: readonly Compared[], facts: MatterFacts): Found[] {
  const rule = comparisonOf(account.aspect)
  const values: Compared[][] = []
  for (const entry of entries) {
    if (!['affirmed', 'denied', 'doubted'].includes(entry.said.polarity)) continue
    const same = values.find(([first]) => first && sameValue(first.compared, entry.compared, facts))
    if (same) same.push(entry)
    else values.push([entry])
  }
  return values.flatMap((same) => opposed(same, rule)).map((among) => ({ by: 'polarity', among }))
}

/** Those who affirm one value with those who deny or doubt it, as far as they speak of one time. */
function opposed(same: readonly Compared[], rule: Comparison): Set<string>[] {
  const times = new Map<string, { affirmed: Compared[]; against: Compared[] }>()
  for (const entry of same) {
    const time = rule.sameAsOf ? (entry.compared.asOf ?? '') : ''
    const at = times.get(time) ?? { affirmed: [], against: [] }
    times.set(time, at)
    if (entry.said.polarity === 'affirmed') at.affirmed.push(entry)
    else at.against.push(entry)
  }
  const pairs: [string, string][] = []
  for (const { affirmed } of times.values()) {
    for (const { against } of times.values()) {
      const [one, other] = [affirmed[0], against[0]]
      if (!one || !other || !alikeAsOf(one.compared, other.compared, rule)) continue
      for (const { statement } of affirmed) pairs.push([statement, other.statement])
      for (const { statement } of against) pairs.push([one.statement, statement])
    }
  }
  return connected(pairs)
}

/** Values merely apart, among the kinds that are told as facts. Each conflict is one connected set of statements. */
function byValues(account: Account, entries: readonly Compared[], facts: MatterFacts): Found[] {
  const rule = comparisonOf(account.aspect)
  if (!rule.apart) return []
  const told = entries.filter(({ said }) => said.polarity === 'affirmed' && FACTUAL_KINDS.has(said.kind))
  // Equal values stand or fall together: comparing each distinct value once keeps 6,000 statements quick.
  const distinct: Compared[][] = []
  for (const entry of told) {
    const same = distinct.find(
      ([first]) =>
        first &&
        sameValue(first.compared, entry.compared, facts) &&
        first.compared.asOf === entry.compared.asOf,
    )
    if (same) same.push(entry)
    else distinct.push([entry])
  }
  const pairs: [string, string][] = []
  for (const [i, left] of distinct.entries()) {
    for (const right of distinct.slice(i + 1)) {
      const [a, b] = [left[0], right[0]]
      if (!a || !b || !valuesApart(a.compared, b.compared, { aspect: account.aspect, rule, facts })) continue
      for (const one of left) pairs.push([one.statement, b.statement])
      for (const other of right) pairs.push([a.statement, other.statement])
    }
  }
  const apart = pairs.filter(([a, b]) => a !== b)
  return connected(apart).map((among) => ({ by: 'values', among }))
}

/** Statements that a `contradicts` link joins, on one text aspect that holds one. */
function byLink(account: Account, contradictions: readonly Link[]): Found[] {
  if (account.aspect.valueType !== 'text' || account.aspect.holds === 'many') return []
  const here = new Set(account.entries.map(({ statement }) => statement))
  const pairs = contradictions
    .filter(({ rel, from, to }) => rel === 'contradicts' && here.has(from) && here.has(to))
    .map(({ from, to }): [string, string] => [from, to])
  return connected(pairs).map((among) => ({ by: 'link', among }))
}

/** Days that lie outside a value of the aspect that contains them. */
function byContainment(
  account: Account,
  entries: readonly Compared[],
  containers: ReadonlyMap<string, Account>,
): Found[] {
  const { within } = comparisonOf(account.aspect)
  if (within === null) return []
  const stands = ({ said }: AccountEntry) => said.polarity === 'affirmed' && !DIFFERING_KINDS.has(said.kind)
  const around = (containers.get(within)?.entries ?? []).filter(stands)
  const outside = entries.filter(
    (entry) =>
      stands(entry) && around.some(({ compared }) => compared && liesOutside(entry.compared, compared)),
  )
  if (outside.length === 0) return []
  return [{ by: 'containment', among: new Set(outside.map(({ statement }) => statement)) }]
}

function inOrder(account: Account, among: ReadonlySet<string>): string[] {
  return [...new Set(account.entries.map(({ statement }) => statement).filter((one) => among.has(one)))]
}
