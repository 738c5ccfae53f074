import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OPERATIONS, type Operations } from '../src/publication/contract.ts'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'
import { type Answer, request, type TestServer, testServer } from './served.ts'
import { testWorkspace } from './workspace.ts'

type Name = keyof Operations
const READING = (Object.keys(OPERATIONS) as Name[]).filter((name) => OPERATIONS[name].method === 'GET')
/** What reading writes: who opened a case or asked with which session, and the ledger's own work beside it. */
const OF_READING = /^(opening|exported?|departure|session|attempt\w*|ledger_\w+|line_index|migration)$/

describe('answers', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let server: TestServer
  let opened = ''
  const values: string[] = ['harbour']

  beforeAll(async () => {
    workspace = await testWorkspace()
    server = await testServer(workspace)
    const { id: dossier } = await server.done('openDossier', { body: { slug: 'harbour' } })
    const files = [{ fileName: 'harbour.txt', base64: Buffer.from(A_TEXT).toString('base64') }]
    const { results: taken } = await server.done('takeIn', { params: { slug: 'harbour' }, body: { files } })
    await server.done('code', { params: { slug: 'harbour' }, body: A_CODING_FILE })
    opened = (
      await server.done('openCase', { body: { dossier, title: 'The fishermen', reason: 'They spoke.' } })
    ).id
    const { matters } = await server.done('mattersLike', { query: { typed: 'port' } })
    const source = taken[0]?.source ?? ''
    const { statements } = await server.done('sourcePage', { params: { id: source } })
    values.push(
      dossier,
      source,
      matters[0]?.id ?? '',
      statements[0]?.id ?? '',
      opened,
      workspace.actor.person,
    )
    expect(values.filter((one) => one === '')).toEqual([])
  })
  afterAll(async () => {
    await server?.close()
    await workspace?.close()
  })

  async function state(): Promise<Record<string, unknown>> {
    const { owner } = workspace.database
    const { rows } = await owner.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'rapporteur' order by 1",
    )
    const held: Record<string, unknown> = {}
    for (const { name } of rows.filter((one) => !OF_READING.test(one.name))) {
      const { rows: sums } = await owner.query(
        `select count(*), md5(string_agg(t::text, '' order by t::text)) from rapporteur.${name} t`,
      )
      held[name] = sums[0]
    }
    return held
  }

  const get = (path: string, more: Record<string, string> = {}): Promise<Answer> =>
    request(server.port, path, {
      headers: { Host: `localhost:${server.port}`, Authorization: `Bearer ${server.key}`, ...more },
    })

  test('D30 no operation that is only read writes anything, with a case open or without', async () => {
    expect(READING.length).toBeGreaterThan(10)
    const before = await state()
    expect(Object.keys(before).length).toBeGreaterThan(15)
    let done = 0
    for (const name of READING) {
      const { path } = OPERATIONS[name]
      // Every place of an address is filled with everything that there is.
      const tries = path.includes(':') ? values : ['']
      for (const value of tries)
        for (const more of [{}, { 'Rapporteur-Case': opened }]) {
          const asked = `/api${path.replace(/:\w+/g, encodeURIComponent(value))}?q=boats&typed=port&words=last+week&language=en&document=2021-05-10`
          const answer = await get(asked, more)
          const plain = answer.status === 400 ? await get(asked.replace(/\?.*/, ''), more) : answer
          if (plain.status === 200) done += 1
          expect([name, value, plain.status === 500]).toEqual([name, value, false])
        }
    }
    expect(done).toBeGreaterThan(READING.length)
    expect(await state()).toEqual(before)
  })

  test('D30 every answer names its type, and texts their charset', async () => {
    const pages = await get('/')
    const built = [...pages.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? '')
    expect(built.length).toBeGreaterThan(1)
    const paths = [
      '/',
      '/harbour/desk',
      '/nothing.js',
      ...built,
      '/api/openapi.json',
      '/api/house',
      '/api/nothing',
      '/api/records/%00',
      `/api/sources/${values[2]}/original`,
      '/api/ledger/log/checkpoint',
    ]
    for (const path of paths) {
      const { status, text, headers } = await get(path)
      if (text === '') continue
      const type = headers['content-type'] ?? ''
      expect([path, status, type]).toEqual([path, status, expect.stringMatching(/^[a-z]+\/[\w.+-]+/)])
      if (type.startsWith('text/'))
        expect([path, type]).toEqual([path, expect.stringMatching(/charset=utf-8$/i)])
    }
  })
})
