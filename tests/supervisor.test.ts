import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, inject, test } from 'vitest'
import { openDataFolder } from '../src/storage/data-folder.ts'
import { engineAt } from '../src/storage/engine.ts'
import { clearTheWay, lives, postmasterOf } from '../src/storage/engine-locks.ts'
import { readHeartbeat, writeHeartbeat } from '../src/storage/heartbeat.ts'
import { openWorkspace } from '../src/storage/workspace.ts'

const BIN = fileURLToPath(new URL('../bin/rapporteur.js', import.meta.url))
const WRITER = fileURLToPath(new URL('writer.mjs', import.meta.url))
/** As root on Linux a process can be put where it sees no other process and is seen under other numbers. */
const ELSEWHERE = ['--pid', '--mount', '--fork', '--mount-proc', '--kill-child']
const CAN_BE_ELSEWHERE = spawnSync('unshare', [...ELSEWHERE, 'true']).status === 0

const folders: string[] = []
const children: ChildProcess[] = []
function fresh(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-supervisor-'))
  folders.push(folder)
  return folder
}
function run(command: string, args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  const { npm_command: _, npm_lifecycle_event: __, ...outside } = process.env
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...outside, RAPPORTEUR_TEST_NO_SYNC: '', ...env },
  })
  children.push(child)
  return child
}
async function until(what: () => boolean): Promise<void> {
  while (!what()) await pause(25)
}
function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode)
    else child.once('exit', resolve)
  })
}
function saidBy(child: ChildProcess): () => string {
  let text = ''
  child.stdout?.on('data', (data: Buffer) => {
    text += data.toString()
  })
  return () => text
}
const dataOf = (data: string) => join(openDataFolder(data).database, 'data')

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})
afterAll(async () => {
  for (const folder of folders) {
    await engineAt(openDataFolder(folder)).stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})

describe('an engine and those who use it', () => {
  test('T13 a command that was killed hard leaves no engine behind', async () => {
    const data = fresh()
    const writer = run(process.execPath, [WRITER, data])
    const said = saidBy(writer)
    await until(() => said().split('\n').length > 3)
    const postmaster = postmasterOf(dataOf(data))
    expect(postmaster).not.toBeNull()
    await until(() => readHeartbeat(openDataFolder(data))?.isKeeper === true)
    writer.kill('SIGKILL')
    await until(() => postmasterOf(dataOf(data)) === null)
    await until(() => readHeartbeat(openDataFolder(data)) === null)
  })

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('T13 start stops its engine on %s', async (signal) => {
    const data = fresh()
    const start = run(process.execPath, [BIN, 'start', '--port', '0', '--data', data])
    const said = saidBy(start)
    await until(() => said().includes('open at'))
    start.kill(signal)
    expect(await exitOf(start)).toBe(0)
    expect(postmasterOf(dataOf(data))).toBeNull()
  })

  test('T13 start stops its engine when the npm that started it is gone', async () => {
    const data = fresh()
    const shell = run('sh', ['-c', `"${process.execPath}" "${BIN}" start --port 0 --data "${data}"; true`], {
      npm_command: 'start',
    })
    const said = saidBy(shell)
    await until(() => said().includes('open at'))
    shell.kill('SIGKILL')
    await until(() => postmasterOf(dataOf(data)) === null)
  })

  test('T13 another command told to end gives up its work and stops its engine', async () => {
    const data = fresh()
    const folder = fresh()
    for (let n = 0; n < 150; n += 1) writeFileSync(join(folder, `${n}.txt`), `Text ${n}. `.repeat(400))
    const command = run(process.execPath, [BIN, 'import', folder, '--dossier', 'd', '--data', data])
    const said = saidBy(command)
    await until(() => said().includes('added'))
    command.kill('SIGTERM')
    expect(await exitOf(command)).toBe(143)
    expect(postmasterOf(dataOf(data))).toBeNull()
    const workspace = await openWorkspace({ data })
    await workspace.close()
  })

  test('T4 who serves and loses the database stops serving, with code 4', async () => {
    const data = fresh()
    const start = run(process.execPath, [BIN, 'start', '--port', '0', '--data', data])
    const said = saidBy(start)
    let complaint = ''
    start.stderr?.on('data', (data: Buffer) => {
      complaint += data.toString()
    })
    await until(() => said().includes('open at'))
    process.kill(postmasterOf(dataOf(data)) ?? 0, 'SIGKILL')
    expect(await exitOf(start)).toBe(4)
    expect(complaint).toContain('database_lost')
    const after = await openWorkspace({ data, serve: true })
    await after.close()
  })

  test('T4 those who come in while the last one leaves are let in', async () => {
    const data = fresh()
    const open = async () => (await openWorkspace({ data })).close()
    for (let round = 0; round < 4; round += 1) await Promise.all([open(), pause(20 * round).then(open)])
  })
})

describe('lock files of a server that is gone', () => {
  test('T2 a zombie, a stranger, and another server under its number are recovered from; the files stay', async () => {
    const data = fresh()
    await (await openWorkspace({ data })).close()
    const parent = run('sh', ['-c', 'sleep 0.5 & echo $!; exec sleep 600'])
    const said = saidBy(parent)
    await until(() => said().includes('\n'))
    const zombie = Number(said().trim())
    await until(() => readFileSync(`/proc/${zombie}/stat`, 'utf8').includes(') Z '))
    const other = postmasterOf(join(openDataFolder(inject('engineFolder')).database, 'data')) ?? 0
    expect(lives(zombie)).toBe(true)
    expect(lives(other)).toBe(true)
    for (const pid of [zombie, process.pid, other]) {
      const workspace = await openWorkspace({ data })
      const { database } = workspace.folder
      const locks = [
        join(database, 'data', 'postmaster.pid'),
        join(engineAt(workspace.folder).host, '.s.PGSQL.5432.lock'),
      ]
      process.kill(postmasterOf(join(database, 'data')) ?? 0, 'SIGKILL')
      await workspace.lost
      await workspace.close().catch(() => undefined)
      for (const lock of locks) {
        const [, ...rest] = readFileSync(lock, 'utf8').split('\n')
        writeFileSync(lock, [String(pid), ...rest].join('\n'))
      }
      const before = locks.map((lock) => statSync(lock).ino)
      await clearTheWay(join(database, 'data'), engineAt(workspace.folder).host)
      expect(locks.map((lock) => statSync(lock).ino)).toEqual(before)
      for (const lock of locks) expect(readFileSync(lock, 'utf8')).toMatch(/^2000000000\n/)
      await (await openWorkspace({ data })).close()
    }
  })

  test('T2 a server that lives is never cleared away', async () => {
    const workspace = await openWorkspace({ data: fresh() })
    const data = join(workspace.folder.database, 'data')
    const lock = readFileSync(join(data, 'postmaster.pid'), 'utf8')
    await clearTheWay(data, engineAt(workspace.folder).host)
    expect(readFileSync(join(data, 'postmaster.pid'), 'utf8')).toBe(lock)
    await workspace.close()
  })
})

describe('several machines or containers on one folder', () => {
  const FOREIGN = {
    host: 'elsewhere',
    boot: 'another',
    pidNamespace: 'pid:[1]',
    by: 'k',
    isKeeper: true,
    at: '',
  }

  test('T14 one that works there is told from one that is dead, whose place is taken', async () => {
    const data = fresh()
    const folder = openDataFolder(data)
    let beat = 1
    writeHeartbeat(folder, { ...FOREIGN, beat })
    const beating = setInterval(() => {
      beat += 1
      writeHeartbeat(folder, { ...FOREIGN, beat })
    }, 500)
    await expect(openWorkspace({ data })).rejects.toMatchObject({ code: 'folder_shared' })
    expect(existsSync(dataOf(data))).toBe(false)
    clearInterval(beating)
    const workspace = await openWorkspace({ data })
    expect(readHeartbeat(folder)?.host).not.toBe('elsewhere')
    await workspace.close()
    writeFileSync(join(folder.run, 'heartbeat.json'), '{"half')
    await (await openWorkspace({ data })).close()
  })

  test('T14 an engine whose folder was taken over meanwhile is stopped at once', async () => {
    const data = fresh()
    const workspace = await openWorkspace({ data, serve: true })
    await until(() => readHeartbeat(workspace.folder)?.isKeeper === true)
    writeHeartbeat(workspace.folder, { ...FOREIGN, beat: 1 })
    expect((await workspace.lost).code).toBe('database_lost')
    await workspace.close().catch(() => undefined)
    expect(readHeartbeat(workspace.folder)?.host).toBe('elsewhere')
    rmSync(join(workspace.folder.run, 'heartbeat.json'))
  })

  test.skipIf(!CAN_BE_ELSEWHERE)(
    'T14 a record open in another container is refused here, and taken over when that one is gone (Linux, as root)',
    async () => {
      const data = fresh()
      const writer = run('unshare', [...ELSEWHERE, process.execPath, WRITER, data])
      const said = saidBy(writer)
      await until(() => said().split('\n').length > 3)
      await expect(openWorkspace({ data })).rejects.toMatchObject({ code: 'folder_shared' })
      // The first process of the other space takes all of that space with it, engine and keeper too.
      writer.kill('SIGKILL')
      const acknowledged = said()
        .split('\n')
        .filter((line) => line.startsWith('dos'))
      const workspace = await openWorkspace({ data })
      const { rows } = await workspace.database.owner.query<{ id: string }>('select id from dossier')
      await workspace.close()
      expect(acknowledged.length).toBeGreaterThan(1)
      const kept = new Set(rows.map(({ id }) => id))
      expect(acknowledged.slice(0, -1).filter((id) => !kept.has(id))).toEqual([])
    },
  )
})
