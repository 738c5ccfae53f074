import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mattersByKey } from '../src/matters/matter-store.ts'
import { mergeMatters, splitMatter } from '../src/matters/merge-matters.ts'
import { searchRecord } from '../src/search/search-record.ts'
import { CitableText } from '../src/sources/citable-text.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { by, fictionalRecord } from './fiction.ts'

/** Words as they stand in a file, and as a person types them. */
const BROKEN: [name: string, file: string, typed: string][] = [
  ['a Latin ligature', 'The oﬃcer of Lowmarsh ﬁled it.', 'officer'],
  ['a ligature at a beginning', 'The clerk ﬂatly refused it.', 'flatly'],
  ['an Arabic presentation form', 'قال ﻻجئ من لومارش ذلك.', 'لاجئ'],
  ['a hyphen at the end of a line', 'They spoke of the demon-\nstration at the quay.', 'demonstration'],
  ['the parts of a word that has its hyphen', 'They spoke of judicial co-\noperation there.', 'co-operation'],
  ['a hyphen at the end of a Russian line', 'Они говорили про демон-\nстрацию у причала.', 'демонстрацию'],
  ['a hyphen before an indented line', 'It was the gover‐\r\n   nor of the island.', 'governor'],
  ['a soft hyphen', 'They saw the light\u00ADhouse burn.', 'lighthouse'],
  ['a soft hyphen at the end of a line', 'They saw the water\u00AD\nfront burn.', 'waterfront'],
  ['a zero-width space', 'They saw the break\u200Bwater burn.', 'breakwater'],
  ['a soft hyphen that was typed', 'They saw the drydock burn.', 'dry\u00ADdock'],
]

describe('search', () => {
  let record: Awaited<ReturnType<typeof fictionalRecord>>
  const ids = new Map<string, string>()
  const id = (key: string) => ids.get(key) ?? ''
  const ask = (typed: string, kind: 'passage' | 'matter') =>
    record.read((tx) => searchRecord(tx, { typed, kind }))

  beforeAll(async () => {
    record = await fictionalRecord()
    const named = (key: string, name: string, ...aliases: string[]) => ({ key, kind: 'place', name, aliases })
    await record.tell('quay', {
      matters: [
        named('old', 'Aqtobelik', 'The grey quay'),
        named('older', 'Qumshyq', 'The grey quay'),
        named('now', 'Aktobelik Harbour', 'The grey quay'),
      ],
      items: ['old', 'older', 'now'].map((matter) => ({
        id: matter,
        body: {
          kind: 'report',
          ...by('Guard of Lowmarsh', 'witness'),
          about: [{ matter, aspect: 'note', value: 'x' }],
        },
      })),
    })
    for (const [key, matter] of await record.read((tx) => mattersByKey(tx, ['old', 'older', 'now'])))
      ids.set(key, matter.id)
    const dossier = await record.write((tx) => openDossier(tx, 'quay'))
    await takeIn(
      record.workspace,
      dossier,
      BROKEN.map(([, file], n) => ({ fileName: `${n}.txt`, bytes: new TextEncoder().encode(`${file}\n`) })),
    )
  }, 60_000)
  afterAll(() => record?.close())

  test.each(BROKEN)('X4 %s: what is found by citing is found by searching', async (_, file, typed) => {
    expect(() => new CitableText(file, [], 'rdg_x').fit({ exact: typed })).not.toThrow()
    const { hits } = await ask(typed, 'passage')
    expect(hits.map(({ text }) => text)).toEqual([file])
  })

  test('X4 a phrase goes on over a word that a line broke, and a hyphen within a line is as it was', async () => {
    expect((await ask('"the demonstration at the quay"', 'passage')).total).toBe(1)
    expect((await ask('cooperation', 'passage')).total).toBe(1)
    expect((await ask('dry-dock', 'passage')).total).toBe(0)
  })

  test('X5 relevance is read from the words kept beside the lines', async () => {
    const rank = async () => (await ask('governor', 'passage')).hits.map((hit) => hit.rank)
    const [before = 0] = await rank()
    expect(before).toBeGreaterThan(0)
    const { owner } = record.workspace.database
    const words = `to_tsvector(s.config, search_fold(s.text))`
    const set = (to: string) =>
      owner.query(`update line_index i set words = ${to} from searched s
                    where s.organisation = i.organisation and s.id = i.line and s.text like '%nor of the island%'`)
    await set("''::tsvector")
    expect(await rank()).toEqual([0])
    await set(words)
    expect(await rank()).toEqual([before])
  })

  test('X7 a matter found under several names is one hit and counts once, on every page', async () => {
    const { total, hits, facets } = await ask('aqtobelik or aktobelik or qumshyq or quay', 'matter')
    expect(hits.map(({ record }) => record).sort()).toEqual([id('old'), id('older'), id('now')].sort())
    expect([total, facets.kind.matter]).toEqual([3, 3])
    const now = hits.find(({ record }) => record === id('now'))
    expect([now?.text, ...(now?.alsoAs ?? [])].sort()).toEqual(['Aktobelik Harbour', 'The grey quay'])
    const typed = 'aqtobelik or aktobelik or qumshyq or quay'
    const one = async (offset: number) =>
      (await record.read((tx) => searchRecord(tx, { typed, kind: 'matter', limit: 1, offset }))).hits
    const paged = [...(await one(0)), ...(await one(1)), ...(await one(2)), ...(await one(3))]
    expect(paged.map((hit) => hit.record)).toEqual(hits.map((hit) => hit.record))
  })

  test('X8 a word that several languages cut alike is looked up once', async () => {
    const asked: unknown[] = []
    await record.read((tx) => {
      const watched: typeof tx = Object.create(tx, {
        query: {
          value: (sql: string, values: unknown[]) => {
            if (sql.includes('search_lines')) asked.push(JSON.parse(String(values[0])).any)
            return tx.query(sql, values)
          },
        },
      })
      return searchRecord(watched, { typed: 'w17x -harbours' })
    })
    expect(asked).toEqual(["'w17x' & !( 'harbour' | 'harbours' )"])
  })

  test('X6 a name that only a merged matter has leads to the one that stands for it, also through another', async () => {
    const found = async (typed: string) => (await ask(typed, 'matter')).hits.map((hit) => hit.record)
    const merge = (from: string, into: string) =>
      record.write((tx) => mergeMatters(tx, { merged: id(from), into: id(into), reason: 'renamed' }))
    expect(await found('qumshyq')).toEqual([id('older')])
    await merge('older', 'old')
    expect(await found('qumshyq')).toEqual([id('old')])
    await merge('old', 'now')
    expect(await found('qumshyq')).toEqual([id('now')])
    expect(await found('aqtobelik')).toEqual([id('now')])
    // A name that both have is one hit.
    expect(await found('grey quay')).toEqual([id('now')])
    await record.write((tx) => splitMatter(tx, { matter: id('old'), reason: 'two places' }))
    expect(await found('qumshyq')).toEqual([id('old')])
    expect((await found('grey quay')).sort()).toEqual([id('now'), id('old')].sort())
    // Verbs raise both together; should they ever come apart, the name does not lead into what is hidden.
    await record.workspace.database.owner.query(
      `update matter set level = 3, "case" = 'cas_elsewhere' where id = $1`,
      [id('old')],
    )
    expect(await found('qumshyq')).toEqual([])
  })
})
