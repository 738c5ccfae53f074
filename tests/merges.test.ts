import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mattersByKey } from '../src/matters/matter-store.ts'
import { OPERATIONS } from '../src/publication/contract.ts'
import { apiOf } from './api.ts'
import { by, fictionalRecord } from './fiction.ts'

const GUARD = by('Guard of Lowmarsh', 'witness')
const CLERK = by('Clerk of Lowmarsh', 'state')

/** Three unknown men in two sources, each a matter of his own until a person says otherwise. */
const MATTERS = ['first', 'second', 'third'].map((which) => ({
  key: `man-${which}`,
  kind: 'person',
  name: 'an unknown man',
  named: false,
}))
const ASPECTS = {
  person: {
    height: { valueType: 'quantity', holds: 'one', conflict: 'disjoint bounds, same scope and as-of' },
  },
  event: { thrower: { valueType: 'matter', holds: 'one', conflict: 'differ' } },
}
const height = (value: number) => ({ lower: value, upper: value, unit: 'cm' })
const said = (id: string, matter: string, value: number, source: string, who: object) => ({
  id,
  source,
  body: { kind: 'testimony', ...who, about: [{ matter, aspect: 'height', value: height(value) }] },
})
const threw = (id: string, man: string, source: string, who: object) => ({
  id,
  source,
  body: {
    kind: 'testimony',
    ...who,
    about: [{ matter: 'throw', aspect: 'thrower', value: { matter: man } }],
  },
})

