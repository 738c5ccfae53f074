import { existsSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cleanRecord, resumeCleaning } from '../src/ledger/clean-record.ts'
import { keepRegister } from '../src/ledger/keep-register.ts'
import { organisationsIn } from '../src/ledger/organisations.ts'
import { settle } from '../src/ledger/settle.ts'
import type { Actor } from '../src/protection/actor.ts'
import { decideErasure } from '../src/protection/decide-erasure.ts'
import { previewErasure } from '../src/protection/preview-erasure.ts'
import { proposeErasure } from '../src/protection/propose-erasure.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { asActor } from '../src/storage/database.ts'
import { readRegister, registerOf, saidBy } from '../src/storage/erasure-register.ts'
import { somebody } from './people.ts'
import { testWorkspace } from './workspace.ts'

let workspace: Awaited<ReturnType<typeof testWorkspace>>
let theirs: Actor
let dossier: string

/** A further organisation of the server has erased something, and the program ended before anything else was done. */
beforeAll(async () => {
  workspace = await testWorkspace()
  const { database } = workspace
  theirs = await somebody(workspace, { roles: ['monitor', 'editor'] })
  const second = await somebody(workspace, { organisation: theirs.organisation, roles: ['legal'] })
  dossier = (await asActor(database, theirs, (tx) => openDossier(tx, 'elsewhere'))).id
  const wanted = {
    target: dossier,
    reach: 'record',
    ground: 'court_order',
    askedBy: 'authority',
    request: null,
    kinds: ALL_KINDS,
  } as const
  const { id } = await asActor(database, theirs, (tx) => proposeErasure(tx, wanted))
  await asActor(database, second, async (tx) => {
    const { total } = await previewErasure(tx, wanted)
    await decideErasure(tx, { id, decision: { seen: total }, kinds: ALL_KINDS })
  })
  await settle(workspace)
  rmSync(registerOf(workspace.folder), { force: true })
})
afterAll(() => workspace?.close())

test('P73 a start brings the register up for every organisation of the server', async () => {
  expect(existsSync(registerOf(workspace.folder))).toBe(false)
  await keepRegister(workspace)
  const lines = readRegister(registerOf(workspace.folder)).map(saidBy)
  expect(lines).toMatchObject([
    { organisation: theirs.organisation, ground: 'court_order', erased: [{ record: dossier, n: 1 }] },
  ])
  await keepRegister({ ...workspace, actor: { ...workspace.actor, organisation: theirs.organisation } })
  expect(readRegister(registerOf(workspace.folder))).toHaveLength(1)
})

test('P74 the clean-up that an end interrupted is made up for, whoever erased, and is said to whoever waits for it', async () => {
  const cleanings = async () =>
    (await workspace.database.owner.query("select organisation from setting where name = 'cleaning'")).rows
  expect(await cleanings()).toEqual([])
  await resumeCleaning(workspace)
  // One at a time: this waits for the one that was resumed.
  await cleanRecord(workspace)
  const houses = await organisationsIn(workspace)
  expect(houses).toHaveLength(2)
  expect(houses[0]?.organisation).toBe(workspace.actor.organisation)
  expect(new Set((await cleanings()).map(({ organisation }) => organisation))).toEqual(
    new Set(houses.map(({ organisation }) => organisation)),
  )
})
