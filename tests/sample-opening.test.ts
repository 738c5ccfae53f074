import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settle } from '../src/ledger/settle.ts'
import { verifyRecord } from '../src/ledger/verify-record.ts'
import { mattersByKey } from '../src/matters/matter-store.ts'
import { describeMatter } from '../src/matters/merge-matters.ts'
import { nameMatters } from '../src/matters/name-matters.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { houseOperations } from '../src/publication/contract.ts'
import { openSample } from '../src/publication/open-sample.ts'
import { readSample, readTour, SAMPLE_FOLDER } from '../src/publication/sample.ts'
import { tourOf } from '../src/publication/tour.ts'
import { searchRecord } from '../src/search/search-record.ts'
import { createApp } from '../src/server/app.ts'
import type { Page } from '../src/server/pages.ts'
import { findDossier, type KnownDossier, openDossier } from '../src/sources/dossier.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { applyCoding } from '../src/statements/apply-coding.ts'
import { checkDossier } from '../src/statements/check-dossier.ts'
import { matterPage } from '../src/statements/matter-page.ts'
import { sourcePage } from '../src/statements/source-page.ts'
import { asActor, readAs, type Tx } from '../src/storage/database.ts'
import { SHARED } from './seeds.ts'
import { testWorkspace } from './workspace.ts'

const sample = readSample()
const SLUG = sample.dossier.slug

describe('the sample in a record of its own', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let dossier: KnownDossier

  const read = <Result>(work: (tx: Tx) => Promise<Result>) =>
    readAs(workspace.database, workspace.actor, work)
  const write = <Result>(work: (tx: Tx) => Promise<Result>) =>
    asActor(workspace.database, workspace.actor, work)

  beforeAll(async () => {
    workspace = await testWorkspace()
    const begun: unknown[] = []
    expect(await openSample(workspace, (what) => begun.push(what))).toBe('opened')
    expect(begun).toEqual([{ notes: sample.notes.length, items: sample.coding.items.length }])
    dossier = await write((tx) => openDossier(tx, SLUG))
  })
  afterAll(() => workspace?.close())

  test('M4 naming twice changes nothing, and a matter that is not there is refused', async () => {
    expect(await write((tx) => nameMatters(tx, sample.names))).toBeNull()
    await expect(write((tx) => nameMatters(tx, { nobody: { names: [] } }))).rejects.toMatchObject({
      code: 'matter_unknown',
    })
  })

  test('N1 the coding applied twice changes nothing', async () => {
    const again = await write((tx) => applyCoding(tx, dossier, sample.coding))
    expect(again).toMatchObject({ added: 0, changed: 0, refused: 0, linksRefused: 0, receipt: null })
    expect(again.unchanged).toBe(sample.coding.items.length)
  })

  test('L1 the sample has a ledger of its own, and it verifies', async () => {
    await settle(workspace)
    expect(await verifyRecord(workspace, { kinds: ALL_KINDS })).toMatchObject({
      state: 'intact',
      altered: [],
    })
  })

  test('R4 every step of the tour leads to where its matter or words stand', async () => {
    const steps = await read(tourOf)
    expect(steps.map(({ id }) => id)).toEqual(readTour().map(({ id }) => id))
    expect(steps.length).toBeGreaterThanOrEqual(6)
    expect(steps.length).toBeLessThanOrEqual(10)
    for (const { path } of steps) {
      const [, slug, door, id] = path.split(/[/?]/)
      expect(slug).toBe(SLUG)
      if (door === 'matter') {
        const page = await read((tx) => matterPage(tx, id ?? ''))
        const aspect = new URL(path, 'http://localhost').searchParams.get('aspect')
        if (aspect !== null) expect(page.accounts.map((one) => one.aspect)).toContain(aspect)
      }
      if (door === 'source') {
        const at = new URL(path, 'http://localhost').searchParams.get('at')
        const page = await read((tx) => sourcePage(tx, id ?? ''))
        expect(page.statements.map((one) => one.id)).toContain(at)
      }
      if (door === 'search') {
        const typed = new URL(path, 'http://localhost').searchParams.get('q') ?? ''
        expect((await read((tx) => searchRecord(tx, { typed, dossier: dossier.id }))).total).toBeGreaterThan(
          3,
        )
      }
    }
  })

  test('R3 a second start finds the sample there and keeps what was changed in it', async () => {
    const id = (await read((tx) => mattersByKey(tx, ['maidan']))).get('maidan')?.id ?? ''
    await write((tx) => describeMatter(tx, id, { note: 'Changed by whoever looks around.' }))
    expect(await openSample(workspace)).toBe('there already')
    const page = await read((tx) => matterPage(tx, id))
    expect(page.matter.note).toBe('Changed by whoever looks around.')
  })

  test('R4 the house gives the tour of a sample, and none of other records', async () => {
    const tourIn = async (sampled: boolean) => {
      const app = createApp(
        { ...workspace, sample: sampled },
        { port: 7319, key: 'key', pages: new Map<string, Page>() },
      )
      const answer = await app.request('http://localhost:7319/api/house', {
        headers: { host: 'localhost:7319', authorization: 'Bearer key' },
      })
      return houseOperations.house.answer.parse(await answer.json()).tour
    }
    expect(await tourIn(true)).toEqual(await read(tourOf))
    expect(await tourIn(false)).toEqual([])
  })

  test('R4 a step to what is no longer there is left out', async () => {
    const empty = await testWorkspace()
    try {
      const tour = () => readAs(empty.database, empty.actor, tourOf)
      expect(await tour()).toEqual([])
      await asActor(empty.database, empty.actor, (tx) => openDossier(tx, SLUG))
      const doors = readTour().filter(({ place }) => !['matter', 'source'].includes(place.door))
      expect((await tour()).map(({ id }) => id)).toEqual(doors.map(({ id }) => id))
    } finally {
      await empty.close()
    }
  })
})

