import { appendFileSync, renameSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settle } from '../src/ledger/settle.ts'
import { verifyRecord } from '../src/ledger/verify-record.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { applyCoding } from '../src/statements/apply-coding.ts'
import { readCodingFile } from '../src/statements/coding-format.ts'
import { asActor } from '../src/storage/database.ts'
import { originalPath } from '../src/storage/originals.ts'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'
import { testWorkspace } from './workspace.ts'

/** Each tampering as the database's owner could do it, and what verify must name. `undo` is only needed on disk. */
const TAMPERINGS: [name: string, sql: string, named: string][] = [
  ['a statement reworded', `update statement set body = jsonb_set(body, '{kind}', '"opinion"')`, 'statement'],
  ['a level lowered', 'update matter set level = 0', 'matter'],
  ['a matter renamed', `update matter set body = jsonb_set(body, '{name}', '"Another"')`, 'matter'],
  ['a passage moved', `update passage set body = jsonb_set(body, '{start}', '1')`, 'passage'],
  ["a reading's text altered", `update reading set text = text || ' '`, 'reading'],
  ['a searchable line altered', `update searched set text = text || 'x'`, ''],
  ['a searchable line deleted', 'delete from searched where ctid = (select min(ctid) from searched)', ''],
  ['an account entry moved', `update entry_index set aspect = 'other'`, 'statement'],
  [
    'an account entry deleted',
    'delete from entry_index where ctid = (select min(ctid) from entry_index)',
    'statement',
  ],
  [
    'a speaker deleted',
    'delete from speaker_index where ctid = (select min(ctid) from speaker_index)',
    'statement',
  ],
  ['a link deleted', 'delete from link', 'link'],
  [
    'a revision reworded',
    `update revision set after = jsonb_set(after, '{body,note}', '"x"') where kind = 'matter'`,
    'matter',
  ],
  ['a revision deleted', `delete from revision where kind = 'link'`, 'entry'],
  [
    'a salt altered',
    `update revision set salt = decode(repeat('00', 32), 'hex') where kind = 'source'`,
    'source',
  ],
  [
    'a commitment altered',
    `update revision set commitment = decode(repeat('00', 32), 'hex') where kind = 'dossier'`,
    'dossier',
  ],
  [
    'content taken out without an erasure',
    `update revision set after = null where kind = 'passage'`,
    'passage',
  ],
  [
    'an entry altered',
    `update ledger_entry set leaf = replace(leaf, '"v":1', '"v":2') where index = 1`,
    'checkpoint',
  ],
  ['an entry deleted', 'delete from ledger_entry where index = 1', 'entry'],
  [
    'the last entry deleted',
    'delete from ledger_entry where index = (select max(index) from ledger_entry)',
    '',
  ],
  [
    'two entries swapped',
    `update ledger_entry e set leaf = o.leaf from ledger_entry o where (e.index, o.index) in ((0, 1), (1, 0))`,
    'checkpoint',
  ],
  [
    'a checkpoint altered',
    `update ledger_checkpoint set note = replace(note, E'\\n\\n', E'\\n1\\n')`,
    'checkpoint',
  ],
  ['a checkpoint deleted', 'delete from ledger_checkpoint', 'checkpoint'],
  [
    'a record put in from outside',
    `insert into matter (organisation, level, id, revision, body) select organisation, 1, 'mat_00000000000000000000', 1, jsonb_set(body, '{key}', '"x"') from matter limit 1`,
    'matter',
  ],
]

describe('tampering', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  const check = (since?: string) => verifyRecord(workspace, { kinds: ALL_KINDS, since })

  beforeAll(async () => {
    workspace = await testWorkspace()
    const dossier = await asActor(workspace.database, workspace.actor, (tx) => openDossier(tx, 'harbour'))
    await takeIn(workspace, dossier, [{ fileName: 'harbour.txt', bytes: new TextEncoder().encode(A_TEXT) }])
    const outcome = await asActor(workspace.database, workspace.actor, (tx) =>
      applyCoding(tx, dossier, readCodingFile(JSON.stringify(A_CODING_FILE))),
    )
    expect(outcome.items.filter((item) => item.outcome !== 'added')).toEqual([])
    await settle(workspace)
  })
  afterAll(() => workspace?.close())

  test('L1 no false alarm', async () => {
    expect(await check()).toMatchObject({ state: 'intact', altered: [] })
  })

  test.each(TAMPERINGS)('L6 %s is found', async (_, sql, named) => {
    // The check runs inside the tampering's own transaction, which is then rolled back.
    const client = await workspace.database.owner.connect()
    try {
      await client.query('begin')
      await client
        .query("set local session_replication_role = 'replica'")
        .catch(() => client.query('rollback; begin'))
      const changed = await client.query(sql)
      expect(changed.rowCount).toBeGreaterThan(0)
      const owner = { query: client.query.bind(client) } as unknown as typeof workspace.database.owner
      const result = await verifyRecord(
        { ...workspace, database: { ...workspace.database, owner } },
        { kinds: ALL_KINDS },
      )
      expect(result.state).toBe('altered')
      if (named) expect(result.altered.map(({ what }) => what)).toContain(named)
    } finally {
      await client.query('rollback')
      client.release()
    }
    expect((await check()).state).toBe('intact')
  })

  test('L6 an original altered or missing on disk is found', async () => {
    const { rows } = await workspace.database.owner.query('select sha256 from source')
    const path = originalPath(workspace.folder, rows[0].sha256)
    appendFileSync(path, 'x')
    expect((await check()).altered).toMatchObject([{ what: 'original' }])
    renameSync(path, `${path}.away`)
    expect((await check()).altered).toMatchObject([{ what: 'original' }])
    writeFileSync(path, A_TEXT)
    expect((await check()).state).toBe('intact')
  })

  test('L7 a rollback to an earlier state is found with --since, and not without', async () => {
    const since = (await check()).checkpoint ?? ''
    const owner = await workspace.database.owner.connect()
    await owner.query('begin')
    await owner.query(
      'delete from ledger_entry where index > 0; delete from ledger_checkpoint where size > 1; delete from revision where entry not in (select entry from ledger_entry)',
    )
    for (const { table, derived } of [...ALL_KINDS].reverse()) {
      for (const one of derived) await owner.query(`delete from ${one.table}`)
      if (table !== 'dossier') await owner.query(`delete from ${table}`)
    }
    await owner.query('delete from searched')
    const { rows } = await owner.query('select size from ledger_checkpoint')
    const inside = {
      ...workspace,
      database: {
        ...workspace.database,
        owner: { query: owner.query.bind(owner) } as unknown as typeof workspace.database.owner,
      },
    }
    const without = await verifyRecord(inside, { kinds: ALL_KINDS })
    const withSince = await verifyRecord(inside, { kinds: ALL_KINDS, since })
    await owner.query('rollback')
    owner.release()
    if (rows.length > 0) expect(without.state).toBe('intact')
    expect(without.rollback).toBe('not ruled out')
    expect(withSince.altered.map(({ what }) => what)).toContain('ledger')
  })
})
