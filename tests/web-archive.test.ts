import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type KnownDossier, openDossier } from '../src/sources/dossier.ts'
import { readOriginalBytes } from '../src/sources/read-original.ts'
import { findSource } from '../src/sources/source-store.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { asActor, readAs } from '../src/storage/database.ts'
import { AT, aWacz, PAGE, WARC } from './a-web-archive.ts'
import { aZip } from './a-zip.ts'
import { testWorkspace } from './workspace.ts'

const FIXTURES = fileURLToPath(new URL('../../shared/data/fixtures/web-archives/', import.meta.url))
const read = (bytes: Uint8Array, fileName: string) => readOriginalBytes(bytes, { fileName })

describe('archives of the web', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let dossier: KnownDossier
  beforeAll(async () => {
    workspace = await testWorkspace()
    dossier = await asActor(workspace.database, workspace.actor, (tx) => openDossier(tx, 'web'))
  })
  afterAll(() => workspace?.close())

  test.each([
    ['as it is', WARC, 'crawl.warc'],
    ['packed', gzipSync(WARC), 'crawl.warc.gz'],
    [
      'packed record by record, as crawlers do',
      Buffer.concat([gzipSync(WARC), gzipSync(WARC.subarray(0, 0))]),
      'crawl.warc',
    ],
  ])(
    'S56 a WARC %s: a list of what it holds, and its pages as they were meant',
    async (_, bytes, fileName) => {
      const { reading, mediaType } = await read(bytes, fileName)
      expect(mediaType).toBe('application/warc')
      expect(reading.inside?.map(({ fileName, captured }) => [fileName, captured])).toEqual([
        ['1-gazette.example-fire.html', { address: 'https://gazette.example/fire', at: AT }],
        ['2-gazette.example-packed.html', { address: 'https://gazette.example/packed?x=1', at: AT }],
      ])
      for (const { bytes } of reading.inside ?? []) expect(Buffer.from(bytes).toString()).toBe(PAGE)
      expect(reading.text).toContain('https://gazette.example/gone')
      expect(reading.body.structure?.tables?.[0]?.rows.length).toBe(5)
    },
  )

  test('S56 each page is a source of its own, with its address and when it was taken', async () => {
    const [archive, first] = await takeIn(workspace, dossier, [
      { fileName: 'crawl.wacz', bytes: await aWacz() },
    ])
    expect(archive).toMatchObject({ outcome: 'added' })
    expect(archive?.warnings?.map(({ code }) => code)).toEqual([
      'archive_hashes_hold',
      'archive_signature_holds',
    ])
    const known = await readAs(workspace.database, workspace.actor, (tx) =>
      findSource(tx, first?.source ?? ''),
    )
    expect(known?.source).toMatchObject({
      title: 'Fire at the pier',
      within: archive?.source,
      provenance: { url: 'https://gazette.example/fire', captured: AT },
    })
  })

  test.each([
    [
      'a list that names another hash',
      { list: (all: object[]) => all.map((one) => ({ ...one, hash: `sha256:${'0'.repeat(64)}` })) },
      'archive_hashes_differ',
      'archive_signature_holds',
    ],
    [
      'an archive that is not on its list',
      { list: (all: object[]) => all.slice(1) },
      'archive_hashes_differ',
      'archive_signature_holds',
    ],
    ['a signature over something else', { lie: true }, 'archive_hashes_hold', 'archive_signature_fails'],
    ['no signature', { sign: false }, 'archive_hashes_hold', 'archive_unsigned'],
  ])('S56 of a WACZ with %s that is said', async (_, how, hashes, signature) => {
    const { reading } = await read(await aWacz(how), 'crawl.wacz')
    expect(reading.warnings.map(({ code }) => code)).toEqual([hashes, signature])
  })

  test.each([
    ['a zip that is called one', () => aZip({ 'a.txt': 'Boats' }), 'crawl.wacz', 'kind_disagrees'],
    [
      'something packed that is none',
      async () => gzipSync('boats '.repeat(90)),
      'crawl.warc.gz',
      'file_damaged',
    ],
    [
      'something packed and broken',
      async () => gzipSync(WARC).subarray(0, 200),
      'crawl.warc.gz',
      'file_damaged',
    ],
    ['a bomb', async () => gzipSync(Buffer.alloc(220 * 1024 * 1024)), 'crawl.warc.gz', 'unpacks_too_large'],
    [
      'a record without its length',
      async () => Buffer.from('WARC/1.0\r\nWARC-Type: response\r\n\r\n'),
      'crawl.warc',
      'file_damaged',
    ],
  ])('S56 %s is refused', async (_, make, fileName, code) => {
    await expect(read(await make(), fileName)).rejects.toMatchObject({ code })
  })

  test.skipIf(!existsSync(FIXTURES))(
    'S56 archives of other projects: their pages, hashes and signatures',
    async () => {
      const of = async (name: string) => {
        const { reading } = await read(readFileSync(join(FIXTURES, name)), name)
        return {
          codes: reading.warnings.map(({ code }) => code),
          pages: reading.inside?.length,
          text: reading.text,
        }
      }
      expect(await of('valid_signed_example_1.wacz')).toMatchObject({
        codes: ['archive_hashes_hold', 'archive_signature_holds'],
        pages: 1,
        text: expect.stringContaining('https://example.com/'),
      })
      expect((await of('valid_example_1.wacz')).codes[1]).toBe('archive_unsigned')
      expect((await of('example-iana.warc')).pages).toBeGreaterThan(0)
      expect((await of('example-resource.warc.gz')).text).toContain('http')
    },
  )
})
