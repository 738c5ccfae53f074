import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { chromium } from 'playwright-core'

/** A browser to drive, or why there is none: then the journeys are skipped, with the reason in their name. */
export type FoundChromium =
  | { readonly executablePath: string; readonly args: readonly string[]; readonly absent: null }
  | { readonly executablePath: null; readonly args: readonly string[]; readonly absent: string }

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const ELSEWHERE = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/snap/bin/chromium']
/** One attempt to install at a time, and no second one within the hour. */
const ATTEMPT = '/tmp/rapporteur-chromium-install'
/** Milliseconds. */
const ATTEMPT_HOLDS = 3_600_000
const INSTALL_WITHIN = 600_000

/**
 * Find Chromium; where there is none and we may (root, on a system with apt), install it once.
 *
 * `const browser = await findChromium()` at the head of a test file, then
 * `describe.skipIf(browser.absent)(\`journeys\${said(browser)}\`, …)` and `chromium.launch(browser)`.
 */
export async function findChromium({
  env = process.env,
  mayInstall = process.getuid?.() === 0 && process.platform === 'linux',
}: {
  env?: NodeJS.ProcessEnv
  mayInstall?: boolean
} = {}): Promise<FoundChromium> {
  const there = lookFor(env)
  if (there !== null) return found(there)
  const apt = mayInstall && onPath('apt-get', env) !== null
  if (apt) await installOnce(() => lookFor(env) !== null)
  const installed = apt ? lookFor(env) : null
  if (installed !== null) return found(installed)
  const reason = apt ? 'and apt could not install it' : 'and this user may not install it'
  return { executablePath: null, args: [], absent: `Chromium is absent, ${reason}` }
}

/** The reason as it stands behind a test's name; nothing where there is a browser. */
export function said({ absent }: FoundChromium): string {
  return absent === null ? '' : ` (skipped: ${absent})`
}

function found(executablePath: string): FoundChromium {
  // As root Chromium refuses to start in its sandbox; small containers have a small /dev/shm.
  const args = process.getuid?.() === 0 ? ['--no-sandbox', '--disable-dev-shm-usage'] : []
  return { executablePath, args, absent: null }
}

function lookFor(env: NodeJS.ProcessEnv): string | null {
  const named = env.RAPPORTEUR_CHROMIUM
  if (named !== undefined) return isProgram(named) ? named : null
  for (const name of NAMES) {
    const path = onPath(name, env)
    if (path !== null) return path
  }
  if (env.PATH === '') return null
  return [...ELSEWHERE, chromium.executablePath()].find(isProgram) ?? null
}

function onPath(name: string, env: NodeJS.ProcessEnv): string | null {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return folders.map((folder) => join(folder, name)).find(isProgram) ?? null
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** Test files run side by side: one installs, the others wait for it. */
async function installOnce(isThere: () => boolean): Promise<void> {
  const until = Date.now() + INSTALL_WITHIN
  for (;;) {
    try {
      writeFileSync(ATTEMPT, 'running', { flag: 'wx' })
      break
    } catch {
      const age = Date.now() - (statSync(ATTEMPT, { throwIfNoEntry: false })?.mtimeMs ?? 0)
      const state = existsSync(ATTEMPT) ? readFileSync(ATTEMPT, 'utf8') : ''
      if (age > ATTEMPT_HOLDS) rmSync(ATTEMPT, { force: true })
      else if (state === 'over' || isThere() || Date.now() > until) return
      else await pause(500)
    }
  }
  const options = {
    stdio: 'ignore',
    timeout: INSTALL_WITHIN / 2,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  } as const
  spawnSync('apt-get', ['update', '-q'], options)
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], options)
  writeFileSync(ATTEMPT, 'over')
}
