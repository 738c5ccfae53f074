import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { backUpRecord } from '../src/ledger/back-up-record.ts'
import { cleanRecord } from '../src/ledger/clean-record.ts'
import { historyOf } from '../src/ledger/history.ts'
import { withReceipts } from '../src/ledger/receipt.ts'
import { restoreRecord } from '../src/ledger/restore-record.ts'
import { settle } from '../src/ledger/settle.ts'
import { logAtHand } from '../src/ledger/verify-now.ts'
import { verifyReceipt } from '../src/ledger/verify-receipt.ts'
import { verifyRecord } from '../src/ledger/verify-record.ts'
import { describeMatter } from '../src/matters/merge-matters.ts'
import type { Actor } from '../src/protection/actor.ts'
import { decideErasure } from '../src/protection/decide-erasure.ts'
import { giveAccess } from '../src/protection/give-access.ts'
import { previewErasure } from '../src/protection/preview-erasure.ts'
import { proposeErasure } from '../src/protection/propose-erasure.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { makePackage } from '../src/publication/make-package.ts'
import { searchPage } from '../src/search/search-page.ts'
import { type KnownDossier, openDossier } from '../src/sources/dossier.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { applyCoding } from '../src/statements/apply-coding.ts'
import { readCodingFile } from '../src/statements/coding-format.ts'
import { statementsOfDossier } from '../src/statements/statement-store.ts'
import { asActor, readAs } from '../src/storage/database.ts'
import { openWorkspace, type Workspace } from '../src/storage/workspace.ts'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'
import { verifyTwice } from './both-verifiers.ts'
import { canariesBelow, newCanary, numbersOf } from './canaries.ts'
import { allow, inCase, somebodyTells, TAKE_OUT, TO_COURT } from './consent-people.ts'
import { somebody } from './people.ts'

/** How many records are erased; `prove -- erasure` asks for a hundred. */
const MANY = Number(process.env.RAPPORTEUR_ERASURES ?? '16')
/** Long enough that the database keeps it out of line. */
const LONG = Array.from({ length: 400 }, (_, n) => `Sentence number ${n} of the harbour.`).join(' ')

interface Victim {
  readonly id: string
  readonly canary: string
  /** The case that it belongs to. */
  readonly case?: string
}

