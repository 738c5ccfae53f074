import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openDossier } from '../src/sources/dossier.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { asActor } from '../src/storage/database.ts'
import { testWorkspace } from './workspace.ts'

describe('the log of the database', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  const canary = `canary-${Math.random().toString(36).slice(2)}`
  const log = () => readFileSync(join(inject('engineFolder'), 'database', 'log'), 'utf8')

  beforeAll(async () => {
    workspace = await testWorkspace()
  })
  afterAll(() => workspace?.close())

  test('T40 it holds no word of the record, whatever was refused', async () => {
    const { actor, database } = workspace
    const dossier = await asActor(database, actor, (tx) => openDossier(tx, 'harbour'))
    await takeIn(workspace, dossier, [
      { fileName: `${canary}.txt`, bytes: Buffer.from(`The ${canary} burnt.\n`) },
    ])
    const { owner, runtime } = database
    const refused: [sql: string, values?: unknown[]][] = [
      // What was asked, in its words and beside them.
      [`select '${canary}'::integer`],
      ['select $1::text::integer', [canary]],
      [`select nothing from nowhere where word = '${canary}'`],
      // The row that did not fit, and the key that was there already.
      [
        `insert into dossier (organisation, level, id, revision, body) select organisation, 9, '${canary}', 1, '{}' from organisation`,
      ],
      ['insert into source select * from source where body::text like $1', [`%${canary}%`]],
      [
        "insert into source (organisation, level, id, revision, body) select organisation, 1, $1, 1, jsonb_set(body, '{dossier}', '\"none\"') from source limit 1",
        [canary],
      ],
      [`do $$ begin raise exception 'it holds ${canary}'; end $$`],
    ]
    for (const [sql, values] of refused)
      for (const pool of [owner, runtime])
        await pool.query(sql, values).then(
          ({ rowCount }) => expect([sql, rowCount]).toEqual([sql, 0]),
          () => undefined,
        )
    // The engine writes as it goes on; a line that it would write about any of these is there before this answer.
    const { rows } = await owner.query<Record<string, string>>(
      "select name, setting from pg_settings where name like 'log\\_%' and name in ('log_min_messages', 'log_min_error_statement', 'log_error_verbosity', 'log_statement', 'log_min_duration_statement')",
    )
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      log_min_messages: 'log',
      log_min_error_statement: 'panic',
      log_error_verbosity: 'terse',
      log_statement: 'none',
      log_min_duration_statement: '-1',
    })
    expect(log()).not.toContain(canary)
    expect(log()).toContain('database system is ready')
  })

  test('T40 a data folder holds no other log, and this one is closed to others', () => {
    const root = inject('engineFolder')
    const logs = readdirSync(root, { recursive: true })
      .map(String)
      .filter((path) => /(^|[/\\])(log|.*\.log|nohup\.out|core)$/.test(path))
    expect(logs.map((path) => path.replaceAll('\\', '/'))).toEqual(['database/log'])
    if (process.platform !== 'win32')
      expect((statSync(join(root, 'database', 'log')).mode & 0o077).toString(8)).toBe('0')
  })
})