describe('unnamed actors', () => {
  let record: Awaited<ReturnType<typeof fictionalRecord>>
  let api: ReturnType<typeof apiOf>
  const ids = new Map<string, string>()
  const id = (key: string) => ids.get(key) ?? ''

  beforeAll(async () => {
    record = await fictionalRecord()
    api = apiOf(record.workspace)
    await record.tell('quay', {
      matters: [...MATTERS, { key: 'throw', kind: 'event', name: 'Stone thrown at the quay' }],
      aspects: ASPECTS,
      items: [
        said('Q1', 'man-first', 180, 'guard.txt', GUARD),
        said('Q2', 'man-second', 160, 'clerk.txt', CLERK),
        said('Q3', 'man-third', 180, 'clerk.txt', CLERK),
        threw('Q4', 'man-first', 'guard.txt', GUARD),
        threw('Q5', 'man-second', 'clerk.txt', CLERK),
      ],
    })
    const known = await record.read((tx) => mattersByKey(tx, ['man-first', 'man-second', 'man-third']))
    for (const [key, matter] of known) ids.set(key, matter.id)
  })
  afterAll(() => record?.close())

  const merge = (from: string, into: string) =>
    api.call(OPERATIONS.mergeMatters, {
      params: { id: id(from) },
      body: { into: id(into), reason: 'the same scar' },
    })
  const grounds = async () =>
    (await record.check('quay')).conflicts.map(({ aspect, items }) => [aspect, items])

  test('M1 stay apart under one name', async () => {
    const { matters } = await api.call(OPERATIONS.listMatters, { params: { slug: 'quay' } })
    expect(matters.filter(({ kind }) => kind === 'person')).toHaveLength(3)
    expect(await grounds()).toEqual([['thrower', ['Q4', 'Q5']]])
  })

  test('M2 merged, also one through another, they have one account, one page and one line, and conflict as one', async () => {
    await merge('man-second', 'man-first')
    await merge('man-first', 'man-third')
    expect(await grounds()).toEqual([['height', ['Q1', 'Q2', 'Q3']]])
    for (const which of ['man-first', 'man-second', 'man-third']) {
      const page = await api.call(OPERATIONS.matterPage, { params: { id: id(which) } })
      expect(page.matter.id).toBe(id('man-third'))
      expect(page.accounts.find(({ aspect }) => aspect === 'height')?.total).toBe(3)
      expect(page.merged.map((one) => one.id).sort()).toEqual([id('man-first'), id('man-second')].sort())
      expect(page.conflicts).toHaveLength(1)
    }
    const { matters } = await api.call(OPERATIONS.listMatters, { params: { slug: 'quay' } })
    expect(matters.filter(({ kind }) => kind === 'person')).toEqual([
      expect.objectContaining({ id: id('man-third'), statements: 3, sources: 2 }),
    ])
    const { matters: found } = await api.call(OPERATIONS.mattersLike, { query: { typed: 'unknown man' } })
    expect(found.map((one) => one.id)).toEqual([id('man-third')])
  })

  test('M2 a source’s page shows the conflict with what other sources say of the merged', async () => {
    const { sources } = await api.call(OPERATIONS.listSources, { params: { slug: 'quay' } })
    const guard = sources.find(({ fileName }) => fileName === 'guard.txt')
    const page = await api.call(OPERATIONS.sourcePage, { params: { id: guard?.id ?? '' } })
    expect(page.conflicts.map(({ aspect, statements }) => [aspect, statements.length])).toEqual([
      ['height', 3],
    ])
  })

  test('M2 split again, each has what was said of it', async () => {
    for (const which of ['man-second', 'man-first'])
      await api.call(OPERATIONS.splitMatter, { params: { id: id(which) }, body: { reason: 'two scars' } })
    expect(await grounds()).toEqual([['thrower', ['Q4', 'Q5']]])
    const page = await api.call(OPERATIONS.matterPage, { params: { id: id('man-third') } })
    expect(page.merged).toEqual([])
    expect(page.accounts.find(({ aspect }) => aspect === 'height')?.total).toBe(1)
  })

  test('M3 a name that only a merged matter has is found by its spellings and takes what is newly said', async () => {
    const town = { kind: 'place', name: 'Ақтөбелік', aliases: [] }
    const told = (key: string, name: string, item: string) =>
      record.tell('map', {
        matters: [{ ...town, key, name }],
        items: [
          {
            id: item,
            source: `${item}.txt`,
            body: {
              kind: 'report',
              speakers: [{ own: true }],
              about: [{ matter: key, aspect: 'note', value: item }],
            },
          },
        ],
      })
    await told('old-town', 'Ақтөбелік', 'T1')
    await told('new-town', 'Lowmarsh-on-Sea', 'T2')
    const known = await record.read((tx) => mattersByKey(tx, ['old-town', 'new-town']))
    const [old, now] = [known.get('old-town')?.id ?? '', known.get('new-town')?.id ?? '']
    for (const typed of ['Aqtobelik', 'Актобелик', 'ақтөбел']) {
      const { matters } = await api.call(OPERATIONS.mattersLike, { query: { typed } })
      expect([typed, matters.map((one) => one.id)]).toEqual([typed, [old]])
    }
    await api.call(OPERATIONS.mergeMatters, { params: { id: old }, body: { into: now, reason: 'renamed' } })
    const { matters } = await api.call(OPERATIONS.mattersLike, { query: { typed: 'Aqtobelik' } })
    expect(matters.map((one) => one.id)).toEqual([now])
    await told('third-key', 'Aktobelik', 'T3')
    const page = await api.call(OPERATIONS.matterPage, { params: { id: now } })
    expect(page.accounts.find(({ aspect }) => aspect === 'note')?.total).toBe(3)
  })

  test('M8 a matter is titled in a language by a spelling in it, never by a label, a metonym, a former name or an unknown language', async () => {
    const known = await record.read((tx) => mattersByKey(tx, ['new-town']))
    const id = known.get('new-town')?.id ?? ''
    const { matter } = await api.call(OPERATIONS.matterPage, { params: { id } })
    const body = {
      revision: matter.revision,
      names: [
        { text: 'Marsh House', language: 'en', use: 'metonym' as const },
        { text: 'Старое Болото', language: 'ru', use: 'former' as const, to: '1990' },
        { text: 'Нижнее Болото', language: 'ru', use: 'alias' as const },
        { text: 'Низкоболотск', language: 'ru', use: 'spelling' as const },
        { text: 'Lowmarsh', language: 'und', use: 'alias' as const },
      ],
    }
    await api.call(OPERATIONS.describeMatter, { params: { id }, body })
    const titles = { ru: 'Низкоболотск' }
    const page = await api.call(OPERATIONS.matterPage, { params: { id } })
    expect(page.matter).toMatchObject({ name: 'Lowmarsh-on-Sea', titles })
    const { matters } = await api.call(OPERATIONS.mattersLike, { query: { typed: 'Низкоболотск' } })
    expect(matters.find((one) => one.id === id)?.titles).toEqual(titles)
    const of = Object.values(page.statements).flatMap(({ about }) => about.map((entry) => entry.matter))
    expect(of.find((one) => one.id === id)?.titles).toEqual(titles)
  })
})
