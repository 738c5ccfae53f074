import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { chromium } from 'playwright-core'
import { chromiumFlags, findChromiumProgram, findOnPath } from '../src/proofs/find-chromium.ts'

/** A browser to drive, or why there is none: then the journeys are skipped, with the reason in their name. */
export type FoundChromium =
  | { readonly executablePath: string; readonly args: readonly string[]; readonly absent: null }
  | { readonly executablePath: null; readonly args: readonly string[]; readonly absent: string }

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
  const apt = mayInstall && findOnPath('apt-get', env) !== null
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
  return { executablePath, args: chromiumFlags(), absent: null }
}

function lookFor(env: NodeJS.ProcessEnv): string | null {
  return findChromiumProgram(env, chromium.executablePath())
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
