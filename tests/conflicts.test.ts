import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decideEmendation } from '../src/statements/decide-emendation.ts'
import { statementsOfDossier } from '../src/statements/statement-store.ts'
import { by, type Fiction, fictionalRecord, type Told } from './fiction.ts'

const MAYOR = by('Mayor of Lowmarsh', 'state')
const UNION = by('Ferrymen of Lowmarsh', 'civil-society')

const MATTERS = [
  { key: 'flood', kind: 'event', name: 'Flood at Lowmarsh' },
  { key: 'dyke', kind: 'object', name: 'The dyke' },
  { key: 'tour', kind: 'mission', name: 'Tour of the marsh' },
]
const ASPECTS: NonNullable<Fiction['aspects']> = {
  event: {
    drowned: { valueType: 'quantity', holds: 'one', conflict: 'disjoint bounds, same scope and as-of' },
    when: { valueType: 'date', holds: 'one', conflict: 'no overlap' },
    grade: { valueType: 'term', holds: 'one', conflict: 'differ' },
    cause: {
      valueType: 'text',
      holds: 'one',
      conflict: 'one value asserted and denied or doubted, or by a contradicts link',
    },
    remark: { valueType: 'text', holds: 'many' },
  },
  object: {
    state: { valueType: 'term', holds: 'one at a time' },
    height: { valueType: 'quantity', holds: 'one at a time' },
    repair: { valueType: 'term', holds: 'one', conflict: 'differ, same as-of' },
  },
  mission: {
    when: { valueType: 'date', holds: 'one', conflict: 'no overlap' },
    day: { valueType: 'date', holds: 'many', conflict: 'must lie within the value of "when"' },
  },
}

let next = 0
/** A statement of an aspect; what is not said is an official claim of the mayor's that affirms. */
function told(
  matter: string,
  aspect: string,
  value: unknown,
  { source, entry, ...more }: Record<string, unknown> = {},
): Told {
  next += 1
  const about = [{ matter, aspect, value, ...(entry as object | undefined) }]
  return {
    id: `F${next}`,
    ...(typeof source === 'string' ? { source } : {}),
    body: { kind: 'official claim', ...MAYOR, about, ...more },
  }
}

