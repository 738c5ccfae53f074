import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type MadeUpMatter, makeUpMatter } from '../src/proofs/made-up-matter.ts'
import { accountsIn, conflictsAndTensions, gather } from '../src/statements/accounts-of.ts'
import { matterPage } from '../src/statements/matter-page.ts'
import { statementsAbout } from '../src/statements/statement-store.ts'
import { readAs, type Tx } from '../src/storage/database.ts'
import { testWorkspace } from './workspace.ts'

const STATEMENTS = 900

describe('a matter of which very much was said', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let made: MadeUpMatter
  const read = <Result>(work: (tx: Tx) => Promise<Result>) =>
    readAs(workspace.database, workspace.actor, work)

  beforeAll(async () => {
    workspace = await testWorkspace()
    made = await makeUpMatter(workspace, STATEMENTS)
  })
  afterAll(() => workspace?.close())

  test('A8 its page shows a part, and counts, groups and conflicts of the whole', async () => {
    const page = await read((tx) => matterPage(tx, made.matter))
    const whole = await read(async (tx) => {
      const said = await gather(tx, await statementsAbout(tx, [made.matter]))
      const account = new Map([...accountsIn(said)].filter(([matter]) => matter === made.matter))
      return conflictsAndTensions(said, account)
    })
    expect(page.counts).toMatchObject({ statements: STATEMENTS, conflicts: whole.conflicts.length })
    expect(page.conflicts.map(({ statements }) => statements)).toEqual(
      whole.conflicts.map(({ statements }) => statements),
    )
    expect(page.groups).toHaveLength(10)
    const shown = page.accounts.flatMap(({ entries }) => entries)
    expect(shown.length).toBeLessThan(200)
    for (const { statement, n } of shown) expect(page.statements[statement]?.about[n]).toBeDefined()
    for (const { statements } of page.conflicts.slice(0, 15))
      expect(page.statements[statements[0] ?? '']).toBeDefined()
  })

  test('A8 the rest of each account is fetched in order, each entry once', async () => {
    const first = await read((tx) => matterPage(tx, made.matter))
    for (const { aspect, total, entries, next: from } of first.accounts) {
      const fetched = entries.slice(0, from ?? total)
      for (let next = from; next !== null; ) {
        const offset: number = next
        const page = await read((tx) => matterPage(tx, made.matter, { aspect, offset }))
        expect(page.accounts.map((account) => [account.aspect, account.total])).toEqual([[aspect, total]])
        for (const { statement } of page.accounts[0]?.entries ?? [])
          expect(page.statements[statement]).toBeDefined()
        fetched.push(...(page.accounts[0]?.entries ?? []))
        next = page.accounts[0]?.next ?? null
      }
      expect(new Set(fetched.map(({ statement, n }) => `${statement}#${n}`)).size).toBe(total)
      expect(fetched).toHaveLength(total)
    }
  })

  test('A8 a matter of which little was said is shown whole', async () => {
    const clerk = await read(async (tx) => {
      const [row] = await tx.query<{ id: string }>("select id from matter where key = 'clerk-5'")
      return matterPage(tx, row?.id ?? '')
    })
    expect(
      clerk.accounts.map(({ aspect, total, entries, next }) => [aspect, total, entries.length, next]),
    ).toEqual([['seen', STATEMENTS / 60, STATEMENTS / 60, null]])
    expect(clerk.accounts[0]?.values.reduce((sum, { total }) => sum + total, 0)).toBe(STATEMENTS / 60)
  })
})
