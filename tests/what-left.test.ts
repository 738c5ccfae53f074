import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { backUpRecord } from '../src/ledger/back-up-record.ts'
import { backUpByPlan } from '../src/ledger/backup-plan.ts'
import type { Actor } from '../src/protection/actor.ts'
import { goingTo } from '../src/protection/exits.ts'
import { previewErasure } from '../src/protection/preview-erasure.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { takeOriginalOut } from '../src/sources/take-original-out.ts'
import { exportAs, readAs } from '../src/storage/database.ts'
import { originalPath } from '../src/storage/originals.ts'
import { allow, lowered, somebodyTells, TAKE_OUT, TO_COURT, type Told } from './consent-people.ts'
import { somebody } from './people.ts'
import { type TestServer, testServer } from './served.ts'
import { testWorkspace } from './workspace.ts'

let workspace: Awaited<ReturnType<typeof testWorkspace>>
let server: TestServer
let told: Told
let editor: Actor
const folder = mkdtempSync(join(tmpdir(), 'rapporteur-left-'))

beforeAll(async () => {
  workspace = await testWorkspace()
  server = await testServer(workspace)
  const { organisation } = workspace.actor
  editor = await somebody(workspace, { organisation, roles: ['editor'], name: 'An editor' })
  told = await somebodyTells(workspace)
})
afterAll(async () => {
  await server?.close()
  await workspace?.close()
  rmSync(folder, { recursive: true, force: true })
})

const within = (): Actor => ({ ...workspace.actor, cases: [told.case] })
const preview = (target: string, who: Actor) =>
  readAs(workspace.database, who, (tx) => previewErasure(tx, { target, reach: 'record', kinds: ALL_KINDS }))
const takeOriginal = (id: string, who: Actor, leaving = TO_COURT) =>
  exportAs(workspace.database, who, { kind: 'original', output: id, to: goingTo(leaving) }, (tx) =>
    takeOriginalOut(tx, { folder: workspace.folder, id, leaving }),
  )

describe('what left already', () => {
  test('P80 nothing is said where nothing left', async () => {
    expect(await preview(told.source, within())).toMatchObject({
      exports: [],
      exported: 0,
      uses: [],
      used: 0,
      backups: 0,
      lastBackup: null,
    })
  })

  test('P80 who received what would be erased, when, and whether it can be called back', async () => {
    await allow(workspace, told, {}, { purpose: 'public_report', recipient: 'partner' })
    const partner = {
      ...TO_COURT,
      purpose: 'public_report',
      recipient: 'partner',
      recipientName: 'A partner of ours',
    } as const
    await takeOriginal(told.source, within(), partner)
    expect((await TAKE_OUT.package(workspace, told, within(), TO_COURT)).code).toBeNull()
    const seen = await preview(told.source, within())
    expect(seen.exports).toEqual([
      expect.objectContaining({ way: 'package', recipient: 'court', recallable: false }),
      expect.objectContaining({ way: 'original', what: 'talk.txt', recipient: 'partner', recallable: true }),
    ])
    expect(seen.uses.map(({ way, recipientName, recallable }) => [way, recipientName, recallable])).toEqual([
      ['package', TO_COURT.recipientName, false],
      ['original', 'A partner of ours', true],
    ])
    expect([seen.exported, seen.used]).toEqual([2, 2])
    for (const { at } of [...seen.exports, ...seen.uses])
      expect(Date.now() - Date.parse(at)).toBeLessThan(60_000)
    // The person, and what was stated from what they told; a package carries these too, an original does not.
    expect((await preview(told.person, within())).uses).toHaveLength(2)
    expect((await preview(told.statement, within())).exports.map(({ way }) => way)).toEqual(['package'])
    expect((await preview(told.case, within())).used).toBe(2)
    expect(await preview(told.dossier, within())).toMatchObject({ exported: 2, used: 2 })
  })

  test('P80 P55 whoever has not the case open is told of exports of what they may see, and of no use', async () => {
    await expect(preview(told.source, editor)).rejects.toMatchObject({ code: 'not_there' })
    const { rows } = await workspace.database.owner.query<{ id: string }>(
      'select id from source where level = 1 and dossier = $1',
      [told.dossier],
    )
    const published = rows[0]?.id ?? ''
    const before = await preview(published, editor)
    expect(before).toMatchObject({ exported: 1, uses: [], used: 0 })
    await takeOriginal(published, editor)
    expect((await preview(published, editor)).exports[0]).toMatchObject({
      way: 'original',
      by: 'An editor',
      what: 'harbour.txt',
    })
    await lowered(workspace, told)
    const open = await preview(told.source, editor)
    expect(open).toMatchObject({ uses: [], used: 0 })
    expect(open.exported).toBe(2)
  })

  test('P80 nobody without a role for it, and nobody elsewhere, is told of any export by the database itself', async () => {
    const { organisation } = workspace.actor
    const asked = (who: Actor) =>
      readAs(workspace.database, who, (tx) =>
        tx.query('select * from exports_of($1)', [[told.source, told.dossier]]),
      )
    expect(await asked(editor)).not.toEqual([])
    expect(await asked(await somebody(workspace, { organisation, roles: ['reader'] }))).toEqual([])
    expect(await asked(await somebody(workspace, { organisation, roles: ['auditor'] }))).toEqual([])
    expect(await asked(await somebody(workspace, { roles: ['editor'] }))).toEqual([])
  })

  test('P80 by HTTP, as the page asks', async () => {
    const { exports, uses } = await server.done('previewErasure', {
      query: { target: told.source },
      opened: told.case,
    })
    expect([exports.length, uses.length]).toEqual([2, 2])
  })
})

