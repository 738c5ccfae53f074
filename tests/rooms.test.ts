import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Imports that must be refused, and the rule that names each. */
const PLANTED: [from: string, to: string, rule: string][] = [
  ['foundation/bad.ts', 'storage/database.ts', 'foundation-uses-only-rooms-above'],
  ['storage/bad.ts', 'ledger/change.ts', 'storage-uses-only-rooms-above'],
  ['sources/bad.ts', 'statements/account.ts', 'sources-uses-only-rooms-above'],
  ['statements/bad.ts', 'cli/main.ts', 'statements-uses-only-rooms-above'],
  ['web/bad.ts', 'storage/database.ts', 'the-web-never-reaches-the-database'],
  ['cli/bad.ts', 'cli/good.test.ts', 'no-tests-in-the-product'],
  ['cli/bad.ts', 'cli/nowhere.ts', 'no-unknown-imports'],
]

/** Lay out a small house and let the rules look at it. */
function cruise(files: Record<string, string>): { status: number | null; said: string } {
  const house = mkdtempSync(join(tmpdir(), 'rapporteur-rooms-'))
  try {
    for (const name of ['.dependency-cruiser.mjs', 'tsconfig.json', 'package.json'])
      copyFileSync(join(ROOT, name), join(house, name))
    symlinkSync(join(ROOT, 'node_modules'), join(house, 'node_modules'))
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(house, 'src', path)), { recursive: true })
      writeFileSync(join(house, 'src', path), text)
    }
    const cruiser = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
    const { status, stdout } = spawnSync(
      process.execPath,
      [cruiser, 'src', '--config', '.dependency-cruiser.mjs'],
      { cwd: house, encoding: 'utf8' },
    )
    return { status, said: stdout }
  } finally {
    rmSync(house, { recursive: true, force: true })
  }
}

describe('the rules between rooms', () => {
  test('a house in order passes', () => {
    const files = {
      'foundation/good.ts': 'export const good = 1\n',
      'cli/fine.ts': "export { good } from '../foundation/good.ts'\n",
    }
    expect(cruise(files).status).toBe(0)
  })

  test.each(PLANTED)('%s may not import %s', (from, to, rule) => {
    const files: Record<string, string> = { [from]: `export { good } from '../${to}'\n` }
    if (!to.endsWith('nowhere.ts')) files[to] = 'export const good = 1\n'
    const { status, said } = cruise(files)
    expect(status).not.toBe(0)
    expect(said).toContain(rule)
  })
})
