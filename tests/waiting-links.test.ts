import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { theDossier } from '../src/sources/dossier.ts'
import { exportCoding } from '../src/statements/export-coding.ts'
import { linksAmong, statementsOfDossier } from '../src/statements/statement-store.ts'
import { by, fictionalRecord, type Told } from './fiction.ts'

type Link = { rel: string; to: string; note?: string }

/** One item on a page of its own, so that files can come in any order. */
const item = (id: string, links: Link[] = []): Told => ({
  id,
  source: `${id}.txt`,
  body: { kind: 'report', ...by('Lamp keeper', 'witness'), links },
})

describe('links between coding files', () => {
  let record: Awaited<ReturnType<typeof fictionalRecord>>
  beforeAll(async () => {
    record = await fictionalRecord()
  })
  afterAll(() => record?.close())

  const apply = (slug: string, ...items: Told[]) => record.tell(slug, { matters: [], items })
  const made = (slug: string) =>
    record.read(async (tx) => {
      const statements = await statementsOfDossier(tx, record.dossier(slug))
      const names = new Map(statements.map(({ id, statement }) => [id, statement.item]))
      const links = await linksAmong(tx, [...names.keys()])
      return links
        .map(({ link }) => [names.get(link.from), link.rel, names.get(link.to), link.note].join(' '))
        .sort()
    })
  const nothing = { added: 0, changed: 0, refused: 0, linksRefused: 0, receipt: null }

  test('N10 a link to an item of a later file is made when that file comes; each file again changes nothing', async () => {
    const first = item('A1', [
      { rel: 'contradicts', to: 'B1', note: 'not the same night' },
      { rel: 'answers', to: 'C1' },
    ])
    const noted = await apply('lamps', first)
    expect(noted).toMatchObject({ added: 1, refused: 0, linksRefused: 0 })
    expect(noted.items[0]?.warnings.map(({ code }) => code)).toEqual(['link_waits', 'link_waits'])
    expect(await made('lamps')).toEqual([])
    expect(await apply('lamps', first)).toMatchObject({ ...nothing, unchanged: 1 })

    expect(await apply('lamps', item('B1'))).toMatchObject({ added: 1, refused: 0 })
    expect(await made('lamps')).toEqual(['A1 contradicts B1 not the same night'])
    expect(await apply('lamps', item('C1', [{ rel: 'repeats', to: 'A1' }]))).toMatchObject({ added: 1 })
    const all = ['A1 answers C1 ', 'A1 contradicts B1 not the same night', 'C1 repeats A1 ']
    expect(await made('lamps')).toEqual(all)

    for (const again of [first, item('B1'), item('C1', [{ rel: 'repeats', to: 'A1' }])]) {
      const outcome = await apply('lamps', again)
      expect(outcome).toMatchObject({ ...nothing, unchanged: 1 })
      expect(outcome.items[0]?.warnings).toEqual([])
    }
    expect(await made('lamps')).toEqual(all)
  })

  test('N10 N2 the export carries what waits, and in another dossier it waits there too', async () => {
    await apply('ropes', item('A1', [{ rel: 'disputes', to: 'B1' }]))
    const dossier = await record.read((tx) => theDossier(tx, 'ropes'))
    const file = await record.read((tx) => exportCoding(tx, dossier))
    expect(file.items).toMatchObject([{ id: 'A1', body: { links: [{ rel: 'disputes', to: 'B1' }] } }])
    expect(JSON.stringify(file)).not.toContain('waiting')
  })

  test('N10 a link withdrawn from its file waits no more; one to what is no statement is refused', async () => {
    await apply('sails', item('A1', [{ rel: 'disputes', to: 'B1' }]))
    expect(await apply('sails', item('A1'))).toMatchObject({ changed: 1 })
    await apply('sails', item('B1'))
    expect(await made('sails')).toEqual([])
    const remark = { ...item('R1'), body: { type: 'Remark', remark: 'sic' } }
    const outcome = await apply('sails', remark, item('A2', [{ rel: 'disputes', to: 'R1' }]))
    expect(outcome).toMatchObject({ added: 2, linksRefused: 1 })
    expect(outcome.items[1]?.warnings.map(({ code }) => code)).toEqual(['link_target_unknown'])
  })

  test('N10 an item of the same file that is refused is waited for as well', async () => {
    const bad = { ...item('B1'), body: { ...item('B1').body, about: [{ matter: 'none', aspect: 'x' }] } }
    const outcome = await apply('oars', item('A1', [{ rel: 'supports', to: 'B1' }]), bad)
    expect(outcome).toMatchObject({ added: 1, refused: 1, linksRefused: 0 })
    await apply('oars', item('B1'))
    expect(await made('oars')).toEqual(['A1 supports B1 '])
  })
})
