import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toJson } from '../src/foundation/json.ts'
import { change } from '../src/ledger/change.ts'
import { type KnownDossier, openDossier } from '../src/sources/dossier.ts'
import { readOriginalAgain } from '../src/sources/read-again.ts'
import { readShutIn } from '../src/sources/shut-in.ts'
import { checkedAnswer, theirRefusal } from '../src/sources/shut-in-answer.ts'
import { commandFor, type Walls, wallsHere } from '../src/sources/shut-in-command.ts'
import { sourceKind } from '../src/sources/source-kinds.ts'
import { findSource, readingInUse } from '../src/sources/source-store.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { asActor, readAs, type Tx } from '../src/storage/database.ts'
import { testWorkspace } from './workspace.ts'

const HERE: Walls[] = wallsHere() === 'bubblewrap' ? ['bubblewrap', 'weaker'] : ['weaker']
const PAGE = '<html lang="en"><title>Harbour</title><p>Two boats came back. One did not.</p></html>'
const bytes = (text: string) => new TextEncoder().encode(text)

/** What a program says that runs where a reader would. */
function insideOf(walls: Walls, program: string): { said: string; status: number | null } {
  const { command, args } = commandFor(walls)
  const { stdout, status } = spawnSync(
    command,
    [...args.slice(0, -1), '--input-type=module', '-e', program],
    {
      env: { PATH: process.env.PATH, A_SECRET: 'harbour' },
      encoding: 'utf8',
    },
  )
  return { said: stdout.trim(), status }
}

/** Readers that this very process has started, and all below each. */
function readersHere(): number[][] {
  const below = (pid: number): number[] => [
    pid,
    ...listed(`/proc/${pid}/task/${pid}/children`).flatMap((child) => below(child)),
  ]
  return readdirSync('/proc/self/task')
    .flatMap((task) => listed(`/proc/self/task/${task}/children`))
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('read-original'))
    .map(below)
}

const listed = (path: string) => readFileSync(path, 'latin1').trim().split(' ').filter(Boolean).map(Number)

function signal(trees: readonly (readonly number[])[], name: NodeJS.Signals): void {
  // 0 and less would mean whole groups of processes.
  for (const pid of trees.flat()) if (pid > 1) process.kill(pid, name)
}

const attempt = (what: string) =>
  `const said = []; const tell = (what) => said.push(what); try { ${what} } catch (error) { tell(error.code ?? error.name) }`

