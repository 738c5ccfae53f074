import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mattersByKey } from '../src/matters/matter-store.ts'
import { openSample } from '../src/publication/open-sample.ts'
import { readSample } from '../src/publication/sample.ts'
import { searchRecord } from '../src/search/search-record.ts'
import { findDossier, type KnownDossier } from '../src/sources/dossier.ts'
import { sourcesOfDossier } from '../src/sources/source-store.ts'
import { type CheckResult, checkDossier } from '../src/statements/check-dossier.ts'
import { deskOf } from '../src/statements/desk.ts'
import { matterPage } from '../src/statements/matter-page.ts'
import type { MatterPageView, SourcePageView, TimelineView } from '../src/statements/page-shapes.ts'
import { sourcePage } from '../src/statements/source-page.ts'
import { timelineOf } from '../src/statements/timeline.ts'
import type { StatementView } from '../src/statements/view-shapes.ts'
import { readAs, type Tx } from '../src/storage/database.ts'
import { testWorkspace } from './workspace.ts'

const sample = readSample()
const SLUG = sample.dossier.slug

describe('the shipped sample', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let dossier: KnownDossier
  let check: CheckResult
  let desk: Awaited<ReturnType<typeof deskOf>>
  let timeline: TimelineView
  const pages = new Map<string, SourcePageView>()

  const read = <Result>(work: (tx: Tx) => Promise<Result>) =>
    readAs(workspace.database, workspace.actor, work)

  beforeAll(async () => {
    workspace = await testWorkspace()
    expect(await openSample(workspace)).toBe('opened')
    await read(async (tx) => {
      const found = await findDossier(tx, SLUG)
      if (!found) throw new Error('The sample was not opened.')
      dossier = found
      check = await checkDossier(tx, dossier)
      desk = await deskOf(tx, dossier)
      timeline = await timelineOf(tx, dossier)
      for (const { id, source } of await sourcesOfDossier(tx, dossier.id))
        pages.set(source.fileName ?? '', await sourcePage(tx, id))
    })
  })
  afterAll(() => workspace?.close())

  /** The statement of an item as the reading room shows it. */
  function said(item: string): StatementView {
    const found = [...pages.values()].flatMap(({ statements }) => statements).find((one) => one.item === item)
    if (!found) throw new Error(`No reading room shows ${item}.`)
    return found
  }
  function remark(item: string) {
    const page = [...pages.values()].find(({ remarks }) => remarks.some((one) => one.item === item))
    const found = page?.remarks.find((one) => one.item === item)
    if (!page || !found) throw new Error(`No reading room shows ${item}.`)
    return { ...found, words: page.passages.filter(({ id }) => found.passages.includes(id)) }
  }
  async function pageOf(key: string): Promise<MatterPageView> {
    return read(async (tx) => {
      const known = (await mattersByKey(tx, [key])).get(key)
      return matterPage(tx, known?.id ?? key)
    })
  }
  /** What a page shows under one aspect: item, value, speaker, column. */
  function rowsOf(page: MatterPageView, aspect: string) {
    const account = page.accounts.find((one) => one.aspect === aspect)
    return (account?.entries ?? []).flatMap(({ statement, n }) => {
      const view = page.statements[statement]
      const entry = view?.about.find((one) => one.n === n)
      if (!view || !entry) return []
      const speaker = view.chain.at(-1)?.speakers[0]?.name ?? null
      return [{ item: view.item, value: entry.value?.text ?? null, speaker, group: view.group, entry }]
    })
  }
  const conflictOn = (matter: string, aspect: string) =>
    check.conflicts.find((one) => one.matter === matter && one.aspect === aspect)
  const pointsOf = (name: string) => timeline.lanes.find(({ matter }) => matter.name === name)?.points ?? []
  const codedBody = (item: string) => {
    const found = sample.coding.items.find(
      (one) => typeof one === 'object' && one !== null && 'id' in one && one.id === item,
    )
    return (found as { body: Record<string, unknown> }).body
  }

  test('R2 every item has its words intact, and nobody is left without a speaker', () => {
    expect(check.passages).toEqual({ intact: sample.coding.items.length, moved: 0, lost: 0 })
    expect(check.speakerless).toEqual([])
    expect(desk.unread).toEqual([])
    expect(desk.unsettled).toEqual([])
    expect(desk.counts).toMatchObject({ sources: 7 })
    expect(desk.counts.statements).toBeGreaterThan(90)
    expect(desk.counts.matters).toBeGreaterThan(60)
  })

  test('T1 the slip of the year is kept as stated, a correction is proposed with a reason and waits', async () => {
    expect(conflictOn('kiai-visit', 'day')).toMatchObject({ by: 'containment', items: ['A032', 'A041'] })
    const days = rowsOf(await pageOf('kiai-visit'), 'day')
    expect(days.map(({ value, entry }) => [value, entry.normalised?.text, entry.state])).toEqual([
      ['2014-01-23', '2015-01-23?', 'proposed'],
      ['2014-01-24', '2015-01-24?', 'proposed'],
    ])
    expect(rowsOf(await pageOf('kiai-visit'), 'when').map(({ value }) => value)).toContain(
      '2015-01-19/2015-01-27',
    )
    expect(desk.proposals).toHaveLength(1)
    expect(desk.proposals[0]?.entries).toHaveLength(4)
    expect(desk.proposals[0]?.reason).toMatch(/second reader/)
    expect(pointsOf('Kiai’s visit to Kazakhstan').filter(({ corrected }) => corrected)).toHaveLength(2)
  })

  test('T2 one event keeps a label for each source, and labels are no conflict', async () => {
    const page = await pageOf('zhanaozen-2011')
    expect(
      rowsOf(page, 'label')
        .map(({ value, speaker }) => [value, speaker])
        .sort(),
    ).toEqual([
      ['deadly clashes', 'Geneva Solutions'],
      ['massacre', 'Crossroads Asia'],
    ])
    expect(page.conflicts).toEqual([])
    expect(page.matter.name).not.toMatch(/massacre|clashes/)
  })

  test('T3 signatures and members stand side by side as a conflict of numbers and unit', async () => {
    const page = await pageOf('registration-of-parties')
    const units = rowsOf(page, 'threshold').map(({ entry: { value } }) => [
      value?.quantity?.lower,
      value?.quantity?.unit,
    ])
    for (const one of [
      [50000, 'signatures'],
      [3000, 'signatures'],
      [20000, 'members'],
      [5000, 'members'],
      [40000, 'members'],
    ])
      expect(units).toContainEqual(one)
    expect(conflictOn('registration-of-parties', 'threshold')).toMatchObject({
      by: 'values',
      items: ['B068', 'P001'],
    })
    expect(remark('B069').label).toBe('unit')
  })

  test('T4 an upper bound stays one, and the counts of the package do not agree', async () => {
    const counts = rowsOf(await pageOf('new-kazakhstan'), 'count').map(({ item, entry: { value } }) => [
      item,
      value?.quantity?.lower ?? null,
      value?.quantity?.upper ?? null,
      value?.quantity?.scope,
    ])
    expect(counts).toContainEqual(['B018', null, 30, 'all measures'])
    expect(counts).toContainEqual(['R002', 20, null, 'laws'])
    expect(conflictOn('new-kazakhstan', 'count')).toMatchObject({ items: ['B018', 'R001', 'R003'] })
    expect(check.tensions).toContainEqual(expect.objectContaining({ from: 'R004', to: 'B018' }))
  })

  test('T5 the year of the law as stated stands beside its date, and its versions follow each other', async () => {
    const page = await pageOf('ombudsman-law')
    expect(
      rowsOf(page, 'enacted')
        .map(({ value }) => value)
        .sort(),
    ).toEqual(['2019', '2021-12-29'])
    expect(conflictOn('ombudsman-law', 'enacted')).toMatchObject({ items: ['B059', 'L001'] })
    expect(
      rowsOf(page, 'version')
        .map(({ value }) => value)
        .sort(),
    ).toEqual(['Constitutional law No. 154-VII', 'Law No. 90-VII'])
    const later = await pageOf('constitutional-law-154-vii')
    expect(rowsOf(later, 'enacted')[0]?.value).toBe('2022-11-05')
    expect(rowsOf(later, 'replaces')[0]?.value).toBe('Law No. 90-VII')
  })

  test('T6 the broken sentence keeps its readings, yields no value and is withheld from the public', async () => {
    const view = said('B054')
    expect(view.ambiguity?.readings).toHaveLength(3)
    expect(view.publishable).toBe(false)
    expect(view.about[0]?.value).toBeNull()
    expect(remark('B055')).toMatchObject({ label: 'garbled' })
    expect(remark('B055').readings.length).toBeGreaterThan(1)
    for (const finding of desk.findings) expect(finding.for).not.toContain(view.id)
  })

  test('T7 the target has a deadline and a change, and says that it cannot be measured yet', async () => {
    const page = await pageOf('halve-domestic-violence')
    expect(rowsOf(page, 'deadline')[0]?.value).toBe('/2050')
    expect(rowsOf(page, 'change')[0]?.entry.value?.quantity?.lower).toBe(-0.5)
    const aspects = page.accounts.map(({ aspect }) => aspect)
    for (const one of ['baseline', 'indicator']) expect(aspects).not.toContain(one)
    expect(page.matter.note).toMatch(/Not measurable yet/)
    expect(codedBody('B083').open).toEqual(expect.any(String))
  })

  test('T8 a vague number stays a word, and later figures have their own scope and day', async () => {
    const killed = rowsOf(await pageOf('january-2022'), 'killed')
    const vague = killed.find(({ item }) => item === 'B030')
    expect(vague).toMatchObject({ value: 'hundreds', group: 'unknown' })
    expect(vague?.entry.value?.quantity).toMatchObject({ lower: 200, upper: 999, vague: true })
    const figures = killed.filter(({ entry }) => entry.value?.quantity?.scope === 'official figure')
    expect(figures.map(({ entry }) => entry.value?.quantity?.lower).sort()).toEqual([230, 232, 238, 241])
    expect(new Set(figures.map(({ entry }) => entry.value?.quantity?.asOf)).size).toBe(4)
    expect(killed.map(({ entry }) => entry.value?.quantity?.lower)).toEqual(
      expect.arrayContaining([188, 221]),
    )
    expect(conflictOn('january-2022', 'killed')).toBeUndefined()
  })

  test('T9 errors of the source stay as they are, marked sic', () => {
    expect(remark('A016')).toMatchObject({ label: 'sic', words: [{ exact: 'representative no the' }] })
    expect(remark('A071')).toMatchObject({ label: 'sic', words: [{ exact: 'rapporteurs’ assessment' }] })
  })

  test.each([
    ['A022', 'kiai-visit', '2015-01~'],
    ['B005', 'exhibition-ordinary-objects', '2022-04-25/..'],
    ['B034', 'call-of-ohchr', '2022-01~'],
    ['B090', 'officials-in-brussels', '2022-04~'],
  ])('T10 the relative date of %s becomes an interval with its rule', async (item, matter, interval) => {
    const row = rowsOf(await pageOf(matter), 'when').find((one) => one.item === item)
    expect(row?.value).toBeNull()
    expect(row?.entry).toMatchObject({ state: 'proposed', normalised: { text: interval } })
    expect(row?.entry.reason).toMatch(/^Relative date/)
    expect(said(item).passages[0]?.exact).toContain(row?.entry.asStated)
  })

  test('T11 a headline that stands three times counts once, and lines of the page are no origin', () => {
    expect(said('A005').passages[0]?.marked).toBeNull()
    for (const item of ['A002', 'A006']) expect(remark(item).words[0]?.marked).toBe('repeat')
    for (const item of ['A003', 'A004']) expect(remark(item).words[0]?.marked).not.toBeNull()
    const headline = pages
      .get('first-article.txt')
      ?.statements.filter(({ about }) =>
        about.some(({ value }) => value?.text === 'slams Kazakhstan on rights'),
      )
    expect(headline).toHaveLength(1)
  })

  test('T12 every arrest and mostly theft contradict each other by a link', () => {
    expect(conflictOn('investigations-of-january', 'covers')).toMatchObject({
      by: 'link',
      items: ['B035', 'B053'],
    })
  })

  test('T13 a claim for which nobody is named waits on the desk', () => {
    expect(said('B035')).toMatchObject({ missing: true, group: 'unknown' })
    expect(desk.hidden.map(({ item }) => item)).toContain('B035')
    expect(check.hiddenSpeakers).toContain('B035')
  })

  test('T14 the chain goes from the reader through outlet and ambassador to the president', () => {
    expect(said('B011').chain.map(({ speakers }) => speakers[0]?.name)).toEqual([
      'Marigold Inkwell',
      'Geneva Solutions',
      'Yerlan Alimbayev',
      'Kassym-Jomart Tokayev',
    ])
  })

  test('T15 who announced the target is not who is bound by it', async () => {
    const page = await pageOf('halve-domestic-violence')
    expect(rowsOf(page, 'owner').map(({ value }) => value)).toEqual(['Government of Kazakhstan'])
    expect(rowsOf(page, 'announcer').map(({ value }) => value)).toEqual(['Elvira Azimova'])
  })

  test('T16 two commissioners in one sentence stay two', async () => {
    const { statements, accounts } = await pageOf('azimova-meets-bachelet')
    expect(accounts.find(({ aspect }) => aspect === 'participant')?.total).toBe(2)
    expect(Object.values(statements).map(({ item }) => item)).toEqual(['B051'])
    const [one, other] = [await pageOf('elvira-azimova'), await pageOf('michelle-bachelet')]
    expect(one.matter.id).not.toBe(other.matter.id)
    expect([...one.merged, ...other.merged]).toEqual([])
    expect(rowsOf(one, 'role').map(({ value }) => value)).toEqual(['national human rights commissioner'])
    expect(rowsOf(other, 'role').map(({ value }) => value)).toEqual(['UN human rights commissioner'])
  })

  test('T17 Astana is the government where it means the government, and the city has its names by date', async () => {
    expect(remark('A018')).toMatchObject({ matter: { name: 'Government of Kazakhstan' } })
    const state = await pageOf('government-of-kazakhstan')
    expect(state.matter.names).toContainEqual(expect.objectContaining({ text: 'Astana', use: 'metonym' }))
    const city = await pageOf('capital-of-kazakhstan')
    expect(city.matter.kind).toBe('place')
    expect(city.matter.names).toContainEqual({
      text: 'Nur-Sultan',
      language: 'en',
      use: 'dated',
      from: '2019-03-23',
      to: '2022-09-17',
    })
  })

  test('T18 the regional department is of the ministry’s family and not the ministry', async () => {
    const [office, ministry] = [
      await pageOf('mangistau-interior-department'),
      await pageOf('ministry-of-home-affairs'),
    ]
    expect(office.matter.parent?.id).toBe(ministry.matter.id)
    expect(office.matter.id).not.toBe(ministry.matter.id)
    const head = await pageOf('head-of-mangistau-interior-department')
    expect(rowsOf(head, 'part of').map(({ value }) => value)).toEqual([office.matter.name])
  })

  test.each([
    ['A046', ['confession']],
    ['A063', ['extremism', 'ISIS']],
    ['B040', ['terrorists']],
    ['B087', ['politically sensitive']],
  ])('T19 scare quotes of %s are kept, and never become a term', (item, words) => {
    const view = said(item)
    expect(view.scareQuoted).toEqual(words)
    const terms = view.about.filter(({ value }) => value?.type === 'term').map(({ value }) => value?.text)
    for (const one of words) expect(terms).not.toContain(one)
  })

  test('T20 praise in the critical text and criticism in the friendly one are both coded', () => {
    expect(codedBody('A058').balance).toBe('favourable')
    expect(codedBody('B026').balance).toBe('critical')
    expect(codedBody('B063').balance).toBe('favourable')
    expect(codedBody('B064').balance).toBe('critical')
    expect(check.tensions).toContainEqual(expect.objectContaining({ from: 'B064', to: 'B063' }))
    expect(said('A058').note).toMatch(/Praise/)
  })

  test('T21 sponsor and provider of the exhibition are the State, and the page says so', async () => {
    const exhibition = await pageOf('exhibition-ordinary-objects')
    expect(rowsOf(exhibition, 'organiser').map(({ value }) => value)).toEqual([
      'Mission of Kazakhstan to the UN in Geneva',
    ])
    expect(rowsOf(exhibition, 'co-sponsor')).toHaveLength(3)
    const stories = await pageOf('stories-of-the-exhibition')
    expect(rowsOf(stories, 'provider').map(({ value, group }) => [value, group])).toEqual([
      ['Ministry of Home Affairs', 'unknown'],
    ])
    expect(said('B010').checks).toContain('interest')
    expect(codedBody('B003').suppliedBy).toBe('mission-of-kazakhstan-in-geneva')
  })

  test('T22 the detained man is guarded, and the reason for naming him stands beside his name', async () => {
    expect(codedBody('B077').protected).toEqual(['zhanbolat-mamay'])
    expect(said('B077').note).toMatch(/Consent .* not known/)
    expect((await pageOf('zhanbolat-mamay')).matter.note).toMatch(/public figure/)
  })

  test('V1 rights, affected groups and targets are tagged from their lists', async () => {
    const tagsOn = async (key: string) =>
      (await pageOf(key)).tags.map(({ scheme, term }) => `${scheme} ${term}`)
    expect((await tagsOn('halve-domestic-violence')).sort()).toEqual([
      'affected-groups women-and-girls',
      'sdg-targets 5.2',
      'sdg-targets 5.2.1',
    ])
    expect(await tagsOn('freedom-of-religion')).toEqual(['rights thought-conscience-religion'])
  })

  test('H1 two findings are proposed and wait for a second reader', () => {
    expect(desk.findings.map(({ state }) => state)).toEqual(['proposed', 'proposed'])
    expect(desk.findings.map(({ met }) => met).sort()).toEqual([false, true])
    for (const finding of desk.findings) expect(finding.against.length).toBeGreaterThan(0)
  })

  test('R2 the narrative shows who puts it forward, repeats, endorses, disputes and does not deny', async () => {
    const page = await pageOf('who-started-january')
    const claim = page.accounts.find(({ aspect }) => aspect === 'claim')
    const stances = Object.fromEntries(
      (claim?.values ?? []).map(({ text, stands }) => [
        text,
        stands.map(({ statement, stance }) => `${page.statements[statement]?.item} ${stance}`),
      ]),
    )
    expect(stances['terrorists started the unrest']).toEqual([
      'B039 puts forward',
      'B040 repeats',
      'B041 endorses',
      'B043 disputes',
    ])
    expect(stances['the protests turned violent']).toEqual(['B029 puts forward', 'B042 does not deny'])
    expect(page.commonGround.map(({ text }) => text)).toEqual(['the protests turned violent'])
  })

  test('M2 the two unnamed groups are one by a person’s decision, and both keep their records', async () => {
    const page = await pageOf('photographers-of-the-driver')
    expect(page.matter.name).toBe('Men in a parked car')
    expect(page.merged.map(({ name }) => name)).toEqual(['Those who photographed the driver'])
  })

  test('M3 a matter is found in any of three scripts', async () => {
    for (const typed of ['Aktau airport', 'Аэропорт Актау', 'Ақтау әуежайы']) {
      const { hits } = await read((tx) => searchRecord(tx, { typed, dossier: dossier.id }))
      expect(hits.map(({ text }) => text)).toContain(typed)
    }
    const words = await read((tx) => searchRecord(tx, { typed: 'қолтаңба', dossier: dossier.id }))
    expect(words.hits.map(({ kind }) => kind)).toContain('passage')
  })
})
