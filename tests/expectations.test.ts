import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isRefusal } from '../src/foundation/refusal.ts'
import { settle } from '../src/ledger/settle.ts'
import { verifyRecord } from '../src/ledger/verify-record.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { CitableText } from '../src/sources/citable-text.ts'
import { findDossier } from '../src/sources/dossier.ts'
import { readingInUse, sourcesOfDossier } from '../src/sources/source-store.ts'
import { type Account, groupOf, standsBehind } from '../src/statements/account.ts'
import { accountsIn, conflictsAndTensions, gather, type Said } from '../src/statements/accounts-of.ts'
import { checkDossier } from '../src/statements/check-dossier.ts'
import { decideEmendation } from '../src/statements/decide-emendation.ts'
import { exportCoding } from '../src/statements/export-coding.ts'
import { innermost } from '../src/statements/statement.ts'
import { statementsOfDossier } from '../src/statements/statement-store.ts'
import { asActor, readAs, type Tx } from '../src/storage/database.ts'
import { codeSeeds, SHARED, seedText, takeInSeeds } from './seeds.ts'
import { testWorkspace } from './workspace.ts'

type Any = Record<string, unknown>
interface Expectation extends Any {
  op: string
  item: string
  path: string
  equals: unknown
  matter: string
  aspect: string
  entries: Any[]
  conflict: boolean
  conflictBy?: string
}
interface Expectations {
  traps: { trap: string; title: string; expect: Expectation[] }[]
  conflicts: { matter: string; aspect: string; by: string; items: string[] }[]
  accounts: Expectation[]
  selectors: {
    why: string
    source: string
    exact: string
    prefix?: string
    suffix?: string
    refused: string | null
    places: number
  }[]
}

const expected: Expectations | null = SHARED ? JSON.parse(seedText('expectations.json')) : null
const SLUG = 'kazakhstan'

