import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mattersByKey } from '../src/matters/matter-store.ts'
import { OPERATIONS } from '../src/publication/contract.ts'
import { linksAmong } from '../src/statements/statement-store.ts'
import { readAs } from '../src/storage/database.ts'
import { apiOf } from './api.ts'
import { codeSeeds, SHARED, takeInSeeds } from './seeds.ts'
import { testWorkspace } from './workspace.ts'

/** Rows whose want goes beyond their words, as the pages give it. */
describe.skipIf(!SHARED)('what rows of the inventory want', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let api: ReturnType<typeof apiOf>
  beforeAll(async () => {
    workspace = await testWorkspace()
    api = apiOf(workspace)
    await takeInSeeds(workspace, 'seeds')
    await codeSeeds(workspace, 'seeds')
  })
  afterAll(() => workspace?.close())

  async function pageOf(key: string) {
    const known = await readAs(workspace.database, workspace.actor, (tx) => mattersByKey(tx, [key]))
    return api.call(OPERATIONS.matterPage, { params: { id: known.get(key)?.id ?? '' } })
  }
  type Page = Awaited<ReturnType<typeof pageOf>>
  const values = (page: Page, aspect: string) =>
    page.accounts.find((one) => one.aspect === aspect)?.values.map(({ text }) => text)
  const said = (page: Page, item: string) => Object.values(page.statements).find((one) => one.item === item)

  test('B-098 who announced a target is not who owns it; both stand side by side', async () => {
    const page = await pageOf('halve-domestic-violence-by-2050')
    const [owner = []] = [values(page, 'owner')]
    const [announcer = []] = [values(page, 'announcer')]
    expect(owner).toHaveLength(1)
    expect(announcer.length).toBeGreaterThan(0)
    expect(announcer).not.toEqual(expect.arrayContaining(owner))
  })

  test('B-105 an assurance outside rights is marked as such, with owner and state', async () => {
    const page = await pageOf('not-to-become-a-haven-to-circumvent-sanctions')
    expect(said(page, 'B50-4')?.outsideRights).toBe(true)
    expect(values(page, 'status')).toEqual(['declared'])
    expect(values(page, 'owner')).toHaveLength(1)
  })

  test('B-096 an exhibition’s purpose leads to the pledge it speaks for', async () => {
    const exhibition = await pageOf('exhibition-ordinary-objects')
    expect(values(exhibition, 'purpose')?.length).toBeGreaterThan(0)
    expect(exhibition.linked.map(({ id }) => id)).toContain(
      (await pageOf('human-rights-council-pledges')).matter.id,
    )
  })

  test('B-046 the need that was recognised is declared and no more, and answers the call', async () => {
    const page = await pageOf('recognise-the-need-for-independent-investigations')
    expect(values(page, 'status')).toEqual(['declared'])
    const call = await pageOf('ohchr-calls-for-an-independent-probe')
    const [answer, asked] = [said(page, 'B20-3')?.id ?? '', said(call, 'B18-2')?.id ?? '']
    const links = await readAs(workspace.database, workspace.actor, (tx) => linksAmong(tx, [answer]))
    expect(links.map(({ link: { from, rel, to } }) => [from, rel, to])).toContainEqual([
      answer,
      'answers',
      asked,
    ])
  })

  test('B-019 what names no measure and no date stands as declared', async () => {
    const page = await pageOf('fight-to-eliminate-violence-against-women-and-girls')
    expect(values(page, 'status')).toEqual(['declared'])
    expect(page.accounts.map(({ valueType }) => valueType)).not.toContain('date')
  })

  test('A-057 a trend is shown as a claim that waits for a check', async () => {
    const desk = await api.call(OPERATIONS.desk, { params: { slug: 'seeds' } })
    const claim = desk.toCheck.find(({ item }) => item === 'A32-2')
    expect([claim?.checks, claim?.kind, claim?.chain.at(-1)?.speakers[0]?.name]).toEqual([
      ['trend'],
      'assessment',
      'Maina Kiai',
    ])
  })
})
