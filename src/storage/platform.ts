import { release } from 'node:os'

/** Where we have run all tests ourselves. */
export const TRIED = ['linux-x64']
/** The engine is published for these too; nobody of us has tried them. */
export const UNTRIED = [
  'linux-arm64',
  'linux-arm',
  'linux-ia32',
  'linux-ppc64',
  'darwin-arm64',
  'darwin-x64',
  'win32-x64',
]

/** What somebody can do where our own engine does not work. */
export const WAYS_ON =
  'Ways on: set DATABASE_URL to a PostgreSQL 15 or newer, choose another folder with --data, or use another machine.'

/** This platform, as Node names it. */
export function platformHere(): string {
  return `${process.platform}-${process.arch}`
}

/** One sentence about this platform: what it is, and whether it was tried. */
export function aboutPlatform(here = platformHere()): { tried: boolean; sentence: string } {
  const tried = TRIED.includes(here)
  const known = tried ? 'tried' : UNTRIED.includes(here) ? 'not tried by us' : 'unknown to us'
  return {
    tried,
    sentence: `${here} (${known}), system ${release()}, Node ${process.versions.node}. Tried: ${TRIED.join(', ')}. Not tried: ${UNTRIED.join(', ')}.`,
  }
}

/** What failed, where, and what can be done. */
export function failedHere(what: string): string {
  return `${what} This is ${platformHere()}, Node ${process.versions.node}. ${WAYS_ON}`
}
