import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256Hex } from '../src/foundation/hashing.ts'
import { accountOperations } from '../src/protection/accounts-contract.ts'
import { foundOrganisation, resetAtTerminal } from '../src/protection/at-terminal.ts'
import { openSession } from '../src/protection/gatehouse.ts'
import { WATCHED } from '../src/protection/sign-in-log.ts'
import { codeAt, stepAt } from '../src/protection/totp.ts'
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

  test('P90 what is done at the server’s own terminal is a line for whom it is about and who looks after them', async () => {
    await resetAtTerminal(workspace, worker.login)
    for (const who of [admin, await signedInAgain()]) {
      const [first] = (await lines(who)).filter(({ what }) => what === 'terminalReset')
      expect(first).toMatchObject({ who: null, about: 'Worker', outcome: 'done', device: '', network: '' })
    }
    const before = await lines(admin)
    const founded = await foundOrganisation(workspace, {
      name: 'Founded',
      administrator: { name: 'Founder', login: 'founder' },
    })
    expect(founded.administrator).not.toBe('')
    const { rows } = await workspace.database.owner.query(
      `select o.name, p.name as about, l.person from sign_in_log l join organisation o on o.organisation = l.organisation
         join person p on p.organisation = l.organisation and p.id = l.about where l.what = 'terminalOrganisation'`,
    )
    expect(rows).toEqual([{ name: 'Founded', about: 'Founder', person: null }])
    // Nobody of another organisation is told that it is there.
    expect(await lines(admin)).toEqual(before)
    // Nothing is done without its line: where it cannot be written, the account stays as it was.
    await workspace.database.owner.query(
      "alter table sign_in_log add constraint full_disk check (what <> 'terminalReset') not valid",
    )
    const links = async () =>
      (await workspace.database.owner.query('select code from invitation order by code')).rows
    const held = await links()
    await expect(resetAtTerminal(workspace, worker.login)).rejects.toThrow(/full_disk/)
    expect(await links()).toEqual(held)
    await workspace.database.owner.query('alter table sign_in_log drop constraint full_disk')
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

  test('P33 a pass is 256 bits by chance, no two are alike, and its hash alone is kept', async () => {
    const { owner } = workspace.database
    const at = { address: '192.0.2.7', device: 'a test' }
    const passes: string[] = []
    for (let n = 0; n < 50; n += 1) passes.push(await openSession(owner, worker, at))
    expect(passes.filter((one) => !/^[\w-]{43}$/.test(one))).toEqual([])
    expect(new Set(passes).size).toBe(50)
    // Every place of it takes many letters: nothing counts up, and nothing is the same in all.
    for (let at = 0; at < 42; at += 1) expect(new Set(passes.map((one) => one[at])).size).toBeGreaterThan(15)
    const { rows } = await owner.query<{ text: string }>('select t::text as text from session t')
    const kept = rows.map(({ text }) => text).join('\n')
    expect(passes.filter((one) => kept.includes(one))).toEqual([])
    expect(kept).toContain(sha256Hex(passes[0] ?? ''))
  })

  test('P33 another password ends every other session of its person', async () => {
    const [here, there] = [await signedInAgain(), await signedInAgain()]
    await workspace.database.owner.query('update session set proved_at = now() where person = $1', [
      worker.person,
    ])
    const { secret, ticket } = await server.done('beginPassword', { as: here.as })
    const body = { password: 'quite other words than before', code: codeFor(secret), ticket }
    await server.done('setPassword', { body, as: here.as })
    expect((await server.ask('account', { as: there.as })).code).toBe('signed_out')
    expect((await server.ask('account', { as: here.as })).status).toBe(200)
  })

  /** What an authenticator app shows for a secret in base 32. */
  function codeFor(secret: string): string {
    const bits = [...secret].map((one) =>
      'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(one).toString(2).padStart(5, '0'),
    )
    const bytes = bits.join('').match(/.{8}/g) ?? []
    return codeAt(Uint8Array.from(bytes.map((byte) => Number.parseInt(byte, 2))), stepAt())
  }

  test('P30 a new record has no account, and no password that anybody knows', async () => {
    const fresh = await testWorkspace()
    const { rows } = await fresh.database.owner.query(
      'select (select count(*)::int from account) as accounts, (select count(*)::int from passkey) as passkeys, (select count(*)::int from invitation) as links',
    )
    await fresh.close()
    expect(rows).toEqual([{ accounts: 0, passkeys: 0, links: 0 }])
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
