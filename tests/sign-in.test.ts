import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { restoreRecord } from '../src/ledger/restore-record.ts'
import { settle } from '../src/ledger/settle.ts'
import { verifyRecord } from '../src/ledger/verify-record.ts'
import { foundOrganisation, noteRestored, resetAtTerminal } from '../src/protection/at-terminal.ts'
import { becomeOrganisation } from '../src/protection/become-organisation.ts'
import { codeAt, stepAt, stepOf } from '../src/protection/totp.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { cookieOf } from '../src/server/who-asks.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { backup } from '../src/storage/backup.ts'
import { asActor } from '../src/storage/database.ts'
import { openWorkspace } from '../src/storage/workspace.ts'
import { A_PASSWORD, codeOf, fromBase32, type SignedIn, signedIn } from './accounts.ts'
import { Authenticator } from './authenticator.ts'
import { request, type TestServer, testServer } from './served.ts'
import { testWorkspace } from './workspace.ts'

const ADDRESS = 'https://record.example.org'

describe('signing in', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let server: TestServer
  let admin: SignedIn
  let other: SignedIn
  let worker: SignedIn

  beforeAll(async () => {
    workspace = await testWorkspace()
    server = await testServer(workspace)
    admin = await signedIn(workspace, { roles: ['administrator'], name: 'An administrator' })
    const { organisation } = admin
    other = await signedIn(workspace, { organisation, roles: ['administrator'], name: 'Another one' })
    worker = await signedIn(workspace, { organisation, roles: ['monitor'], name: 'A worker' })
  })
  beforeEach(() => owner('delete from attempt'))
  afterAll(async () => {
    await server?.close()
    await workspace?.close()
  })

  const owner = (sql: string, values: unknown[] = []) => workspace.database.owner.query(sql, values)
  const withPassword = async (who: SignedIn, changes: object = {}) => ({
    login: who.login,
    password: A_PASSWORD,
    code: await who.code(),
    ...changes,
  })
  const newcomer = async (roles: SignedIn['roles'] = ['reader']) =>
    signedIn(workspace, { organisation: admin.organisation, roles, name: 'Newcomer' })
  const withPasskey = async (who: SignedIn) => {
    const key = new Authenticator(`http://localhost:${server.port}`)
    const { asked } = await server.done('beginPasskey', { as: who.as })
    await server.done('addPasskey', { body: { label: 'Key', response: key.make(asked) }, as: who.as })
    return key
  }
  const challenge = async () => (await server.done('beginSignIn')).asked

  test('P31 codes are those of RFC 6238, for this step and one to either side', () => {
    const secret = Buffer.from('12345678901234567890')
    for (const [seconds, code] of [
      [59, '287082'],
      [1111111109, '081804'],
      [1111111111, '050471'],
      [1234567890, '005924'],
      [2000000000, '279037'],
    ] as const) {
      const now = seconds * 1000
      expect(codeAt(secret, stepAt(now))).toBe(code)
      for (const beside of [seconds > 60 ? -30_000 : 0, 0, 30_000])
        expect(stepOf(secret, code, now + beside)).toBe(stepAt(now))
      for (const far of [90_000, 3_600_000]) expect(stepOf(secret, code, now + far)).toBeNull()
    }
    for (const wrong of ['', '28708', '2870820', 'abcdef']) expect(stepOf(secret, wrong, 59_000)).toBeNull()
  })

  test('P31 password and code let in together, and neither without the other; a code counts once', async () => {
    const one = await newcomer()
    const right = await withPassword(one)
    const { status, pass } = await server.ask('signIn', { body: right })
    expect([status, pass]).toEqual([200, expect.stringMatching(/^[\w-]{43}$/)])
    expect((await server.done('account', { as: pass ?? '' })).login).toBe(one.login)
    const wrongs = [
      async () => right,
      () => withPassword(one, { code: '' }),
      () => withPassword(one, { password: '' }),
    ]
    for (const wrong of wrongs)
      expect((await server.ask('signIn', { body: await wrong() })).code).toBe('sign_in_refused')
  })

  test('P31 a passkey lets in; not replayed, not without its person, not from another page, not a copy of it', async () => {
    const one = await newcomer()
    const key = await withPasskey(one)
    const shown = key.show(await challenge())
    expect((await server.ask('signIn', { body: { passkey: shown } })).status).toBe(200)
    const elsewhere = new Authenticator('https://evil.example')
    elsewhere.handle = key.handle
    const behind = key.counter
    const tries: Record<string, unknown>[] = [
      shown,
      key.show(await challenge(), { verified: false }),
      key.show({ challenge: Buffer.alloc(64).toString('base64url') }),
      elsewhere.show(await challenge()),
      { ...key.show(await challenge()), id: 'another' },
      {},
    ]
    for (const passkey of tries)
      expect((await server.ask('signIn', { body: { passkey } })).code).toBe('sign_in_refused')
    // Whoever copied the key comes with a counter that was there before.
    expect((await server.ask('signIn', { body: { passkey: key.show(await challenge()) } })).status).toBe(200)
    key.counter = behind - 1
    expect((await server.ask('signIn', { body: { passkey: key.show(await challenge()) } })).code).toBe(
      'sign_in_refused',
    )
  })

  test('P32 whatever is wrong is answered alike, in body, headers and time; five failures close an account', async () => {
    const gone = await newcomer()
    await server.done('endMembership', {
      params: { person: gone.person },
      body: { reason: 'Left.' },
      as: admin.as,
    })
    const locked = await newcomer()
    for (let i = 0; i < 5; i += 1)
      await server.ask('signIn', { body: await withPassword(locked, { password: 'x' }) })
    const one = await newcomer()
    const used = await withPassword(one)
    await server.done('signIn', { body: used })
    const wrongs: Record<string, () => Promise<object>> = {
      unknown: async () => ({ login: 'nobody.at.all', password: A_PASSWORD, code: '123456' }),
      password: () => withPassword(one, { password: 'some other words here' }),
      code: () => withPassword(one, { code: '000000' }),
      'used code': async () => used,
      gone: () => withPassword(gone),
      locked: () => withPassword(locked),
    }
    const seen: Record<string, { answer: unknown; took: number }> = {}
    for (const [name, wrong] of Object.entries(wrongs)) {
      const times: number[] = []
      for (let round = 0; round < 3; round += 1) {
        const body = await wrong()
        const began = performance.now()
        const { status, body: text, headers } = await server.ask('signIn', { body })
        times.push(performance.now() - began)
        const { date, ...same } = headers
        seen[name] = { answer: { status, text, same }, took: times.sort((a, b) => a - b)[1] ?? 0 }
      }
      await owner('delete from attempt where n < 5')
    }
    const { unknown } = seen
    for (const [name, { answer }] of Object.entries(seen))
      expect([name, answer]).toEqual([name, unknown?.answer])
    expect(unknown?.answer).toMatchObject({ status: 401 })
    // Each reckons a hash of 64 MiB; what is left over is noise of a machine that does other things.
    for (const [name, { took }] of Object.entries(seen))
      expect([name, took > (unknown?.took ?? 0) / 4]).toEqual([name, true])
    // A passkey is nothing that can be guessed: the account is closed to passwords alone.
    const key = await withPasskey(locked)
    expect((await server.ask('signIn', { body: { passkey: key.show(await challenge()) } })).status).toBe(200)
  }, 120_000)

  test('P32 a rotating X-Forwarded-For gains nothing, over a real socket; a named proxy is believed, its last entry alone', async () => {
    const send = (to: TestServer, forwarded: string) =>
      request(to.port, '/api/sign-in', {
        method: 'POST',
        headers: {
          Host: new URL(to.address).host,
          'Content-Type': 'application/json',
          'X-Forwarded-For': forwarded,
        },
        body: JSON.stringify({ passkey: {} }),
      })
    const answers: number[] = []
    for (let i = 0; i < 34; i += 1)
      answers.push((await send(server, `198.51.100.${i}, 203.0.113.${i}`)).status)
    expect(answers.filter((one) => one === 429)).toHaveLength(4)
    await owner('delete from attempt')
    const behind = await testServer(workspace, {}, { address: ADDRESS, proxy: '127.0.0.1' })
    for (let i = 0; i < 30; i += 1) await send(behind, `198.51.100.${i}, 203.0.113.7`)
    expect((await send(behind, '203.0.113.7')).status).toBe(429)
    expect((await send(behind, '203.0.113.7, 203.0.113.8')).status).toBe(401)
    // Whoever has one address of IPv6 has 2^64 of them.
    for (let i = 0; i < 30; i += 1) await send(behind, `2001:db8:0:1::${i.toString(16)}`)
    expect((await send(behind, '2001:db8:0:1:ffff::1')).status).toBe(429)
    expect((await send(behind, '2001:db8:0:2::1')).status).toBe(401)
    await behind.close()
    const { rows } = await owner(
      'select a::text as row from attempt a union all select s::text from attempt_salt s',
    )
    expect(rows.length).toBeGreaterThan(2)
    for (const { row } of rows) expect(row).not.toMatch(/203\.0\.113|2001|127\.0\.0/)
  })

  test('P33 a session ends when it is revoked, idle, over, or its membership ends; a proof and a new role exchange its pass', async () => {
    const one = await newcomer()
    const ask = async (as: string) => (await server.ask('account', { as })).status
    for (const [off, on] of [
      ['revoked_at = now()', 'revoked_at = null'],
      ["ends_at = now() - interval '1 second'", "ends_at = now() + interval '1 hour'"],
      ["seen_at = now() - interval '61 minutes'", 'seen_at = now()'],
    ]) {
      const set = (what = '') =>
        owner(`update session set ${what} where person = $1 and kind = 'browser'`, [one.person])
      await set(off)
      expect([off, await ask(one.as)]).toEqual([off, 401])
      await set(on)
      expect([on, await ask(one.as)]).toEqual([on, 200])
    }
    const stored = async () =>
      (
        await owner(
          "select encode(pass, 'hex') as pass from session where person = $1 and kind = 'browser'",
          [one.person],
        )
      ).rows[0]?.pass
    const before = await stored()
    const proof = await server.ask('prove', { body: await withPassword(one), as: one.as })
    expect([proof.status, (await stored()) === before]).toEqual([200, false])
    // In the database the pass before is nobody's already; the page's requests under way follow for some seconds.
    await expect(asActor(workspace.database, one, async () => 1)).rejects.toMatchObject({
      code: 'signed_out',
    })
    const fresh = proof.pass ?? ''
    expect(await ask(fresh)).toBe(200)
    await server.done('changeRoles', {
      params: { person: one.person },
      body: { roles: ['monitor'], reason: 'Codes now.' },
      as: admin.as,
    })
    const both = await Promise.all([
      server.ask('account', { as: fresh }),
      server.ask('people', { as: fresh }),
    ])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    const renewed = both.map(({ pass }) => pass).find((pass) => pass !== null) ?? ''
    expect(renewed).not.toBe(fresh)
    expect((await server.done('account', { as: renewed })).roles).toEqual(['monitor'])
    await server.done('endMembership', {
      params: { person: one.person },
      body: { reason: 'Left.' },
      as: admin.as,
    })
    expect(await ask(renewed)).toBe(401)
  })

  test('P35 a token does what its scopes and its person both may, changes no account, and dies when it is revoked', async () => {
    const one = await newcomer(['monitor'])
    const make = async (scopes: string[]) =>
      server.done('makeToken', { body: { label: 'A script', scopes, days: 1 }, as: one.as })
    const { token, id } = await make(['read'])
    const api = (bearer: string, path: string, body?: object) =>
      request(server.port, `/api${path}`, {
        method: body ? 'POST' : 'GET',
        headers: {
          Host: `localhost:${server.port}`,
          Authorization: `Bearer ${bearer}`,
          ...(body ? { 'Content-Type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
    expect((await api(token, '/dossiers')).status).toBe(200)
    expect((await api(token, '/dossiers', { slug: 'by-a-reader' })).status).toBe(403)
    const writes = await make(['read', 'write'])
    expect((await api(writes.token, '/dossiers', { slug: 'by-a-writer' })).status).toBe(200)
    for (const [path, body] of [
      ['/account/tokens', { label: 'More', scopes: ['read'], days: 1 }],
      ['/account/sessions/end', {}],
      ['/people', { name: 'N', login: 'n.n', roles: ['reader'] }],
    ] as const)
      expect([path, (await api(writes.token, path, body)).status]).toEqual([path, 403])
    // A cookie is no token, and a token no cookie.
    expect((await api(one.as, '/dossiers')).status).toBe(401)
    expect((await server.ask('listDossiers', { as: token })).status).toBe(401)
    await server.done('endSession', { params: { id }, as: one.as })
    expect((await api(token, '/dossiers')).status).toBe(401)
    const { rows } = await owner('select 1 from session where pass::text like $1 or label like $1', [
      `%${writes.token}%`,
    ])
    expect(rows).toEqual([])
  })

  test('P36 a reset that waits is taken back by its proposer or by whoever it is about, who is told; by nobody else', async () => {
    const [one, bystander] = [await newcomer(), await newcomer()]
    const params = { person: one.person }
    const propose = () =>
      server.done('proposeReset', { params, body: { reason: 'Lost the phone.' }, as: admin.as })
    const account = () => server.done('account', { as: one.as })
    expect((await account()).reset).toBeNull()
    await propose()
    expect((await account()).reset).toMatchObject({ by: 'An administrator', reason: 'Lost the phone.' })
    expect((await server.done('account', { as: bystander.as })).reset).toBeNull()
    for (const { as } of [bystander, other]) {
      const refused = await server.ask('withdrawReset', { params, as })
      expect([refused.status, refused.code]).toEqual([422, 'reset_unknown'])
    }
    await server.done('withdrawReset', { params, as: one.as })
    expect((await account()).reset).toBeNull()
    expect((await server.ask('confirmReset', { params, as: other.as })).code).toBe('reset_unknown')
    await propose()
    await server.done('withdrawReset', { params, as: admin.as })
    expect((await server.ask('withdrawReset', { params, as: admin.as })).code).toBe('reset_unknown')
    expect((await server.ask('confirmReset', { params, as: other.as })).code).toBe('reset_unknown')
    // A token is not its person: no script takes anything back.
    await propose()
    const { token } = await server.done('makeToken', {
      body: { label: 'A script', scopes: ['read', 'write'], days: 1 },
      as: one.as,
    })
    const byToken = await request(server.port, `/api/people/${one.person}/reset/withdraw`, {
      method: 'POST',
      headers: {
        Host: new URL(server.address).host,
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
      },
      body: '{}',
    })
    expect([byToken.status, byToken.text.includes('not_allowed')]).toEqual([403, true])
    expect((await account()).reset).not.toBeNull()
  })

  test('P36 P37 an account is set anew by two, neither its own; the database refuses a link that one gives alone', async () => {
    const one = await newcomer()
    const alone = (purpose: string) =>
      asActor(workspace.database, admin, (tx) =>
        tx.query("select make_link($1, $2, 'x', interval '1 day')", [one.person, purpose]),
      )
    for (const purpose of ['account', 'reset'])
      await expect(alone(purpose)).rejects.toMatchObject({ code: '42501' })
    const params = { person: one.person }
    await server.done('proposeReset', { params, body: { reason: 'Lost the phone.' }, as: admin.as })
    const { accounts } = await server.done('accounts', { as: other.as })
    expect(accounts.find(({ person }) => person === one.person)?.reset).toMatchObject({
      byMe: false,
      by: 'An administrator',
    })
    const { link } = await server.done('confirmReset', { params, as: other.as })
    expect((await server.ask('account', { as: one.as })).status).toBe(401)
    const code = codeOf(link)
    const { totp, purpose } = await server.done('readInvitation', { body: { code } })
    expect(purpose).toBe('reset')
    const password = {
      password: 'entirely other words now',
      code: codeAt(fromBase32(totp.secret), stepAt()),
      ticket: totp.ticket,
    }
    const accepted = await server.ask('acceptInvitation', { body: { code, password } })
    expect(accepted.status).toBe(200)
    expect((await server.done('account', { as: accepted.pass ?? '' })).name).toBe('Newcomer')
    expect((await server.ask('signIn', { body: await withPassword(one) })).code).toBe('sign_in_refused')
    for (const name of ['readInvitation', 'acceptInvitation'] as const)
      expect((await server.ask(name, { body: { code } })).code).toBe('link_unknown')
    const { rows } = await owner('select body from membership where person = $1', [one.person])
    expect(rows[0]?.body.reset.by).toEqual([admin.person, other.person])
  })

  test('P37 a link is worth nothing when its time is over, and when another one was given', async () => {
    const body = { name: 'Newcomer', login: 'late.newcomer', roles: ['reader'] }
    const { person, link } = await server.done('invite', { body, as: admin.as })
    const second = await server.done('inviteAgain', { params: { person }, as: admin.as })
    const read = async (one: string) =>
      (await server.ask('readInvitation', { body: { code: codeOf(one) } })).code
    expect([await read(link), await read(second.link)]).toEqual(['link_unknown', null])
    await owner("update invitation set ends_at = now() - interval '1 second'")
    expect(await read(second.link)).toBe('link_unknown')
  })

  test('P38 two administrators who end each other at once leave one', async () => {
    const one = await signedIn(workspace, { roles: ['administrator'], name: 'Left' })
    const { organisation } = one
    const second = await signedIn(workspace, { organisation, roles: ['administrator'], name: 'Right' })
    const end = (by: SignedIn, whom: SignedIn) =>
      server.ask('endMembership', { params: { person: whom.person }, body: { reason: 'x' }, as: by.as })
    const answers = await Promise.all([end(one, second), end(second, one)])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const { rows } = await owner('select 1 from membership where organisation = $1 and ended is null', [
      one.organisation,
    ])
    expect(rows).toHaveLength(1)
  })

  test('D12 signing out empties the browser; a write by cookie needs a page of ours; the declared address alone is answered', async () => {
    const one = await newcomer()
    const out = await server.ask('signOut', { as: one.as })
    expect(out.headers['clear-site-data']).toBe('"cache", "storage"')
    expect(out.headers['set-cookie']?.[0]).toMatch(
      /^__Host-rapporteur-[0-9a-f]{8}=; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=0$/,
    )
    expect((await server.ask('account', { as: one.as })).code).toBe('key_missing')
    // Two records of one machine share a host, and with it all cookies: neither takes that of the other for its own.
    const { organisation } = workspace.actor
    expect(cookieOf(organisation)).not.toBe(cookieOf('org_another'))
    const shown = (name: string) =>
      request(server.port, '/api/account', {
        headers: { Host: new URL(server.address).host, Cookie: `other=1; ${name}=${worker.as}` },
      })
    expect((await shown(cookieOf('org_another'))).status).toBe(401)
    expect((await shown('__Host-rapporteur')).status).toBe(401)
    expect((await shown(cookieOf(organisation))).status).toBe(200)
    const served = await testServer(workspace, {}, { address: ADDRESS })
    const post = (headers: Record<string, string>, path = '/api/drafts') =>
      request(served.port, path, {
        method: 'POST',
        headers: {
          Host: 'record.example.org',
          'Content-Type': 'application/json',
          Cookie: `${cookieOf(workspace.actor.organisation)}=${worker.as}`,
          ...headers,
        },
        body: JSON.stringify({ id: null, body: {} }),
      })
    const statuses = [
      await post({ Origin: ADDRESS }),
      await post({ 'Sec-Fetch-Site': 'same-origin' }),
      await post({}),
      await post({ 'Sec-Fetch-Site': 'none' }),
      await post({ 'Sec-Fetch-Site': 'same-site' }),
      await post({ Origin: 'http://record.example.org' }),
      await post({ Origin: `http://localhost:${served.port}` }),
      await post({ Origin: ADDRESS, Host: `localhost:${served.port}` }),
      await post({ Origin: ADDRESS, Host: 'evil.example' }),
    ].map(({ status }) => status)
    expect(statuses).toEqual([200, 200, 403, 403, 403, 403, 403, 421, 421])
    expect((await post({ Origin: ADDRESS })).headers['strict-transport-security']).toMatch(/^max-age=\d{8}/)
    await served.close()
  })
})

describe('organisations', () => {
  test('P39 P28 one becomes two accounts and loses nothing; accounts survive a restore, sessions and links do not', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rapporteur-accounts-'))
    const workspace = await testWorkspace()
    const { database, actor } = workspace
    await asActor(database, actor, (tx) => openDossier(tx, 'harbour'))
    const links = await asActor(database, actor, (tx) =>
      becomeOrganisation(tx, {
        name: 'A group',
        person: { name: 'A Monitor', login: 'monitor' },
        administrator: { name: 'An Administrator', login: 'admin' },
      }),
    )
    const server = await testServer(workspace)
    for (const one of ['house', 'verify', 'search'] as const)
      expect((await server.ask(one, { query: { q: 'x' } })).code).toBe('signed_out')
    const code = links.person ?? ''
    const { totp } = await server.done('readInvitation', { body: { code } })
    const secret = fromBase32(totp.secret)
    const password = { password: A_PASSWORD, code: codeAt(secret, stepAt()), ticket: totp.ticket }
    const { pass } = await server.ask('acceptInvitation', { body: { code, password } })
    const { dossiers, alone, folder: shown } = await server.done('house', { as: pass ?? '' })
    expect([dossiers.map(({ slug }) => slug), alone, shown]).toEqual([['harbour'], false, null])
    // A further organisation: its own ledger under its own name, and nothing of the first.
    const second = await foundOrganisation(workspace, {
      name: 'Another',
      administrator: { name: 'Admin', login: 'other' },
    })
    const anew = await resetAtTerminal(workspace, 'OTHER')
    expect((await server.ask('readInvitation', { body: { code: second.administrator } })).code).toBe(
      'link_unknown',
    )
    expect(await server.done('readInvitation', { body: { code: anew.code } })).toMatchObject({
      organisation: 'Another',
    })
    await settle(workspace)
    const { rows } = await database.owner.query<{ organisation: string; origin: string }>(
      "select distinct organisation, split_part(note, E'\\n', 1) as origin from ledger_checkpoint",
    )
    expect(new Set(rows.map(({ origin }) => origin)).size).toBe(2)
    for (const { organisation } of rows) {
      const found = await verifyRecord(
        { ...workspace, actor: { ...actor, organisation } },
        { kinds: ALL_KINDS },
      )
      expect(found).toMatchObject({ state: 'intact', altered: [] })
    }
    const file = join(folder, 'backup.zip')
    await backup({ ...workspace, actor: null }, file)
    await server.close()
    await workspace.close()
    const url = process.env.DATABASE_URL
    delete process.env.DATABASE_URL
    await restoreRecord(
      { file, data: join(folder, 'restored') },
      { kinds: ALL_KINDS, restored: noteRestored },
    )
    const restored = await openWorkspace({ data: join(folder, 'restored') })
    const again = await testServer(restored)
    const left = await restored.database.owner.query(
      "select 1 from session where kind <> 'local' union all select 1 from invitation",
    )
    expect(left.rows).toEqual([])
    // P90: who may come in is what it was then, in both organisations, and whoever looks after them reads that.
    const noted = await restored.database.owner.query(
      "select organisation from sign_in_log where what = 'terminalRestore' and outcome = 'done'",
    )
    expect(noted.rows).toHaveLength(2)
    expect((await again.ask('house')).code).toBe('signed_out')
    const body = { login: 'Monitor', password: A_PASSWORD, code: codeAt(secret, stepAt() + 1) }
    const signed = await again.ask('signIn', { body })
    expect(signed.status).toBe(200)
    expect((await again.done('house', { as: signed.pass ?? '' })).dossiers).toHaveLength(1)
    await again.close()
    await restored.close()
    if (url !== undefined) process.env.DATABASE_URL = url
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 })
  }, 120_000)
})
