import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { Refusal } from '../foundation/refusal.ts'
import { type DataFolder, secretOf } from './data-folder.ts'
import { clearTheWay, lives, postmasterOf } from './engine-locks.ts'
import { enginePrograms } from './engine-programs.ts'
import {
  BEAT_EVERY,
  beatMeanwhile,
  claimFolder,
  dropHeartbeat,
  placeHere,
  readHeartbeat,
} from './heartbeat.ts'
import { failedHere } from './platform.ts'

/** How to reach a running engine as its superuser. */
export interface Engine {
  readonly host: string
  readonly user: string
  readonly password: string
  /**
   * Ask it to stop, let what is committed be on disk, and wait until it is gone. `at once` writes nothing more: its
   * folder is another machine's by now.
   */
  stop(how?: 'at once'): Promise<void>
}

const SUPERUSER = 'rapporteur_engine'
/** Milliseconds: a postmaster that does not answer by then has failed. Replay of 512 MB of log takes about 3 s. */
const START_WITHIN = 90_000
/** Milliseconds: an orderly stop writes at most shared_buffers. */
const STOP_WITHIN = 30_000
/** Run by hand with Node; lies at one place for sources and build. */
const KEEPER = fileURLToPath(new URL('../../bin/keep-engine.js', import.meta.url))

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
  // A log segment that is no longer needed is removed and not kept for later: it would keep what was erased.
  wal_recycle: 'off',
  // Errors quote what was written; the log tells of the engine alone.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  unix_socket_permissions: '0700',
  timezone: 'UTC',
  // A question whose asker was killed is not answered to the end; Windows cannot tell.
  ...(process.platform === 'win32' ? {} : { client_connection_check_interval: '2s' }),
}

/**
 * The engine of this data folder: adopted where it runs already, else recovered and started.
 *
 * @throws Refusal `folder_shared`, `platform_unsupported`, `engine_failed`, `engine_version`
 */
export async function openEngine(folder: DataFolder): Promise<Engine> {
  await claimFolder(folder)
  const place = engineAt(folder)
  if (!(await isRunning(place))) await startEngine(folder, place)
  ensureKeeper(folder)
  return place
}

/** Where the engine of a folder answers, running or not. */
export function engineAt(folder: DataFolder): Engine {
  const host = socketFolder(folder)
  const password = secretOf(folder, 'engine-password')
  return { host, user: SUPERUSER, password, stop: (how) => stop(folder, how) }
}

/**
 * An engine has a keeper, a small process that beats for it and stops it when nobody uses it any more. Where its
 * heartbeat is missing, one is started; of two the second leaves at once.
 */
export function ensureKeeper(folder: DataFolder): void {
  const there = readHeartbeat(folder)
  const age = there ? Date.now() - Date.parse(there.at) : Number.POSITIVE_INFINITY
  if (there?.isKeeper && age < 2 * BEAT_EVERY) return
  spawn(process.execPath, [KEEPER, folder.root], { detached: true, stdio: 'ignore', cwd: '/' }).unref()
}

async function startEngine(folder: DataFolder, place: Engine): Promise<void> {
  const quiet = beatMeanwhile(folder)
  const release = await claimStart(folder)
  try {
    if (await isRunning(place)) return
    const { native, major } = enginePrograms(folder)
    const data = join(folder.database, 'data')
    if (!existsSync(join(data, 'PG_VERSION')))
      await initialise(folder, { native, data, password: place.password })
    mustBeOfVersion(data, major)
    await clearTheWay(data, place.host)
    const log = join(folder.database, 'log')
    const child = launch(folder, { native, data, host: place.host, log })
    await waitFor(place, { child, log })
  } finally {
    release()
    quiet()
  }
}

/** A socket's path has about a hundred bytes; a deeper data folder gets a short one for its own. */
function socketFolder(folder: DataFolder): string {
  const inside = join(folder.database, 'run')
  const host =
    inside.length < 85
      ? inside
      : join(tmpdir(), `rapporteur-${createHash('sha256').update(inside).digest('hex').slice(0, 12)}`)
  const owner = folder.runsAs?.uid ?? process.getuid?.()
  if (!existsSync(host)) {
    mkdirSync(host, { mode: 0o700 })
    if (folder.runsAs) chownSync(host, folder.runsAs.uid, folder.runsAs.gid)
  }
  const about = statSync(host)
  if (owner !== undefined && (about.uid !== owner || (about.mode & 0o077) !== 0)) {
    throw new Refusal(
      'engine_failed',
      `${host} belongs to somebody else or is open to others, so the database cannot be reached safely there; remove it.`,
    )
  }
  return host
}