describe('the line of a backup', () => {
  const lines = async () =>
    (
      await workspace.database.owner.query(
        "select person, operation, output from export where kind = 'backup' and organisation = $1 order by id",
        [workspace.actor.organisation],
      )
    ).rows

  test('T25 P47 a backup is written down: who, when, sealed or plain; by plan, by whoever asked, at the terminal', async () => {
    const recipient = await identityToRecipient(await generateX25519Identity())
    await backUpRecord(workspace, join(folder, 'plain.zip'))
    await backUpRecord(
      { ...workspace, actor: { ...workspace.actor, pass: '' } },
      join(folder, 'sealed.age'),
      {
        recipients: [recipient],
      },
    )
    const plan = {
      on: true,
      folder,
      at: '03:00',
      recipients: [recipient],
      keep: { daily: 2, weekly: 0, monthly: 0 },
    }
    await server.done('setBackupPlan', { body: plan })
    expect(await backUpByPlan(workspace, { byItself: true })).toMatchObject({ ok: true })
    await server.done('backUpNow')
    const { person } = workspace.actor
    expect(await lines()).toEqual([
      { person, operation: 'backup', output: 'plain' },
      { person: 'terminal', operation: 'backup', output: 'sealed' },
      { person: 'server', operation: 'planned backup', output: 'sealed' },
      { person, operation: 'backUpNow', output: 'sealed' },
    ])
    const { lines: read } = await server.done('audit', { query: { what: 'export' } })
    expect(read.slice(0, 2)).toMatchObject([
      { kind: 'backup', output: 'sealed', operation: 'backUpNow', recipient: null, opened: [] },
      { kind: 'backup', output: 'sealed', person: 'server' },
    ])
    const { backups, lastBackup } = await preview(told.dossier, within())
    expect(backups).toBe(4)
    expect(lastBackup).not.toBeNull()
    // Another organisation of the server reads that it was copied, and of nobody elsewhere.
    const { rows } = await workspace.database.owner.query(
      "select distinct person from export where kind = 'backup' and organisation <> $1",
      [workspace.actor.organisation],
    )
    expect(rows).toEqual([{ person: 'server' }])
  })

  test('T25 where the line cannot be written there is no file, and where there is no file there is no line', async () => {
    const { owner } = workspace.database
    const before = await lines()
    await owner.query("alter table export add constraint no_backup check (kind <> 'backup') not valid")
    await expect(backUpRecord(workspace, join(folder, 'none.zip'))).rejects.toThrow()
    await owner.query('alter table export drop constraint no_backup')
    expect([existsSync(join(folder, 'none.zip')), existsSync(join(folder, 'none.zip.part'))]).toEqual([
      false,
      false,
    ])
    rmSync(originalPath(workspace.folder, told.sha256))
    await expect(backUpRecord(workspace, join(folder, 'none.zip'))).rejects.toMatchObject({
      code: 'original_missing',
    })
    expect(await lines()).toEqual(before)
    // Nobody who works here can write such a line.
    await expect(
      readAs(workspace.database, editor, (tx) => tx.query("select log_export('backup', 'plain', 'x')")),
    ).rejects.toMatchObject({ code: '42501' })
  })
})
