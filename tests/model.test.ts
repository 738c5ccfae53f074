import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aspectsFor, mattersByKey } from '../src/matters/matter-store.ts'
import { OPERATIONS } from '../src/publication/contract.ts'
import { findDossier } from '../src/sources/dossier.ts'
import { exportCoding } from '../src/statements/export-coding.ts'
import { statementsOfDossier } from '../src/statements/statement-store.ts'
import { apiOf } from './api.ts'
import { by, fictionalRecord } from './fiction.ts'

const OWN = { speakers: [{ own: true }] }
const of = (matter: string, aspect: string, value: unknown, more: object = {}) => ({
  matter,
  aspect,
  value,
  ...more,
})

describe('the model', () => {
  let record: Awaited<ReturnType<typeof fictionalRecord>>
  let api: ReturnType<typeof apiOf>
  beforeAll(async () => {
    record = await fictionalRecord()
    api = apiOf(record.workspace)
  })
  afterAll(() => record?.close())

  async function pageOf(key: string) {
    const known = await record.read((tx) => mattersByKey(tx, [key]))
    return api.call(OPERATIONS.matterPage, { params: { id: known.get(key)?.id ?? '' } })
  }
  async function statementOf(slug: string, item: string): Promise<string> {
    const all = await record.read((tx) => statementsOfDossier(tx, record.dossier(slug)))
    return all.find(({ statement }) => statement.item === item)?.id ?? ''
  }
  const account = (page: Awaited<ReturnType<typeof pageOf>>, aspect: string) =>
    page.accounts.find((one) => one.aspect === aspect)

  test('M4 an act: who did what to whom, how and why, each said by somebody, in aspects that every installation knows', async () => {
    const outcome = await record.tell('beating', {
      matters: [
        { key: 'act', kind: 'act', name: 'Beating of a ferryman' },
        { key: 'ferryman', kind: 'person', name: 'A ferryman', named: false },
        { key: 'guard', kind: 'person', name: 'Guard Norlan' },
        { key: 'captain', kind: 'person', name: 'Captain Ilmek' },
        { key: 'strike', kind: 'event', name: 'Ferry strike' },
      ],
      items: [
        {
          id: 'A1',
          body: {
            kind: 'testimony',
            ...by('Ferryman', 'witness', { named: false, key: 'ferryman' }),
            about: [
              of('act', 'kind', { term: 'assault' }),
              of('act', 'method', { term: 'beating' }),
              of('act', 'intent', { term: 'confession' }),
              of('act', 'victim', { matter: 'ferryman' }),
              of('act', 'carried out by', { matter: 'guard' }),
              of('act', 'ordered by', { matter: 'captain' }),
              of('act', 'triggered by', { matter: 'strike' }),
              of('act', 'when', '2031-04-03'),
            ],
          },
        },
        {
          id: 'A2',
          body: {
            kind: 'denial',
            polarity: 'denied',
            ...by('Captain Ilmek', 'state', { key: 'captain' }),
            about: [of('act', 'ordered by', { matter: 'captain' })],
          },
        },
      ],
    })
    expect(outcome.items.map((one) => one.outcome)).toEqual(['added', 'added'])
    const page = await pageOf('act')
    expect(account(page, 'ordered by')?.values).toEqual([
      expect.objectContaining({
        text: 'Captain Ilmek',
        stands: [
          expect.objectContaining({ stance: 'puts forward' }),
          expect.objectContaining({ stance: 'disputes' }),
        ],
      }),
    ])
    expect(page.conflicts.map((one) => [one.aspect, one.by])).toEqual([['ordered by', 'polarity']])
    const recorded = await record.read((tx) => aspectsFor(tx, record.dossier('beating')))
    const used = recorded.map(({ aspect: { name, dossier, version } }) => [name, dossier, version])
    expect(used).toContainEqual(['ordered by', null, '1'])
    expect(used).not.toContainEqual(['planned by', null, '1'])
    const { aspects } = await api.call(OPERATIONS.listAspects, { params: { slug: 'beating' } })
    const offered = aspects.filter(({ matterKind }) => matterKind === 'act').map(({ name }) => name)
    expect(offered).toContain('planned by')
    expect(offered.filter((name) => name === 'ordered by')).toHaveLength(1)
    // The cause is seen from the other side too.
    expect((await pageOf('strike')).linked.map(({ name, aspects: how }) => [name, how])).toContainEqual([
      'Beating of a ferryman',
      expect.arrayContaining(['triggered by']),
    ])
    const dossier = await record.read((tx) => findDossier(tx, 'beating'))
    if (!dossier) throw new Error('no dossier')
    const file = await record.read((tx) => exportCoding(tx, dossier))
    const again = await api.call(OPERATIONS.code, {
      params: { slug: 'beating' },
      body: { ...file, items: file.items as unknown[] },
    })
    expect([again.unchanged, again.entry]).toEqual([2, null])
  })

  test('M4 a value that a shipped aspect cannot hold makes an aspect of the dossier’s own, as any unknown one', async () => {
    const outcome = await record.tell('odd', {
      matters: [{ key: 'odd-act', kind: 'act', name: 'Odd act' }],
      items: [
        { id: 'O1', body: { kind: 'report', ...OWN, about: [of('odd-act', 'method', 'with a spoon')] } },
        { id: 'O2', body: { kind: 'report', ...OWN, about: [of('odd-act', 'kind', { term: 'tickling' })] } },
      ],
    })
    expect(outcome.refused).toBe(0)
    const own = await record.read((tx) => aspectsFor(tx, record.dossier('odd')))
    expect(
      own
        .filter(({ aspect }) => aspect.dossier !== null)
        .map(({ aspect: { name, valueType } }) => [name, valueType]),
    ).toEqual(
      expect.arrayContaining([
        ['method', 'text'],
        ['kind', 'term'],
      ]),
    )
  })

  test('M5 a speaker has the role held on the day of speaking; a place the name of its day', async () => {
    const tell = (id: string, source: string) => ({
      id,
      source,
      body: {
        kind: 'official claim',
        ...by('Ilmek Dor', 'state', { key: 'ilmek' }),
        about: [of('harbour', 'note', 'is open')],
      },
    })
    await record.tell(
      'roles',
      {
        matters: [
          { key: 'ilmek', kind: 'person', name: 'Ilmek Dor' },
          { key: 'harbour', kind: 'place', name: 'Lowmarsh' },
          { key: 'as-clerk', kind: 'role', name: 'Ilmek Dor as clerk' },
          { key: 'as-mayor', kind: 'role', name: 'Ilmek Dor as mayor' },
        ],
        items: [
          {
            id: 'R1',
            body: {
              kind: 'report',
              ...OWN,
              about: [
                of('as-clerk', 'person', { matter: 'ilmek' }),
                of('as-clerk', 'title', 'Clerk of the harbour'),
                of('as-clerk', 'period', '2028/2030-06'),
                of('as-mayor', 'person', { matter: 'ilmek' }),
                of('as-mayor', 'title', 'Mayor'),
                of('as-mayor', 'period', '2030-07/..'),
                of('ilmek', 'interest', 'owns two ferries'),
              ],
            },
          },
          tell('R2', 'early.txt'),
          tell('R3', 'late.txt'),
          tell('R4', 'undated.txt'),
        ],
      },
      { 'early.txt': { date: '2029-05-02' }, 'late.txt': { date: '2031-05' } },
    )
    const known = await record.read((tx) => mattersByKey(tx, ['harbour']))
    const id = known.get('harbour')?.id ?? ''
    const former = { text: 'Oldmarsh', language: 'en', use: 'former' as const, from: '2000', to: '2030-03' }
    await api.call(OPERATIONS.describeMatter, { params: { id }, body: { names: [former] } })
    const page = await pageOf('harbour')
    const seen = Object.values(page.statements).map(({ item, chain, about }) => [
      item,
      chain.at(-1)?.speakers[0]?.roles.map(({ title }) => title),
      about[0]?.nameThen,
    ])
    expect(seen.sort()).toEqual([
      ['R2', ['Clerk of the harbour'], 'Oldmarsh'],
      ['R3', ['Mayor'], null],
      ['R4', [], null],
    ])
    expect(Object.values(page.statements)[0]?.chain.at(-1)?.speakers[0]?.interests).toEqual([
      'owns two ferries',
    ])
    const wrong = { ...former, from: 'long ago' }
    expect(await api.refusal(OPERATIONS.describeMatter, { params: { id }, body: { names: [wrong] } })).toBe(
      'date_unreadable',
    )
  })

  test('M6 a body has a parent and former names; no matter is part of itself', async () => {
    await record.tell('bodies', {
      matters: [
        { key: 'ministry', kind: 'body', name: 'Ministry of Ferries' },
        { key: 'bureau', kind: 'body', name: 'Bureau of Oars' },
      ],
      items: [{ id: 'B1', body: { kind: 'report', ...OWN, about: [of('bureau', 'note', 'small')] } }],
    })
    const known = await record.read((tx) => mattersByKey(tx, ['ministry', 'bureau']))
    const [ministry, bureau] = [known.get('ministry')?.id ?? '', known.get('bureau')?.id ?? '']
    await api.call(OPERATIONS.describeMatter, { params: { id: bureau }, body: { parent: ministry } })
    expect((await pageOf('bureau')).matter.parent).toMatchObject({
      id: ministry,
      name: 'Ministry of Ferries',
    })
    for (const [id, parent] of [
      [ministry, bureau],
      [bureau, bureau],
    ] as const)
      expect(await api.refusal(OPERATIONS.describeMatter, { params: { id }, body: { parent } })).toBe(
        'parent_in_circle',
      )
    expect(
      await api.refusal(OPERATIONS.describeMatter, { params: { id: bureau }, body: { parent: 'mat_none' } }),
    ).toBe('matter_unknown')
  })

  test('N4 who puts forward, repeats, endorses, disputes or does not deny; what all agree on; positions differ', async () => {
    const tell = (id: string, date: string, more: object, claim = 'the dyke is safe') => ({
      id,
      source: `${id}.txt`,
      date,
      body: { kind: 'official claim', ...OWN, about: [of('safety', 'claim', claim)], ...more },
    })
    const told = [
      tell('S2', '2031-02', by('Council of Lowmarsh', 'state')),
      tell('S1', '2031-01', by('Mayor of Lowmarsh', 'state')),
      tell('S3', '2031-03', { ...by('Ferrymen', 'civil-society'), links: [{ rel: 'endorses', to: 'S1' }] }),
      tell('S4', '2031-04', { ...by('Old sailor', 'witness'), polarity: 'not denied' }),
      tell(
        'S5',
        '2031-05',
        { ...by('Marsh weekly', 'press'), links: [{ rel: 'disputes', to: 'S1' }] },
        'nobody has looked',
      ),
      {
        id: 'S6',
        source: 'S6.txt',
        date: '2031-06',
        body: {
          kind: 'position',
          ...by('Union of Seas', 'igo'),
          about: [of('safety', 'position', { term: 'welcomes' })],
          checks: ['interest'],
        },
      },
      {
        id: 'S7',
        source: 'S7.txt',
        date: '2031-06',
        body: {
          kind: 'position',
          ...by('Ferrymen', 'civil-society'),
          about: [of('safety', 'position', { term: 'doubts' })],
        },
      },
    ]
    await record.tell(
      'safety',
      { matters: [{ key: 'safety', kind: 'narrative', name: 'Talk of the dyke' }], items: told },
      Object.fromEntries(told.map(({ source, date }) => [source, { date }])),
    )
    const page = await pageOf('safety')
    const itemOf = (id: string) => page.statements[id]?.item
    const safe = account(page, 'claim')?.values.find(({ text }) => text === 'the dyke is safe')
    expect(safe?.stands.map(({ statement, stance }) => [itemOf(statement), stance])).toEqual([
      ['S1', 'puts forward'],
      ['S2', 'repeats'],
      ['S3', 'endorses'],
      ['S4', 'does not deny'],
      ['S5', 'disputes'],
    ])
    expect(page.commonGround).toEqual([expect.objectContaining({ text: 'the dyke is safe' })])
    expect(
      account(page, 'position')
        ?.values.map(({ text }) => text)
        .sort(),
    ).toEqual(['doubts', 'welcomes'])
    expect(page.conflicts).toEqual([])
    const welcoming = Object.values(page.statements).find(({ item }) => item === 'S6')
    expect(welcoming?.checks).toEqual(['interest'])
  })

  test('N4 who says the same and yet disputes one who says it makes it no common ground; who disputes another value does', async () => {
    const tell = (id: string, who: object, { claim, links = [] }: { claim: string; links?: object[] }) => ({
      id,
      source: `${id}.txt`,
      body: { kind: 'official claim', ...who, about: [of('ferry', 'claim', claim)], links },
    })
    const sunk = 'the ferry sank'
    await record.tell('ferry', {
      matters: [{ key: 'ferry', kind: 'narrative', name: 'Talk of the ferry' }],
      items: [
        tell('F1', by('Mayor of Lowmarsh', 'state'), { claim: sunk }),
        tell('F2', by('Ferrymen', 'civil-society'), { claim: sunk, links: [{ rel: 'disputes', to: 'F3' }] }),
        tell('F3', by('Harbour master', 'igo'), { claim: 'the ferry floats' }),
      ],
    })
    const page = await pageOf('ferry')
    expect(page.commonGround).toEqual([expect.objectContaining({ text: sunk })])
    const stances = account(page, 'claim')?.values.find(({ text }) => text === sunk)?.stands
    expect(stances?.map(({ stance }) => stance)).toEqual(['puts forward', 'repeats'])
    await record.tell('ferry', {
      matters: [],
      items: [
        tell('F4', by('Old sailor', 'witness'), { claim: sunk, links: [{ rel: 'disputes', to: 'F1' }] }),
      ],
    })
    expect((await pageOf('ferry')).commonGround).toEqual([])
  })

  test('N11 a value in scare quotes is held as text on an aspect of terms, and is compared with no term', async () => {
    const tell = (id: string, value: unknown, more: object = {}) => ({
      id,
      source: `${id}.txt`,
      body: {
        kind: 'official claim',
        ...by(`Speaker ${id}`, 'state'),
        about: [of('raid', 'named', value)],
        ...more,
      },
    })
    const matters = [{ key: 'raid', kind: 'event', name: 'The night at the mill' }]
    const aspects = {
      event: {
        named: { valueType: 'term', holds: 'one', conflict: 'differs', terms: ['inspection', 'raid'] },
      },
    }
    const quoted = { scareQuoted: ['Inspection'] }
    const outcome = await record.tell('raid', {
      matters,
      aspects,
      items: [
        tell('R1', { term: 'raid' }),
        tell('R2', 'inspection', quoted),
        tell('R3', 'inspection'),
        tell('R4', { term: 'inspection' }, quoted),
      ],
    })
    expect(outcome.items.map(({ item, code }) => [item, code])).toEqual([
      ['R1', undefined],
      ['R2', undefined],
      ['R3', 'value_unfit'],
      ['R4', 'term_scare_quoted'],
    ])
    expect(outcome.items[3]?.sentence).toContain('give the text itself, "inspection"')
    const page = await pageOf('raid')
    expect(account(page, 'named')?.valueType).toBe('term')
    const values = Object.values(page.statements).flatMap(({ about }) => about.map(({ value }) => value))
    expect(values.map((value) => [value?.type, value?.text]).sort()).toEqual([
      ['term', 'raid'],
      ['text', 'inspection'],
    ])
    expect(page.conflicts).toEqual([])
    // The same as a term stands apart from the other term: it is the quotation marks that keep it out.
    await record.tell('raid', { matters, items: [tell('R5', { term: 'inspection' })] })
    const conflicts = (await record.check('raid')).conflicts
    expect(conflicts.map(({ items }) => items)).toEqual([['R1', 'R5']])
  })

  test('N5 repeats, quotations, one speaker, one outlet and one provenance are one origin; boilerplate is none', async () => {
    const tell = (id: string, more: object, source = `${id}.txt`) => ({
      id,
      source,
      body: { kind: 'report', ...OWN, about: [of('fire', 'label', 'a blaze')], ...more },
    })
    const mayor = by('Mayor of Lowmarsh', 'state')
    await record.tell(
      'fire',
      {
        matters: [{ key: 'fire', kind: 'event', name: 'Fire in the reeds' }],
        items: [
          tell('W1', mayor),
          tell('W2', mayor),
          tell('W3', by('Old sailor', 'witness')),
          tell('W4', { ...by('Young sailor', 'witness'), links: [{ rel: 'repeats', to: 'W3' }] }),
          tell('W5', {}),
          tell('W6', {}),
          tell('W7', by('Ferry owner', 'witness')),
          {
            id: 'W8',
            source: 'W7.txt',
            body: { type: 'Remark', remark: 'boilerplate', text: 'stands under every page' },
          },
        ].map((one) => (one.id === 'W8' ? { ...one, words: 'W7' } : one)),
      },
      {
        'W5.txt': { publisher: { name: 'Marsh weekly', group: 'press' } },
        'W6.txt': { publisher: { name: 'Marsh weekly', group: 'press' } },
      },
    )
    const labels = account(await pageOf('fire'), 'label')
    expect([labels?.total, labels?.origins, labels?.values[0]?.origins]).toEqual([7, 3, 3])
  })

  test('D3 the preview offers what relative words and claims suggest; nothing is recorded until a person takes it', async () => {
    const items = [
      {
        id: 'L1',
        body: {
          kind: 'report',
          ...OWN,
          about: [of('launch', 'when', null, { asStated: 'last week' })],
        },
      },
    ]
    await record.tell(
      'launch',
      { matters: [{ key: 'launch', kind: 'event', name: 'Launch' }], items },
      { 'page.txt': { date: '2031-05-15' } },
    )
    const desk = await api.call(OPERATIONS.desk, { params: { slug: 'launch' } })
    expect(desk.suggestions.dates).toEqual([
      expect.objectContaining({
        item: 'L1',
        asStated: 'last week',
        date: {
          edtf: '2031-05-05/2031-05-11',
          rule: 'week before',
          words: 'last week',
          anchor: 'document',
          from: '2031-05-15',
          version: '1',
        },
      }),
    ])
    const preview = await api.call(OPERATIONS.previewCoding, {
      params: { slug: 'launch' },
      body: {
        items: [
          {
            id: 'L2',
            target: { source: 'page.txt', selector: { type: 'TextQuoteSelector', exact: 'Words of L1.' } },
            body: {
              type: 'Statement',
              kind: 'report',
              ...OWN,
              about: [
                of('launch', 'when', null, { asStated: 'two days later', relativeTo: { matter: 'launch' } }),
              ],
            },
          },
        ],
      },
    })
    expect(preview.suggestions.dates).toEqual([])
    const id = await statementOf('launch', 'L1')
    const taken = { n: 0, normalised: '2031-05-05/2031-05-11', reason: 'week before the document' }
    await api.call(OPERATIONS.normalise, { params: { id }, body: taken })
    expect(await api.refusal(OPERATIONS.normalise, { params: { id }, body: taken })).toBe(
      'normalised_already',
    )
    const after = await api.call(OPERATIONS.desk, { params: { slug: 'launch' } })
    expect([after.suggestions.dates, after.normalisations]).toEqual([[], 1])
    const { date } = await api.call(OPERATIONS.relativeDate, {
      query: { words: 'через два дня', language: 'ru', told: '2031-05-05' },
    })
    expect(date?.edtf).toBe('2031-05-07')
  })

  test('D2 “first”, “most” and trends are suggested for a check; a person confirms or dismisses', async () => {
    await record.tell('claims', {
      matters: [{ key: 'bridge', kind: 'event', name: 'Bridge' }],
      items: [
        { id: 'the first C1', body: { kind: 'report', ...OWN, about: [of('bridge', 'label', 'x')] } },
        { id: 'the most growing C2', body: { kind: 'report', ...OWN, about: [of('bridge', 'label', 'y')] } },
        {
          id: 'plain C3',
          body: { kind: 'report', ...OWN, about: [of('bridge', 'label', 'z')], checks: ['trend'] },
        },
      ],
    })
    const desk = () => api.call(OPERATIONS.desk, { params: { slug: 'claims' } })
    const before = await desk()
    expect(before.suggestions.checks.map(({ item, check }) => [item, check])).toEqual([
      ['the first C1', 'superlative'],
      ['the most growing C2', 'superlative'],
      ['the most growing C2', 'trend'],
    ])
    expect(before.toCheck.map(({ item }) => item)).toEqual(['plain C3'])
    const dossier = record.dossier('claims')
    const [one, two] = [
      await statementOf('claims', 'the first C1'),
      await statementOf('claims', 'the most growing C2'),
    ]
    await api.call(OPERATIONS.tag, {
      body: {
        tags: [
          { dossier, subject: one, scheme: 'checks', term: 'superlative' },
          { dossier, subject: two, scheme: 'checks-dismissed', term: 'superlative' },
          { dossier, subject: two, scheme: 'checks-dismissed', term: 'trend' },
        ],
      },
    })
    const after = await desk()
    expect(after.suggestions.checks).toEqual([])
    expect(after.toCheck.map(({ item, checks }) => [item, checks])).toEqual([
      ['plain C3', ['trend']],
      ['the first C1', ['superlative']],
    ])
  })

  test('A5 a quantity is shown as it was put', async () => {
    const shown = async (id: string, value: object) => {
      await record.tell(`q-${id.toLowerCase()}`, {
        matters: [{ key: `crowd-${id}`, kind: 'group', name: `Crowd ${id}` }],
        items: [{ id, body: { kind: 'report', ...OWN, about: [of(`crowd-${id}`, 'size', value)] } }],
      })
      const page = await pageOf(`crowd-${id}`)
      return Object.values(page.statements)[0]?.about[0]?.value?.text
    }
    expect(await shown('Q1', { lower: 7600, upper: null, lowerExclusive: true, unit: 'km' })).toBe(
      '> 7600 km',
    )
    expect(await shown('Q2', { lower: null, upper: 50, upperExclusive: true, unit: 'members' })).toBe(
      '< 50 members',
    )
    expect(await shown('Q3', { share: 0.25, unit: 'persons', scope: 'of all' })).toBe('25 % persons')
    expect(await shown('Q4', { factor: 2, relativeTo: 'the year before' })).toBe('× 2 (the year before)')
    expect(await shown('Q5', { lower: 30, upper: 30, including: 20, unit: 'measures' })).toBe(
      '30 measures (⊇ 20)',
    )
    expect(await shown('Q6', { lower: 200, upper: 999, vague: true, asStated: 'hundreds' })).toBe('hundreds')
  })

  test('N7 whatever the format allows is taken in, kept and given out as it came', async () => {
    const speaker = {
      name: 'Clerk Dana',
      key: 'dana',
      group: 'state',
      as: 'clerk',
      said: '2031-05~',
      protected: true,
    }
    const body = {
      kind: 'testimony',
      polarity: 'doubted',
      speakers: [
        { own: true, act: 'quotes', polarity: 'doubted', said: '2031-06' },
        {
          jointly: [
            speaker,
            { ...speaker, name: 'A guard', key: 'a-guard', named: false, attribution: 'inferred' },
          ],
          act: 'reports',
        },
        { unknown: true, group: 'state', as: 'an official', said: '2031' },
        { ...speaker, for: { name: 'Harbour office', key: 'office', group: 'state', as: 'owner' } },
      ],
      cue: 'said',
      about: [
        of('pier', 'when', '2031-05-XX', {
          asStated: 'in May',
          normalised: '2031-05~/2031-06',
          reason: 'a rule',
          relativeTo: { matter: 'pier' },
          emendation: 'pier-day',
          implied: true,
        }),
        of('pier', 'crowd', {
          asStated: 'more than twice as many',
          lower: 10,
          upper: null,
          lowerExclusive: true,
          upperExclusive: false,
          approx: true,
          vague: false,
          unit: 'persons',
          scope: 'on the pier',
          asOf: '2031-05',
          relativeTo: 'boats',
          including: 4,
          share: 0.5,
          factor: 2,
          note: 'as put',
        }),
        of('pier', 'mood', { term: 'angry' }, { relativeTo: 'document date' }),
        of('pier', 'owner', { matter: 'office' }),
        of('pier', 'note', null),
      ],
      attribution: 'missing',
      hedges: ['reportedly'],
      modality: ['would'],
      scareQuoted: ['peaceful'],
      basis: 'told',
      ambiguity: { of: 'who', readings: ['the clerk', 'the guard'] },
      publishable: false,
      balance: 'critical',
      checks: ['superlative', 'trend', 'interest', 'unit'],
      protected: ['dana'],
      open: 'who paid',
      headline: true,
      note: 'our note',
      language: 'en',
      outsideRights: true,
    }
    const fact = {
      type: 'SourceFact',
      field: 'image credit',
      value: { matter: 'office' },
      suppliedBy: 'dana',
      text: 'x',
      boilerplate: true,
    }
    const file = {
      matters: [
        { key: 'pier', kind: 'event', name: 'Pier', aliases: ['The pier'], note: 'ours' },
        { key: 'office', kind: 'body', name: 'Harbour office' },
        { key: 'dana', kind: 'person', name: 'Clerk Dana' },
      ],
      items: [
        { id: 'X1', body: { kind: 'report' } },
        {
          id: 'X2',
          body: {
            ...body,
            links: [
              'quotes',
              'repeats',
              'answers',
              'endorses',
              'concedes',
              'disputes',
              'contradicts',
              'supports',
              'in tension with',
              'supersedes',
            ].map((rel) => ({ rel, to: 'X1', note: rel })),
          },
        },
        {
          id: 'X3',
          body: { type: 'Remark', remark: 'duplicate', duplicateOf: 'X1', boilerplate: true, text: 'again' },
        },
        { id: 'X4', body: { type: 'Mention', matter: 'office', as: 'metonym', text: 'the pier' } },
        { id: 'X5', body: fact },
      ],
    }
    const outcome = await record.tell('whole', file)
    expect(outcome.items.filter((one) => one.outcome !== 'added' || one.warnings.length > 0)).toEqual([])
    const dossier = await record.read((tx) => findDossier(tx, 'whole'))
    if (!dossier) throw new Error('no dossier')
    const { items } = await record.read((tx) => exportCoding(tx, dossier))
    const given = new Map(
      (items as { id: string; body: Record<string, unknown> }[]).map((one) => [one.id, one.body]),
    )
    expect(given.get('X1')).toMatchObject({ kind: 'report', polarity: 'affirmed', about: [] })
    const { links, ...rest } = given.get('X2') ?? {}
    expect(rest).toEqual({ type: 'Statement', ...body })
    expect(links).toHaveLength(10)
    expect(given.get('X5')).toEqual(fact)
    expect((await record.tell('whole', file)).unchanged).toBe(5)
    const { mentions } = await pageOf('office')
    expect(mentions).toEqual([expect.objectContaining({ words: 'Words of X4.', as: 'metonym' })])
  })

  test('H2 a finding is withdrawn with a reason and stays on record; evidence is no outside reader’s paper', async () => {
    await record.tell('held', {
      matters: [{ key: 'held-event', kind: 'event', name: 'Held event' }],
      items: [
        { id: 'H1', body: { kind: 'report', ...OWN, about: [of('held-event', 'label', 'calm')] } },
        {
          id: 'H2',
          source: 'paper.txt',
          body: { kind: 'report', ...OWN, about: [of('held-event', 'note', 'read')] },
        },
      ],
    })
    const { matter } = await pageOf('held-event')
    const cited = await statementOf('held', 'H1')
    const { sources } = await api.call(OPERATIONS.listSources, { params: { slug: 'held' } })
    const sourceOf = (name: string) => sources.find(({ fileName }) => fileName === name)?.id ?? ''
    const { id } = await api.call(OPERATIONS.proposeFinding, {
      body: {
        dossier: record.dossier('held'),
        matter: matter.id,
        aspect: 'label',
        proposition: 'It was calm.',
        standard: 'balance_of_probabilities',
        met: true,
        reasons: 'One report.',
        for: [cited],
        against: [],
      },
    })
    const answer = (body: { attestedIn: string } | { withdraw: string } | { agree: true }) =>
      api.refusal(OPERATIONS.answerFinding, { params: { id }, body })
    expect(await answer({ agree: true })).toBe('second_reader_is_first')
    expect(await answer({ attestedIn: sourceOf('page.txt') })).toBe('paper_is_evidence')
    expect(await answer({ attestedIn: sourceOf('paper.txt') })).toBe('done')
    expect(await answer({ withdraw: ' ' })).toBe('reason_missing')
    expect(await answer({ withdraw: 'a second report says otherwise' })).toBe('done')
    expect(await answer({ withdraw: 'again' })).toBe('already_decided')
    const [finding] = (await pageOf('held-event')).findings
    expect(finding).toMatchObject({
      state: 'withdrawn',
      attestedIn: sourceOf('paper.txt'),
      withdrawn: { reason: 'a second report says otherwise' },
    })
  })
})
