import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settle } from '../src/ledger/settle.ts'
import { leafHash } from '../src/ledger/tree.ts'
import { verifyReceipt } from '../src/ledger/verify-receipt.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { applyCoding } from '../src/statements/apply-coding.ts'
import { readCodingFile } from '../src/statements/coding-format.ts'
import { asActor } from '../src/storage/database.ts'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'
import { request, type TestServer, testServer } from './served.ts'
import { testWorkspace } from './workspace.ts'

describe('the log over HTTP', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let server: TestServer

  beforeAll(async () => {
    workspace = await testWorkspace()
    const dossier = await asActor(workspace.database, workspace.actor, (tx) => openDossier(tx, 'harbour'))
    await takeIn(workspace, dossier, [{ fileName: 'harbour.txt', bytes: Buffer.from(A_TEXT) }])
    await asActor(workspace.database, workspace.actor, (tx) =>
      applyCoding(tx, dossier, readCodingFile(JSON.stringify(A_CODING_FILE))),
    )
    server = await testServer(workspace)
  })
  afterAll(async () => {
    await server?.close()
    await workspace?.close()
  })

  test('D11 the log is served as C2SP tlog-tiles has it, and receipts lead from a write to its proof', async () => {
    const { rows } = await workspace.database.owner.query<{ dossier: string; id: string }>(
      "select dossier, id from statement where item = 'H1'",
    )
    const { dossier = '', id: subject = '' } = rows[0] ?? {}
    const made = await server.done('tag', {
      body: { tags: [{ dossier, subject, scheme: 'rights', term: 'property' }] },
    })
    const { entry = '', promise = '' } = made.receipt ?? {}
    expect(promise.split('\n').slice(0, 2)).toEqual(['rapporteur-receipt/1', entry])
    await settle(workspace)
    const [tag] = (await server.done('changes', { query: { limit: 1 } })).changes
    const { history } = await server.done('record', { params: { id: tag?.record ?? '' } })
    const receipt = history[0]?.receipt
    expect(receipt).toMatchObject({ promise, place: { index: expect.any(Number) } })
    expect(verifyReceipt(JSON.stringify(receipt))).toMatchObject({ state: 'intact', entry })

    const log = (path: string) =>
      fetch(`http://localhost:${server.port}/api/ledger/log/${path}`, {
        headers: { Authorization: `Bearer ${server.key}` },
      })
    const bytesOf = async (path: string) => Buffer.from(await (await log(path)).arrayBuffer())
    const note = await (await log('checkpoint')).text()
    expect(note).toBe(receipt?.place?.checkpoint)
    const size = Number(note.split('\n')[1])
    const bundle = await bytesOf(`tile/entries/000.p/${size}`)
    const leaves: string[] = []
    for (let at = 0; at < bundle.length; ) {
      const end = at + 2 + bundle.readUInt16BE(at)
      leaves.push(bundle.toString('utf8', at + 2, end))
      at = end
    }
    expect(leaves).toHaveLength(size)
    expect(JSON.parse(leaves[receipt?.place?.index ?? -1] ?? '{}')).toMatchObject({ entry, type: 'change' })
    const tile = await bytesOf(`tile/0/000.p/${size}`)
    expect(tile).toEqual(Buffer.concat(leaves.map((leaf) => leafHash(leaf))))
    for (const path of ['tile/0/000', 'tile/0/0', `tile/0/000.p/${size + 1}`, 'tile/entries/001.p/1', 'x'])
      expect(await log(path)).toMatchObject({ status: 404 })
    expect(
      await request(server.port, '/api/ledger/log/checkpoint', {
        headers: { Host: `localhost:${server.port}` },
      }),
    ).toMatchObject({ status: 401 })
  })
})
