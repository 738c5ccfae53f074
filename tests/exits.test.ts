import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { EXITS, WIDENINGS } from '../src/protection/exits.ts'
import { OPERATIONS } from '../src/publication/contract.ts'
import { createApp } from '../src/server/app.ts'
import { testWorkspace } from './workspace.ts'

const SRC = fileURLToPath(new URL('../src/', import.meta.url))
const DOORS = Object.values(EXITS).map(({ door }) => door)

/** Doors that send or write a file and let no content of the record out, each with why. */
const NO_EXIT: Readonly<Record<string, string>> = {
  'GET /api/openapi.json': 'the shape of the API, nothing of the record',
  'GET /api/ledger/log/*': 'hashes, proofs and entries of the ledger, which hold no content',
  'GET /*': 'pages of the program, the same for everybody',
  'rapporteur backup':
    'the record itself, for its own keeping, by whoever administers it; never given to others',
  'rapporteur backup-key': 'a key to backups, made anew; nothing of the record',
}

/** Files that write, send or save a file, outside the room that keeps the record's own folder. */
const WRITERS: Readonly<Record<string, string>> = {
  'publication/make-package.ts': 'exit package',
  'server/app.ts': 'exit original; pages of the program',
  'server/log-files.ts': 'GET /api/ledger/log/*',
  'server/serve.ts': 'a refusal of what is no HTTP',
  'cli/backup-key.ts': 'rapporteur backup-key',
  'cli/destination.ts': 'tries whether a file can be written, and writes nothing',
  'foundation/plain-zip.ts': 'the zip that make-package fills',
  'sources/readers/recogniser.ts': 'files in the memory of the recogniser, in a child that has no disk',
  'web/doors/history.tsx': 'saves a receipt: hashes and a signature',
  'web/parts/save-original.ts': 'saves what the exit original sent',
}

function filesOf(room: string): string[] {
  return readdirSync(join(SRC, room), { recursive: true })
    .map(String)
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'))
    .map((name) => (room === '.' ? name : `${room}/${name}`))
}
const read = (path: string) => readFileSync(join(SRC, path), 'utf8')

describe('every way out is in one table', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  beforeAll(async () => {
    workspace = await testWorkspace()
  })
  afterAll(() => workspace?.close())

  test('P54 every route of the server is an operation of the contract, an exit, or lets nothing out', () => {
    const app = createApp({ ...workspace, sample: false }, { port: 1, key: 'k', pages: new Map() })
    const operations = new Set(Object.values(OPERATIONS).map(({ method, path }) => `${method} /api${path}`))
    const others = app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`)
      .filter((one) => !operations.has(one))
    expect([...new Set(others)].sort()).toEqual(
      [
        ...DOORS.filter((one) => one.startsWith('GET ')),
        ...Object.keys(NO_EXIT).filter((one) => one.startsWith('GET ')),
      ].sort(),
    )
  })

  test('P54 no operation of the contract answers with a file', () => {
    const withFile = Object.entries(OPERATIONS).filter(([, { answer }]) => {
      const shape = JSON.stringify(z.toJSONSchema(answer, { io: 'output', unrepresentable: 'any' }))
      return /"(base64|bytes|zip|pdf|csv|content)":\{"type":"string"/.test(shape)
    })
    expect(withFile.map(([name]) => name)).toEqual([])
  })

  test('P54 every command that writes a file is an exit, or lets nothing out', () => {
    const writing = filesOf('cli').filter((path) => /usage:[\s\S]{0,200}--to FILE/.test(read(path)))
    const names = writing.map((path) => `rapporteur ${path.slice('cli/'.length, -'.ts'.length)}`).sort()
    const known = [...DOORS, ...Object.keys(NO_EXIT)].filter((one) => one.startsWith('rapporteur '))
    expect(names).toEqual(known.sort())
  })

  test('P54 nothing else in the house writes, sends or saves a file', () => {
    const makes =
      /\b(?:writeFileSync|writeFile|appendFile|appendFileSync|createWriteStream|renameSync|copyFile|copyFileSync|openSync|createObjectURL)\(|new (?:PlainZipWriter|ZipFile|Response)\(/
    const found = filesOf('.').filter((path) => !/^(?:storage|proofs)\//.test(path) && makes.test(read(path)))
    // Opens what it checks, for reading alone.
    const reading = ['cli/verify.ts']
    expect(found.filter((path) => !reading.includes(path)).sort()).toEqual(Object.keys(WRITERS).sort())
    for (const path of reading) expect(read(path)).toMatch(/openSync\(path, 'r'\)/)
  })

  test('P54 each exit passes leaveBy, and original bytes are opened by no door beside it', () => {
    const calls = filesOf('.').flatMap((path) =>
      [...read(path).matchAll(/leaveBy\(tx, '(\w+)'/g)].map(([, exit = '']) => ({ path, exit })),
    )
    expect([...new Set(calls.map(({ exit }) => exit))].sort()).toEqual(
      [...Object.keys(EXITS), ...Object.keys(WIDENINGS)].sort(),
    )
    const opening = filesOf('.').filter(
      (path) => /\bopenOriginal\(tx/.test(read(path)) && path !== 'sources/open-original.ts',
    )
    expect(opening.sort()).toEqual(['sources/read-again.ts', 'sources/take-original-out.ts'])
    const doors = [...filesOf('server'), ...filesOf('cli')]
    expect(doors.filter((path) => /\b(?:openOriginal|readOriginal)\(/.test(read(path)))).toEqual([])
  })
})
