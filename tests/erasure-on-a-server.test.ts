import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rememberPlace } from '../src/storage/backup-places.ts'
import { type SignedIn, signedIn } from './accounts.ts'
import { type TestServer, testServer } from './served.ts'
import { testWorkspace } from './workspace.ts'

describe('erasures of several organisations on one server', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let server: TestServer
  let ours: SignedIn
  let theirs: SignedIn

  beforeAll(async () => {
    workspace = await testWorkspace()
    const { organisation } = workspace.actor
    ours = await signedIn(workspace, { organisation, roles: ['editor'], name: 'Ours' })
    theirs = await signedIn(workspace, { roles: ['editor'], name: 'Theirs' })
    await workspace.database.owner.query('update organisation set alone = false')
    writeFileSync(join(workspace.folder.root, 'names-from-the-harbour.txt'), 'x')
    rememberPlace(workspace.folder, '/media/anna-at-home/backup.zip')
    server = await testServer(workspace)
  })
  afterAll(async () => {
    await server?.close()
    await workspace?.close()
  })

  test('P74 what lies in the folder, and where backups lie, is shown to those alone whose server it is', async () => {
    const shown = async ({ as }: SignedIn) => JSON.stringify(await server.done('erasures', { as }))
    expect(await shown(ours)).toMatch(/names-from-the-harbour.*anna-at-home/)
    expect(await shown(theirs)).not.toMatch(/harbour|anna/)
  })

  test('P74 that a backup could not be reached is told to everybody whose erasure it is, and where it lies to those at home', async () => {
    const last = {
      began: '2026-01-01T00:00:00Z',
      tables: 1,
      bytes: 1,
      milliseconds: 1,
      limits: [],
      unreached: ['/media/anna'],
    }
    await workspace.database.owner.query(
      "insert into setting (organisation, name, value) select organisation, 'cleaning', $1 from organisation",
      [JSON.stringify(last)],
    )
    const unreached = async ({ as }: SignedIn) =>
      (await server.done('erasures', { as })).cleaning.last?.unreached
    expect(await unreached(ours)).toEqual(['/media/anna'])
    expect(await unreached(theirs)).toEqual(['…'])
  })

  test('P74 each organisation cleans up after its own erasures, and sees how its own stands', async () => {
    // Both at once: the second waits for the first, and both are written down as done.
    await Promise.all([ours, theirs].map(({ as }) => server.done('cleanUp', { as })))
    const cleaning = async ({ as }: SignedIn) => (await server.done('erasures', { as })).cleaning
    for (const one of [ours, theirs]) {
      for (let state = await cleaning(one); state.running !== null; state = await cleaning(one))
        await new Promise((resolve) => setTimeout(resolve, 50))
      expect(await cleaning(one)).toMatchObject({ failed: null, last: { unreached: [] } })
    }
    await server.done('cleanUp', { as: theirs.as })
    expect((await cleaning(ours)).running).toBeNull()
    while ((await cleaning(theirs)).running !== null) await new Promise((resolve) => setTimeout(resolve, 50))
  })
})
