import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { CONTENT_POLICY, GUARDS, ORIGINAL_POLICY } from '../src/server/gate.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { asActor } from '../src/storage/database.ts'
import { openWorkspace } from '../src/storage/workspace.ts'
import { A_TEXT } from './a-case.ts'
import { type Answer, type Asking, request, type TestServer, testServer } from './served.ts'
import { testWorkspace } from './workspace.ts'

const SECRET = 'a sentence that nobody else may read'

describe('the HTTP door', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let server: TestServer
  let source: string
  const said: string[] = []
  beforeAll(async () => {
    workspace = await testWorkspace()
    const dossier = await asActor(workspace.database, workspace.actor, (tx) => openDossier(tx, 'harbour'))
    const [taken] = await takeIn(workspace, dossier, [
      { fileName: "it's (harbour).txt", bytes: new TextEncoder().encode(`${A_TEXT}\n${SECRET}.\n`) },
    ])
    source = taken?.source ?? ''
    server = await testServer(workspace)
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0)
  })
  afterEach(() => void said.splice(0))
  afterAll(async () => {
    vi.restoreAllMocks()
    await server?.close()
    await workspace?.close()
  })

  const own = () => `localhost:${server.port}`
  const get = (path: string, headers: Record<string, string> = {}, more: Asking = {}) =>
    request(server.port, path, { headers: { Host: own(), ...headers }, ...more })
  const withKey = () => ({ Authorization: `Bearer ${server.key}` })
  const post = (path: string, body: string | Buffer, headers: Record<string, string> = {}) =>
    request(server.port, path, {
      method: 'POST',
      headers: { Host: own(), ...withKey(), 'Content-Type': 'application/json', ...headers },
      body,
    })
  const codeOf = (answer: Answer) => (answer.json() as { error: { code: string } }).error.code
  const A_DRAFT = JSON.stringify({ id: null, body: { text: 'typed' } })

  test('D1 any other Host is refused, pages included: a rebound name, another port, none at all', async () => {
    const { port } = server
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      `localhost.evil.example:${port}`,
      `localhost:${port === 80 ? 81 : 80}`,
      'localhost',
      `127.0.0.1.nip.io:${port}`,
      `0.0.0.0:${port}`,
    ]) {
      for (const path of ['/', '/api/house', '/assets/none.js']) {
        const answer = await get(path, { Host: host, ...withKey() })
        expect([host, path, answer.status, codeOf(answer)]).toEqual([host, path, 421, 'host_unknown'])
        expect(answer.text).not.toContain('harbour')
      }
    }
    for (const host of [`localhost:${port}`, `LOCALHOST:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`])
      expect((await get('/api/house', { Host: host, ...withKey() })).status).toBe(200)
  })

  test('D2 writes from another origin are refused, whatever they carry', async () => {
    const { port } = server
    const foreign: Record<string, string>[] = [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { Origin: `http://localhost:${port}.evil.example` },
      { Origin: `https://localhost:${port}` },
      { Origin: `http://localhost:${port + 1}` },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { Origin: `http://localhost:${port}`, 'Sec-Fetch-Site': 'cross-site' },
    ]
    for (const headers of foreign) {
      expect(codeOf(await post('/api/drafts', A_DRAFT, headers))).toBe('origin_unknown')
      expect(codeOf(await get('/api/house', { ...withKey(), ...headers }))).toBe('origin_unknown')
    }
    expect((await server.done('listDrafts')).drafts).toEqual([])
    const ours = await post('/api/drafts', A_DRAFT, {
      Origin: `http://localhost:${port}`,
      'Sec-Fetch-Site': 'same-origin',
    })
    expect(ours.status).toBe(200)
    const inPieces = await post('/api/drafts', A_DRAFT, { 'Transfer-Encoding': 'chunked' })
    expect(inPieces.status).toBe(200)
  })

  test('D2 forms and every type but JSON are refused', async () => {
    for (const type of [
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain',
      'text/plain; application/json',
      'application/json-patch+json',
      '',
    ]) {
      const answer = await post('/api/drafts', A_DRAFT, { 'Content-Type': type })
      expect([type, answer.status, codeOf(answer)]).toEqual([type, 415, 'not_json'])
    }
    expect(
      (await post('/api/drafts', A_DRAFT, { 'Content-Type': 'Application/JSON; charset=utf-8' })).status,
    ).toBe(200)
  })

  test('D3 the API answers only to the key; the pages always answer, and none holds it', async () => {
    const wrong: Record<string, string>[] = [
      {},
      { Authorization: `Bearer ${server.key}x` },
      { Authorization: `Bearer ${server.key.slice(0, -1)}` },
      { Authorization: `Basic ${server.key}` },
      { 'X-Rapporteur-Key': server.key },
      { Cookie: `key=${server.key}` },
    ]
    for (const headers of wrong) {
      for (const path of [
        '/api/house',
        '/api/openapi.json',
        `/api/sources/${source}/original`,
        '/api/nothing',
      ]) {
        const answer = await get(path, headers)
        expect([path, answer.status, codeOf(answer)]).toEqual([path, 401, 'key_missing'])
      }
    }
    expect((await get('/api/house', withKey())).status).toBe(200)
    // Addresses stand in logs, histories and referrers: a key in one of them is worth nothing.
    for (const path of ['/api/house', '/api/openapi.json', `/api/sources/${source}/original`]) {
      const answer = await get(`${path}?key=${server.key}`)
      expect([path, answer.status, codeOf(answer)]).toEqual([path, 401, 'key_missing'])
    }
    expect((await get(`/api/house?key=${server.key}`, withKey())).status).toBe(400)
    const page = await get('/')
    expect(page.status).toBe(200)
    const assets = [...page.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1] ?? '')
    expect(assets.length).toBeGreaterThan(1)
    for (const path of ['/', '/harbour/desk', `/?key=${server.key}`, ...assets]) {
      const answer = await get(path)
      expect([path, answer.status]).toEqual([path, 200])
      expect(answer.text).not.toContain(server.key)
    }
    expect(server.address).toBe(`http://localhost:${server.port}/#key=${server.key}`)
    expect(server.key.length).toBeGreaterThanOrEqual(24)
  })

  test('D3 D12 nothing that is told to the terminal holds the key or words of the record, even where a request with it fails', async () => {
    const broken = await testServer(workspace, {
      database: {
        ...workspace.database,
        runtime: { connect: () => Promise.reject(new Error(SECRET)) } as never,
      },
    })
    const answer = await request(broken.port, '/api/house', {
      headers: { Host: `localhost:${broken.port}`, Authorization: `Bearer ${broken.key}` },
    })
    await broken.close()
    expect([answer.status, codeOf(answer)]).toEqual([500, 'machine_failed'])
    expect(answer.text).not.toContain(SECRET)
    // Where it failed, and neither its message, which may hold words of the record, nor the key.
    expect(said.join('')).toMatch(/^rapporteur: Error; .*\n\s+at .*server\.test/)
    expect(said.join('')).not.toContain(SECRET)
    expect(said.join('')).not.toContain(broken.key)
  })

  test('D4 policy and guards stand on every answer, refused or not, and no origin is ever allowed', async () => {
    const answers = [
      await get('/'),
      await get('/nothing.js'),
      await get('/api/house', withKey()),
      await get('/api/house'),
      await get('/', { Host: 'evil.example' }),
      await get('/api/house', { Origin: 'https://evil.example' }),
      await get('/api/nothing', withKey()),
      await get(`/api/sources/${source}/original`, withKey()),
      await get('/', {}, { method: 'POST', headers: { Host: own() } }),
      await get('/', {}, { method: 'OPTIONS', headers: { Host: own(), Origin: 'https://evil.example' } }),
      await get(
        '/api/house',
        {},
        { method: 'OPTIONS', headers: { Host: own(), Origin: 'https://evil.example' } },
      ),
      await get('/', {}, { method: 'HEAD', headers: { Host: own() } }),
      await post('/api/drafts', '{'),
    ]
    for (const { headers } of answers) {
      const original = headers['content-disposition'] !== undefined
      for (const [name, value] of Object.entries(GUARDS))
        expect([name, headers[name.toLowerCase()]]).toEqual([
          name,
          original && name === 'Content-Security-Policy' ? ORIGINAL_POLICY : value,
        ])
      expect(headers['cache-control']).toBeTruthy()
      expect(headers['access-control-allow-origin']).toBeUndefined()
      expect(headers['x-powered-by'] ?? headers.server).toBeUndefined()
    }
    expect(CONTENT_POLICY).toContain("default-src 'none'")
    expect(CONTENT_POLICY).not.toMatch(/unsafe|\*|https?:/)
    expect((await get('/api/house', withKey())).headers['cache-control']).toBe('no-store')
  })

  test('D4 what is no HTTP request is refused with the same guards', async () => {
    for (const raw of [
      'nonsense\r\n\r\n',
      'GET / HTTP/1.1\r\n\r\n',
      `GET /\\..\\x HTTP/1.1\r\nHost: ${own()}\r\n\r\n`,
    ]) {
      const answer = await rawly(raw)
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
      expect(answer.toLowerCase()).toContain('content-security-policy:')
    }
  })

  test('D7 no path leaves the built pages', async () => {
    for (const path of [
      '/../package.json',
      '/..%2fpackage.json',
      '/%2e%2e/package.json',
      '/assets/..%2f..%2f..%2fpackage.json',
      '/assets/%2e%2e%2f%2e%2e%2fserver%2fapp.js',
      '/..\\package.json',
      '/server/app.js',
      '/index.html%00.js',
      '/keys/ledger.json',
      '//etc/passwd.txt',
    ]) {
      const answer = await rawly(`GET ${path} HTTP/1.1\r\nHost: ${own()}\r\nConnection: close\r\n\r\n`)
      expect([path, answer.slice(0, 12)]).toEqual([path, expect.stringMatching(/HTTP\/1\.1 40[04]/)])
      expect(answer).not.toMatch(/rapporteur-record|devDependencies|pkcs8|root:x/)
    }
  })

  test('D6 a body that is too large, no JSON, of another shape, or with members nobody knows', async () => {
    const { port, key } = server
    const declared = await rawly(
      `POST /api/drafts HTTP/1.1\r\nHost: ${own()}\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\nContent-Length: 999999999\r\n\r\n`,
    )
    expect(declared).toMatch(/^HTTP\/1\.1 413 /)
    const many = Buffer.alloc(97 * 1024 * 1024, ' ')
    const large = await request(port, '/api/drafts', {
      method: 'POST',
      headers: {
        Host: own(),
        ...withKey(),
        'Content-Type': 'application/json',
        'Transfer-Encoding': 'chunked',
      },
      body: many,
    }).then(codeOf, () => 'cut off')
    expect(['too_large', 'cut off']).toContain(large)
    for (const body of [
      '',
      '{',
      'null',
      '[]',
      '"x"',
      '{"id":1}',
      '{"id":null,"body":{},"more":1}',
      Buffer.from([0xff, 0xfe, 0x00]),
    ]) {
      const answer = await post('/api/drafts', body)
      expect([String(body), answer.status, codeOf(answer)]).toEqual([String(body), 400, 'request_unreadable'])
    }
    expect(codeOf(await post('/api/drafts', '{"id":null,"body":{"text":"a\\u0000b"}}'))).toBe(
      'text_unstorable',
    )
    expect(codeOf(await get('/api/records/%00', withKey()))).toBe('request_unreadable')
    expect(codeOf(await get('/api/records/%ff', withKey()))).toBe('request_unreadable')
    expect((await get('/api/search?q=a%00b', withKey())).status).toBe(200)
    expect(codeOf(await get('/api/changes?limit=many', withKey()))).toBe('request_unreadable')
    expect(codeOf(await get('/api/changes?limits=1', withKey()))).toBe('request_unreadable')
    expect(said).toEqual([])
  })

  test('D6 an unknown address is 404, another method 405 with what is allowed; HEAD has no body', async () => {
    expect((await get('/api/nothing', withKey())).status).toBe(404)
    expect((await get('/api/', withKey())).status).toBe(404)
    const cases: [method: string, path: string, allow: string][] = [
      ['POST', '/api/house', 'GET, HEAD'],
      ['DELETE', '/api/drafts', 'GET, HEAD, POST'],
      ['PUT', `/api/sources/${source}/facts`, 'POST'],
      ['POST', '/', 'GET, HEAD'],
      ['OPTIONS', '/', 'GET, HEAD'],
      ['DELETE', '/index.html', 'GET, HEAD'],
    ]
    for (const [method, path, allow] of cases) {
      const answer = await request(server.port, path, {
        method,
        headers: { Host: own(), ...withKey(), 'Content-Type': 'application/json' },
      })
      expect([method, path, answer.status, answer.headers.allow]).toEqual([method, path, 405, allow])
    }
    for (const path of ['/', '/api/house']) {
      const head = await get(path, {}, { method: 'HEAD', headers: { Host: own(), ...withKey() } })
      expect([path, head.status, head.text]).toEqual([path, 200, ''])
    }
  })

  test('D3 an original is given as a download, byte for byte, and never as a page', async () => {
    const { text, headers } = await get(`/api/sources/${source}/original`, withKey())
    expect(text).toBe(`${A_TEXT}\n${SECRET}.\n`)
    expect(headers['content-type']).toBe('application/octet-stream')
    expect(headers['content-disposition']).toBe("attachment; filename*=UTF-8''it%27s%20%28harbour%29.txt")
    expect(codeOf(await get('/api/sources/src_none/original', withKey()))).toBe('source_unknown')
  })

  test('D8 it listens on both loopback addresses, and on no other address of this machine', async () => {
    const others = Object.values(networkInterfaces())
      .flat()
      .flatMap((one) => (one && !one.internal && one.family === 'IPv4' ? [one.address] : []))
    for (const host of others) {
      await expect(request(server.port, '/', { host, headers: { Host: own() } })).rejects.toMatchObject({
        code: 'ECONNREFUSED',
      })
    }
    const hasSix = Object.values(networkInterfaces())
      .flat()
      .some((one) => one?.address === '::1')
    if (hasSix)
      expect((await request(server.port, '/', { host: '::1', headers: { Host: own() } })).status).toBe(200)
  })

  test('D8 a port in use is refused by name, and nothing stays open', async () => {
    const { serve } = await import('../src/server/serve.ts')
    const house = { ...workspace, sample: false }
    await expect(serve(house, { port: server.port })).rejects.toMatchObject({
      code: 'port_taken',
      message: expect.stringMatching(
        new RegExp(`^Rapporteur is open at port ${server.port} .*--port ${server.port + 1}\\.$`),
      ),
    })
    // Only ::1 is taken by somebody else: 127.0.0.1 is given back too.
    const other = createServer().listen({ host: '::1', port: 0, ipv6Only: true })
    await new Promise((resolve) => other.once('listening', resolve).once('error', resolve))
    const address = other.address()
    if (typeof address === 'object' && address) {
      await expect(serve(house, { port: address.port })).rejects.toMatchObject({
        code: 'port_taken',
        message: expect.stringMatching(/another program.*--port \d+\.$/),
      })
      await expect(request(address.port, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    }
    other.close()
  })

  test('D8 a connection that never finishes its request is closed, and others are answered meanwhile', async () => {
    const slow = createConnection({ host: '127.0.0.1', port: server.port })
    slow.write(`GET / HTTP/1.1\r\nHost: ${own()}\r\n`)
    const answered: Buffer[] = []
    slow.on('data', (part: Buffer) => answered.push(part))
    const closed = new Promise((resolve) => slow.once('close', resolve))
    expect((await get('/')).status).toBe(200)
    await closed
    expect(Buffer.concat(answered).toString()).toMatch(/^HTTP\/1\.1 408 /)
  })

  function rawly(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = createConnection({ host: '127.0.0.1', port: server.port })
      const parts: Buffer[] = []
      socket.on('data', (part: Buffer) => {
        parts.push(part)
        if (Buffer.concat(parts).includes('\r\n\r\n')) socket.end()
      })
      socket.on('close', () => resolve(Buffer.concat(parts).toString()))
      socket.on('error', reject)
      socket.write(text)
    })
  }
})

