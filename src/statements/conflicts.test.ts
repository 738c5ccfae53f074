import fc from 'fast-check'
import { expect, test } from 'vitest'
import { connected } from '../foundation/connected.ts'
import { type Aspect, comparisonOf } from '../matters/aspect.ts'
import { type Account, type AccountEntry, FACTUAL_KINDS } from './account.ts'
import { type MatterFacts, valuesApart } from './compare.ts'
import { conflictsIn } from './conflicts.ts'
import { POLARITIES, Statement, type Value } from './statement.ts'

const facts: MatterFacts = {
  standing: (id) => (id === 'merged' ? 'a' : id),
  contains: (outer, inner) => outer === 'a' && inner === 'b',
}

const ASPECTS: Aspect[] = [
  { valueType: 'date' as const, holds: 'one' as const, conflict: null },
  {
    valueType: 'quantity' as const,
    holds: 'one' as const,
    conflict: 'disjoint bounds, same scope and as-of',
  },
  { valueType: 'term' as const, holds: 'one at a time' as const, conflict: null },
  { valueType: 'matter' as const, holds: 'one' as const, conflict: 'differ, neither contains the other' },
].map((rule) => ({ dossier: null, matterKind: 'event', name: 'x', definition: '', terms: [], ...rule }))

const VALUES: Record<string, fc.Arbitrary<Exclude<Value, null>>> = {
  date: fc.constantFrom('2021-05-03', '2021-05', '2021-05-04~', '2022', '2021-05-03/..', '2023-01-01'),
  quantity: fc.record({
    lower: fc.integer({ min: 0, max: 4 }),
    upper: fc.integer({ min: 4, max: 6 }),
    unit: fc.constantFrom('boats', 'crates'),
  }),
  term: fc.record({ term: fc.constantFrom('open', 'shut', 'guarded') }),
  matter: fc.record({ matter: fc.constantFrom('a', 'b', 'c', 'merged') }),
}

const entryOf = (value: fc.Arbitrary<Exclude<Value, null>>): fc.Arbitrary<AccountEntry> =>
  fc
    .record({
      statement: fc.integer({ min: 0, max: 9 }).map((n) => `s${n}`),
      value,
      asOf: fc.constantFrom(null, '2021', '2022'),
      kind: fc.constantFrom('report' as const, 'official claim' as const, 'opinion' as const),
      polarity: fc.constantFrom(...POLARITIES),
    })
    .map(({ statement, value: said, asOf, kind, polarity }) => ({
      statement,
      n: 0,
      entry: { matter: 'm', aspect: 'x', value: said },
      said: Statement.parse({ kind, polarity, dossier: 'd', source: 's', passages: [], item: statement }),
      decision: 'open' as const,
      compared: { value: said, asOf },
    }))

/** The definition as it reads: every two entries set beside each other. */
function plainly({ aspect, entries }: Account): string[][] {
  const rule = comparisonOf(aspect)
  const told = entries.filter(({ said }) => said.polarity === 'affirmed' && FACTUAL_KINDS.has(said.kind))
  const pairs: [string, string][] = []
  for (const [i, one] of told.entries())
    for (const other of told.slice(i + 1))
      if (
        one.statement !== other.statement &&
        one.compared &&
        other.compared &&
        valuesApart(one.compared, other.compared, { aspect, rule, facts })
      )
        pairs.push([one.statement, other.statement])
  return connected(pairs).map((among) => [...among].sort())
}

test.each(ASPECTS)(
  'A1 comparing each distinct value once finds what comparing all finds: $valueType',
  (aspect) => {
    const accounts = fc
      .array(entryOf(VALUES[aspect.valueType] ?? fc.constant('')), { maxLength: 14 })
      .map((entries): Account => ({ matter: 'm', aspect, entries }))
    fc.assert(
      fc.property(accounts, (account) => {
        const quick = conflictsIn(account, { contradictions: [], containers: new Map(), facts })
        const values = quick
          .filter(({ by }) => by === 'values')
          .map(({ statements }) => [...statements].sort())
        expect(values).toEqual(plainly(account))
      }),
      { numRuns: 500 },
    )
  },
)
