import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
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
import { asActor } from '../src/storage/database.ts'
import { restore } from '../src/storage/restore.ts'
import { openWorkspace, type Workspace } from '../src/storage/workspace.ts'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'
import { testWorkspace } from './workspace.ts'

const verify = async (workspace: Workspace) => (await verifyRecord(workspace, { kinds: ALL_KINDS })).altered
const DEBIAN = '/usr/lib/postgresql/15/bin'

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
    await restore({ file, data }, verify)
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
    await expect(restore({ file, data }, verify)).rejects.toMatchObject({ code: 'record_not_empty' })
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
      const outcome = restore({ file: path, data: join(folder, `altered-${n}`) }, verify)
      await expect(outcome).rejects.toMatchObject({
        code: expect.stringMatching(/^backup_(altered|unreadable)$/),
      })
    }
    const data = join(folder, 'failed')
    await expect(
      restore({ file, data }, async () => [{ sentence: 'It does not verify.' }]),
    ).rejects.toMatchObject({ code: 'restore_failed' })
    await expect(openWorkspace({ data })).rejects.toMatchObject({ code: 'restore_unfinished' })
    await restore({ file, data }, verify)
    await (await openWorkspace({ data })).close()
  }, 120_000)

  test.skipIf(!existsSync(DEBIAN))(
    'T12 it is also the way to a server with another major version (PostgreSQL 15)',
    async () => {
      const server = await debianServer(folder)
      const before = process.env.DATABASE_URL
      process.env.DATABASE_URL = server.url
      try {
        const data = join(folder, 'on-15')
        await restore({ file, data }, verify)
        const restored = await openWorkspace({ data })
        expect((await restored.database.owner.query('show server_version')).rows[0].server_version).toMatch(
          /^15/,
        )
        expect(await verify(restored)).toEqual([])
        await restored.close()
      } finally {
        if (before === undefined) delete process.env.DATABASE_URL
        else process.env.DATABASE_URL = before
        server.process.kill('SIGINT')
      }
    },
    60_000,
  )
})

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

/** A server of Debian's PostgreSQL 15 in a folder of its own, on a socket alone. */
async function debianServer(folder: string): Promise<{ url: string; process: ChildProcess }> {
  const home = mkdtempSync(join(tmpdir(), 'pg15-'))
  const root = process.getuid?.() === 0
  const user = root ? { uid: 65534, gid: 65534 } : {}
  if (root) chownSync(home, 65534, 65534)
  const data = join(home, 'data')
  spawnSync(
    join(DEBIAN, 'initdb'),
    ['-D', data, '-A', 'trust', '-U', 'owner', '--encoding=UTF8', '--locale=C'],
    { ...user, cwd: home },
  )
  const server = spawn(join(DEBIAN, 'postgres'), ['-D', data, '-c', 'listen_addresses=', '-k', home], {
    ...user,
    cwd: home,
    stdio: 'ignore',
  })
  server.once('exit', () => rmSync(home, { recursive: true, force: true }))
  const socket = join(home, '.s.PGSQL.5432')
  for (let waited = 0; !existsSync(socket) && waited < 200; waited += 1) await pause(50)
  await pause(500)
  expect(folder).toBeTruthy()
  return { url: `postgresql://owner@localhost/postgres?host=${encodeURIComponent(home)}`, process: server }
}
