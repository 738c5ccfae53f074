import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDossier } from '../src/sources/dossier.ts'
import { asActor } from '../src/storage/database.ts'
import { makeWorld, type World } from './authorization/world.ts'
import { request, type TestServer, testServer } from './served.ts'
import { testWorkspace } from './workspace.ts'

describe('the history a page at a time', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let world: World
  let server: TestServer

  beforeAll(async () => {
    workspace = await testWorkspace()
    world = await makeWorld(workspace)
    server = await testServer(workspace)
  })
  afterAll(async () => {
    await server?.close()
    await workspace?.close()
  })

  interface Page {
    readonly changes: { record: string; n: number; kind: string; at: string }[]
    readonly next: string | null
  }
  const pageFor = async (on: boolean, query: Record<string, string>): Promise<Page> => {
    const reader = world.askers.find(
      (one) => one.ours && one.role === 'reader' && one.on === on && one.live && one.member,
    )
    const answer = await request(server.port, `/api/changes?${new URLSearchParams(query)}`, {
      headers: {
        Host: new URL(server.address).host,
        Authorization: `Bearer ${reader?.actor.pass}`,
      },
    })
    expect([answer.status, answer.text.slice(0, 100)]).toEqual([200, expect.any(String)])
    return answer.json() as Page
  }
  const all = async (on: boolean, limit: number): Promise<Page['changes']> => {
    const found: Page['changes'] = []
    for (let after: string | null = ''; after !== null; ) {
      const page: Page = await pageFor(on, { limit: String(limit), ...(after === '' ? {} : { after }) })
      expect(page.changes.length).toBeGreaterThan(0)
      found.push(...page.changes)
      after = page.next
    }
    return found
  }

  test('L17 P23 pages of any size give everything once, the newest first, and only what the reader may see', async () => {
    const whole = await all(true, 200)
    const outside = await all(false, 200)
    expect(whole.length).toBeGreaterThan(outside.length)
    for (const limit of [1, 3, 7]) {
      expect(await all(true, limit)).toEqual(whole)
      expect(await all(false, limit)).toEqual(outside)
    }
    expect(whole.map(({ at }) => at)).toEqual(
      whole
        .map(({ at }) => at)
        .sort()
        .reverse(),
    )
    const team = world.ground('team').ids
    expect(JSON.stringify(whole)).toContain(team.finding)
    expect(JSON.stringify(outside)).not.toContain(team.finding)
  })

  test('L17 what is changed meanwhile moves no page; a place that is none is the beginning', async () => {
    const first = await pageFor(false, { limit: '3' })
    const second = await pageFor(false, { limit: '3', after: first.next ?? '' })
    await asActor(workspace.database, workspace.actor, (tx) => openDossier(tx, 'meanwhile'))
    expect(await pageFor(false, { limit: '3', after: first.next ?? '' })).toEqual(second)
    const begin = await pageFor(false, { limit: '3' })
    for (const after of ['x', "2026-01-01' or true --", `${'9'.repeat(17)} ent_x`, '[]'])
      expect(await pageFor(false, { limit: '3', after })).toEqual(begin)
    expect(await pageFor(false, { limit: '3', after: '978307200000000 ent_x' })).toMatchObject({
      changes: [],
      next: null,
    })
    const late = await request(
      server.port,
      `/api/changes?after=${encodeURIComponent(`${'9'.repeat(16)} ent_x`)}`,
      {
        headers: { Host: new URL(server.address).host, Authorization: `Bearer ${server.key}` },
      },
    )
    expect(late.status).toBe(200)
  })
})
