import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { sha256 } from '../src/foundation/hashing.ts'
import { newId } from '../src/foundation/ids.ts'
import { settle } from '../src/ledger/settle.ts'
import { verifyRecord } from '../src/ledger/verify-record.ts'
import { becomeOrganisation } from '../src/protection/become-organisation.ts'
import { newPass } from '../src/protection/gatehouse.ts'
import { addSession } from '../src/protection/session-store.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { openDataFolder } from '../src/storage/data-folder.ts'
import { asActor } from '../src/storage/database.ts'
import { keepOriginal, readOriginal } from '../src/storage/originals.ts'
import { openWorkspace, withUser } from '../src/storage/workspace.ts'

/** `prove -- crash` asks for more. */
const KILLS = Number(process.env.RAPPORTEUR_KILLS ?? '20')
const WRITER = fileURLToPath(new URL('writer.mjs', import.meta.url))

describe('the data folder and its engine', () => {
  const folders: string[] = []
  const fresh = () => {
    const folder = mkdtempSync(join(tmpdir(), 'rapporteur-engine-'))
    folders.push(folder)
    return folder
  }
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })

  test.each([
    ['postgres://owner:secret@db.example:6000/record', 'db.example', 6000],
    ['postgres://db.example:6000/record?user=owner&password=secret', 'db.example', 6000],
    ['postgres:///record?host=/run/postgresql&port=6000', '/run/postgresql', 6000],
    ['postgres://owner@/record?host=/run/postgresql&port=6000', '/run/postgresql', 6000],
    ['postgresql://owner:secret@%2Frun%2Fpostgresql:6000/record', '/run/postgresql', 6000],
  ])(
    'T18 the runtime role is the one that works in the record, by the address %s',
    (connectionString, host, port) => {
      const client = new pg.Client(withUser({ connectionString }, { user: 'runtime', password: 'a+b&c=%/' }))
      const { user, password, database } = client
      expect({ user, password, database, host: client.host, port: client.port }).toEqual({
        user: 'runtime',
        password: 'a+b&c=%/',
        database: 'record',
        host,
        port,
      })
    },
  )

  test('T1 nothing in it is readable by others; a synchronised or foreign folder is refused', async () => {
    const root = fresh()
    const folder = openDataFolder(root)
    for (const part of [folder.originals, folder.keys, folder.run, folder.database])
      expect(statSync(part).mode & 0o077).toBe(0)
    expect(statSync(root).mode & 0o066).toBe(0)
    expect(() => openDataFolder(join(root, 'Dropbox', 'x'))).toThrow(
      expect.objectContaining({ code: 'folder_synced' }),
    )
    const foreign = fresh()
    writeFileSync(join(foreign, 'rapporteur.json'), '{}')
    expect(() => openDataFolder(foreign)).toThrow(expect.objectContaining({ code: 'folder_foreign' }))
  })

  test('T8 an original is kept once and read back; altered bytes are refused', async () => {
    const folder = openDataFolder(fresh())
    const bytes = new TextEncoder().encode('kept')
    const { sha256 } = await keepOriginal(folder, bytes)
    expect(await keepOriginal(folder, bytes)).toEqual({ sha256, size: 4 })
    expect((await readOriginal(folder, sha256)).toString()).toBe('kept')
    writeFileSync(join(folder.originals, sha256.slice(0, 2), sha256.slice(2)), 'lost')
    await expect(readOriginal(folder, sha256)).rejects.toMatchObject({ code: 'original_altered' })
    await expect(readOriginal(folder, '0'.repeat(64))).rejects.toMatchObject({ code: 'original_missing' })
  })

  test('T4 a second serve is refused, others work beside it, and the last one stops the engine', async () => {
    const data = fresh()
    const first = await openWorkspace({ data, serve: true })
    await expect(openWorkspace({ data, serve: true })).rejects.toMatchObject({ code: 'already_running' })
    const beside = await openWorkspace({ data })
    const lock = join(first.folder.database, 'data', 'postmaster.pid')
    await first.close()
    expect(existsSync(lock)).toBe(true)
    await beside.close()
    expect(existsSync(lock)).toBe(false)
  })

  test.each(['one person alone', 'an organisation, writing by a token'])(
    'T9 kills of program, engine and both lose nothing that was acknowledged: %s',
    async (whose) => {
      const data = fresh()
      const token = whose.startsWith('an') ? await organisationIn(data) : ''
      let acknowledged: string[] = []
      for (let round = 0; round < KILLS; round += 1) {
        const writer = spawn(process.execPath, [WRITER, data], {
          stdio: ['ignore', 'pipe', 'inherit'],
          env: { ...process.env, RAPPORTEUR_TEST_NO_SYNC: '', RAPPORTEUR_TOKEN: token },
        })
        const said = linesOf(writer)
        while (said.length < 3) {
          if (writer.exitCode !== null)
            throw new Error(`The writer ended by itself, with ${writer.exitCode}.`)
          await pause(20)
        }
        await pause(Math.random() * 150)
        if (round % 3 !== 0) process.kill(postmaster(data), 'SIGKILL')
        if (round % 3 !== 1) writer.kill('SIGKILL')
        else await pause(20)
        writer.kill('SIGKILL')
        await new Promise((resolve) =>
          writer.exitCode !== null || writer.signalCode ? resolve(null) : writer.once('exit', resolve),
        )
        acknowledged = [...acknowledged, ...said.filter((line) => line !== 'open')]
      }
      const workspace = await openWorkspace({ data })
      await settle(workspace)
      const { rows } = await workspace.database.owner.query<{ id: string }>('select id from dossier')
      const { rows: who } = await workspace.database.owner.query<{ alone: boolean }>(
        'select alone from organisation',
      )
      expect(who).toEqual([{ alone: token === '' }])
      const result = await verifyRecord(workspace, { kinds: ALL_KINDS })
      await workspace.close()
      const kept = new Set(rows.map(({ id }) => id))
      expect(acknowledged.length).toBeGreaterThan(20)
      expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
      expect(result).toMatchObject({ state: 'intact', altered: [] })
    },
    570_000,
  )
})

/** The record becomes an organisation's; a token of the person who worked in it alone. */
async function organisationIn(data: string): Promise<string> {
  const workspace = await openWorkspace({ data })
  const { database, actor } = workspace
  await asActor(database, actor, (tx) =>
    becomeOrganisation(tx, {
      name: 'A group',
      person: { name: 'A monitor', login: 'monitor' },
      administrator: { name: 'An administrator', login: 'admin' },
    }),
  )
  const token = newPass()
  const { organisation, person } = actor
  await addSession(database.owner, {
    organisation,
    person,
    id: newId('session'),
    kind: 'token',
    pass: sha256(token),
    label: 'a writer',
    scopes: ['read', 'write'],
    hours: 1,
    idleMinutes: null,
  })
  await settle(workspace, { last: true })
  await workspace.close()
  return token
}

function postmaster(data: string): number {
  return Number(
    readFileSync(join(openDataFolder(data).database, 'data', 'postmaster.pid'), 'utf8').split('\n')[0],
  )
}

function linesOf(child: ChildProcess): string[] {
  const lines: string[] = []
  let open = ''
  child.stdout?.on('data', (data: Buffer) => {
    const parts = (open + data.toString()).split('\n')
    open = parts.pop() ?? ''
    lines.push(...parts)
  })
  return lines
}