describe.skipIf(expected === null)('the two articles, coded by hand', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let said: Said
  let accounts: Map<string, Map<string, Account>>
  let conflicts: ReturnType<typeof conflictsAndTensions>['conflicts']
  let items: Map<string, Any>
  let matters: Any[]

  const read = <Result>(work: (tx: Tx) => Promise<Result>) =>
    readAs(workspace.database, workspace.actor, work)
  const dossier = async (tx: Tx) => {
    const found = await findDossier(tx, SLUG)
    if (!found) throw new Error('no dossier')
    return found
  }

  beforeAll(async () => {
    workspace = await testWorkspace()
    await takeInSeeds(workspace, SLUG)
    const outcome = await codeSeeds(workspace, SLUG)
    expect(outcome).toMatchObject({ added: 259, changed: 0, refused: 0, linksRefused: 0 })
    await read(async (tx) => {
      said = await gather(tx, await statementsOfDossier(tx, (await dossier(tx)).id))
      accounts = accountsIn(said)
      conflicts = conflictsAndTensions(said, accounts).conflicts
      const file = await exportCoding(tx, await dossier(tx))
      items = new Map((file.items as Any[]).map((item) => [String(item.id), item]))
      matters = file.matters as Any[]
    })
  })
  afterAll(() => workspace?.close())

  test('N1 the same file twice changes nothing', async () => {
    expect(await codeSeeds(workspace, SLUG)).toMatchObject({
      added: 0,
      changed: 0,
      unchanged: 259,
      refused: 0,
      receipt: null,
    })
  })

  test('N2 the export applied to its own record changes nothing', async () => {
    const { applyCoding } = await import('../src/statements/apply-coding.ts')
    const { readCodingFile } = await import('../src/statements/coding-format.ts')
    const file = await read(async (tx) => exportCoding(tx, await dossier(tx)))
    const again = await asActor(workspace.database, workspace.actor, async (tx) =>
      applyCoding(tx, await dossier(tx), readCodingFile(JSON.stringify(file))),
    )
    expect(again).toMatchObject({
      added: 0,
      changed: 0,
      refused: 0,
      unchanged: 259,
      notes: [],
      receipt: null,
    })
  })

  test('S1 all 99 sentences are addressable', async () => {
    const counts = await read(async (tx) => {
      const sources = await sourcesOfDossier(tx, (await dossier(tx)).id)
      return Promise.all(
        sources.map(async ({ id }) => (await readingInUse(tx, id))?.reading.sentences.length),
      )
    })
    expect(counts.sort()).toEqual([46, 53])
  })

  test('A1 check reports all anchors intact and exactly the expected conflicts', async () => {
    const result = await read(async (tx) => checkDossier(tx, await dossier(tx)))
    expect(result.passages).toEqual({ intact: 259, moved: 0, lost: 0 })
    const byPlace = (one: Any) => `${one.matter} ${one.aspect}`
    expect(result.conflicts.sort((a, b) => byPlace(a).localeCompare(byPlace(b)))).toEqual(
      expected?.conflicts.sort((a, b) => byPlace({ ...a }).localeCompare(byPlace({ ...b }))),
    )
    expect(result.speakerless).toEqual([])
  })

  test('L1 the ledger verifies, and its checkpoint rules out rollback', async () => {
    await settle(workspace)
    const first = await verifyRecord(workspace, { kinds: ALL_KINDS })
    expect(first).toMatchObject({ state: 'intact', altered: [], rollback: 'not ruled out' })
    const since = await verifyRecord(workspace, { kinds: ALL_KINDS, since: first.checkpoint ?? '' })
    expect(since).toMatchObject({ state: 'intact', rollback: 'ruled out' })
  })

  test.each(expected?.selectors ?? [])(
    'P1 selector: $why',
    async ({ source, exact, prefix, suffix, refused, places }) => {
      const reading = await read(async (tx) => {
        const found = (await sourcesOfDossier(tx, (await dossier(tx)).id)).find(
          (one) => one.source.fileName === source,
        )
        return found ? readingInUse(tx, found.id) : null
      })
      const text = new CitableText(reading?.text ?? '', [], 'rdg')
      const selector = {
        exact,
        ...(prefix === undefined ? {} : { prefix }),
        ...(suffix === undefined ? {} : { suffix }),
      }
      try {
        text.fit(selector)
        expect(refused).toBeNull()
      } catch (error) {
        if (!isRefusal(error)) throw error
        expect(error.code).toBe(refused)
        if (refused === 'ambiguous') expect(error.details.places).toBe(places)
      }
    },
  )

  test.each(expected?.accounts ?? [])('A2 account $matter / $aspect', (one) => holds(one))

  describe.each(expected?.traps ?? [])('$trap $title', ({ expect: list }) => {
    test.each(list)('$op $item $path $matter $aspect', (one) => holds(one))
  })

  test('T1 accepting the group of slips ends the conflict of the days, and rejecting brings it back', async () => {
    const decide = (accept: boolean) =>
      asActor(workspace.database, workspace.actor, async (tx) =>
        decideEmendation(
          tx,
          { dossier: (await dossier(tx)).id, name: 'aktau-year' },
          { accept, reason: 'The visit was announced for January 2015.', evidence: [] },
        ),
      )
    const days = async () =>
      (await read(async (tx) => checkDossier(tx, await dossier(tx)))).conflicts.filter(
        ({ aspect }) => aspect === 'day',
      ).length
    await decide(true)
    expect(await days()).toBe(0)
    await decide(false)
    expect(await days()).toBe(1)
  })

  /** One expectation, by its op (expectations.json, `ops`). */
  function holds(one: Expectation): void {
    if (one.op === 'field') expect(at(body(one.item), one.path)).toEqual(one.equals)
    else if (one.op === 'count') expect(at(body(one.item), one.path)).toHaveLength(Number(one.equals))
    else if (one.op === 'itemType') expect(body(one.item).type).toBe(one.type)
    else if (one.op === 'chain') chain(one)
    else if (one.op === 'distinct') {
      const keys = one.matters as string[]
      expect(matters.filter(({ key }) => keys.includes(String(key)))).toHaveLength(keys.length)
    } else if (one.op === 'link') {
      expect(body(String(one.from)).links).toContainEqual(
        expect.objectContaining({ rel: one.type, to: one.to }),
      )
    } else if (one.op === 'noAccount') expect(account(one)).toBeUndefined()
    else if (one.op === 'noMatter')
      expect(matters).not.toContainEqual(expect.objectContaining({ kind: one.kind, name: one.name }))
    else sides(one)
  }

  function body(item: string): Any {
    return (items.get(item)?.body ?? {}) as Any
  }

  function account({ matter, aspect }: Expectation): Account | undefined {
    const id = [...said.matters.values()].find((known) => known.matter.key === matter)?.id
    return accounts.get(id ?? '')?.get(aspect)
  }

  function sides(one: Expectation): void {
    const found = account(one)
    const entries = (found?.entries ?? []).map(({ said: statement, entry }) => {
      const last = innermost(statement)
      const publisher = said.sources.get(statement.source)?.source.publisher?.group ?? 'unknown'
      const speaker =
        last === null || 'unknown' in last ? 'unknown' : 'own' in last ? 'own' : (standsBehind(last)[0] ?? '')
      const { about } = body(statement.item) as { about: Any[] }
      const stated = about[statement.about.indexOf(entry)] ?? {}
      return {
        item: statement.item,
        speaker,
        group: groupOf(statement, publisher),
        polarity: statement.polarity,
        value: stated.value,
        ...(stated.normalised === undefined ? {} : { normalised: stated.normalised }),
      }
    })
    expect(entries).toEqual(expect.arrayContaining(one.entries))
    expect(entries).toHaveLength(one.entries.length)
    const here = conflicts.filter(({ matter, aspect }) => matter === found?.matter && aspect === one.aspect)
    expect(here.length > 0).toBe(one.conflict)
    if (one.conflictBy) expect(here.map(({ by }) => by)).toContain(one.conflictBy)
  }

  function chain(one: Expectation): void {
    const speakers = (body(one.item).speakers ?? []) as Any[]
    expect(speakers.map((link) => (link.own ? 'own' : link.name))).toEqual(one.speakers)
    expect(speakers.slice(0, -1).map((link) => link.act)).toEqual(one.acts)
  }
})

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, step) => {
    const missing = null
    if (inner === null || typeof inner !== 'object') return missing
    return (inner as Any)[step] ?? missing
  }, value)
}