describe('another user of this machine', () => {
  const root = process.getuid?.() === 0
  /** Neither root nor whoever runs the database. */
  const STRANGER = 54_321
  const data = mkdtempSync(join(tmpdir(), 'rapporteur-stranger-'))
  let workspace: Awaited<ReturnType<typeof openWorkspace>>
  let server: TestServer
  beforeAll(async () => {
    workspace = await openWorkspace({ data })
    const dossier = await asActor(workspace.database, workspace.actor, (tx) => openDossier(tx, 'harbour'))
    await takeIn(workspace, dossier, [{ fileName: 'a.txt', bytes: new TextEncoder().encode(A_TEXT) }])
    server = await testServer(workspace)
  })
  afterAll(async () => {
    await server?.close()
    await workspace?.close()
    rmSync(data, { recursive: true, force: true })
  })

  test('T1 every part of the data folder is closed to others, sockets included', () => {
    const open: string[] = []
    const seen = { files: 0, sockets: 0 }
    for (const entry of readdirSync(data, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath ?? entry.path, entry.name)
      const about = statSync(path, { throwIfNoEntry: false })
      if (!about) continue
      seen[about.isSocket() ? 'sockets' : 'files'] += 1
      // Below a closed folder nobody gets; but nothing of ours relies on that alone.
      if ((about.mode & 0o077) !== 0 && !path.includes('/database/engine/'))
        open.push(`${path} ${about.mode.toString(8)}`)
    }
    expect(seen.files).toBeGreaterThan(50)
    expect(seen.sockets).toBe(1)
    expect(open).toEqual([])
    expect(statSync(data).mode & 0o777).toBe(root ? 0o711 : 0o700)
    if (root) {
      const owner = statSync(join(data, 'database')).uid
      expect(owner).not.toBe(0)
      for (const part of ['data', 'run']) expect(statSync(join(data, 'database', part)).uid).toBe(owner)
      for (const part of ['originals', 'keys', 'run']) expect(statSync(join(data, part)).uid).toBe(0)
    }
  })

  test.skipIf(!root)(
    'D3 T1 reaches the port and the page, but neither the API nor anything in the folder',
    async () => {
      const paths = readdirSync(data, { recursive: true }).map((name) => join(data, String(name)))
      const script = `
      const fs = require('node:fs'), net = require('node:net')
      const paths = JSON.parse(fs.readFileSync(0, 'utf8'))
      const read = []
      for (const path of [${JSON.stringify(data)}, ...paths]) {
        for (const open of [() => fs.readFileSync(path), () => fs.readdirSync(path), () => fs.writeFileSync(path + '/x', ''), () => fs.closeSync(fs.openSync(path, 'r+'))]) {
          try { open(); read.push(path) } catch {}
        }
      }
      const connects = (path) => new Promise((done) => { const s = net.connect(path); s.on('connect', () => done(true)); s.on('error', () => done(false)) })
      const asks = async (path) => (await fetch('http://127.0.0.1:${server.port}' + path)).status
      Promise.all([asks('/'), asks('/api/house'), asks('/api/house?key=guess'), ...paths.filter((p) => /\\.s\\.PGSQL/.test(p)).map(connects)])
        .then((answers) => console.log(JSON.stringify({ uid: process.getuid(), read, answers })))`
      const child = spawn(process.execPath, ['-e', script], {
        uid: STRANGER,
        gid: STRANGER,
        cwd: '/',
        env: { PATH: process.env.PATH ?? '' },
      })
      child.stdin.end(JSON.stringify(paths))
      const [stdout, stderr] = await Promise.all([textOf(child.stdout), textOf(child.stderr)])
      expect(stderr).toBe('')
      const { uid, read, answers } = JSON.parse(stdout)
      expect(uid).toBe(STRANGER)
      expect(read).toEqual([])
      expect(answers.slice(0, 3)).toEqual([200, 401, 401])
      expect(new Set(answers.slice(3))).toEqual(new Set([false]))
    },
  )
})
