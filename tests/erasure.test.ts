import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cleanRecord } from '../src/ledger/clean-record.ts'
import { keepRegister } from '../src/ledger/keep-register.ts'
import { settle } from '../src/ledger/settle.ts'
import { verifyRecord } from '../src/ledger/verify-record.ts'
import type { Actor } from '../src/protection/actor.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { makePackage } from '../src/publication/make-package.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { saveDraft } from '../src/sources/draft.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { applyCoding } from '../src/statements/apply-coding.ts'
import { readCodingFile } from '../src/statements/coding-format.ts'
import { asActor } from '../src/storage/database.ts'
import { readRegister, registerOf, saidBy } from '../src/storage/erasure-register.ts'
import { originalPath } from '../src/storage/originals.ts'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'
import { verifyTwice } from './both-verifiers.ts'
import { somebody } from './people.ts'
import { type TestServer, testServer } from './served.ts'
import { testWorkspace } from './workspace.ts'

const OTHER_TEXT = 'The port wrote that twelve boats were insured.\n'

describe('erasure', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let mine: TestServer
  let second: Actor
  let theirs: TestServer
  let folder: string
  const ids: Record<string, string> = {}

  beforeAll(async () => {
    workspace = await testWorkspace()
    folder = mkdtempSync(join(tmpdir(), 'rapporteur-erasure-'))
    const { database, actor } = workspace
    mine = await testServer(workspace)
    const dossier = await asActor(database, actor, (tx) => openDossier(tx, 'harbour'))
    const taken = await takeIn(workspace, dossier, [
      { fileName: 'harbour.txt', bytes: new TextEncoder().encode(A_TEXT) },
      { fileName: 'other.txt', bytes: new TextEncoder().encode(OTHER_TEXT) },
    ])
    await asActor(database, actor, (tx) =>
      applyCoding(tx, dossier, readCodingFile(JSON.stringify(A_CODING_FILE))),
    )
    const other = {
      id: 'O1',
      target: {
        source: 'other.txt',
        selector: [{ type: 'TextQuoteSelector', exact: 'twelve boats were insured' }],
      },
      body: {
        type: 'Statement',
        kind: 'report',
        speakers: [{ own: true }],
        about: [
          {
            matter: 'fire-at-port-sample',
            aspect: 'boats',
            asStated: 'twelve',
            value: { lower: 12, upper: 12, unit: 'boats' },
          },
        ],
        links: [{ rel: 'supports', to: 'H1' }],
      },
    }
    const outcome = await mine.done('code', { params: { slug: 'harbour' }, body: { items: [other] } })
    expect(outcome.items.map((one) => one.outcome)).toEqual(['added'])
    ids.source = taken[0]?.source ?? ''
    ids.other = taken[1]?.source ?? ''
    const page = await mine.done('sourcePage', { params: { id: ids.source } })
    for (const { item, id } of page.statements) ids[item] = id
    const { matters } = await mine.done('mattersLike', { query: { typed: 'fire' } })
    ids.matter = matters[0]?.id ?? ''
    ids.finding = (
      await mine.done('proposeFinding', {
        body: {
          dossier: dossier.id,
          matter: ids.matter,
          aspect: null,
          proposition: 'Boats were burnt.',
          standard: 'reasonable_suspicion',
          met: null,
          reasons: 'One claim.',
          for: [ids.H1 ?? ''],
          against: [],
        },
      })
    ).id
    await asActor(database, actor, (tx) =>
      saveDraft(tx, { id: null, body: { text: 'about it', source: ids.source ?? '' } }),
    )
  })
  afterAll(async () => {
    await mine?.close()
    await theirs?.close()
    await workspace?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const propose = async (target: string, reach: 'record' | 'named' = 'record') => {
    const preview = await mine.done('previewErasure', { query: { target, reach } })
    const { id } = await mine.done('proposeErasure', {
      body: { target, reach, ground: 'consent_withdrawn', askedBy: 'subject' },
    })
    return { id, preview }
  }
  const rowsWith = async (words: string) => {
    const { rows: tables } = await workspace.database.owner.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'rapporteur'",
    )
    const found: string[] = []
    for (const { name } of tables) {
      const { rows } = await workspace.database.owner.query<{ n: number }>(
        `select count(*)::int as n from ${name} t where strpos(t::text, $1) > 0`,
        [words],
      )
      if (rows[0]?.n) found.push(name)
    }
    return found
  }

  test('P70 a second person confirms, having seen what goes; who proposed it cannot, nor alone before a night lies between', async () => {
    const { id, preview } = await propose(ids.H3 ?? '')
    expect(preview.goes).toEqual({ statement: 1, passage: 1 })
    expect(
      (
        await mine.ask('proposeErasure', {
          body: { target: ids.H3, ground: 'unlawful', askedBy: 'ourselves' },
        })
      ).code,
    ).toBe('erasure_proposed')
    expect((await mine.ask('decideErasure', { params: { id }, body: { seen: 2 } })).code).toBe(
      'erasure_waits',
    )
    const { organisation } = workspace.actor
    second = await somebody(workspace, { organisation, roles: ['legal'], name: 'Second' })
    theirs = await testServer(workspace, { actor: second })
    expect((await mine.ask('decideErasure', { params: { id }, body: { seen: 2 } })).code).toBe(
      'erasure_needs_second',
    )
    const again = await theirs.done('proposeErasure', {
      body: { target: ids.H2 ?? '', ground: 'minor', askedBy: 'representative' },
    })
    expect((await theirs.ask('decideErasure', { params: { id }, body: { seen: 1 } })).code).toBe(
      'changed_meanwhile',
    )
    await theirs.done('decideErasure', { params: { id: again.id }, body: { decline: 'legal_claims' } })
    expect((await theirs.ask('decideErasure', { params: { id: again.id }, body: { seen: 2 } })).code).toBe(
      'already_decided',
    )
    const { erased } = await theirs.done('decideErasure', { params: { id }, body: { seen: 2 } })
    expect(erased).toMatchObject({ revisions: 2, originals: 0 })
  })

  test('P71 the database erases nothing that two people have not decided in this transaction', async () => {
    const { database } = workspace
    const { id } = await propose(ids.H1 ?? '')
    const asSecond = (...sql: [string, unknown[]][]) =>
      asActor(database, second, async (tx) => {
        for (const [one, values] of sql) await tx.query(one, values)
      })
    const forged = `update erasure set revision = 2, body = body || '{"state":"done"}' where id = $1`
    await expect(asSecond(['select erase_confirmed($1)', [id]])).rejects.toMatchObject({ code: '42501' })
    await expect(asSecond([forged, [id]], ['select erase_confirmed($1)', [id]])).rejects.toMatchObject({
      code: '42501',
    })
    const records = "select erase_records($1, array[$2], false, '{}')"
    await expect(asSecond([records, [second.organisation, ids.H1]])).rejects.toMatchObject({ code: '42501' })
    await theirs.done('decideErasure', { params: { id }, body: { decline: 'mistaken' } })
  })

  test('P72 L10 a source goes with all that cannot stand without it; what names it stays, and says erased, when and why', async () => {
    const { id, preview } = await propose(ids.source ?? '')
    expect(preview.goes).toEqual({ source: 1, reading: 1, passage: 3, statement: 2, remark: 1, link: 2 })
    expect(preview.originals).toBe(1)
    expect(preview.stays.map((one) => one.id)).toEqual([ids.finding])
    expect(preview.unspoken.map(({ title }) => title).sort()).toEqual([
      'Mayor of Port Sample',
      'Two fishermen',
    ])
    const { erased } = await theirs.done('decideErasure', { params: { id }, body: { seen: preview.total } })
    expect(erased).toMatchObject({ originals: 1, drafts: 1 })
    for (const words of ['burnt on 3 May 2021', 'denied that any boat', 'Harbour notes'])
      expect([words, await rowsWith(words)]).toEqual([words, []])
    await settle(workspace)
    const verified = await verifyRecord(workspace, { kinds: ALL_KINDS })
    expect(verified).toMatchObject({ state: 'intact', altered: [] })
    expect(new Set(verified.erased)).toContain(ids.source)
    expect(verified.grounds[ids.source ?? '']).toMatchObject({ ground: 'consent_withdrawn' })
    const shown = await mine.done('record', { params: { id: ids.H1 ?? '' } })
    expect(shown).toMatchObject({ kind: 'statement', body: {}, erased: { ground: 'consent_withdrawn' } })
    expect((await mine.done('search', { query: { q: 'denied' } })).total).toBe(0)
    await mine.done('matterPage', { params: { id: ids.matter ?? '' } })
    await mine.done('desk', { params: { slug: 'harbour' } })
  })

  test('P73 the original goes from the folder, and the register outlives the database', async () => {
    await cleanRecord({ ...workspace, actor: workspace.actor })
    const lines = readRegister(registerOf(workspace.folder)).map(saidBy)
    const sources = lines.filter((line) => line?.originals.length)
    expect(sources).toHaveLength(1)
    expect(existsSync(originalPath(workspace.folder, sources[0]?.originals[0] ?? ''))).toBe(false)
    expect(readFileSync(registerOf(workspace.folder), 'utf8')).not.toMatch(/harbour|boats|Second/)
    const before = readFileSync(registerOf(workspace.folder), 'utf8')
    await keepRegister(workspace)
    expect(readFileSync(registerOf(workspace.folder), 'utf8')).toBe(before)
    let { cleaning } = await mine.done('erasures')
    while (cleaning.running) ({ cleaning } = await mine.done('erasures'))
    expect(cleaning).toMatchObject({ running: null, waiting: 0 })
    // On a server that is not ours, what cannot be done is said.
    expect(cleaning.last?.limits).toContain('elsewhere')
  })

  test('L10 a package of what is left proves itself to both verifiers', async () => {
    const file = join(folder, 'after.zip')
    const dossier = await asActor(workspace.database, workspace.actor, (tx) => openDossier(tx, 'harbour'))
    await makePackage(workspace, dossier, file)
    const { first, second: other } = verifyTwice(file)
    expect(other).toEqual(first)
    expect(first).toMatchObject({ state: 'intact', altered: [] })
    expect(first.erased).toContain(ids.source)
    expect(readFileSync(file).includes('denied that any boat')).toBe(false)
  })

  test('P72 a matter may go with every record that names it', async () => {
    const narrow = await mine.done('previewErasure', { query: { target: ids.matter ?? '', reach: 'record' } })
    expect(narrow.goes).toEqual({ matter: 1 })
    expect(narrow.staying).toBe(2)
    const { id, preview } = await propose(ids.matter ?? '', 'named')
    expect(preview.goes).toEqual({ matter: 1, statement: 1, passage: 1, finding: 1 })
    await theirs.done('decideErasure', { params: { id }, body: { seen: preview.total } })
    await settle(workspace)
    expect(await verifyRecord(workspace, { kinds: ALL_KINDS })).toMatchObject({
      state: 'intact',
      altered: [],
    })
    expect(await rowsWith('Fire at Port Sample')).toEqual([])
  })
})