/** Whether it answers; while it starts or stops, that is waited for. */
async function isRunning(place: Engine): Promise<boolean> {
  const until = Date.now() + START_WITHIN
  for (;;) {
    const said = await answers(place)
    if (said !== 'soon' || Date.now() > until) return said === 'yes'
    await pause(50)
  }
}

async function answers({ host, user, password }: Engine): Promise<'yes' | 'soon' | 'no'> {
  const client = new pg.Client({ host, user, password, database: 'postgres', connectionTimeoutMillis: 3000 })
  try {
    await client.connect()
    return 'yes'
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    return code === '57P03' ? 'soon' : 'no'
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** One process starts the engine; others wait until it answers. A claim whose holder is gone is taken over. */
async function claimStart(folder: DataFolder): Promise<() => void> {
  const claim = join(folder.run, 'starting')
  const until = Date.now() + START_WITHIN
  // A number says who it is only where it was given.
  const { boot, pidNamespace } = placeHere()
  const mine = `${process.pid} ${boot} ${pidNamespace}`
  for (;;) {
    try {
      writeFileSync(claim, mine, { flag: 'wx', mode: 0o600 })
      return () => rmSync(claim, { force: true })
    } catch (error) {
      if (Date.now() > until) throw error
      const holder = existsSync(claim) ? readFileSync(claim, 'utf8') : ''
      const [pid, ...where] = holder.split(' ')
      const isGone = where.join(' ') !== `${boot} ${pidNamespace}` || !lives(Number(pid))
      if (holder !== '' && isGone) rmSync(claim, { force: true })
      else await pause(50)
    }
  }
}

function as({ runsAs }: DataFolder) {
  const env = { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' }
  return runsAs ? { uid: runsAs.uid, gid: runsAs.gid, env, cwd: '/' } : { env, cwd: '/' }
}

/** Made under another name and renamed, so that a first start that was killed leaves nothing that looks whole. */
async function initialise(
  folder: DataFolder,
  { native, data, password }: { native: string; data: string; password: string },
): Promise<void> {
  const part = `${data}.part`
  for (const half of [part, data]) rmSync(half, { recursive: true, force: true })
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
  const child = spawn(join(native, 'bin', 'initdb'), ['-D', part, ...flags], {
    ...as(folder),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (data: Buffer) => {
    said += data.toString()
  })
  const status = await new Promise((resolve) => {
    child.once('error', ({ message }) => resolve(message))
    child.once('close', resolve)
  })
  rmSync(file, { force: true })
  if (status !== 0) {
    const first = (said || String(status)).trim().split('\n')[0]
    throw new Refusal('engine_failed', failedHere(`The database could not be made: ${first}.`))
  }
  renameSync(part, data)
}

/** @throws Refusal `engine_version` */
function mustBeOfVersion(data: string, ours: string): void {
  const theirs = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  if (theirs === ours) return
  throw new Refusal(
    'engine_version',
    `This record is kept by PostgreSQL ${theirs}, and this program brings ${ours}; make a backup with the program that made it, and restore that into an empty folder.`,
  )
}

function launch(
  folder: DataFolder,
  { native, data, host, log }: { native: string; data: string; host: string; log: string },
): ChildProcess {
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
  closeSync(out)
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
  throw new Refusal(
    'engine_failed',
    failedHere(`The database did not start; its log says: ${failure ?? last}.`),
  )
}

async function stop(folder: DataFolder, how?: 'at once'): Promise<void> {
  const data = join(folder.database, 'data')
  const pid = postmasterOf(data)
  if (pid !== null) {
    process.kill(pid, how === 'at once' ? 'SIGQUIT' : 'SIGINT')
    const until = Date.now() + STOP_WITHIN
    while (postmasterOf(data) === pid && Date.now() < until) await pause(20)
  }
  dropHeartbeat(folder)
}
