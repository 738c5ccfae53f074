import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Browser } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const ELSEWHERE = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/snap/bin/chromium']

/**
 * Where Chromium is on this machine, or null. RAPPORTEUR_CHROMIUM names one and then no other is looked for.
 *
 * @param bundled where the driver would have put its own
 */
export function findChromiumProgram(env: NodeJS.ProcessEnv, bundled: string): string | null {
  const named = env.RAPPORTEUR_CHROMIUM
  if (named !== undefined) return isProgram(named) ? named : null
  for (const name of NAMES) {
    const path = findOnPath(name, env)
    if (path !== null) return path
  }
  if (env.PATH === '') return null
  return [...ELSEWHERE, bundled].find(isProgram) ?? null
}

/** As root Chromium refuses to start in its sandbox; small containers have a small /dev/shm. */
export function chromiumFlags(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox', '--disable-dev-shm-usage'] : []
}

export function findOnPath(name: string, env: NodeJS.ProcessEnv): string | null {
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

/** A browser to drive, or which tool is absent: neither is needed for work, so an installed package has none. */
export async function launchChromium(): Promise<Browser | string> {
  try {
    const { chromium } = await import('playwright-core')
    const executablePath = findChromiumProgram(process.env, chromium.executablePath())
    if (executablePath === null) return 'Chromium is absent'
    return await chromium.launch({ executablePath, args: chromiumFlags() })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'ERR_MODULE_NOT_FOUND') return 'playwright-core is absent'
    throw error
  }
}
