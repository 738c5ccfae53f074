import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { runCli } from '../src/cli/main.ts'
import { verifyNow } from '../src/ledger/verify-now.ts'
import { shownTo } from '../src/ledger/verify-shown.ts'
import type { Actor } from '../src/protection/actor.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { readAs } from '../src/storage/database.ts'
import { alter } from './authorization/alter.ts'
import type { OneRole } from './authorization/oracle.ts'
import { makeWorld, type World } from './authorization/world.ts'
import { testWorkspace } from './workspace.ts'

describe('what verify tells whom', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let world: World

  beforeAll(async () => {
    workspace = await testWorkspace()
    vi.stubEnv('DATABASE_URL', workspace.url)
    world = await makeWorld(workspace)
    await alter(workspace, world)
    // A receipt that somebody keeps in the folder under a name that says something.
    mkdirSync(join(workspace.folder.root, 'receipts'))
    writeFileSync(join(workspace.folder.root, 'receipts', 'what-anna-told-us.json'), '{}')
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await workspace?.close()
  })

  const asker = (role: OneRole, { on = false, ours = true } = {}): Actor => {
    const found = world.askers.find(
      (one) => one.role === role && one.on === on && one.ours === ours && one.live && one.member,
    )
    if (!found) throw new Error(`Nobody is a ${role}.`)
    return found.actor
  }
  const told = async (actor: Actor) => {
    const whole = await verifyNow({ ...workspace, actor }, { kinds: ALL_KINDS })
    return readAs(workspace.database, actor, (tx) => shownTo(tx, whole, workspace.key))
  }
  const placesIn = (text: string) =>
    world.grounds.filter(({ ids }) => text.includes(ids.one ?? '-')).map(({ place }) => place)

  test('L16 everybody learns that something is altered; named are the records they may see, and of the rest how many', async () => {
    const all = await told(asker('auditor'))
    const outside = await told(asker('reader'))
    const inside = await told(asker('reader', { on: true }))
    const opened = await told({
      ...asker('reader', { on: true }),
      cases: [world.ground('case').caseId ?? ''],
    })
    expect([all, outside, inside, opened].map(({ state }) => state)).toEqual(Array(4).fill('altered'))
    const places = [all, outside, inside, opened].map(({ altered }) => placesIn(JSON.stringify(altered)))
    expect(places).toEqual([
      ['public', 'organisation', 'team', 'case'],
      ['public', 'organisation'],
      ['public', 'organisation', 'team'],
      ['public', 'organisation', 'team', 'case'],
    ])
    expect(all.unnamed).toBe(0)
    for (const one of [outside, inside, opened])
      expect(one.altered.length + one.unnamed).toBe(all.altered.length)
    expect(outside.unnamed).toBeGreaterThan(inside.unnamed)
    expect(inside.unnamed).toBeGreaterThan(opened.unnamed)
    // No kind of what is hidden, and no word of anything.
    for (const { word } of world.grounds) expect(JSON.stringify([all, outside])).not.toContain(word)
  })

  test('L16 names of files in the folder are for whoever audits at home; receipts of another ledger are not held against ours', async () => {
    expect(JSON.stringify(await told(asker('administrator')))).toContain('what-anna-told-us')
    const reader = await told(asker('reader'))
    expect(reader.cannotTell).toContainEqual(expect.stringMatching(/^A receipt in the folder: /))
    expect(JSON.stringify(reader)).not.toContain('what-anna')
    const elsewhere = await told(asker('administrator', { ours: false }))
    expect(JSON.stringify(elsewhere)).not.toMatch(/what-anna|receipt/)
    expect(placesIn(JSON.stringify(elsewhere))).toEqual([])
  })

  // The last one here: from now on several people work in this record.
  test('L16 the command with a token tells what its person may be told; without one, whoever keeps the machine', async () => {
    await workspace.database.owner.query('update organisation set alone = false')
    const run = async (token: string) => {
      vi.stubEnv('RAPPORTEUR_TOKEN', token)
      const said: string[] = []
      const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0)
      const exit = await runCli(['verify', workspace.folder.root, '--json'])
      spy.mockRestore()
      expect(exit).toBe(1)
      return said.join('')
    }
    expect(placesIn(await run(''))).toEqual(['public', 'organisation', 'team', 'case'])
    const shown = await run(asker('reader').pass)
    expect(placesIn(shown)).toEqual(['public', 'organisation'])
    expect(JSON.parse(shown).unnamed).toBeGreaterThan(0)
  })
})
