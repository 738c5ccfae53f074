import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../src/foundation/ids.ts'
import { change } from '../src/ledger/change.ts'
import { settle } from '../src/ledger/settle.ts'
import { verifyRecord, verifyWithin } from '../src/ledger/verify-record.ts'
import { makeUpMatter } from '../src/proofs/made-up-matter.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { dossierKind } from '../src/sources/dossier.ts'
import { tagKind } from '../src/statements/statement-kinds.ts'
import { asActor } from '../src/storage/database.ts'
import { testWorkspace } from './workspace.ts'

/** More than are read at once: entries 2,000, revisions 1,000. */
const ENTRIES = 2300
const REVISIONS = 1200

describe('a record of many rounds', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>

  beforeAll(async () => {
    workspace = await testWorkspace()
    const { dossier } = await makeUpMatter(workspace, 500)
    await asActor(workspace.database, workspace.actor, async (tx) => {
      for (let n = 0; n < ENTRIES; n += 1) {
        const body = { dossier: dossier.id, subject: `s${n}`, scheme: 'rights', term: 'life', by: 'nobody' }
        const state = { id: newId('tag'), level: 'organisation' as const, case: null, body }
        await change(tx, 'tagged', [{ kind: tagKind, revision: 0, state }])
      }
      for (let revision = 1; revision < REVISIONS; revision += 1) {
        const body = { ...dossier.dossier, description: `as of ${revision}` }
        const state = { id: dossier.id, level: 'organisation' as const, case: null, body }
        await change(tx, 'described', [{ kind: dossierKind, revision, state }])
      }
    })
    await settle(workspace)
  })
  afterAll(() => workspace?.close())

  test('L15 is intact, every entry and record counted once', async () => {
    const { owner } = workspace.database
    const { rows } = await owner.query<{ entries: number; records: number }>(
      'select (select count(*)::int from ledger_entry) as entries, (select count(distinct record)::int from revision) as records',
    )
    expect(await verifyRecord(workspace, { kinds: ALL_KINDS })).toMatchObject({
      state: 'intact',
      altered: [],
      ...rows[0],
    })
  })

  test.each([
    ['the last entry renamed', `update ledger_entry set entry = 'ent_x' where index = 2299`, 'entry'],
    ['a revision far along reworded', `update revision set why = 'x' where n = 1100`, 'dossier'],
    ['a revision far along deleted', `delete from revision where n = 1050`, 'dossier'],
    [
      'the last statement reworded',
      `update statement set body = jsonb_set(body, '{kind}', '"opinion"') where id = (select max(id) from statement where kind <> 'opinion')`,
      'statement',
    ],
    ['the last tag deleted', `delete from tag where id = (select max(id) from tag)`, 'tag'],
    [
      'a row of the first statement in an account deleted',
      `delete from entry_index where statement = (select min(statement) from entry_index)`,
      'statement',
    ],
    [
      'a row in an account of a record that is not there',
      `alter table entry_index drop constraint entry_index_organisation_statement_fkey;
       update entry_index set statement = 'stm_nowhere' where statement = (select max(statement) from entry_index) and n = 0`,
      'statement',
    ],
  ])('L15 %s is found', async (_, sql, named) => {
    const client = await workspace.database.owner.connect()
    try {
      await client.query('begin')
      await client.query(sql)
      const result = await verifyWithin(client, workspace, { kinds: ALL_KINDS })
      expect(result.altered.map(({ what }) => what)).toContain(named)
    } finally {
      await client.query('rollback')
      client.release()
    }
  })

  test('L15 what people write while it is verified is no alteration', async () => {
    let isOver = false
    const writing = (async () => {
      while (!isOver)
        await asActor(workspace.database, workspace.actor, (tx) =>
          change(tx, 'tagged', [
            {
              kind: tagKind,
              revision: 0,
              state: {
                id: newId('tag'),
                level: 'organisation',
                case: null,
                body: { dossier: 'd', subject: newId('tag'), scheme: 'rights', term: 'life', by: 'nobody' },
              },
            },
          ]),
        )
    })()
    const result = await verifyRecord(workspace, { kinds: ALL_KINDS }).finally(() => {
      isOver = true
    })
    await writing
    expect(result).toMatchObject({ state: 'intact', altered: [] })
  })
})
