import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../src/foundation/ids.ts'
import { canonicalJson, type Json } from '../src/foundation/json.ts'
import { change } from '../src/ledger/change.ts'
import { settle } from '../src/ledger/settle.ts'
import { verifyRecord, verifyWithin } from '../src/ledger/verify-record.ts'
import type { Actor } from '../src/protection/actor.ts'
import { taskKind } from '../src/protection/consent-kinds.ts'
import { readTasks } from '../src/protection/consent-tasks.ts'
import { decideErasure } from '../src/protection/decide-erasure.ts'
import { AMONG_US, leaveBy } from '../src/protection/exits.ts'
import { giveAccess } from '../src/protection/give-access.ts'
import { previewErasure } from '../src/protection/preview-erasure.ts'
import { proposeErasure } from '../src/protection/propose-erasure.ts'
import { readPerson } from '../src/protection/read-people.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { asActor, readAs } from '../src/storage/database.ts'
import { openWorkspace, type Workspace } from '../src/storage/workspace.ts'
import { allow, inCase, lowered, somebodyTells, TAKE_OUT, TO_COURT, type Told } from './consent-people.ts'
import { somebody } from './people.ts'
import { testWorkspace } from './workspace.ts'

describe('uses in the ledger', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let told: Told
  let other: Told
  let second: Actor
  const check = () => verifyRecord(workspace, { kinds: ALL_KINDS })

  beforeAll(async () => {
    workspace = await testWorkspace()
    const { organisation } = workspace.actor
    second = await somebody(workspace, { organisation, roles: ['legal'] })
    told = await somebodyTells(workspace)
    other = await somebodyTells(workspace)
    for (const one of [told, other]) {
      await allow(workspace, one, {}, { purpose: 'internal_analysis', recipient: 'organisation' })
      const within = { ...workspace.actor, cases: [one.case] }
      expect((await TAKE_OUT.package(workspace, one, within, TO_COURT)).code).toBeNull()
    }
    await settle(workspace)
  })
  afterAll(() => workspace?.close())

  test('P64 L1 what left is a record of the case with one revision, and no false alarm', async () => {
    const { database, actor } = workspace
    const page = await readAs(database, { ...actor, cases: [told.case] }, (tx) => readPerson(tx, told.person))
    const [use] = page.uses
    expect(use).toMatchObject({ thing: told.dossier, output: `${told.slug}.zip`, person: actor.person })
    const { rows } = await database.owner.query(
      `select r.kind, r.level, r."case", r.n, e.leaf::jsonb->>'who' as who from revision r
         join ledger_entry e on e.organisation = r.organisation and e.entry = r.entry where r.record = $1`,
      [use?.id],
    )
    expect(rows).toEqual([{ kind: 'use', level: 3, case: told.case, n: 1, who: actor.person }])
    expect(await check()).toMatchObject({ state: 'intact', altered: [] })
  })

  test.each<[string, string, string]>([
    [
      'a use given another recipient',
      `update consent_use set body = jsonb_set(body, '{recipientName}', '"x"')`,
      'use',
    ],
    ['a use removed', 'delete from consent_use', 'use'],
    [
      'a use removed with its revision',
      `with gone as (delete from consent_use returning id) delete from revision where record in (select id from gone)`,
      'entry',
    ],
    [
      'a use removed with revision and entry',
      `with gone as (delete from consent_use returning id),
            said as (delete from revision where record in (select id from gone) returning entry)
       delete from ledger_entry where entry in (select entry from said)`,
      'entry',
    ],
    [
      'a use altered with its revision',
      `with u as (update consent_use set body = jsonb_set(body, '{recallable}', 'true') returning id, body)
       update revision r set after = jsonb_set(after, '{body}', u.body) from u where r.record = u.id`,
      'use',
    ],
    [
      'a use put in from outside',
      `insert into consent_use (organisation, "case", id, body) select organisation, "case", 'use_00000000000000000000', body from consent_use limit 1`,
      'use',
    ],
    [
      'who let it leave put in the place of another',
      `update revision set who = 'per_x' where kind = 'use'`,
      'use',
    ],
  ])('L6 P64 %s is found', async (_, sql, named) => {
    const client = await workspace.database.owner.connect()
    try {
      await client.query('begin')
      expect((await client.query(sql)).rowCount).toBeGreaterThan(0)
      const result = await verifyWithin(client, workspace, { kinds: ALL_KINDS })
      expect(result.state).toBe('altered')
      expect(result.altered.map(({ what }) => what)).toContain(named)
    } finally {
      await client.query('rollback')
      client.release()
    }
    expect((await check()).state).toBe('intact')
  })

  test('P55 P56 whoever takes out what was lowered writes uses that they do not see', async () => {
    await lowered(workspace, other)
    const outsider = await somebody(workspace, {
      organisation: workspace.actor.organisation,
      roles: ['editor'],
    })
    await asActor(workspace.database, outsider, (tx) =>
      leaveBy(tx, 'original', {
        records: [other.source],
        leaving: AMONG_US,
        output: { thing: other.source, name: '', sha256: other.sha256 },
      }),
    )
    const seen = await readAs(workspace.database, outsider, (tx) =>
      tx.query("select record from revision where kind = 'use' union all select id from consent_use"),
    )
    expect(seen).toEqual([])
    const { uses } = await readAs(workspace.database, { ...workspace.actor, cases: [other.case] }, (tx) =>
      readPerson(tx, other.person),
    )
    expect(uses[0]).toMatchObject({ person: outsider.person, thing: other.source, output: 'talk.txt' })
    await settle(workspace)
    expect(await check()).toMatchObject({ state: 'intact', altered: [] })
  })

  test('L6 the database spells what it commits to as the program does', async () => {
    const values: Json[] = [
      null,
      { b: 1, a: [true, null, { z: '', y: 'x' }], aa: 0, B: -12 },
      'quote " backslash \\ slash / tab \t line \n return \r feed \f back \b bell \u0007 unit \u001f del \u007f',
      { words: 'Қазақстан — «сөз» 🙂 \u2028 \u2029 é é', empty: {}, none: [] },
    ]
    for (const value of values) {
      const { rows } = await workspace.database.owner.query<{ text: string }>(
        'select canonical_json($1::jsonb) as text',
        [JSON.stringify(value)],
      )
      expect(rows[0]?.text).toBe(canonicalJson(value))
    }
    const { rows } = await workspace.database.owner.query<{ id: string }>(
      "select new_id('use') as id from generate_series(1, 500)",
    )
    expect(new Set(rows.map(({ id }) => id)).size).toBe(500)
    for (const { id } of rows) expect(id).toMatch(/^use_[0-9a-hjkmnp-tv-z]{20}$/)
  })

  test('P64 L10 with its person a use goes, and what the ledger says of it holds', async () => {
    const { database } = workspace
    const wanted = {
      target: told.person,
      reach: 'record',
      ground: 'consent_withdrawn',
      askedBy: 'subject',
      request: null,
      kinds: ALL_KINDS,
    } as const
    await inCase(workspace, told, (tx) =>
      giveAccess(tx, { compartment: told.case, person: second.person, until: null, reason: 'They decide.' }),
    )
    const use = await inCase(
      workspace,
      told,
      async (tx) => (await readPerson(tx, told.person)).uses[0]?.id ?? '',
    )
    await expect(
      inCase(workspace, told, (tx) => previewErasure(tx, { ...wanted, target: use })),
    ).rejects.toMatchObject({ code: 'part_of_another' })
    const { id } = await inCase(workspace, told, (tx) => proposeErasure(tx, wanted))
    const within = { ...second, cases: [told.case] }
    const { goes, total } = await asActor(database, within, (tx) => previewErasure(tx, wanted))
    expect(goes.use).toBe(1)
    await asActor(database, within, (tx) =>
      decideErasure(tx, { id, decision: { seen: total }, kinds: ALL_KINDS }),
    )
    await settle(workspace)
    const verified = await check()
    expect(verified).toMatchObject({ state: 'intact', altered: [] })
    expect(verified.erased).toContain(use)
  })
})

