import { connected } from '../foundation/connected.ts'
import { type Comparison, comparisonOf } from '../matters/aspect.ts'
import { type Account, type AccountEntry, type Conflict, DIFFERING_KINDS, FACTUAL_KINDS } from './account.ts'
import {
  alikeAsOf,
  type Comparable,
  liesOutside,
  type MatterFacts,
  valueKey,
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
  const values = byKey(
    entries.filter(({ said }) => ['affirmed', 'denied', 'doubted'].includes(said.polarity)),
    ({ compared }) => valueKey(compared, facts),
  )
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
  // Equal values of one time stand or fall together, so each is compared once.
  const distinct = byKey(told, ({ compared }) =>
    [rule.sameAsOf ? (compared.asOf ?? '') : '', valueKey(compared, facts)].join('\n'),
  )
  const pairs = pairsApart(distinct, (a, b) =>
    valuesApart(a.compared, b.compared, { aspect: account.aspect, rule, facts }),
  )
  return connected(pairs).map((among) => ({ by: 'values', among }))
}

/** Pairs of statements that join all whose values are apart. Values that are joined already are not compared again. */
function* pairsApart(
  distinct: readonly (readonly [Compared, ...Compared[]])[],
  areApart: (a: Compared, b: Compared) => boolean,
): Generator<[string, string]> {
  const group = distinct.map((_, n) => n)
  const rootOf = (n: number): number => {
    let at = n
    for (let next = group[at] ?? at; next !== at; next = group[at] ?? at) {
      group[at] = group[next] ?? next
      at = next
    }
    return at
  }
  for (const [i, left] of distinct.entries()) {
    for (let j = i + 1; j < distinct.length; j += 1) {
      const right = distinct[j]
      const [ours, theirs] = [rootOf(i), rootOf(j)]
      if (!right || ours === theirs || !areApart(left[0], right[0])) continue
      group[theirs] = ours
      for (const { statement } of left)
        if (statement !== right[0].statement) yield [statement, right[0].statement]
      for (const { statement } of right)
        if (statement !== left[0].statement) yield [left[0].statement, statement]
    }
  }
}

/** Entries with the same key together, in the order in which the first of each came. */
function byKey(
  entries: readonly Compared[],
  keyOf: (entry: Compared) => string,
): [Compared, ...Compared[]][] {
  const groups = new Map<string, [Compared, ...Compared[]]>()
  for (const entry of entries) {
    const key = keyOf(entry)
    const group = groups.get(key)
    if (group) group.push(entry)
    else groups.set(key, [entry])
  }
  return [...groups.values()]
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
  const around = byKey(
    (containers.get(within)?.entries ?? []).filter(
      (one): one is Compared => one.compared !== null && stands(one),
    ),
    ({ compared }) => JSON.stringify(compared.value),
  )
  const known = new Map<string, boolean>()
  const liesOut = ({ compared }: Compared) => {
    const key = JSON.stringify(compared.value)
    const before = known.get(key)
    if (before !== undefined) return before
    const lies = around.some(([container]) => liesOutside(compared, container.compared))
    known.set(key, lies)
    return lies
  }
  const outside = entries.filter((entry) => stands(entry) && liesOut(entry))
  if (outside.length === 0) return []
  return [{ by: 'containment', among: new Set(outside.map(({ statement }) => statement)) }]
}

function inOrder(account: Account, among: ReadonlySet<string>): string[] {
  return [...new Set(account.entries.map(({ statement }) => statement).filter((one) => among.has(one)))]
}
