import { afterAll, beforeAll, expect, test } from 'vitest'
import { settle } from '../src/ledger/settle.ts'
import { verifyRecord } from '../src/ledger/verify-record.ts'
import type { Actor } from '../src/protection/actor.ts'
import { decideErasure } from '../src/protection/decide-erasure.ts'
import { giveAccess } from '../src/protection/give-access.ts'
import { previewErasure } from '../src/protection/preview-erasure.ts'
import { proposeErasure } from '../src/protection/propose-erasure.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { saveDraft } from '../src/sources/draft.ts'
import { asActor } from '../src/storage/database.ts'
import { allow, inCase, somebodyTells, type Told } from './consent-people.ts'
import { somebody } from './people.ts'
import { testWorkspace } from './workspace.ts'

const LEFT = ['organisation', 'erasure', 'revision', 'opening', 'visibility_class']

let workspace: Awaited<ReturnType<typeof testWorkspace>>
let second: Actor
let told: Told

beforeAll(async () => {
  workspace = await testWorkspace()
  const { organisation } = workspace.actor
  second = await somebody(workspace, { organisation, roles: ['legal'] })
  told = await somebodyTells(workspace)
  await inCase(workspace, told, (tx) =>
    giveAccess(tx, { compartment: told.case, person: second.person, until: null, reason: 'Second.' }),
  )
  await allow(workspace, told, {})
  await inCase(workspace, told, (tx) =>
    saveDraft(tx, { id: null, body: { text: 'typed in the case, naming nothing' } }),
  )
})
afterAll(() => workspace?.close())

test('P72 with a case goes everything in it: people, consent, interviews, drafts; whoever is not on it learns nothing', async () => {
  const { database, actor } = workspace
  const wanted = {
    target: told.case,
    reach: 'record',
    ground: 'consent_withdrawn',
    askedBy: 'subject',
    request: null,
    kinds: ALL_KINDS,
  } as const
  const outside = asActor(database, second, (tx) => previewErasure(tx, wanted))
  await expect(outside).rejects.toMatchObject({ code: 'not_there' })
  const { id } = await asActor(database, { ...actor, cases: [told.case] }, (tx) => proposeErasure(tx, wanted))
  const within = { ...second, cases: [told.case] }
  const { goes, total } = await asActor(database, within, (tx) => previewErasure(tx, wanted))
  expect(goes).toMatchObject({ case: 1, interlocutor: 1, grant: 1, interview: 1 })
  const { erased } = await asActor(database, within, (tx) =>
    decideErasure(tx, { id, decision: { seen: total }, kinds: ALL_KINDS }),
  )
  expect(erased?.drafts).toBe(1)
  const { rows: tables } = await database.owner.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'rapporteur' and tablename <> 'migration'",
  )
  const left: string[] = []
  for (const { name } of tables) {
    const { rows } = await database.owner.query<{ n: number }>(
      `select count(*)::int as n from ${name} where "case" = $1`,
      [told.case],
    )
    if (rows[0]?.n && !LEFT.includes(name)) left.push(name)
  }
  expect(left).toEqual([])
  const { rows } = await database.owner.query(
    'select 1 from revision where "case" = $1 and after is not null and kind <> $2',
    [told.case, 'erasure'],
  )
  expect(rows).toEqual([])
  await settle(workspace)
  expect(await verifyRecord(workspace, { kinds: ALL_KINDS })).toMatchObject({ state: 'intact', altered: [] })
})