describe('opening the sample', () => {
  test('R3 an opening that was cut off after the notes is finished', async () => {
    const workspace = await testWorkspace()
    try {
      const dossier = await asActor(workspace.database, workspace.actor, (tx) =>
        openDossier(tx, SLUG, sample.dossier.title),
      )
      await takeIn(workspace, dossier, sample.notes.slice(0, 3))
      expect(await openSample(workspace)).toBe('opened')
      const result = await readAs(workspace.database, workspace.actor, (tx) => checkDossier(tx, dossier))
      expect(result.passages.intact).toBe(sample.coding.items.length)
    } finally {
      await workspace.close()
    }
  })

  test('R2 the sample is not put beside work that is there', async () => {
    const workspace = await testWorkspace()
    try {
      await asActor(workspace.database, workspace.actor, (tx) => openDossier(tx, 'my-own-work'))
      await expect(openSample(workspace)).rejects.toMatchObject({ code: 'sample_beside_work' })
      const found = await readAs(workspace.database, workspace.actor, (tx) => findDossier(tx, SLUG))
      expect(found).toBeNull()
    } finally {
      await workspace.close()
    }
  })
})

describe('the texts of the sample', () => {
  const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const files = readdirSync(SAMPLE_FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(txt|json)$/.test(name),
  )

  test('R5 every matter has a name in Latin, Russian and Kazakh spelling', () => {
    const bare = sample.coding.matters.filter(({ key }) => {
      const languages = (sample.names[key]?.names ?? []).map(({ language }) => language)
      return !languages.includes('ru') || !languages.includes('kk')
    })
    // Two outlets are written in Latin letters everywhere.
    expect(bare.map(({ key }) => key).sort()).toEqual(['crossroads-asia', 'geneva-solutions'])
  })

  test('R5 every source says how it came, and that its writer is invented', () => {
    for (const { fileName, facts } of sample.notes) {
      expect(facts?.provenance).toMatchObject({
        outlet: expect.any(String),
        occasion: expect.any(String),
        obtained: expect.stringMatching(/fictional/),
        suppliedByParty: expect.any(Boolean),
        independence: expect.any(String),
      })
      expect(existsSync(join(SAMPLE_FOLDER, 'notes', fileName))).toBe(true)
    }
  })

  test('R4 every text of the tour exists in three languages, each its own', () => {
    for (const { title, text } of readTour()) {
      expect(new Set([title.en, title.ru, title.kk]).size).toBe(3)
      expect(new Set([text.en, text.ru, text.kk]).size).toBe(3)
      for (const one of [title.ru, title.kk, text.ru, text.kk]) expect(one).toMatch(/\p{Script=Cyrillic}/u)
      expect(text.en.length).toBeLessThan(260)
    }
  })

  test('R5 no quoted phrase is longer than ten words', () => {
    for (const name of files.filter((one) => one.endsWith('.txt'))) {
      const quoted = readFileSync(join(SAMPLE_FOLDER, name), 'utf8').match(/“[^”]*”/gu) ?? []
      for (const one of quoted) expect(wordsOf(one).length, one).toBeLessThanOrEqual(10)
    }
  })

  test.skipIf(SHARED === null)('R5 no twelve words in a row are those of an article', () => {
    const folder = join(SHARED ?? '', 'seeds')
    const runs = new Set<string>()
    for (const name of readdirSync(folder).filter((one) => one.endsWith('.txt'))) {
      const words = wordsOf(readFileSync(join(folder, name), 'utf8'))
      for (let n = 0; n + 12 <= words.length; n += 1) runs.add(words.slice(n, n + 12).join(' '))
    }
    expect(runs.size).toBeGreaterThan(1000)
    for (const name of files) {
      const words = wordsOf(readFileSync(join(SAMPLE_FOLDER, name), 'utf8'))
      for (let n = 0; n + 12 <= words.length; n += 1) {
        const run = words.slice(n, n + 12).join(' ')
        expect(runs.has(run), `${name}: ${run}`).toBe(false)
      }
    }
  })
})
