import { readFileSync, statSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256Hex } from '../src/foundation/hashing.ts'
import { newId } from '../src/foundation/ids.ts'
import { toJson } from '../src/foundation/json.ts'
import { change } from '../src/ledger/change.ts'
import { settle } from '../src/ledger/settle.ts'
import { sourceKind } from '../src/sources/source-kinds.ts'
import { asActor } from '../src/storage/database.ts'
import { originalPath } from '../src/storage/originals.ts'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'
import { request, type TestServer, testServer } from './served.ts'
import { testWorkspace } from './workspace.ts'

describe('the custody of a source', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let server: TestServer
  let dossier = ''
  let source = ''
  const provenance = { obtained: 'handed over at the port', occasion: 'the day after', suppliedByParty: true }

  beforeAll(async () => {
    workspace = await testWorkspace()
    server = await testServer(workspace)
    dossier = (await server.done('openDossier', { body: { slug: 'harbour' } })).id
    const files = [
      { fileName: 'harbour.txt', base64: Buffer.from(A_TEXT).toString('base64'), facts: { provenance } },
    ]
    const { results: taken } = await server.done('takeIn', { params: { slug: 'harbour' }, body: { files } })
    source = taken[0]?.source ?? ''
  })
  afterAll(async () => {
    await server?.close()
    await workspace?.close()
  })

  test('S30 a source cannot stand on record without its bytes, their hash, who took it in and when', async () => {
    const { actor, database } = workspace
    const { rows } = await database.owner.query<{ body: Record<string, unknown> }>(
      'select body from source where id = $1',
      [source],
    )
    const whole = rows[0]?.body ?? {}
    expect(whole).toMatchObject({ original: { sha256: sha256Hex(A_TEXT), size: A_TEXT.length }, provenance })
    const count = async () =>
      (
        await database.owner.query(
          'select (select count(*) from source) + (select count(*) from revision) as n',
        )
      ).rows
    const before = await count()
    const { original, ...without } = whole
    for (const body of [
      without,
      { ...whole, original: null },
      { ...whole, original: { sha256: 'short', size: 1 } },
      { ...whole, original: { sha256: sha256Hex(A_TEXT) } },
    ]) {
      const state = { id: newId('source'), level: 'organisation' as const, case: null, body: toJson(body) }
      const made = asActor(database, actor, (tx) =>
        change(tx, 'took in a source', [{ kind: sourceKind, revision: 0, state: state as never }]),
      )
      await expect(made, JSON.stringify(body.original)).rejects.toThrow()
    }
    expect(await count()).toEqual(before)
    // Who, when and why are no matter of the program alone.
    const { rows: free } = await database.owner.query(
      "select column_name from information_schema.columns where table_schema = 'rapporteur' and table_name = 'revision' and column_name in ('who', 'at', 'why', 'commitment', 'entry') and is_nullable = 'YES'",
    )
    expect(free).toEqual([])
  })

  test('S31 the history of a source tells who had it, when, and what was done with it, in order', async () => {
    await server.done('describeSource', { params: { id: source }, body: { title: 'Notes from the harbour' } })
    await server.done('describeSource', { params: { id: source }, body: { date: '2021-05-04' } })
    await settle(workspace)
    const { history } = await server.done('record', { params: { id: source } })
    const told = [...history].sort((a, b) => a.n - b.n)
    expect(told.map(({ n, why }) => [n, why])).toEqual([
      [1, 'took in a source'],
      [2, 'described the source'],
      [3, 'described the source'],
    ])
    for (const { at, who, receipt } of told) {
      expect(Date.parse(at)).toBeGreaterThan(Date.now() - 600_000)
      expect(who).toBe('The person at this computer')
      expect(receipt).toMatchObject({ place: { index: expect.any(Number) } })
    }
    expect(told.map(({ at }) => at)).toEqual(told.map(({ at }) => at).sort())
    const [, titled, dated] = told
    expect(titled?.changes.map(({ field }) => field)).toEqual(['title'])
    expect(dated?.changes).toEqual([{ field: 'date', before: null, after: '2021-05-04' }])
  })

  test('S32 nothing that is done with a source touches its original', async () => {
    const path = originalPath(workspace.folder, sha256Hex(A_TEXT))
    const about = () => {
      const { ino, mtimeMs, size, mode } = statSync(path)
      return { ino, mtimeMs, size, mode, sha256: sha256Hex(readFileSync(path)) }
    }
    const before = about()
    expect(before.sha256).toBe(sha256Hex(A_TEXT))
    const files = [{ fileName: 'again.txt', base64: Buffer.from(A_TEXT).toString('base64') }]
    await server.done('takeIn', { params: { slug: 'harbour' }, body: { files } })
    await server.done('code', { params: { slug: 'harbour' }, body: { ...A_CODING_FILE } })
    await server.done('describeSource', {
      params: { id: source },
      body: { title: 'Another title', language: 'en' },
    })
    await server.ask('readAgain', { params: { id: source } })
    const { text } = await request(server.port, `/api/sources/${source}/original`, {
      headers: { Host: `localhost:${server.port}`, Authorization: `Bearer ${server.key}` },
    })
    expect(text).toBe(A_TEXT)
    expect(about()).toEqual(before)
    expect(dossier).not.toBe('')
  })
})
