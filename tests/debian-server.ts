import { spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** Debian's PostgreSQL 15, the oldest that is supported. */
const PROGRAMS = '/usr/lib/postgresql/15/bin'
export const HAS_DEBIAN_SERVER = existsSync(join(PROGRAMS, 'postgres'))
const SUPERUSER = 'the_superuser'

export interface TestServer {
  readonly host: string
  readonly user: string
  readonly password: string
}

/** A server in a folder of its own, on a socket alone and without waiting for the disk; `stop` takes both away. */
export async function debianServer(): Promise<TestServer & { stop(): Promise<void> }> {
  const home = mkdtempSync(join(tmpdir(), 'pg15-'))
  const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
  if (user.uid !== undefined) chownSync(home, user.uid, user.gid)
  const data = join(home, 'data')
  const made = spawnSync(
    join(PROGRAMS, 'initdb'),
    ['-D', data, '-A', 'trust', '-U', SUPERUSER, '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...user, cwd: home, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`initdb of PostgreSQL 15 failed: ${made.stderr}`)
  const settings = ['-c', 'listen_addresses=', '-c', 'fsync=off', '-k', home]
  const server = spawn(join(PROGRAMS, 'postgres'), ['-D', data, ...settings], {
    ...user,
    cwd: home,
    stdio: 'ignore',
  })
  const gone = new Promise((resolve) => server.once('exit', resolve))
  const ready = ['-h', home, '-U', SUPERUSER, '-d', 'postgres', '-q']
  while (spawnSync(join(PROGRAMS, 'pg_isready'), ready).status !== 0) {
    if (server.exitCode !== null) throw new Error('PostgreSQL 15 did not start.')
    await pause(50)
  }
  const stop = async () => {
    server.kill('SIGINT')
    await gone
    rmSync(home, { recursive: true, force: true })
  }
  return { host: home, user: SUPERUSER, password: 'not asked for', stop }
}