describe('after the clean-up', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-erased-'))
  const data = join(folder, 'record')
  const backups = join(folder, 'backups')
  let workspace: Workspace
  let second: Actor
  let dossier: KnownDossier
  let victims: Victim[]
  let standing: string
  let receipts: string[]
  const figures: Record<string, number> = {}

  const write = <Result>(work: Parameters<typeof asActor<Result>>[2], actor = workspace.actor) =>
    asActor(workspace.database, actor, work)

  /** Somebody who told us something, which a court was sent: the canary stands in that use of it. */
  async function makeWitness(canary: string): Promise<Victim> {
    const told = await somebodyTells(workspace)
    await allow(workspace, told, {})
    const leaving = { ...TO_COURT, recipientName: `The court of ${canary}` }
    const within = { ...workspace.actor, cases: [told.case] }
    expect(await TAKE_OUT.original(workspace, told, within, leaving)).toMatchObject({
      code: null,
      told: true,
    })
    const { person } = second
    await inCase(workspace, told, (tx) =>
      giveAccess(tx, { compartment: told.case, person, until: null, reason: 'They decide.' }),
    )
    return { id: told.person, canary, case: told.case }
  }

  /** Sources, notes, matters and statements by turns, each with a canary in every place that it has for words; a use. */
  async function makeVictims(): Promise<Victim[]> {
    const canaries = Array.from({ length: MANY }, (_, n) => newCanary(n))
    const kindOf = (n: number) => (n === MANY - 1 ? 'use' : ['source', 'note', 'matter', 'statement'][n % 4])
    const of = (kind: string) => canaries.filter((_, n) => kindOf(n) === kind)
    const sources = [...of('source'), ...of('note')]
    const taken = await takeIn(
      workspace,
      dossier,
      sources.map((canary) => ({
        fileName: `${canary}.txt`,
        bytes: new TextEncoder().encode(
          `${canary} was there.\n\n${LONG}\n\nAnd ${canary} left, ${canary} said.\n`,
        ),
        facts: { title: `About ${canary}`, publisher: { name: `${canary} press`, group: 'press' } },
      })),
    )
    const matters = of('matter').map((canary) => ({
      key: canary,
      kind: 'person',
      name: canary,
      aliases: [`${canary} alias`],
    }))
    const items = of('statement').map((canary, n) => ({
      id: `${canary}-item`,
      target: {
        source: 'harbour.txt',
        selector: [{ type: 'TextQuoteSelector', exact: n % 2 ? 'twelve boats' : 'at most nine' }],
      },
      body: {
        type: 'Statement',
        kind: 'report',
        speakers: [{ name: `Somebody ${canary}`, key: 'mayor-of-port-sample', group: 'state' }],
        about: [
          {
            matter: 'fire-at-port-sample',
            aspect: 'boats',
            asStated: canary,
            value: { lower: 9, upper: 9, unit: 'boats' },
            reason: canary,
          },
        ],
        note: `${canary} noted`,
      },
    }))
    const anchors = of('matter').map((canary, n) => ({
      id: `anchor-${n}`,
      target: { source: 'harbour.txt', selector: [{ type: 'TextQuoteSelector', exact: 'Harbour notes' }] },
      body: { type: 'Mention', matter: canary, as: 'alias' },
    }))
    const outcome = await write((tx) =>
      applyCoding(
        tx,
        dossier,
        readCodingFile(
          JSON.stringify({
            ...A_CODING_FILE,
            matters: [...A_CODING_FILE.matters, ...matters],
            items: [...items, ...anchors],
          }),
        ),
      ),
    )
    expect(outcome.items.filter((one) => one.outcome === 'refused')).toEqual([])
    const { database, actor } = workspace
    const { rows: known } = await database.owner.query<{ id: string; key: string }>(
      'select id, key from matter where key = any($1)',
      [of('matter')],
    )
    for (const { id, key } of known)
      await write((tx) =>
        describeMatter(tx, id, {
          note: `${key} lives at the harbour`,
          names: [{ text: `${key} name`, language: 'en', use: 'alias' }],
        }),
      )
    const coded = await readAs(database, actor, (tx) => statementsOfDossier(tx, dossier.id))
    return [
      ...taken.map((one, n) => ({ id: one.source ?? '', canary: sources[n] ?? '' })),
      ...known.map(({ id, key }) => ({ id, canary: key })),
      ...coded.flatMap(({ id, statement }) => {
        const canary = of('statement').find((one) => statement.item === `${one}-item`)
        return canary === undefined ? [] : [{ id, canary }]
      }),
      ...(await Promise.all(of('use').map(makeWitness))),
    ]
  }

  beforeAll(async () => {
    mkdirSync(backups)
    workspace = await openWorkspace({ data, url: '' })
    const { database, actor } = workspace
    // Uncompressed, so that a search of the files sees what is there.
    const { rows } = await database.owner.query<{ sql: string }>(
      `select format('alter table %I alter column %I set storage external', c.relname, a.attname) as sql
         from pg_attribute a join pg_class c on c.oid = a.attrelid
        where c.relnamespace = 'rapporteur'::regnamespace and c.relkind = 'r' and a.attstorage = 'x' and a.attnum > 0`,
    )
    for (const { sql } of rows) await database.owner.query(sql)
    second = await somebody(workspace, { organisation: actor.organisation, roles: ['legal'] })
    dossier = await write((tx) => openDossier(tx, 'harbour'))
    await takeIn(workspace, dossier, [{ fileName: 'harbour.txt', bytes: new TextEncoder().encode(A_TEXT) }])
    await write((tx) => applyCoding(tx, dossier, readCodingFile(JSON.stringify(A_CODING_FILE))))
    const coded = await readAs(database, actor, (tx) => statementsOfDossier(tx, dossier.id))
    standing = coded.find(({ statement }) => statement.item === 'H1')?.id ?? ''
    victims = await makeVictims()
    expect(victims).toHaveLength(MANY)
    await settle(workspace)
    // The planner's samples hold values, and an error names them.
    await database.owner.query('analyze')
    await database.owner.query('select $1::integer', [victims[0]?.canary]).catch(() => undefined)
    await readAs(database, actor, (tx) => searchPage(tx, { typed: victims[0]?.canary ?? '' }))
    receipts = await receiptsOf(standing)
    await backUpRecord(workspace, join(backups, 'old.zip'))
    await database.owner.query('vacuum')
  }, 300_000)
  afterAll(async () => {
    await workspace?.close()
    rmSync(folder, { recursive: true, force: true })
    if (process.env.RAPPORTEUR_FIGURES) writeFileSync(process.env.RAPPORTEUR_FIGURES, JSON.stringify(figures))
  })

  async function receiptsOf(id: string): Promise<string[]> {
    return readAs(workspace.database, workspace.actor, async (tx) =>
      (await withReceipts(tx, workspace.key, await historyOf(tx, id))).flatMap(({ receipt }) =>
        receipt ? [JSON.stringify(receipt)] : [],
      ),
    )
  }
  const places = () => [data, workspace.folder.database]

  test('P74 the search of files finds every canary while it is there', async () => {
    const { found } = await canariesBelow(...places())
    expect(numbersOf(found).size).toBe(MANY)
    expect(found.some((one) => one.includes('pg_wal'))).toBe(true)
    expect(found.some((one) => one.includes('/originals/'))).toBe(true)
    const old = await canariesBelow(backups)
    expect(numbersOf(old.found).size).toBe(MANY)
  })

  test('P72 P74 of what was erased no form is left in database files, logs, originals, search or a new backup', async () => {
    const order = [...victims].sort(() => Math.random() - 0.5)
    for (const { id: target, case: opened } of order) {
      const cases = opened === undefined ? [] : [opened]
      const [one, other] = [
        { ...workspace.actor, cases },
        { ...second, cases },
      ]
      const wanted = {
        target,
        reach: 'record',
        ground: 'consent_withdrawn',
        askedBy: 'subject',
        request: null,
      } as const
      const { id } = await write((tx) => proposeErasure(tx, { ...wanted, kinds: ALL_KINDS }), one)
      const { total } = await write((tx) => previewErasure(tx, { ...wanted, kinds: ALL_KINDS }), other)
      await write((tx) => decideErasure(tx, { id, decision: { seen: total }, kinds: ALL_KINDS }), other)
    }
    const done = await cleanRecord(workspace)
    expect(done.limits).toEqual([])
    figures.erased = order.length
    figures.seconds = done.milliseconds / 1000
    const { files, found } = await canariesBelow(...places())
    expect(found).toEqual([])
    figures.files = files
    for (const { canary } of victims) {
      const page = await readAs(workspace.database, workspace.actor, (tx) =>
        searchPage(tx, { typed: canary }),
      )
      expect(page.total).toBe(0)
    }
    await backUpRecord(workspace, join(folder, 'new.zip'))
    const fresh = await canariesBelow(folder)
    const left = fresh.found.filter((one) => !one.startsWith(backups))
    expect(left).toEqual([])
    figures.found = numbersOf([...found, ...left]).size
  }, 600_000)

  test('P74 L10 every proof still holds: the record, its packages, receipts of what stays', async () => {
    const verified = await verifyRecord(workspace, { kinds: ALL_KINDS })
    expect(verified).toMatchObject({ state: 'intact', altered: [] })
    expect(victims.every(({ id }) => verified.erased.includes(id))).toBe(true)
    const file = join(folder, 'package.zip')
    await makePackage(workspace, dossier, file)
    const { first, second: other } = verifyTwice(file)
    expect(other).toEqual(first)
    expect(first).toMatchObject({ state: 'intact', altered: [] })
    const log = await logAtHand(workspace)
    expect(receipts.length).toBeGreaterThan(0)
    for (const receipt of receipts) expect(verifyReceipt(receipt, { log })).toMatchObject({ state: 'intact' })
    figures.proofs = 1
  })

  test('P75 an earlier backup comes back on an empty machine without it, and verifies', async () => {
    const elsewhere = join(folder, 'elsewhere')
    const { erasedAgain } = await restoreRecord(
      { file: join(backups, 'old.zip'), data: elsewhere, url: '' },
      { kinds: ALL_KINDS },
    )
    expect(erasedAgain).toBeGreaterThanOrEqual(MANY)
    const restored = await openWorkspace({ data: elsewhere, url: '' })
    try {
      const verified = await verifyRecord(restored, { kinds: ALL_KINDS })
      expect(verified).toMatchObject({ state: 'intact', altered: [] })
      expect(victims.every(({ id }) => verified.erased.includes(id))).toBe(true)
      const { found } = await canariesBelow(elsewhere, restored.folder.database)
      expect(found).toEqual([])
      figures.restored = numbersOf(found).size
    } finally {
      await restored.close()
    }
  }, 300_000)
})