describe('conflicts', () => {
  let record: Awaited<ReturnType<typeof fictionalRecord>>
  beforeAll(async () => {
    record = await fictionalRecord()
  })
  afterAll(() => record?.close())

  /** What `check` says of these statements alone: why, and which, by their place in the list. */
  async function conflictsOf(items: Told[], facts: Parameters<typeof record.tell>[2] = {}) {
    const slug = `case-${items[0]?.id.toLowerCase()}`
    const outcome = await record.tell(slug, { matters: MATTERS, aspects: ASPECTS, items }, facts)
    expect(outcome.items.filter((one) => one.outcome === 'refused')).toEqual([])
    const { conflicts, tensions } = await record.check(slug)
    const placeOf = (id: string) => items.findIndex((one) => one.id === id)
    return {
      conflicts: conflicts.map(({ aspect, by: ground, items: among }) => [
        aspect,
        ground,
        among.map(placeOf),
      ]),
      tensions: tensions.length,
    }
  }
  const none = { conflicts: [], tensions: 0 }

  test.each(['report', 'observation', 'testimony', 'official claim', 'denial', 'conclusion', 'announcement'])(
    'A1 values apart conflict where both are told as %s',
    async (kind) => {
      const items = [
        told('flood', 'grade', { term: 'red' }, { kind }),
        told('flood', 'grade', { term: 'blue' }, { kind, ...UNION }),
      ]
      expect(await conflictsOf(items)).toEqual({ conflicts: [['grade', 'values', [0, 1]]], tensions: 0 })
    },
  )

  test.each([
    'inference',
    'allegation',
    'belief',
    'opinion',
    'forecast',
    'justification',
    'position',
    'commitment',
    'recommendation',
    'demand',
    'assessment',
    'question',
  ])('A1 values merely apart never conflict where one is a %s', async (kind) => {
    const items = [
      told('flood', 'grade', { term: 'red' }, { kind }),
      told('flood', 'grade', { term: 'blue' }, UNION),
    ]
    expect(await conflictsOf(items)).toEqual(none)
  })

  test.each(['denied', 'doubted'])(
    'A1 one value affirmed and %s conflicts, whatever the kind',
    async (polarity) => {
      const items = [
        told('flood', 'cause', 'a gate left open', { kind: 'opinion' }),
        told('flood', 'cause', 'a gate  left open', { kind: 'forecast', polarity, ...UNION }),
      ]
      expect(await conflictsOf(items)).toEqual({ conflicts: [['cause', 'polarity', [0, 1]]], tensions: 0 })
    },
  )

  test.each(['not denied', 'asked'])('A1 a value that is %s opposes nothing', async (polarity) => {
    const items = [
      told('flood', 'cause', 'a gate left open'),
      told('flood', 'cause', 'a gate left open', { polarity, ...UNION }),
    ]
    expect(await conflictsOf(items)).toEqual(none)
  })

  test('A1 a contradicts link is a conflict on one text aspect that holds one, and a tension elsewhere', async () => {
    const one = told('flood', 'cause', 'a storm')
    const other = told('flood', 'cause', 'a gate left open', {
      ...UNION,
      links: [{ rel: 'contradicts', to: one.id }],
    })
    expect(await conflictsOf([one, other])).toEqual({ conflicts: [['cause', 'link', [0, 1]]], tensions: 0 })
    const loose = told('flood', 'remark', 'sad')
    const apart = told('flood', 'remark', 'avoidable', {
      ...UNION,
      links: [{ rel: 'contradicts', to: loose.id }],
    })
    expect(await conflictsOf([loose, apart])).toEqual({ conflicts: [], tensions: 1 })
    const first = told('flood', 'cause', 'rain')
    const tense = told('flood', 'cause', 'ice', {
      ...UNION,
      links: [{ rel: 'in tension with', to: first.id }],
    })
    expect(await conflictsOf([first, tense])).toEqual({ conflicts: [], tensions: 1 })
  })

  test('N9 conflicts and tensions are listed in one order, whatever the order they came in', async () => {
    const tense = (at: number, to: string) => ({
      id: `T${at}`,
      body: { kind: 'report', ...MAYOR, about: [], links: [{ rel: 'in tension with', to }] },
    })
    const aspects = ['when', 'grade', 'cause'] as const
    const value = { when: '2019', grade: { term: 'severe' }, cause: 'a storm' }
    const denied = aspects.flatMap((aspect) => [
      told('flood', aspect, value[aspect]),
      told('flood', aspect, value[aspect], { polarity: 'denied', ...UNION }),
    ])
    const first = denied[0]?.id ?? ''
    await record.tell('order', {
      matters: MATTERS,
      aspects: ASPECTS,
      items: [...denied, ...[10, 3, 7, 1, 9, 2, 8].map((at) => tense(at, first))],
    })
    const { conflicts, tensions } = await record.check('order')
    expect(conflicts.map(({ aspect }) => aspect)).toEqual(['cause', 'grade', 'when'])
    expect(tensions.map(({ from }) => from)).toEqual(['T1', 'T2', 'T3', 'T7', 'T8', 'T9', 'T10'])
  })

  test('A1 a day outside what contains it conflicts; one within it does not', async () => {
    const items = [
      told('tour', 'when', '2031-04-02/2031-04-09'),
      told('tour', 'day', '2031-04-05', UNION),
      told('tour', 'day', '2031-04-11', UNION),
    ]
    expect(await conflictsOf(items)).toEqual({ conflicts: [['day', 'containment', [2]]], tensions: 0 })
  })

  test('A4 dates conflict where they share no day; an approximate one reaches further', async () => {
    expect(
      await conflictsOf([told('flood', 'when', '2031-04'), told('flood', 'when', '2031-04-30', UNION)]),
    ).toEqual(none)
    expect(
      await conflictsOf([told('flood', 'when', '2031-03~'), told('flood', 'when', '2031-04', UNION)]),
    ).toEqual(none)
    expect(
      await conflictsOf([told('flood', 'when', '2031-03'), told('flood', 'when', '2031-04', UNION)]),
    ).toEqual({
      conflicts: [['when', 'values', [0, 1]]],
      tensions: 0,
    })
  })

  test.each([
    ['other scope', { lower: 4, upper: 4, unit: 'persons', scope: 'lower town' }, false],
    ['other as-of', { lower: 4, upper: 4, unit: 'persons', asOf: '2031-04-01' }, false],
    ['other unit', { lower: 4, upper: 4, unit: 'horses' }, false],
    ['vague bounds', { lower: 200, upper: 999, unit: 'persons', vague: true }, false],
    ['bounds that meet', { lower: 9, upper: null, unit: 'persons' }, false],
    ['an excluded bound', { lower: 10, upper: null, lowerExclusive: true, unit: 'persons' }, true],
    ['more than it can be', { lower: 14, upper: 20, unit: 'persons' }, true],
    ['about as many', { lower: 11, upper: 11, unit: 'persons', approx: true }, false],
    ['a part larger than the other whole', { unit: 'persons', including: 12 }, true],
    ['a factor of a baseline nobody names', { unit: 'persons', factor: 2 }, false],
  ])('A5 ten, and %s', async (_, value, conflicts) => {
    const items = [
      told('flood', 'drowned', { lower: 10, upper: 10, unit: 'persons' }),
      told('flood', 'drowned', value, UNION),
    ]
    const expected = conflicts ? [['drowned', 'values', [0, 1]]] : []
    expect(await conflictsOf(items)).toEqual({ conflicts: expected, tensions: 0 })
  })

  test('A5 shares of one whole, and factors of one baseline, conflict where they differ', async () => {
    const share = (value: number) => ({ share: value, unit: 'persons', scope: 'of the ferrymen' })
    expect(
      await conflictsOf([told('flood', 'drowned', share(0.5)), told('flood', 'drowned', share(0.2), UNION)]),
    ).toEqual({
      conflicts: [['drowned', 'values', [0, 1]]],
      tensions: 0,
    })
    const factor = (value: number) => ({ factor: value, relativeTo: 'the flood of 2029' })
    expect(
      await conflictsOf([told('flood', 'drowned', factor(2)), told('flood', 'drowned', factor(0.5), UNION)]),
    ).toEqual({
      conflicts: [['drowned', 'values', [0, 1]]],
      tensions: 0,
    })
  })

  test('A5 a number affirmed and denied is one number, however its empty members are written', async () => {
    const items = [
      told('flood', 'drowned', { lower: 10, upper: 10, unit: 'persons', approx: false }),
      told(
        'flood',
        'drowned',
        { lower: 10, upper: 10, unit: 'persons', lowerExclusive: false, asStated: 'ten' },
        {
          polarity: 'denied',
          ...UNION,
        },
      ),
    ]
    expect(await conflictsOf(items)).toEqual({ conflicts: [['drowned', 'polarity', [0, 1]]], tensions: 0 })
  })

  test('A6 a term’s as-of is when its speaker spoke, else the date of the document', async () => {
    const early = by('Mayor of Lowmarsh', 'state', { said: '2030-05-01' })
    const late = by('Ferrymen of Lowmarsh', 'civil-society', { said: '2031-05-01' })
    const sound = { term: 'sound' }
    const broken = { term: 'broken' }
    expect(
      await conflictsOf([told('dyke', 'state', sound, early), told('dyke', 'state', broken, late)]),
    ).toEqual(none)
    expect(
      await conflictsOf([
        told('dyke', 'state', sound, early),
        told('dyke', 'state', broken, by('Ferrymen of Lowmarsh', 'civil-society', { said: '2030-05' })),
      ]),
    ).toEqual({ conflicts: [['state', 'values', [0, 1]]], tensions: 0 })
    const facts = { 'old.txt': { date: '2030-05-01' }, 'new.txt': { date: '2031-05-01' } }
    expect(
      await conflictsOf(
        [
          told('dyke', 'repair', sound, { source: 'old.txt' }),
          told('dyke', 'repair', broken, { source: 'new.txt', ...UNION }),
        ],
        facts,
      ),
    ).toEqual(none)
    expect(
      await conflictsOf(
        [
          told('dyke', 'repair', sound, { source: 'old.txt' }),
          told('dyke', 'repair', broken, { source: 'old.txt', ...UNION }),
        ],
        facts,
      ),
    ).toEqual({ conflicts: [['repair', 'values', [0, 1]]], tensions: 0 })
  })

  test('A6 what words say of a document’s date is its date where nobody entered one', async () => {
    const dated = (source: string, value: string): Told => {
      next += 1
      return { id: `F${next}`, source, body: { type: 'SourceFact', field: 'document date', value } }
    }
    expect(
      await conflictsOf([
        dated('a.txt', '2030~'),
        dated('a.txt', '2030-05'),
        dated('b.txt', '2031-05'),
        told('dyke', 'repair', { term: 'sound' }, { source: 'a.txt' }),
        told('dyke', 'repair', { term: 'broken' }, { source: 'b.txt', ...UNION }),
      ]),
    ).toEqual(none)
  })

  test('A6 one at a time: affirmed then and denied now do not conflict, nor do numbers of different days', async () => {
    const then = by('Mayor of Lowmarsh', 'state', { said: '2030-05-01' })
    const now = by('Ferrymen of Lowmarsh', 'civil-society', { said: '2031-05-01' })
    const sound = { term: 'sound' }
    expect(
      await conflictsOf([
        told('dyke', 'state', sound, then),
        told('dyke', 'state', sound, { polarity: 'denied', ...now }),
      ]),
    ).toEqual(none)
    const metres = (value: number) => ({ lower: value, upper: value, unit: 'm' })
    expect(
      await conflictsOf([told('dyke', 'height', metres(4), then), told('dyke', 'height', metres(6), now)]),
    ).toEqual(none)
    expect(
      await conflictsOf([
        told('dyke', 'height', metres(4), then),
        told('dyke', 'height', metres(6), {
          ...UNION,
          ...by('Ferrymen of Lowmarsh', 'civil-society', { said: '2030-05-01' }),
        }),
      ]),
    ).toEqual({
      conflicts: [['height', 'values', [0, 1]]],
      tensions: 0,
    })
  })

  test('A2 compared is the value, or a proposed normalisation where there is none; a decision replaces both', async () => {
    const items = [
      told('flood', 'when', '2031-04-30'),
      told('flood', 'when', null, {
        ...UNION,
        entry: { asStated: 'last month', normalised: '2031-03', reason: 'the month before' },
      }),
    ]
    expect(await conflictsOf(items)).toEqual({ conflicts: [['when', 'values', [0, 1]]], tensions: 0 })
    const slug = `case-${items[0]?.id.toLowerCase()}`
    const decide = async (accept: boolean) => {
      const said = await record.read((tx) => statementsOfDossier(tx, record.dossier(slug)))
      const one = said.find(({ statement }) => statement.item === items[1]?.id)
      await record.write((tx) =>
        decideEmendation(
          tx,
          { statement: one?.id ?? '', n: 0 },
          { accept, reason: 'read again', evidence: [] },
        ),
      )
    }
    await decide(false)
    expect((await record.check(slug)).conflicts).toEqual([])
    await decide(true)
    expect((await record.check(slug)).conflicts).toHaveLength(1)
  })

  test('A7 two dates with one slip are corrected together, and both conflicts go with one decision', async () => {
    const slip = { emendation: 'tour-year', reason: 'the year of the other dates' }
    const items = [
      told('tour', 'when', '2032-04-02/2032-04-09'),
      told('tour', 'day', '2031-04-05', { ...UNION, entry: { ...slip, normalised: '2032-04-05' } }),
      told('tour', 'day', '2031-04-06', { ...UNION, entry: { ...slip, normalised: '2032-04-06' } }),
    ]
    expect(await conflictsOf(items)).toEqual({ conflicts: [['day', 'containment', [1, 2]]], tensions: 0 })
    const slug = `case-${items[0]?.id.toLowerCase()}`
    const dossier = record.dossier(slug)
    const said = await record.read((tx) => statementsOfDossier(tx, dossier))
    const alone = said.find(({ statement }) => statement.item === items[1]?.id)
    const answer = { accept: true, reason: 'one slip of the pen', evidence: [] }
    await expect(
      record.write((tx) => decideEmendation(tx, { statement: alone?.id ?? '', n: 0 }, answer)),
    ).rejects.toMatchObject({ code: 'part_of_group' })
    await record.write((tx) => decideEmendation(tx, { dossier, name: 'tour-year' }, answer))
    expect((await record.check(slug)).conflicts).toEqual([])
  })

  test('A3 the bounds of a vague word make no conflict, here or in an accepted normalisation', async () => {
    const items = [
      told('flood', 'drowned', { lower: 3, upper: 3, unit: 'persons' }),
      told(
        'flood',
        'drowned',
        { asStated: 'hundreds', lower: 200, upper: 999, vague: true, unit: 'persons' },
        UNION,
      ),
    ]
    expect(await conflictsOf(items)).toEqual(none)
  })
})
