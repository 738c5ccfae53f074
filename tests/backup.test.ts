import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPromise } from 'yauzl'
import { settle } from '../src/ledger/settle.ts'
import { verifyRecord } from '../src/ledger/verify-record.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { applyCoding } from '../src/statements/apply-coding.ts'
import { readCodingFile } from '../src/statements/coding-format.ts'
import { backup } from '../src/storage/backup.ts'
import { openBackup } from '../src/storage/backup-file.ts'
import { asActor } from '../src/storage/database.ts'
import { restore } from '../src/storage/restore.ts'
import { openWorkspace, type Workspace } from '../src/storage/workspace.ts'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'
import { debianServer, HAS_DEBIAN_SERVER, type TestServer } from './debian-server.ts'
import { testWorkspace } from './workspace.ts'

const verify = async (workspace: Workspace) => (await verifyRecord(workspace, { kinds: ALL_KINDS })).altered

describe('backup and restore', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let folder: string
  let file: string

  beforeAll(async () => {
    workspace = await testWorkspace()
    folder = mkdtempSync(join(tmpdir(), 'rapporteur-backup-'))
    file = join(folder, 'backup.zip')
    const dossier = await asActor(workspace.database, workspace.actor, (tx) => openDossier(tx, 'harbour'))
    await takeIn(workspace, dossier, [{ fileName: 'harbour.txt', bytes: new TextEncoder().encode(A_TEXT) }])
    await asActor(workspace.database, workspace.actor, (tx) =>
      applyCoding(tx, dossier, readCodingFile(JSON.stringify(A_CODING_FILE))),
    )
    await settle(workspace)
    await backup(workspace, file)
  })
  afterAll(async () => {
    await workspace?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('T10 a backup restored elsewhere is the same record, continues its ledger, and can be worked in', async () => {
    const data = join(folder, 'elsewhere')
    const before = await verifyRecord(workspace, { kinds: ALL_KINDS })
    await restore({ file, data }, { verify })
    const restored = await openWorkspace({ data })
    const after = await verifyRecord(restored, { kinds: ALL_KINDS, since: before.checkpoint ?? '' })
    expect(after).toMatchObject({
      state: 'intact',
      records: before.records,
      entries: before.entries,
      rollback: 'ruled out',
    })
    await asActor(restored.database, restored.actor, (tx) => openDossier(tx, 'more'))
    await settle(restored)
    expect((await verifyRecord(restored, { kinds: ALL_KINDS, since: before.checkpoint ?? '' })).state).toBe(
      'intact',
    )
    await restored.close()
    await expect(restore({ file, data }, { verify })).rejects.toMatchObject({ code: 'record_not_empty' })
  })

  test('T21 what search ranks by is left out of a backup and made again', async () => {
    const made = await openBackup(file)
    expect(made.names).toContain('tables/searched.copy')
    expect(made.names).not.toContain('tables/line_index.copy')
    made.close()
    const data = join(folder, 'ranked')
    await restore({ file, data }, { verify })
    const restored = await openWorkspace({ data })
    const lines = async ({ database }: Workspace) =>
      (await database.owner.query('select line::int, words::text from line_index order by line')).rows
    expect((await lines(restored)).length).toBeGreaterThan(3)
    expect(await lines(restored)).toEqual(await lines(workspace))
    await restored.close()
  })

  test('T11 a backup with any altered byte is refused, and a record half restored does not open until restored again', async () => {
    const bytes = readFileSync(file)
    const places = await dataPlaces(file)
    expect(places.length).toBeGreaterThan(20)
    for (const [n, at] of places.entries()) {
      const altered = Buffer.from(bytes)
      altered[at] = (altered[at] ?? 0) ^ 1
      const path = join(folder, 'altered.zip')
      writeFileSync(path, altered)
      const outcome = restore({ file: path, data: join(folder, `altered-${n}`) }, { verify })
      await expect(outcome).rejects.toMatchObject({
        code: expect.stringMatching(/^backup_(altered|unreadable)$/),
      })
    }
    const data = join(folder, 'failed')
    await expect(
      restore({ file, data }, { verify: async () => [{ sentence: 'It does not verify.' }] }),
    ).rejects.toMatchObject({ code: 'restore_failed' })
    await expect(openWorkspace({ data })).rejects.toMatchObject({ code: 'restore_unfinished' })
    await restore({ file, data }, { verify })
    await (await openWorkspace({ data })).close()
  }, 120_000)

  test.skipIf(!HAS_DEBIAN_SERVER)(
    'T12 it is also the way to a server with another major version (PostgreSQL 15)',
    async () => {
      const server = await debianServer()
      const before = process.env.DATABASE_URL
      process.env.DATABASE_URL = await ownerOn(server)
      try {
        const data = join(folder, 'on-15')
        await restore({ file, data }, { verify })
        const restored = await openWorkspace({ data })
        expect((await restored.database.owner.query('show server_version')).rows[0].server_version).toMatch(
          /^15/,
        )
        expect(await verify(restored)).toEqual([])
        await restored.close()
      } finally {
        if (before === undefined) delete process.env.DATABASE_URL
        else process.env.DATABASE_URL = before
        await server.stop()
      }
    },
    60_000,
  )
})

/** A role that may make roles and owns a database, and no more: what an administrator would give. */
async function ownerOn({ host, user, password }: TestServer): Promise<string> {
  const root = new pg.Client({ host, user, password, database: 'postgres' })
  await root.connect()
  await root.query("create role the_owner login createrole password 'test'")
  await root.query('create database the_record owner the_owner')
  await root.end()
  return `postgresql://the_owner:test@localhost/the_record?host=${encodeURIComponent(host)}`
}

/** The middle of every member's bytes inside a zip. */
async function dataPlaces(file: string): Promise<number[]> {
  const places: number[] = []
  const zip = await openPromise(file)
  for await (const entry of zip.eachEntry()) {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry)
    if (entry.compressedSize > 2) places.push(fileDataStart + Math.floor(entry.compressedSize / 2))
  }
  return places
}
