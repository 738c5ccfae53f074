import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isDue } from '../src/ledger/backup-plan.ts'
import { toRemove } from '../src/ledger/kept-backups.ts'
import { monthsLater } from '../src/protection/data-request.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { asActor } from '../src/storage/database.ts'
import { somebody } from './people.ts'
import { aProcessing } from './processing.ts'
import { type TestServer, testServer } from './served.ts'
import { testWorkspace } from './workspace.ts'

describe('data protection', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let mine: TestServer
  let dossier: string
  let source: string
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-plan-'))

  beforeAll(async () => {
    workspace = await testWorkspace()
    mine = await testServer(workspace)
    const opened = await asActor(workspace.database, workspace.actor, (tx) => openDossier(tx, 'harbour'))
    dossier = opened.id
    const [taken] = await takeIn(workspace, opened, [
      { fileName: 'a.txt', bytes: new TextEncoder().encode('Words of the harbour.\n') },
    ])
    source = taken?.source ?? ''
  })
  afterAll(async () => {
    await mine?.close()
    await workspace?.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const terms = { interview: null, unused_source: null, case: null, dossier: null, answered_request: null }

  test('P76 a month ends on the day of its number, or with the month', () => {
    expect(monthsLater('2026-01-31', 1)).toBe('2026-02-28')
    expect(monthsLater('2028-01-31', 1)).toBe('2028-02-29')
    expect(monthsLater('2026-11-15', 3)).toBe('2027-02-15')
    expect(monthsLater('2026-12-01', 1)).toBe('2027-01-01')
  })

  test('P76 a request has a month, once two more, and waits on the desk until it is answered', async () => {
    const { id } = await mine.done('recordDataRequest', {
      body: { type: 'erasure', asker: 'A fisherman', concerns: 'The note.', receivedOn: '2026-10-31' },
    })
    const one = async () => (await mine.done('dataProtection')).requests.find((request) => request.id === id)
    expect(await one()).toMatchObject({ due: '2026-11-30', state: 'open' })
    await mine.done('moveDataRequest', { params: { id }, body: { extend: 'Many records.' } })
    expect(await one()).toMatchObject({ due: '2027-01-31', extended: { reason: 'Many records.' } })
    const due = async () => (await mine.done('dueTasks')).tasks.filter((task) => task.id === id)
    expect(await due()).toEqual([{ what: 'request', id, title: 'erasure', due: '2027-01-31' }])
    await mine.done('moveDataRequest', { params: { id }, body: { outcome: 'refused', words: 'Not theirs.' } })
    expect(await one()).toMatchObject({ state: 'refused' })
    expect(await due()).toEqual([])
  })

  test('P76 what concerns a case is at case level: nobody off the case sees it, nor that it is due', async () => {
    const { id: opened } = await mine.done('openCase', { body: { dossier, title: 'Case', reason: 'x' } })
    const { id } = await mine.done('recordDataRequest', {
      opened,
      body: { type: 'access', asker: 'A fisherman', concerns: 'All.', receivedOn: '2026-11-01' },
    })
    const ids = async (given: object) =>
      (await mine.done('dataProtection', given)).requests.map((one) => one.id)
    expect(await ids({ opened })).toContain(id)
    expect(await ids({})).not.toContain(id)
    const { organisation } = workspace.actor
    const other = await testServer(workspace, {
      actor: await somebody(workspace, { organisation, roles: ['legal'] }),
    })
    expect((await other.done('dueTasks')).tasks.some((task) => task.id === id)).toBe(false)
    expect((await other.ask('moveDataRequest', { params: { id }, body: { extend: 'x' } })).code).toBe(
      'not_there',
    )
    await other.close()
  })

  test('P77 a breach has 72 hours, and is closed when what was not done has its reason', async () => {
    const body = {
      noticedAt: '2026-11-20T10:00:00Z',
      what: 'A laptop was taken at a border.',
      classes: ['names', 'testimony'] as ('names' | 'testimony')[],
      risk: 'high' as const,
      authority: { at: '2026-11-24T10:00:00Z', why: '' },
      subjects: { at: null, why: '' },
    }
    const { id } = await mine.done('keepBreach', { body })
    const [known] = (await mine.done('dataProtection')).breaches
    expect(known).toMatchObject({
      id,
      due: '2026-11-23T10:00:00.000Z',
      open: ['effects', 'measures', 'authority', 'subjects'],
    })
    const whole = {
      ...body,
      id,
      close: true,
      effects: 'Names may be known.',
      measures: 'Sessions revoked.',
      authority: { ...body.authority, why: 'We learned of it on a journey.' },
    }
    const refused = await mine.ask('keepBreach', { body: whole })
    expect([refused.code, refused.sentence.includes('subjects')]).toEqual(['breach_open', true])
    await mine.done('keepBreach', { body: { ...whole, subjects: { at: '2026-11-21T08:00:00Z', why: '' } } })
    expect((await mine.done('dueTasks')).tasks.some((task) => task.id === id)).toBe(false)
  })

  test('P78 a term that is over makes a review, nothing is deleted by itself, and one that was kept on waits for its day', async () => {
    const { owner } = workspace.database
    await owner.query("update revision set at = at - interval '13 months' where record = $1", [source])
    expect((await mine.done('dataProtection')).reviews).toEqual([])
    await mine.done('setTerms', { body: { ...terms, unused_source: 12 } })
    expect((await mine.done('dataProtection')).reviews).toMatchObject([
      { id: source, class: 'unused_source' },
    ])
    await mine.done('keepOn', { body: { subject: source, months: 6, reason: 'ongoing' } })
    expect((await mine.done('dataProtection')).reviews).toEqual([])
    expect((await mine.done('record', { params: { id: source } })).erased).toBe(null)
  })

  test('P79 the basis of a dossier is said once, and then anew', async () => {
    const first = await mine.done('describeProcessing', { body: aProcessing(dossier) })
    const again = await mine.done('describeProcessing', { body: { ...aProcessing(dossier), country: 'CH' } })
    expect(again.id).toBe(first.id)
    expect((await mine.done('dataProtection')).processing).toMatchObject([{ dossier, country: 'CH' }])
  })

  test('P79 an administrator sees to backups and no content of any of this', async () => {
    const { organisation } = workspace.actor
    const actor = await somebody(workspace, { organisation, roles: ['administrator'] })
    const theirs = await testServer(workspace, { actor })
    expect((await theirs.ask('dataProtection')).code).toBe('not_allowed')
    expect((await theirs.ask('erasures')).code).toBe('not_allowed')
    expect((await theirs.done('backups')).last).toBe(null)
    expect((await theirs.done('dueTasks')).tasks).toEqual([])
    await theirs.close()
  })

  test('T24 the newest of each of the last days, weeks and months is kept, and what is not ours is left', () => {
    const names = Array.from({ length: 400 }, (_, n) => {
      const at = new Date(Date.UTC(2026, 10, 25, 3) - n * 12 * 60 * 60 * 1000)
      return `p-${at.toISOString().slice(0, 19).replaceAll(':', '-')}Z.zip.age`
    })
    const gone = new Set(
      toRemove([...names, 'p-other.zip.age'], { prefix: 'p-', keep: { daily: 7, weekly: 5, monthly: 12 } }),
    )
    const kept = names.filter((name) => !gone.has(name)).map((name) => name.slice(2, 15))
    expect(kept).toHaveLength(16)
    expect(kept.slice(0, 3)).toEqual(['2026-11-25T03', '2026-11-24T15', '2026-11-23T15'])
    expect(kept).toContain('2026-11-22T15')
    expect(kept).toContain('2026-10-31T15')
    expect(gone.has('p-other.zip.age')).toBe(false)
    expect(
      toRemove(names.slice(0, 3), { prefix: 'p-', keep: { daily: 0, weekly: 0, monthly: 0 } }),
    ).toHaveLength(2)
  })

  test('T24 a backup by plan is encrypted, one that failed is said on the desk and tried again after an hour', async () => {
    const recipient = await identityToRecipient(await generateX25519Identity())
    const plan = {
      on: true,
      folder,
      at: '03:00',
      recipients: [recipient],
      keep: { daily: 2, weekly: 0, monthly: 0 },
    }
    await mine.done('setBackupPlan', { body: plan })
    writeFileSync(join(folder, 'not-ours.zip.age'), 'x')
    const { result } = await mine.done('backUpNow')
    expect(result).toMatchObject({ ok: true, sentence: '' })
    expect(readdirSync(folder).sort()).toEqual(['not-ours.zip.age', result.file.split('/').at(-1)])
    rmSync(folder, { recursive: true })
    const { result: failed } = await mine.done('backUpNow')
    expect(failed).toMatchObject({ ok: false, sentence: expect.stringContaining('There is no folder') })
    expect((await mine.done('dueTasks')).tasks.find((task) => task.what === 'backup')?.title).toBe(
      failed.sentence,
    )
    const last = failed
    const minutes = (n: number) => new Date(Date.parse(last.at) + n * 60_000)
    expect(isDue({ plan, last }, minutes(30))).toBe(false)
    expect(isDue({ plan, last }, minutes(61))).toBe(true)
    expect(isDue({ plan: { ...plan, on: false }, last }, minutes(61))).toBe(false)
    const good = { ...last, ok: true }
    expect(isDue({ plan, last: good }, minutes(1))).toBe(false)
    expect(isDue({ plan, last: good }, minutes(60 * 25))).toBe(true)
  })
})
