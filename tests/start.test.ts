import { type ChildProcess, spawn } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { openDataFolder } from '../src/storage/data-folder.ts'
import { A_TEXT } from './a-case.ts'
import { SHARED } from './seeds.ts'
import { request } from './served.ts'

const BIN = fileURLToPath(new URL('../bin/rapporteur.js', import.meta.url))
/** Seconds are for machines that do ten things at once; no test waits them out where all is well. */
const PATIENCE = 60_000

interface Running {
  readonly child: ChildProcess
  readonly said: { out: string; err: string }
  readonly ended: Promise<number | NodeJS.Signals>
}

describe('start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-start-'))
  const children: ChildProcess[] = []
  let n = 0
  const fresh = () => {
    n += 1
    return join(folder, `record-${n}`)
  }
  afterEach(() => {
    for (const child of children.splice(0))
      if (child.exitCode === null && !child.signalCode) child.kill('SIGKILL')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  function run(args: readonly string[], env: Record<string, string> = {}): Running {
    const { npm_command, npm_lifecycle_event, ...plain } = process.env
    const child = spawn(process.execPath, [BIN, ...args], {
      env: { ...plain, RAPPORTEUR_TEST_NO_SYNC: '', ...env },
    })
    children.push(child)
    return follow(child)
  }
  function follow(child: ChildProcess): Running {
    const said = { out: '', err: '' }
    child.stdout?.on('data', (part: Buffer) => (said.out += part))
    child.stderr?.on('data', (part: Buffer) => (said.err += part))
    const ended = new Promise<number | NodeJS.Signals>((resolve) =>
      child.once('close', (code, signal) => resolve(code ?? signal ?? -1)),
    )
    return { child, said, ended }
  }
  /** Start, and wait for the one line. */
  async function started(data: string, args: readonly string[] = [], env: Record<string, string> = {}) {
    const running = run(['start', '--port', '0', '--json', '--data', data, ...args], env)
    const until = Date.now() + PATIENCE
    while (!running.said.out.includes('\n') && running.child.exitCode === null && Date.now() < until)
      await pause(20)
    const line: { address: string; key: string; port: number; data: string } = JSON.parse(running.said.out)
    const ask = (path: string, body?: object) =>
      request(line.port, `/api${path}`, {
        method: body ? 'POST' : 'GET',
        headers: {
          Host: `localhost:${line.port}`,
          Authorization: `Bearer ${line.key}`,
          ...(body ? { 'Content-Type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
    return { ...running, ...line, ask }
  }
  async function done(...args: string[]) {
    const { said, ended } = run(args)
    return { exit: await ended, ...said }
  }
  const lock = (data: string) => join(openDataFolder(data).database, 'data', 'postmaster.pid')
  const postmaster = (data: string) => Number(readFileSync(lock(data), 'utf8').split('\n')[0])

  test('D10 prints one line; other commands work beside it; a second start is refused with a sentence and 4', async () => {
    const data = fresh()
    const file = join(folder, 'harbour.txt')
    writeFileSync(file, A_TEXT)
    const { child, said, ended, ask, ...line } = await started(data)
    expect(Object.keys(line).sort()).toEqual(['address', 'data', 'key', 'port'])
    expect(line.address).toBe(`http://localhost:${line.port}/#key=${line.key}`)
    const second = await done('start', '--port', '0', '--data', data)
    expect(second).toMatchObject({ exit: 4, out: '' })
    expect(second.err).toMatch(/^rapporteur: This record is being served already; .* \(already_running\)\n$/)
    const imported = await done('import', file, '--dossier', 'harbour', '--data', data, '--json')
    expect([imported.exit, JSON.parse(imported.out).outcome]).toEqual([0, 'added'])
    const { sources } = (await ask('/dossiers/harbour/sources')).json() as { sources: object[] }
    expect(sources).toMatchObject([{ fileName: 'harbour.txt' }])
    expect((await ask('/dossiers', { slug: 'made-in-the-page' })).status).toBe(200)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(said.out.trim().split('\n').length).toBe(1)
    expect(said.err).toBe('')
    expect(existsSync(lock(data))).toBe(false)
    const verified = await done('verify', data, '--json')
    expect(JSON.parse(verified.out)).toMatchObject({ state: 'intact', cannotTell: [] })
  }, 200_000)

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'D10 %s ends it in order: every entry is placed, the database is stopped',
    async (signal) => {
      const data = fresh()
      const { child, ended, ask } = await started(data)
      for (const slug of ['one', 'two', 'three']) expect((await ask('/dossiers', { slug })).status).toBe(200)
      child.kill(signal)
      expect(await ended).toBe(0)
      expect(existsSync(lock(data))).toBe(false)
      const verified = JSON.parse((await done('verify', data, '--json')).out)
      expect(verified).toMatchObject({ state: 'intact', records: 3 })
    },
    200_000,
  )

  test('D10 it ends with the npm that started it, however that ended', async () => {
    const data = fresh()
    // A parent that starts it as npm does, through a shell, and is then killed hard.
    const script = `require('node:child_process').spawn('sh', ['-c', ${JSON.stringify(`"${process.execPath}" "${BIN}" start --port 0 --json --data "${data}"; :`)}], { stdio: 'inherit', env: { ...process.env, npm_lifecycle_event: 'start', RAPPORTEUR_TEST_NO_SYNC: '' } })`
    const parent = follow(spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'pipe'] }))
    const until = Date.now() + PATIENCE
    while (!parent.said.out.includes('\n') && Date.now() < until) await pause(20)
    const { port }: { port: number } = JSON.parse(parent.said.out)
    parent.child.kill('SIGKILL')
    // The pipes close when the last of them is gone.
    await parent.ended
    expect(existsSync(lock(data))).toBe(false)
    await expect(request(port, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  }, 200_000)

  test('D10 a port in use is refused with 4, wrong ports and foreign addresses with 2, and nothing stays', async () => {
    const data = fresh()
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const taken = await done('start', '--port', String(port), '--data', data)
    other.close()
    expect(taken.exit).toBe(4)
    expect(taken.err).toContain(`Port ${port} is in use`)
    expect(existsSync(lock(data))).toBe(false)
    const untouched = fresh()
    for (const wrong of [
      ['--port', '70000'],
      ['--port', 'x'],
      ['--bind', '0.0.0.0'],
      ['--bind', '192.168.1.4'],
      ['--bind', '::'],
      ['--bind', '0.0.0.0', '--address', 'http://record.example.org'],
      ['--bind', '0.0.0.0', '--address', 'https://record.example.org/path'],
      ['--bind', '0.0.0.0', '--address', 'https://192.168.1.4'],
      ['--proxy', '127.0.0.1'],
      ['--address', 'https://record.example.org', '--proxy', 'proxy'],
      ['--address', 'https://record.example.org', '--sample'],
      ['more'],
    ]) {
      const { exit, err } = await done('start', ...wrong, '--data', untouched)
      expect([wrong, exit, err.startsWith('rapporteur: ')]).toEqual([wrong, 2, true])
    }
    expect(existsSync(untouched)).toBe(false)
  }, 200_000)

  test('D10 its database killed: it says so in one sentence and ends with 4; nothing acknowledged over HTTP is lost', async () => {
    const data = fresh()
    const acknowledged: string[] = []
    for (let round = 0; round < 3; round += 1) {
      const { said, ended, ask } = await started(data)
      let writing = true
      const writer = (async () => {
        for (let i = 0; writing; i += 1) {
          const slug = `round-${round}-${i}`
          const answer = await ask('/dossiers', { slug }).catch(() => null)
          if (answer?.status === 200) acknowledged.push(slug)
          else if (answer)
            expect((answer.json() as { error: { code: string } }).error.code).toBe('database_gone')
          else return
        }
      })()
      const before = acknowledged.length
      const until = Date.now() + PATIENCE
      while (acknowledged.length < before + 5 && Date.now() < until) await pause(5)
      process.kill(postmaster(data), 'SIGKILL')
      const exit = await ended
      writing = false
      await writer
      expect(exit).toBe(4)
      expect(said.err.trim().split('\n')).toEqual([
        expect.stringMatching(/^rapporteur: The connection to the database was lost, .* \(database_lost\)$/),
      ])
    }
    const { child, ended, ask } = await started(data)
    const { dossiers } = (await ask('/dossiers')).json() as { dossiers: { slug: string }[] }
    const kept = new Set(dossiers.map(({ slug }) => slug))
    expect(acknowledged.length).toBeGreaterThanOrEqual(15)
    expect(acknowledged.filter((slug) => !kept.has(slug))).toEqual([])
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(JSON.parse((await done('verify', data, '--json')).out)).toMatchObject({ altered: [] })
  }, 300_000)

  test('K1 import: folders, links that leave them, names with "..", facts from a file, and exit codes', async () => {
    const data = fresh()
    const inside = mkdtempSync(join(folder, 'inside-'))
    const outside = mkdtempSync(join(folder, 'outside-'))
    writeFileSync(join(outside, 'secret.txt'), 'Not of this folder.\n')
    writeFileSync(join(inside, 'a.txt'), 'A source in the folder.\n')
    writeFileSync(join(inside, 'b.txt'), 'Another one.\n')
    symlinkSync(join(outside, 'secret.txt'), join(inside, 'link.txt'))
    symlinkSync(outside, join(inside, 'folder-link'))
    symlinkSync(join(inside, 'a.txt'), join(inside, 'own-link.txt'))
    const about = join(folder, 'about.json')
    writeFileSync(
      about,
      JSON.stringify({
        'a.txt': { title: 'The A', date: '2021-05', provenance: { independence: 'Paid for' } },
      }),
    )
    const args = ['--dossier', 'x', '--data', data, '--json']
    const first = await done(
      'import',
      join(inside, '..', inside.split('/').at(-1) ?? ''),
      '--about',
      about,
      ...args,
    )
    const lines = first.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(first.exit).toBe(1)
    expect(lines.map(({ fileName, code, outcome }) => `${fileName} ${code ?? outcome}`).sort()).toEqual([
      'a.txt added',
      // A link inside the folder is the file it points to.
      'a.txt there already',
      'b.txt added',
      'folder-link path_leaves_folder',
      'link.txt path_leaves_folder',
    ])
    expect((await done('search', 'folder', ...args)).out).not.toContain('Not of this folder')
    const shown = await done('show', 'a.txt', '--data', data)
    expect(shown.out).toContain('on its independence: Paid for')
    writeFileSync(about, JSON.stringify({ 'a.txt': { date: 'last May' } }))
    const bad = await done('import', join(inside, 'a.txt'), '--about', about, ...args)
    expect([bad.exit, JSON.parse(bad.out).error.code]).toEqual([1, 'about_unreadable'])
  }, 200_000)

  test.skipIf(!SHARED)(
    'K1 a folder of speeches in one call, with progress, twice',
    async () => {
      const data = fresh()
      const speeches = join(SHARED ?? '', 'data', 'speeches')
      const count = readdirSync(speeches).length
      for (const outcome of ['added', 'there already']) {
        const { exit, out, err } = await done(
          'import',
          speeches,
          '--dossier',
          'speeches',
          '--data',
          data,
          '--json',
        )
        const lines = out
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
        expect([exit, lines.length, lines.filter((line) => line.outcome === outcome).length]).toEqual([
          0,
          count,
          count,
        ])
        // Whatever is said of progress counts files and a rate, and comes to the end; a quick run says nothing.
        const told = err.trim().split('\n').filter(Boolean)
        for (const line of told) expect(line).toMatch(new RegExp(`^\\d+ of ${count} files, \\d+ a second$`))
        if (told.length > 0) expect(told.at(-1)).toMatch(new RegExp(`^${count} of ${count} `))
      }
    },
    300_000,
  )
})
