import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allDossiers, openDossier } from '../src/sources/dossier.ts'
import { asActor, readAs } from '../src/storage/database.ts'
import { openWorkspace } from '../src/storage/workspace.ts'
import { testWorkspace } from './workspace.ts'

describe('a data folder belongs to one record', () => {
  let server: Awaited<ReturnType<typeof testWorkspace>>
  let other: Awaited<ReturnType<typeof testWorkspace>>
  const own = mkdtempSync(join(tmpdir(), 'rapporteur-own-'))
  beforeAll(async () => {
    server = await testWorkspace()
    other = await testWorkspace()
  })
  afterAll(async () => {
    await server?.close()
    await other?.close()
    rmSync(own, { recursive: true, force: true })
  })

  const addTo = async (options: { data: string; url: string }, slug: string) => {
    const workspace = await openWorkspace(options)
    try {
      await asActor(workspace.database, workspace.actor, (tx) => openDossier(tx, slug))
      const all = await readAs(workspace.database, workspace.actor, allDossiers)
      return all.map(({ dossier }) => dossier.slug)
    } finally {
      await workspace.close()
    }
  }
  const elsewhere = (what: string) => ({ code: 'record_elsewhere', message: expect.stringContaining(what) })

  test('T19 a folder with a database of its own is refused with DATABASE_URL, and loses nothing', async () => {
    expect(await addTo({ data: own, url: '' }, 'harbour')).toEqual(['harbour'])
    const { owner } = server.database
    const people = async () => (await owner.query('select count(*)::int as n from person')).rows[0]?.n
    const before = await people()
    await expect(openWorkspace({ data: own, url: server.url })).rejects.toMatchObject(
      elsewhere('unset DATABASE_URL'),
    )
    expect(await people()).toBe(before)
    expect(await addTo({ data: own, url: '' }, 'lamps')).toEqual(['harbour', 'lamps'])
    // One from before folders were marked is known by the database in it.
    rmSync(join(own, 'record.json'))
    await expect(openWorkspace({ data: own, url: server.url })).rejects.toMatchObject(
      elsewhere('own database'),
    )
  })

  test('T19 a folder used with a server is refused without it, and with the database of another record', async () => {
    const data = server.folder.root
    await expect(openWorkspace({ data, url: '' })).rejects.toMatchObject(elsewhere('DATABASE_URL is not set'))
    await expect(openWorkspace({ data, url: other.url })).rejects.toMatchObject(elsewhere('not the one'))
    expect(await addTo({ data, url: server.url }, 'harbour')).toEqual(['harbour'])
    // The same record by another form of its address.
    const { username, password, pathname, searchParams } = new URL(server.url)
    const address = `postgresql:///${pathname.slice(1)}?host=${searchParams.get('host')}&user=${username}&password=${password}`
    expect(await addTo({ data, url: address }, 'lamps')).toEqual(['harbour', 'lamps'])
  })
})
