import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountOperations } from '../src/protection/accounts-contract.ts'
import { WATCHED } from '../src/protection/sign-in-log.ts'
import { A_PASSWORD, type SignedIn, signedIn } from './accounts.ts'
import { type TestServer, testServer } from './served.ts'
import { testWorkspace } from './workspace.ts'

describe('what happens at the door', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let server: TestServer
  let admin: SignedIn
  let worker: SignedIn
  let elsewhere: SignedIn

  beforeAll(async () => {
    workspace = await testWorkspace()
    server = await testServer(workspace)
    const { organisation } = workspace.actor
    admin = await signedIn(workspace, { organisation, roles: ['administrator'], name: 'Administrator' })
    worker = await signedIn(workspace, { organisation, roles: ['monitor'], name: 'Worker' })
    elsewhere = await signedIn(workspace, { roles: ['administrator'], name: 'Elsewhere' })
    // The organisation whose server it is has accounts, and another one is on it too.
    await workspace.database.owner.query('update organisation set alone = false where organisation = $1', [
      organisation,
    ])
  })
  afterAll(async () => {
    await server?.close()
    await workspace?.close()
  })

  const lines = async (who: SignedIn) => (await server.done('signIns', { as: who.as })).lines
  const password = async (changes: object = {}) => ({
    login: worker.login,
    password: A_PASSWORD,
    code: await worker.code(),
    ...changes,
  })

  test('P90 who comes in, and who is refused, is written down with time and device before it is answered', async () => {
    expect(
      (await server.ask('signIn', { body: await password({ password: 'not the password' }) })).code,
    ).toBe('sign_in_refused')
    await server.done('signIn', { body: await password() })
    const [came, refused, ...others] = await lines(worker)
    expect(others).toEqual([])
    expect(came).toMatchObject({ what: 'signIn', outcome: 'done', who: 'Worker', about: null, mine: true })
    expect(refused).toMatchObject({ what: 'signIn', outcome: 'sign_in_refused', who: 'Worker', mine: true })
    expect(Date.parse(came?.at ?? '')).toBeGreaterThan(Date.now() - 60_000)
    // From one network on one day: the same mark, and no address.
    expect(came?.network).toMatch(/^[0-9a-f]{8}$/)
    expect(refused?.network).toBe(came?.network)
  })

  test('P90 one reads one’s own, an administrator everybody’s, and nobody of another organisation any', async () => {
    await server.ask('signIn', { body: await password({ login: 'nobody.has.this.login' }) })
    const [tried] = await lines(admin)
    expect(tried).toMatchObject({ what: 'signIn', outcome: 'sign_in_refused', who: null, mine: false })
    expect((await lines(admin)).map(({ who }) => who)).toContain('Worker')
    expect((await lines(worker)).every(({ mine }) => mine)).toBe(true)
    expect(await lines(elsewhere)).toEqual([])
  })

  test('P90 what is done to somebody’s account is a line that they read too', async () => {
    await server.done('endSessionsOf', {
      params: { person: worker.person },
      as: admin.as,
    })
    const again = await signedInAgain()
    const found = (await lines(again)).find(({ what }) => what === 'endSessionsOf')
    expect(found).toMatchObject({ who: 'Administrator', about: 'Worker', mine: true, outcome: 'done' })
    expect(
      (await server.ask('setPassword', { body: { password: 'x', code: '0', ticket: 'x' }, as: again.as }))
        .status,
    ).not.toBe(200)
    await server.done('signOut', { as: again.as })
    const after = await signedInAgain()
    const told = (await lines(after)).map(({ what, outcome }) => `${what} ${outcome}`)
    expect(told).toContain('signOut done')
    expect(told.filter((one) => /^setPassword /.test(one))).toHaveLength(1)
  })

  /** A new browser of the worker, by the door. */
  async function signedInAgain(): Promise<SignedIn> {
    const { openSession } = await import('../src/protection/gatehouse.ts')
    const pass = await openSession(workspace.database.owner, worker, {
      address: '192.0.2.9',
      device: 'another',
    })
    return { ...worker, as: pass, pass }
  }

  test('P90 no password, code, pass, address or unknown login is in it', async () => {
    await server.ask('signIn', {
      body: { login: 'a password typed as login', password: 'canary-password', code: '123456' },
    })
    const { rows } = await workspace.database.owner.query<{ text: string }>(
      'select t::text as text from sign_in_log t',
    )
    const all = rows.map(({ text }) => text).join('\n')
    expect(rows.length).toBeGreaterThan(4)
    for (const one of [
      'a password typed',
      'canary',
      '123456',
      A_PASSWORD,
      worker.pass,
      '127.0.0.1',
      '::1',
      worker.login,
    ])
      expect([one, all.includes(one)]).toEqual([one, false])
  })

  test('P90 nobody changes a line, and whoever tries without end fills no disk', async () => {
    const { owner, runtime } = workspace.database
    await expect(runtime.query('delete from sign_in_log')).resolves.toMatchObject({ rowCount: 0 })
    await owner.query(
      "insert into sign_in_log (organisation, what, outcome, device, network) select $1, 'signIn', 'sign_in_refused', '', '' from generate_series(1, 1000)",
      [workspace.actor.organisation],
    )
    const count = async () =>
      (await owner.query<{ n: number }>("select count(*)::int as n from sign_in_log where outcome <> 'done'"))
        .rows[0]?.n
    const before = await count()
    await server.ask('signIn', { body: await password({ password: 'not the password' }) })
    expect(await count()).toBe(before)
    // Old lines go; who came in is still written.
    await owner.query("update sign_in_log set at = now() - interval '181 days'")
    await server.done('signOut', { as: (await signedInAgain()).as })
    const { rows } = await owner.query('select what, outcome from sign_in_log where organisation = $1', [
      workspace.actor.organisation,
    ])
    expect(rows).toEqual([{ what: 'signOut', outcome: 'done' }])
  })

  test('P90 every operation that lets in or out, or changes how somebody comes in, is watched', () => {
    const writing = Object.entries(accountOperations).filter(([, { method }]) => method === 'POST')
    const unwatched = writing.map(([name]) => name).filter((name) => !WATCHED.has(name))
    expect(unwatched.sort()).toEqual([
      'beginPasskey',
      'beginPassword',
      'beginProof',
      'beginSignIn',
      'readInvitation',
    ])
  })
})
