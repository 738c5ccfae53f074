import { spawnSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** How a child can be shut in on this machine. */
export type Walls = 'bubblewrap' | 'weaker'

/** Megabytes of JavaScript objects; what stands outside of them (files, WebAssembly) is watched from without. */
const OBJECTS = 480
/** Seconds of processor time, on all threads: twice those of the wall clock, beside what a reader may have spent before. */
const PROCESSOR = 180
const ROOT = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '')
const CHILD = join(ROOT, 'bin', 'read-original.js')

/** What a child needs to see to run at all; each is there or is not, by system. */
const OF_THE_SYSTEM = [
  '/usr',
  '/lib',
  '/lib64',
  '/lib32',
  '/etc/ld.so.cache',
  '/etc/alternatives',
  '/nix/store',
]

let here: Walls | undefined

/** The walls of this machine: bubblewrap where it is installed and the kernel lets it work. Tried once. */
export function wallsHere(): Walls {
  here ??= bubblewrapWorks() ? 'bubblewrap' : 'weaker'
  return here
}

/** One sentence on how files are shut in here. */
export function aboutWalls(walls: Walls = wallsHere()): string {
  return walls === 'bubblewrap'
    ? 'Files are read in children without network and without a disk to write to (bubblewrap).'
    : 'Files are read in children that may neither write files nor start programs (permissions of Node), but which the system does not shut in: they could reach the network. Install bubblewrap (Linux) for stronger walls.'
}

/** The command line of a reader. */
export function commandFor(walls: Walls = wallsHere()): { command: string; args: string[] } {
  const node = [`--max-old-space-size=${OBJECTS}`, '--disable-proto=delete', '--no-warnings']
  if (walls === 'weaker') {
    const permission = process.allowedNodeEnvironmentFlags.has('--permission')
      ? '--permission'
      : '--experimental-permission'
    const reads = programFolders().map((path) => `--allow-fs-read=${join(path, '*')}`)
    return limited(process.execPath, [...node, permission, ...reads, CHILD])
  }
  return limited('bwrap', [...wallsOf(), realpathSync(process.execPath), ...node, CHILD])
}

/** Nothing of the caller's environment, network, processes or files; the program and the system's libraries to read. */
function wallsOf(): string[] {
  const seen = [
    ...OF_THE_SYSTEM.filter((path) => existsSync(path)),
    dirname(realpathSync(process.execPath)),
    ...programFolders(),
  ]
  return [
    '--unshare-all',
    '--die-with-parent',
    '--new-session',
    '--clearenv',
    '--cap-drop',
    'ALL',
    ...[...new Set(seen)].flatMap((path) => ['--ro-bind', path, path]),
    '--dev',
    '/dev',
    '--remount-ro',
    '/dev',
    '--remount-ro',
    '/',
    '--chdir',
    '/',
  ]
}

/** Where the program and its packages lie: in a clone below its root, installed beside it. */
function programFolders(): string[] {
  const beside = /^(.*[\\/]node_modules)[\\/]/.exec(ROOT)?.[1]
  const inside = ['dist', 'bin', 'node_modules', 'tessdata', 'package.json'].map((name) => join(ROOT, name))
  return [...inside, ...(beside === undefined ? [] : [beside])].filter((path) => existsSync(path))
}

function limited(command: string, args: string[]): { command: string; args: string[] } {
  if (!hasPrlimit()) return { command, args }
  return { command: 'prlimit', args: [`--cpu=${PROCESSOR}`, '--core=0', '--fsize=0', '--', command, ...args] }
}

let prlimit: boolean | undefined
function hasPrlimit(): boolean {
  prlimit ??=
    process.platform === 'linux' && runs('prlimit', ['--core=0', '--', process.execPath, '--version'])
  return prlimit
}

function bubblewrapWorks(): boolean {
  return (
    process.platform === 'linux' && runs('bwrap', [...wallsOf(), realpathSync(process.execPath), '--version'])
  )
}

function runs(command: string, args: readonly string[]): boolean {
  return (
    spawnSync(command, args, { stdio: 'ignore', timeout: 10_000, env: { PATH: process.env.PATH } }).status ===
    0
  )
}
