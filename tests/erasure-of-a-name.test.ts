import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { backUpRecord } from '../src/ledger/back-up-record.ts'
import { cleanRecord } from '../src/ledger/clean-record.ts'
import { restoreRecord } from '../src/ledger/restore-record.ts'
import { settle } from '../src/ledger/settle.ts'
import { verifyRecord } from '../src/ledger/verify-record.ts'
import type { Actor } from '../src/protection/actor.ts'
import { endMembership } from '../src/protection/change-roles.ts'
import { decideErasure } from '../src/protection/decide-erasure.ts'
import { readChanges } from '../src/protection/ledger-with-names.ts'
import { readPeople } from '../src/protection/people.ts'
import { previewErasure } from '../src/protection/preview-erasure.ts'
import { proposeErasure } from '../src/protection/propose-erasure.ts'
import { readErasures } from '../src/protection/read-erasures.ts'
import { writeSignIn } from '../src/protection/sign-in-log-store.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { saveDraft } from '../src/sources/draft.ts'
import { asActor, readAs } from '../src/storage/database.ts'
import { openWorkspace, type Workspace } from '../src/storage/workspace.ts'
import { type SignedIn, signedIn } from './accounts.ts'
import { canariesBelow, newCanary } from './canaries.ts'
import { somebody } from './people.ts'

describe('the name of somebody who left', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-name-'))
  const data = join(folder, 'record')
  const backups = join(folder, 'backups')
  const canary = newCanary(0)
  let workspace: Workspace
  let gone: SignedIn
  let first: Actor
  let second: Actor
  let administrator: SignedIn
  const write = <Result>(work: Parameters<typeof asActor<Result>>[2], who: Actor = first) =>
    asActor(workspace.database, who, work)
  const wanted = () =>
    ({
      target: gone.person,
      reach: 'record',
      ground: 'not_needed',
      askedBy: 'subject',
      request: null,
      kinds: ALL_KINDS,
    }) as const

  beforeAll(async () => {
    mkdirSync(backups)
    workspace = await openWorkspace({ data, url: '' })
    const { organisation } = workspace.actor
    first = await somebody(workspace, { organisation, roles: ['monitor', 'editor'], name: 'A first one' })
    second = await somebody(workspace, { organisation, roles: ['legal'], name: 'A second one' })
    administrator = await signedIn(workspace, {
      organisation,
      roles: ['administrator'],
      name: 'Administrator',
    })
    gone = await signedIn(workspace, { organisation, roles: ['monitor'], name: `Somebody ${canary}` })
    await write((tx) => openDossier(tx, 'harbour'), gone)
    await write((tx) => saveDraft(tx, { id: null, body: { text: `typed by ${canary}` } }), gone)
    await writeSignIn(workspace.database.owner, {
      home: organisation,
      who: gone,
      about: null,
      what: 'signIn',
      outcome: 'done',
      device: `The machine of ${canary}`,
      network: 'none',
    })
    await workspace.database.owner.query('update organisation set alone = false')
    await settle(workspace)
    await backUpRecord(workspace, join(backups, 'old.zip'))
  })
  afterAll(async () => {
    await workspace?.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  test('P81 whoever works here keeps their name, at both gates', async () => {
    await expect(write((tx) => previewErasure(tx, wanted()))).rejects.toMatchObject({
      code: 'still_works_here',
    })
    await expect(write((tx) => proposeErasure(tx, wanted()))).rejects.toMatchObject({
      code: 'still_works_here',
    })
    await expect(
      write((tx) => tx.query('select erase_people($1, $2)', [gone.organisation, [gone.person]])),
    ).rejects.toMatchObject({ code: '42501' })
  })

  test('P81 P70 one proposes it, another confirms; name, login, ways in, sessions, drafts and lines go, deeds stay', async () => {
    await write((tx) => endMembership(tx, { person: gone.person, reason: 'Works elsewhere.' }), administrator)
    const { id } = await write((tx) => proposeErasure(tx, wanted()))
    const preview = await write((tx) => previewErasure(tx, wanted()), second)
    expect(preview).toMatchObject({ kind: 'person', title: `Somebody ${canary}`, total: 1 })
    const decision = { id, decision: { seen: 1 }, kinds: ALL_KINDS }
    await expect(write((tx) => decideErasure(tx, decision))).rejects.toMatchObject({
      code: 'erasure_needs_second',
    })
    const { erased } = await write((tx) => decideErasure(tx, decision), second)
    expect(erased).toMatchObject({ revisions: 1, entries: [expect.any(String)] })
    const { owner } = workspace.database
    for (const table of ['account', 'session', 'sign_in_log', 'draft']) {
      const { rows } = await owner.query(`select 1 from ${table} where person = $1`, [gone.person])
      expect([table, rows.length]).toEqual([table, 0])
    }
    const people = await readAs(workspace.database, first, readPeople)
    expect(people.find(({ person }) => person === gone.person)).toMatchObject({
      name: gone.person,
      roles: ['monitor'],
      ended: expect.any(String),
    })
    const { changes } = await readAs(workspace.database, first, (tx) =>
      readChanges(tx, { after: undefined, limit: 50 }),
    )
    expect(changes.find(({ kind }) => kind === 'dossier')?.who).toBe(gone.person)
    const [listed] = await readAs(workspace.database, first, readErasures)
    expect(listed).toMatchObject({ kind: 'person', state: 'done', title: gone.person })
    // Erased once, it is not there to be erased again.
    await expect(write((tx) => proposeErasure(tx, wanted()))).rejects.toMatchObject({ code: 'not_there' })
    await settle(workspace)
    const verified = await verifyRecord(workspace, { kinds: ALL_KINDS })
    expect(verified).toMatchObject({ state: 'intact', altered: [] })
    expect(verified.grounds[gone.person]).toMatchObject({ ground: 'not_needed' })
  })

  test('P81 P74 after the clean-up no file of the record holds it', async () => {
    expect((await canariesBelow(backups)).found).not.toEqual([])
    expect((await cleanRecord(workspace)).limits).toEqual([])
    const { found } = await canariesBelow(data, workspace.folder.database)
    expect(found).toEqual([])
  })

  test('P81 P75 a restore of an earlier backup takes it out again', async () => {
    const elsewhere = join(folder, 'elsewhere')
    const { erasedAgain } = await restoreRecord(
      { file: join(backups, 'old.zip'), data: elsewhere, url: '' },
      { kinds: ALL_KINDS },
    )
    expect(erasedAgain).toBe(1)
    const restored = await openWorkspace({ data: elsewhere, url: '' })
    try {
      const { rows } = await restored.database.owner.query(
        'select p.name, a.login from person p left join account a on a.organisation = p.organisation and a.person = p.id where p.id = $1',
        [gone.person],
      )
      expect(rows).toEqual([{ name: null, login: null }])
      expect(await verifyRecord(restored, { kinds: ALL_KINDS })).toMatchObject({
        state: 'intact',
        altered: [],
      })
      expect((await canariesBelow(elsewhere, restored.folder.database)).found).toEqual([])
    } finally {
      await restored.close()
    }
  })
})