/** Uses as they were written before they stood in the ledger, by the schema of then. */
test('T5 L1 uses of an earlier version come into the ledger with its migration, and tasks go on naming them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-uses-'))
  const data = join(folder, 'record')
  try {
    const before: Workspace = await openWorkspace({ data, url: '', restoring: { schemaOf: 11 } })
    const told = await somebodyTells(before)
    const { person } = before.actor
    await before.database.owner.query(
      `insert into consent_use (organisation, "case", person, interlocutor, exit, purpose, recipient, recipient_name, identifiability, output, output_sha256, records, recallable)
       select $1, $2, $3, $4, e, 'internal_analysis', 'case_team', 'Ours', 'full_identity', o, $5, 3, true
         from (values ('original', 'talk.txt'), ('package', 'mine.zip')) v(e, o)`,
      [before.actor.organisation, told.case, person, told.person, told.sha256],
    )
    // A task of then, whose use is a number.
    await inCase(before, told, async (tx) => {
      const body = {
        interlocutor: told.person,
        kind: 'recall',
        due: '2026-12-01',
        who: person,
        note: '',
        use: 2,
        interview: null,
        done: null,
      }
      const state = { id: newId('task'), level: 'case' as const, case: told.case, body }
      await change(tx, 'asked for it back', [{ kind: taskKind, revision: 0, state }])
    })
    await settle(before, { last: true })
    await before.close()
    const after = await openWorkspace({ data, url: '' })
    try {
      const within = { ...after.actor, cases: [told.case] }
      const page = await readAs(after.database, within, (tx) => readPerson(tx, told.person))
      expect(page.uses.map(({ id, thing, output }) => [id, thing, output]).sort()).toEqual([
        ['use_00000000000000000001', told.source, 'talk.txt'],
        ['use_00000000000000000002', null, 'mine.zip'],
      ])
      const { tasks } = await readAs(after.database, within, readTasks)
      expect(tasks.find(({ kind }) => kind === 'recall')?.use).toMatchObject({ output: 'mine.zip' })
      expect((await verifyRecord(after, { kinds: ALL_KINDS })).altered).toEqual([])
      await settle(after, { last: true })
      const verified = await verifyRecord(after, { kinds: ALL_KINDS })
      expect(verified).toMatchObject({ state: 'intact', altered: [], limits: [] })
      // A file name is content of the source: it stands in no use.
      const { rows } = await after.database.owner.query(
        "select 1 from consent_use where body::text like '%talk.txt%'",
      )
      expect(rows).toEqual([])
    } finally {
      await after.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})
