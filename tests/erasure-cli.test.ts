import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { runCli } from '../src/cli/main.ts'

describe('keys, drills and the clean-up on the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-keys-'))
  const at = (name: string) => join(folder, name)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** One command: its exit code, and what it said as JSON. */
  async function run(...args: string[]): Promise<{ exit: number; json: Record<string, unknown> }> {
    const said: string[] = []
    const spies = [
      vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0),
      vi.spyOn(process.stderr, 'write').mockImplementation(() => true),
    ]
    const exit = await runCli([...args, '--json'])
    for (const spy of spies) spy.mockRestore()
    return { exit, json: JSON.parse(said.join('').trim().split('\n').at(-1) ?? '{}') }
  }

  test('K20 a pair of keys, a backup for it, a drill of that, and the record elsewhere', async () => {
    writeFileSync(at('a.txt'), 'Words of the harbour.\n')
    expect((await run('import', at('a.txt'), '--dossier', 'harbour', '--data', at('record'))).exit).toBe(0)
    const { json: pair } = await run('backup-key', '--to', at('key'))
    expect(readFileSync(at('key'), 'utf8')).toContain('AGE-SECRET-KEY-PQ-1')
    expect((await run('backup-key', '--to', at('key'))).exit).toBe(2)
    const made = await run(
      'backup',
      '--to',
      at('b.age'),
      '--recipient',
      String(pair.recipient),
      '--data',
      at('record'),
    )
    expect(made).toMatchObject({ exit: 0, json: { recipients: 1, unreached: [] } })
    expect((await run('drill', at('b.age'))).json).toMatchObject({ error: { code: 'identity_missing' } })
    const drilled = await run('drill', at('b.age'), '--identity', at('key'))
    expect(drilled).toMatchObject({ exit: 0, json: { holds: true, originals: 1 } })
    const restored = await run('restore', at('b.age'), '--identity', at('key'), '--data', at('other'))
    expect(restored).toMatchObject({ exit: 0, json: { erasedAgain: 0 } })
    expect(existsSync(join(at('other'), 'run', 'decrypted-backup.zip'))).toBe(false)
  }, 180_000)

  test('K21 the clean-up runs by hand too, and says what it did', async () => {
    expect((await run('erasures', '--data', at('record'))).json).toMatchObject({
      erasures: [],
      cleaning: { waiting: 0 },
    })
    const { exit, json } = await run('erasures', '--clean', '--data', at('record'))
    expect([exit, json]).toMatchObject([0, { cleaned: { limits: [], unreached: [] }, backups: [folder] }])
  }, 120_000)
})
