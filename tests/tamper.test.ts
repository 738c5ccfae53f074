import { appendFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { callRoll } from '../src/ledger/call-roll.ts'
import { processLog } from '../src/ledger/process-log.ts'
import { receiptOf, receiptsOf } from '../src/ledger/receipt.ts'
import { settle } from '../src/ledger/settle.ts'
import { logAtHand, logWithin, verifyNow } from '../src/ledger/verify-now.ts'
import { verifyReceipt } from '../src/ledger/verify-receipt.ts'
import { verifyRecord, verifyWithin } from '../src/ledger/verify-record.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { applyCoding } from '../src/statements/apply-coding.ts'
import { readCodingFile } from '../src/statements/coding-format.ts'
import { tagRecords } from '../src/statements/tag-record.ts'
import { asActor, readAs } from '../src/storage/database.ts'
import { originalPath } from '../src/storage/originals.ts'
import type { Workspace } from '../src/storage/workspace.ts'
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
  ['a reason reworded', `update revision set why = 'x' where kind = 'statement'`, 'statement'],
  [
    'a person put in the place of another',
    `update revision set who = 'per_00000000000000000000' where kind = 'source'`,
    'source',
  ],
  ['a time altered', `update revision set at = at - interval '1 day' where kind = 'link'`, 'link'],
  ["a revision's level altered", `update revision set level = 0 where kind = 'matter'`, 'matter'],
  ["a revision's form altered", `update revision set form = 'matter/0' where kind = 'matter'`, 'matter'],
  [
    'a revision marked as erased and still there',
    `update revision set erased = '{}' where kind = 'remark'`,
    'remark',
  ],
  [
    'content taken out with a marker alone',
    `update revision set after = null, salt = null, erased = '{}' where kind = 'remark'`,
    'remark',
  ],
  ["a derived row's level lowered", 'update entry_index set level = 0', 'statement'],
  ["a derived row's case altered", `update passage_index set level = 3, "case" = 'x'`, 'statement'],
  [
    'a derived row put in',
    `insert into passage_index (organisation, level, item, passage) select organisation, level, 'stm_00000000000000000000', passage from passage_index limit 1`,
    'statement',
  ],
  ["a searchable line's level lowered", 'update searched set level = 0', ''],
  ["a searchable line's case altered", `update searched set level = 3, "case" = 'x'`, ''],
  ['a searchable line given another class', 'update searched set class = class + 1', 'reading'],
  ['a visibility class opened', 'update visibility_class set level = 0', 'reading'],
  ['a visibility class of another dossier', `update visibility_class set dossier = 'x'`, 'reading'],
  ['words for the order by relevance altered', `update line_index set words = ''`, 'reading'],
  ['their level lowered', 'update line_index set level = 0', 'reading'],
  ['words for the order by relevance deleted', 'delete from line_index', 'reading'],
  [
    'words of a line that is not there put in',
    `insert into line_index (organisation, level, line, words) select organisation, level, 999999, words from line_index limit 1`,
    'record',
  ],
  ['a value of a statement led elsewhere', `update entry_index set value_matter = 'mat_x'`, 'statement'],
  [
    'a searchable line of nothing put in',
    `insert into searched (organisation, level, class, record, start, config, text) select organisation, level, class, 'rdg_00000000000000000000', 0, config, text from searched limit 1`,
    'reading',
  ],
  [
    'a body that is no longer of its form',
    `update statement set body = body - 'about' - 'speakers'`,
    'statement',
  ],
  [
    'a tile put in',
    `insert into ledger_tile (organisation, tile_level, tile_index, hashes) select organisation, 0, 0, '' from organisation`,
    'tile',
  ],
  ['a migration renamed', `update migration set name = 'x'`, 'migration'],
  [
    'another organisation put in',
    `insert into organisation (organisation, name) values ('org_00000000000000000000', 'x')`,
    'organisation',
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
    await inRolledBack(workspace, async (owner) => {
      const changed = await owner.query(sql)
      expect(changed.rowCount).toBeGreaterThan(0)
      const result = await verifyWithin(owner, workspace, { kinds: ALL_KINDS })
      expect(result.state).toBe('altered')
      if (named) expect(result.altered.map(({ what }) => what)).toContain(named)
    })
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

  test('L6 a change deleted with row, revision and entry before it was placed is named by the roll call', async () => {
    await inRolledBack(workspace, async (owner) => {
      const dossier = await asActor(workspace.database, workspace.actor, (tx) =>
        openDossier(tx, 'lost-early'),
      )
      await callRoll(workspace, processLog(workspace.actor.organisation))
      await owner.query('delete from revision where record = $1', [dossier.id])
      await owner.query('delete from searched where record = $1', [dossier.id])
      await owner.query('delete from dossier where id = $1', [dossier.id])
      const gone = await owner.query(`delete from ledger_inbox where leaf like '%"type":"change"%'`)
      expect(gone.rowCount).toBe(1)
      const { state, altered } = await verifyWithin(owner, workspace, { kinds: ALL_KINDS })
      expect(state).toBe('altered')
      expect(altered).toMatchObject([{ what: 'entry', id: expect.stringMatching(/^prc_\w+#\d+$/) }])
    })
    await settle(workspace)
    expect((await check()).state).toBe('intact')
  })

  test('L14 where no roll call answered and no receipt is at hand verify says after which change it cannot tell', async () => {
    const [limit = ''] = (await check()).limits
    expect(limit).toMatch(/^Cannot tell .*\bprc_\w+ after change \d+/)
    await settle(workspace, { last: true })
    expect((await check()).limits).toEqual([])
  })

  test('L12 a receipt names the entry that was deleted before its roll call, and a promise alone cannot tell', async () => {
    const { key, actor, database } = workspace
    const { rows } = await database.owner.query<{ dossier: string; id: string }>(
      "select dossier, id from statement where item = 'H1'",
    )
    const { dossier = '', id: subject = '' } = rows[0] ?? {}
    const made = await asActor(database, actor, (tx) =>
      tagRecords(tx, [{ dossier, subject, scheme: 'rights', term: 'property' }]),
    )
    if (!made) throw new Error('Nothing was tagged.')
    const promise = receiptOf(made, key)
    await inRolledBack(workspace, async (owner) => {
      await owner.query('delete from revision where entry = $1', [made.entry])
      await owner.query('delete from tag')
      await owner.query('delete from ledger_inbox where entry = $1', [made.entry])
      expect(await verifyWithin(owner, workspace, { kinds: ALL_KINDS })).toMatchObject({ state: 'intact' })
      expect(
        verifyReceipt(JSON.stringify(promise), { log: await logWithin(owner, workspace) }),
      ).toMatchObject({
        state: 'altered',
        altered: [{ what: 'entry', id: made.entry }],
      })
    })
    expect(verifyReceipt(JSON.stringify(promise))).toMatchObject({ state: 'cannot tell', entry: made.entry })
    const waiting = await readAs(database, actor, (tx) => receiptsOf(tx, key, [made.entry]))
    expect(waiting.get(made.entry)).toEqual(promise)
    await settle(workspace)
    const receipt = (await readAs(database, actor, (tx) => receiptsOf(tx, key, [made.entry]))).get(made.entry)
    expect(receipt).toMatchObject({ promise: promise.promise, place: { index: expect.any(Number) } })
    const text = JSON.stringify(receipt)
    expect(verifyReceipt(text)).toMatchObject({ state: 'intact', altered: [] })
    expect(verifyReceipt(text, { since: receipt?.place?.checkpoint }).rollback).toBe('ruled out')
    const log = await logAtHand(workspace)
    expect(verifyReceipt(text, { log }).state).toBe('intact')
    expect(verifyReceipt(JSON.stringify(promise), { log }).state).toBe('intact')
    for (const [was, is] of [
      ['in the tree', 'in the free'],
      [made.entry, 'ent_00000000000000000000'],
      ['"index":', '"index":1'],
      ['"proof":["', '"proof":["0'],
      ['\\n— ', '\\n- '],
    ] as const) {
      expect(text).toContain(was)
      expect(verifyReceipt(text.replace(was, is)).state).toBe('altered')
    }
    expect(verifyReceipt('{}').state).toBe('cannot tell')
    const folder = join(workspace.folder.root, 'receipts')
    mkdirSync(folder)
    writeFileSync(join(folder, 'mine.json'), text)
    expect(await verifyNow(workspace, { kinds: ALL_KINDS })).toMatchObject({ state: 'intact' })
    const lost = { entry: 'ent_00000000000000000000', leaf: made.leaf, at: made.at }
    writeFileSync(join(folder, 'lost.json'), JSON.stringify(receiptOf(lost, key)))
    expect(await verifyNow(workspace, { kinds: ALL_KINDS })).toMatchObject({
      state: 'altered',
      altered: [{ what: 'entry', id: lost.entry }],
    })
    rmSync(folder, { recursive: true })
  })

  test('L13 a ledger altered while nobody ran is not signed over: nothing is placed, and verify names it', async () => {
    const other = await testWorkspace()
    try {
      for (const slug of ['one', 'two', 'three'])
        await asActor(other.database, other.actor, (tx) => openDossier(tx, slug))
      await settle(other)
      const { owner } = other.database
      await owner.query(`update ledger_entry set leaf = replace(leaf, '"v":1', '"v":2') where index = 1`)
      await asActor(other.database, other.actor, (tx) => openDossier(tx, 'four'))
      // Another process, which has not seen the tree grow.
      vi.resetModules()
      const { settle: elsewhere } = await import('../src/ledger/settle.ts')
      await expect(elsewhere(other)).rejects.toMatchObject({ code: 'ledger_altered' })
      expect((await owner.query('select 1 from ledger_inbox')).rowCount).toBeGreaterThan(0)
      expect((await verifyNow(other, { kinds: ALL_KINDS })).altered.map(({ what }) => what)).toContain(
        'checkpoint',
      )
      await owner.query('delete from ledger_checkpoint')
      await asActor(other.database, other.actor, (tx) => openDossier(tx, 'five'))
      await expect(settle(other)).rejects.toMatchObject({ code: 'ledger_altered' })
    } finally {
      await other.close()
    }
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
    const without = await verifyWithin(owner, workspace, { kinds: ALL_KINDS })
    const withSince = await verifyWithin(owner, workspace, { kinds: ALL_KINDS, since })
    await owner.query('rollback')
    owner.release()
    if (rows.length > 0) expect(without.state).toBe('intact')
    expect(without.rollback).toBe('not ruled out')
    expect(withSince.altered.map(({ what }) => what)).toContain('ledger')
  })
})

/** The check runs inside the tampering's own transaction, which is then rolled back. */
async function inRolledBack(workspace: Workspace, work: (owner: PoolClient) => Promise<void>): Promise<void> {
  const client = await workspace.database.owner.connect()
  try {
    await client.query('begin')
    await work(client)
  } finally {
    await client.query('rollback')
    client.release()
  }
}
