import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { runCli } from '../src/cli/main.ts'
import { openCase } from '../src/protection/open-case.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { asActor } from '../src/storage/database.ts'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'
import { testWorkspace } from './workspace.ts'

let workspace: Awaited<ReturnType<typeof testWorkspace>>
let opened: { id: string; code: string }

beforeAll(async () => {
  workspace = await testWorkspace()
  vi.stubEnv('DATABASE_URL', workspace.url)
  const { database, actor } = workspace
  const dossier = await asActor(database, actor, (tx) => openDossier(tx, 'harbour'))
  opened = await asActor(database, actor, (tx) =>
    openCase(tx, { dossier: dossier.id, title: 'The net cutters', reason: 'They came to us.' }),
  )
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await workspace?.close()
})

/** One command line on this record: its exit code, and what it printed. */
async function run(...args: string[]): Promise<{ exit: number; said: string }> {
  const said: string[] = []
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => said.push(String(text)) > 0),
  )
  const exit = await runCli([...args, '--data', workspace.folder.root])
  for (const spy of spies) spy.mockRestore()
  return { exit, said: said.join('') }
}

describe('a case on the command line', () => {
  test('P24 P25 what is imported and coded with --case belongs to it, and is found in it alone', async () => {
    const [text, coding] = ['harbour.txt', 'coding.json'].map((name) => join(workspace.folder.root, name))
    writeFileSync(text ?? '', A_TEXT)
    writeFileSync(coding ?? '', JSON.stringify(A_CODING_FILE))
    const within = ['--case', opened.code.toLowerCase()]
    expect((await run('import', text ?? '', '--dossier', 'harbour', ...within)).exit).toBe(0)
    expect((await run('code', coding ?? '', '--dossier', 'harbour', ...within)).exit).toBe(0)
    expect((await run('search', 'boats')).said).toContain('0 found')
    expect((await run('search', 'boats', ...within)).said).not.toContain('0 found')
    const shown = await run('show', 'H1', ...within)
    expect(shown.said).toMatch(/^statement stm_\w+ \(case only\)/)
    expect(JSON.parse((await run('show', 'H1', '--json', ...within)).said)).toMatchObject({ level: 'case' })
    const outside = await run('show', 'H1')
    expect([outside.exit, outside.said]).toEqual([1, expect.stringContaining('(not_there)')])
    const inside = JSON.parse((await run('check', '--dossier', 'harbour', '--json', ...within)).said)
    const without = JSON.parse((await run('check', '--dossier', 'harbour', '--json')).said)
    expect(inside.passages.intact).toBeGreaterThan(0)
    expect(without.passages.intact).toBe(0)
  })

  test('P23 a case that is not there is refused, and nothing is done', async () => {
    const absent = await run('search', 'boats', '--case', 'C-0000')
    expect([absent.exit, absent.said]).toEqual([1, expect.stringContaining('(not_there)')])
  })

  test('P47 a package made with --case is written down as having left it, and so is every command', async () => {
    const file = join(workspace.folder.root, 'p.zip')
    const made = await run('package', '--dossier', 'harbour', '--to', file, '--case', opened.code)
    expect(made.exit).toBe(0)
    expect((await run('verify', file)).exit).toBe(0)
    const { owner } = workspace.database
    const { rows: left } = await owner.query('select operation, kind, output, opened from export')
    expect(left).toEqual([
      { operation: 'package', kind: 'package', output: expect.stringMatching(/^dos_/), opened: [opened.id] },
    ])
    const { rows } = await owner.query<{ operation: string }>(
      'select distinct operation from opening order by 1',
    )
    expect(rows.map(({ operation }) => operation)).toEqual([
      'check',
      'code',
      'import',
      'openCase',
      'package',
      'search',
      'show',
    ])
  })
})