describe('the reading line', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let dossier: KnownDossier
  const write = <Result>(work: (tx: Tx) => Promise<Result>) =>
    asActor(workspace.database, workspace.actor, work)
  const read = <Result>(work: (tx: Tx) => Promise<Result>) =>
    readAs(workspace.database, workspace.actor, work)

  beforeAll(async () => {
    workspace = await testWorkspace()
    dossier = await write((tx) => openDossier(tx, 'harbour'))
  })
  afterAll(() => workspace?.close())

  test.each(HERE)('S41 in a child (%s) nothing can be written and no program started', (walls) => {
    const { said } = insideOf(
      walls,
      `import { writeFileSync } from 'node:fs'; import { spawnSync } from 'node:child_process';
       for (const path of ['/tmp/x', '/x', '/dev/shm/x', process.execPath + '.x']) {
         ${attempt("writeFileSync(path, 'x'); tell('written')")} console.log(said.join()) }
       ${attempt("tell(spawnSync(process.execPath, ['-e', '0']).status === 0 ? 'started' : 'not started')")} console.log(said.join())`,
    )
    const lines = said.split('\n')
    for (const line of lines.slice(0, 4))
      expect(line).toMatch(/^(EROFS|ENOENT|EACCES|EPERM|ERR_ACCESS_DENIED)$/)
    if (walls === 'weaker') expect(lines[4]).toBe('ERR_ACCESS_DENIED')
  })

  test.each(HERE)('S41 in a child (%s) nothing of our environment and of our files is seen', (walls) => {
    const { said } = insideOf(
      walls,
      `import { readFileSync, readdirSync } from 'node:fs';
       console.log(Object.keys(process.env).filter((name) => name !== 'PWD' && name !== 'PATH').join() || 'none');
       for (const path of ['/etc/passwd', '${workspace.folder.originals}', '/root', '/home']) {
         ${attempt("tell(path === '/etc/passwd' ? readFileSync(path) && 'seen' : readdirSync(path) && 'seen')")} console.log(said.join()) }`,
    )
    const [names, ...files] = said.split('\n')
    expect(walls === 'bubblewrap' ? names : 'none').toBe('none')
    for (const one of files) expect(one).toMatch(/^(ENOENT|EACCES|ERR_ACCESS_DENIED)$/)
  })

  test.skipIf(!HERE.includes('bubblewrap'))(
    'S41 in a child (bubblewrap) there is no network, not even of this machine',
    async () => {
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const address = server.address()
      const port = typeof address === 'object' ? address?.port : 0
      const { said } = insideOf(
        'bubblewrap',
        `import { connect } from 'node:net';
       connect(${port}, '127.0.0.1').on('connect', () => { console.log('connected'); process.exit() }).on('error', ({ code }) => console.log(code))`,
      )
      server.close()
      expect(said).toMatch(/^(ECONNREFUSED|ENETUNREACH|EPERM)$/)
    },
  )

  test.each(HERE)('S41 a page is read in a child (%s) as it is read here', async (walls) => {
    const [taken] = await takeIn(workspace, dossier, [{ fileName: 'page.html', bytes: bytes(PAGE) }])
    const { reading, mediaType } = await readShutIn(bytes(PAGE), { fileName: 'page.html', walls })
    expect(mediaType).toBe('text/html')
    const known = await read((tx) => readingInUse(tx, taken?.source ?? ''))
    expect(known?.text).toBe(reading.text)
    expect(known?.reading).toEqual({ source: taken?.source, ...reading.body })
  })

  test('S41 a reader that takes too long or too much memory is stopped, and says what to do', async () => {
    const large = bytes(`<p>${'Two boats came back. '.repeat(400_000)}</p>`)
    const limits = { wall: 30_000, memory: 600 * 1024 * 1024 }
    for (const narrower of [{ wall: 60 }, { memory: 20 * 1024 * 1024 }])
      await expect(
        readShutIn(large, { fileName: 'large.html', limits: { ...limits, ...narrower } }),
      ).rejects.toMatchObject({ code: 'reader_stopped' })
  })

  test.skipIf(process.platform !== 'linux')(
    'S50 files of one person are read by one child after the other, those of another person never by it',
    async () => {
      const readFor = async (batch: string, words: string) => {
        const { reading } = await readShutIn(bytes(`<p>${words}</p>`), { fileName: 'page.html', batch })
        return reading.text.trim()
      }
      expect(await readFor('one', 'Two boats came back.')).toBe('Two boats came back.')
      const first = readersHere()
      expect(await readFor('one', 'One did not.')).toBe('One did not.')
      // Whoever has read for one, and whoever was started ahead meanwhile, cannot answer now.
      expect(readersHere()).toEqual(expect.arrayContaining(first))
      const stopped = readersHere()
      signal(stopped, 'SIGSTOP')
      const asked = readFor('another', 'They waited.')
      const isAnswered = await Promise.race([asked.then(() => true), sleep(20_000).then(() => false)])
      signal(stopped, 'SIGCONT')
      expect(await asked).toBe('They waited.')
      // Only one started ahead, which has seen no file, may have been given to another.
      if (!isAnswered) expect(stopped.length).toBeGreaterThan(1)
    },
  )

  test.skipIf(process.platform !== 'linux')(
    'S50 a file at which a child breaks off is read once more by one that has seen no other; a second time is its own fault',
    async () => {
      const large = bytes(`<p>${'Two boats came back. '.repeat(60_000)}</p>`)
      const readAndEnd = async (batch: string, times: number) => {
        let ended = 0
        const outcome = await readShutIn(large, {
          fileName: 'large.html',
          batch,
          watched: () => {
            if (ended >= times) return
            ended += 1
            signal(readersHere(), 'SIGKILL')
          },
        }).catch((error: unknown) => error)
        return { ended, outcome }
      }
      await readShutIn(bytes(PAGE), { fileName: 'page.html', batch: 'used' })
      const used = await readAndEnd('used', 1)
      expect(used.ended).toBe(1)
      expect(used.outcome).toMatchObject({ reading: { text: expect.stringContaining('Two boats') } })
      // One that was started for the file alone is not asked again; one that had waited is, once.
      const fresh = await readAndEnd('fresh', 2)
      expect(fresh.ended).toBeGreaterThan(0)
      expect(fresh.outcome).toMatchObject({ code: 'reader_failed' })
      await readShutIn(bytes(PAGE), { fileName: 'page.html', batch: 'twice' })
      const twice = await readAndEnd('twice', 2)
      expect(twice.outcome).toMatchObject({ code: 'reader_failed' })
    },
  )

  test('S42 what a child says is believed only where it holds together', async () => {
    const { reading, mediaType } = await readShutIn(bytes(PAGE), { fileName: 'page.html' })
    const { text, body, warnings, found } = reading
    const answer = (changes: object = {}, words = text) => ({
      text: Buffer.from(words),
      made: Buffer.from(JSON.stringify({ body: { ...body, ...changes }, warnings, found, mediaType })),
      layout: null,
      pictures: null,
      recognised: null,
      inside: [],
    })
    expect(checkedAnswer(answer()).reading.text).toBe(text)
    const lies = [
      answer({ textSha256: '0'.repeat(64) }),
      answer({ length: body.length + 1 }),
      answer({}, `${text} `),
      answer({ sentences: [[0, body.length + 1]] }),
      answer({
        sentences: [
          [5, 9],
          [0, 4],
        ],
      }),
      answer({ marks: [{ kind: 'boilerplate', start: 3, end: body.length + 9 }] }),
      answer({ structure: { tables: [{ start: 0, end: 9, rows: [[4, 3]] }] } }),
      answer({ structure: { layout: { sha256: '0'.repeat(64), words: 3 } } }),
      answer({ unknown: true }),
      { ...answer(), layout: Buffer.from('boxes') },
      { ...answer(), made: Buffer.from('{') },
      { ...answer(), text: null },
    ]
    const refused = (code: string, sentence: string) =>
      theirRefusal(Buffer.from(JSON.stringify({ code, sentence })))
    expect(refused('no_text', 'There are no words.').code).toBe('no_text')
    expect(() => refused('not_allowed', 'Open this address.')).toThrow()
    expect(() => refused('no_text', 'x'.repeat(601))).toThrow()
    for (const lie of lies) expect(() => checkedAnswer(lie)).toThrow(/nothing of it is believed/)
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const whole = answer()
        const spoilt = Buffer.from(whole.text)
        spoilt[at % spoilt.length] = (spoilt[at % spoilt.length] ?? 0) ^ flip
        expect(() => checkedAnswer({ ...whole, text: spoilt })).toThrow()
      }),
    )
  })

  test('S43 what could not be read is tried again: once it can be, it has a reading, else the reason stays', async () => {
    const [page, picture] = await takeIn(workspace, dossier, [
      { fileName: 'later.html', bytes: bytes(PAGE.replace('Two', 'Three')) },
      { fileName: 'picture.txt', bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]) },
    ])
    // As a version that could not read it left it.
    const id = page?.source ?? ''
    await write(async (tx) => {
      const known = await findSource(tx, id)
      if (!known) throw new Error('It is not there.')
      const unread = { code: 'binary_content', reason: 'This version cannot read it yet.' }
      const body = toJson({ ...known.source, title: 'later.html', reading: null, unread })
      const state = { id, level: 'organisation' as const, case: null, body }
      await change(tx, 'kept', [{ kind: sourceKind, revision: known.revision, state }])
    })
    expect(await readOriginalAgain(workspace, id)).toMatchObject({ failed: null, receipt: {} })
    expect((await read((tx) => findSource(tx, id)))?.source).toMatchObject({ unread: null, title: 'Harbour' })
    expect((await read((tx) => readingInUse(tx, id)))?.text).toContain('Three boats')
    const again = await readOriginalAgain(workspace, picture?.source ?? '')
    expect(again).toMatchObject({ reading: null, failed: { code: 'binary_content' }, receipt: null })
  })
})
