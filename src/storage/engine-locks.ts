import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** Milliseconds that processes of a server which is gone have to end by themselves. */
const LEFTOVERS_END_WITHIN = 4000
/** No system gives a process this number. */
const IMPOSSIBLE_PID = '2000000000'

/** The process that a data directory's lock file names, if it is this directory's living server; else null. */
export function postmasterOf(data: string): number | null {
  const pid = pidIn(join(data, 'postmaster.pid'))
  return pid !== null && isPostgresOf(pid, data) ? pid : null
}

/**
 * A lock file of a server that is gone names a process that is dead, a zombie, or a stranger by now. PostgreSQL sees
 * to the first itself; for the others an impossible number is put in its place, so that it keeps its own check of
 * shared memory. The file itself is never deleted: that would let two servers into one folder. What the old server
 * left running is waited for, then ended.
 */
export async function clearTheWay(data: string, sockets: string): Promise<void> {
  const until = Date.now() + 2 * LEFTOVERS_END_WITHIN
  // A server that is just stopping.
  while (postmasterOf(data) !== null && Date.now() < until) await pause(50)
  if (postmasterOf(data) !== null) return
  await endLeftovers(data)
  const beside = existsSync(sockets) ? readdirSync(sockets).filter((name) => name.endsWith('.lock')) : []
  for (const lock of [join(data, 'postmaster.pid'), ...beside.map((name) => join(sockets, name))]) {
    const pid = pidIn(lock)
    if (pid === null || !lives(pid)) continue
    const [, ...rest] = readFileSync(lock, 'utf8').split('\n')
    writeFileSync(lock, [IMPOSSIBLE_PID, ...rest].join('\n'))
  }
}

/** Sessions of a killed server that are still at work hold its shared memory, and no new server could start. */
async function endLeftovers(data: string): Promise<void> {
  const left = () =>
    process.platform !== 'linux'
      ? []
      : readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isPostgresOf(Number(name), data))
  const until = Date.now() + LEFTOVERS_END_WITHIN
  while (left().length > 0 && Date.now() < until) await pause(50)
  for (const pid of left()) process.kill(Number(pid), 'SIGKILL')
  while (left().length > 0 && Date.now() < until + LEFTOVERS_END_WITHIN) await pause(20)
}

/** Whether a process is there, be it a zombie or another user's. */
export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** A living postgres of this data directory: no zombie, and not the server of another one. */
function isPostgresOf(pid: number, data: string): boolean {
  if (!(pid > 0) || !lives(pid)) return false
  if (process.platform === 'win32') return true
  if (process.platform !== 'linux') return isPostgresByList(pid, data)
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
    if (!status.includes('(postgres)') || /\) Z /.test(status)) return false
    return worksIn(pid, data)
  } catch {
    return false
  }
}

/** PostgreSQL works inside its data directory. Root without all its rights (a container) may read the command line alone. */
function worksIn(pid: number, data: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data)
  } catch {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(data)
  }
}

/** By its command line, where there is no /proc. */
function isPostgresByList(pid: number, data: string): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=,command=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout.includes('postgres') && stdout.includes(data) && !stdout.trim().startsWith('Z')
}

function pidIn(lock: string): number | null {
  try {
    const pid = Number(readFileSync(lock, 'utf8').split('\n')[0])
    return pid > 0 ? pid : null
  } catch (error) {
    // A server that stops takes its lock file away, between a look and a reading too.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
