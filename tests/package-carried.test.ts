import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256Hex } from '../src/foundation/hashing.ts'
import { makePackage } from '../src/publication/make-package.ts'
import { verifyPackage } from '../src/publication/verify-package.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { applyCoding } from '../src/statements/apply-coding.ts'
import { readCodingFile } from '../src/statements/coding-format.ts'
import { exportCoding } from '../src/statements/export-coding.ts'
import { asActor, readAs, type Tx } from '../src/storage/database.ts'
import type { Workspace } from '../src/storage/workspace.ts'
import { membersOf } from './package-tampering.ts'
import { testWorkspace } from './workspace.ts'

const PAGE =
  '<!doctype html><html><head><title>Harbour</title></head><body><p>The third log &amp; its copy.</p></body></html>'
const FIRST = 'The first log of the pier.\n'
const SECOND = 'The second log of the pier, found later.\n'

/** The package of a dossier that two sources of one name and a page stand in, carried to another record. */
describe('a package carried elsewhere', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-carried-'))
  const path = join(folder, 'pier.zip')
  let here: Workspace
  let there: Workspace
  const write = <T>(house: Workspace, work: (tx: Tx) => Promise<T>) =>
    asActor(house.database, house.actor, work)
  const apply = (house: Workspace, slug: string, coding: object) =>
    write(house, async (tx) =>
      applyCoding(tx, await openDossier(tx, slug), readCodingFile(JSON.stringify(coding))),
    )
  const exported = (house: Workspace, slug: string) =>
    write(house, async (tx) => exportCoding(tx, await openDossier(tx, slug)))
  const take = async (house: Workspace, slug: string, files: [fileName: string, bytes: string | Buffer][]) =>
    takeIn(
      house,
      await write(house, (tx) => openDossier(tx, slug)),
      files.map(([fileName, bytes]) => ({ fileName, bytes: Buffer.from(bytes) })),
    )
  const item = (id: string, source: string, exact: string) => ({
    id,
    target: { source, selector: { type: 'TextQuoteSelector', exact } },
    body: { type: 'Statement', kind: 'report' },
  })
  const bytesOf = (text: string) => `sha256:${sha256Hex(text)}`
  let coding: ReturnType<typeof readCodingFile>
  let originals: [string, Buffer][]

  beforeAll(async () => {
    here = await testWorkspace()
    there = await testWorkspace()
    await take(here, 'pier', [
      ['log.txt', FIRST],
      ['log.txt', SECOND],
      ['page.html', PAGE],
      ['b/page.html', '<p>Another page of the pier.</p>'],
    ])
    const { refused } = await apply(here, 'pier', {
      items: [
        item('P1', bytesOf(FIRST), 'first log'),
        item('P2', bytesOf(SECOND), 'second log'),
        item('P3', 'page.html', 'third log & its copy'),
      ],
    })
    expect(refused).toBe(0)
    const dossier = await write(here, (tx) => openDossier(tx, 'pier'))
    await makePackage(here, dossier, path)
    const members = new Map(membersOf(path))
    coding = readCodingFile(members.get('coding.json')?.toString() ?? '')
    originals = [...members]
      .filter(([name]) => name.startsWith('originals/'))
      .map(([name, bytes]) => [name.slice('originals/'.length), bytes])
  })
  afterAll(async () => {
    await here?.close()
    await there?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('N13 sources of one name are called by their bytes, others by their names, and the head lists all', async () => {
    expect(coding.sources).toEqual(
      expect.arrayContaining([
        { source: 'page.html', sha256: sha256Hex(PAGE) },
        { source: bytesOf(FIRST), sha256: sha256Hex(FIRST) },
        { source: bytesOf(SECOND), sha256: sha256Hex(SECOND) },
      ]),
    )
    expect(coding.sources).toHaveLength(3)
    expect((coding.items as { target: { source: string } }[]).map(({ target }) => target.source)).toEqual([
      bytesOf(FIRST),
      bytesOf(SECOND),
      'page.html',
    ])
    expect(await apply(here, 'pier', coding)).toMatchObject({ unchanged: 3, refused: 0, receipt: null })
    expect(verifyPackage(path, undefined)).toMatchObject({ state: 'intact', altered: [] })
  })

  test('N13 its coding applies to its own originals, taken in under their hashes; twice changes nothing', async () => {
    expect(originals).toHaveLength(4)
    await take(there, 'carried', originals)
    expect(await apply(there, 'carried', coding)).toMatchObject({ added: 3, refused: 0 })
    expect(await apply(there, 'carried', coding)).toMatchObject({ added: 0, unchanged: 3, receipt: null })
    const again = await exported(there, 'carried')
    expect(await apply(there, 'carried', again)).toMatchObject({ added: 0, unchanged: 3, receipt: null })
  })

  test('N13 the bytes listed are meant before a name that other bytes have; where they are not here, the name', async () => {
    await take(there, 'both', [...originals, ['page.html', 'No such words stand here.\n']])
    expect(await apply(there, 'both', coding)).toMatchObject({ added: 3, refused: 0 })
    await take(there, 'named', [['page.html', `${PAGE}\n`]])
    const outcome = await apply(there, 'named', coding)
    expect(outcome.items.map(({ code, outcome: what }) => code ?? what)).toEqual([
      'source_unknown',
      'source_unknown',
      'added',
    ])
  })

  test('N13 a name that two different bytes are listed for is ambiguous', async () => {
    const sources = [FIRST, SECOND].map((text) => ({ source: 'old.txt', sha256: sha256Hex(text) }))
    const outcome = await apply(there, 'carried', { sources, items: [item('P9', 'old.txt', 'of the pier')] })
    expect(outcome.items).toMatchObject([{ outcome: 'refused', code: 'source_ambiguous' }])
    expect(await readAs(there.database, there.actor, (tx) => openedItems(tx))).not.toContain('P9')
  })
})

async function openedItems(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ item: string }>('select item from statement where organisation = $1', [
    tx.actor.organisation,
  ])
  return rows.map(({ item }) => item)
}
