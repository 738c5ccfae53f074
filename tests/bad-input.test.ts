import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorkspace } from '../src/storage/workspace.ts'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'

const BIN = fileURLToPath(new URL('../bin/rapporteur.js', import.meta.url))
const CYRILLIC = 'Свидетели говорят, что собрание было разогнано, и никто не ответил за это.\n'
/** ISO-8859-5 keeps Cyrillic in one block, in the order of Unicode. */
const iso = (text: string) =>
  Buffer.from(
    [...text].map((letter) =>
      letter.charCodeAt(0) > 0x400 ? letter.charCodeAt(0) - 0x360 : letter.charCodeAt(0),
    ),
  )

interface Line {
  fileName: string
  outcome: string
  code?: string
  sentence?: string
  sha256?: string
  charset?: string
  warnings?: { code: string; sentence: string }[]
}

describe('bad input', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-bad-'))
  const data = join(folder, 'record')
  const given = join(folder, 'given')
  const bytes: Record<string, Buffer> = {
    'broken-utf8.txt': Buffer.concat([
      Buffer.from('The caf'),
      Buffer.from([0xc3, 0x28]),
      Buffer.from(' was shut.\n'),
    ]),
    'cyrillic.txt': iso(CYRILLIC),
    'declared.html': Buffer.concat([
      Buffer.from('<html><head><meta charset="iso-8859-5"><title>x</title></head><body><p>'),
      iso(CYRILLIC),
    ]),
    'deep.html': Buffer.from(`<html><body>${'<div>'.repeat(200_000)}words${'</div>'.repeat(200_000)}`),
    'empty.txt': Buffer.alloc(0),
    'good.txt': Buffer.from(A_TEXT),
    'picture.txt': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...Array(64).keys()]),
    'picture.png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
    'program.md': Buffer.from([0x7f, 0x45, 0x4c, 0x46, ...Array(64).keys()]),
    'torn.txt': Buffer.concat([
      Buffer.from('Причал закрыт весь день, и лодки стоят.'),
      Buffer.from([0xff, 0x0a]),
    ]),
    'zeros.txt': Buffer.alloc(4096),
  }
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args, '--json'], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
    const lines = stdout.split('\n').filter((line) => line !== '')
    return { status, stderr, lines: lines.map((line) => JSON.parse(line)) }
  }
  const inRecord = (...args: string[]) => run(...args, '--data', data)
  const lines = new Map<string, Line>()
  let status: number | null

  beforeAll(() => {
    mkdirSync(join(given, 'inner'), { recursive: true })
    for (const [name, content] of Object.entries(bytes)) writeFileSync(join(given, name), content)
    const large = openSync(join(given, 'inner', 'too-large.txt'), 'w')
    ftruncateSync(large, 65 * 1024 * 1024)
    closeSync(large)
    writeFileSync(join(folder, 'secret.txt'), 'A secret of another folder.')
    symlinkSync(join(folder, 'secret.txt'), join(given, 'leaves.txt'))
    symlinkSync(join(folder, 'nowhere.txt'), join(given, 'dangling.txt'))
    symlinkSync(given, join(given, 'inner', 'circle'))
    const imported = inRecord('import', given, join(folder, 'missing.txt'), '--dossier', 'bad')
    status = imported.status
    for (const line of imported.lines) lines.set(line.fileName, line)
  }, 300_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

  test.each([
    ['missing.txt', 'file_unreadable'],
    ['dangling.txt', 'file_unreadable'],
    ['leaves.txt', 'path_leaves_folder'],
    ['empty.txt', 'empty_file'],
    ['picture.txt', 'kind_disagrees'],
    ['picture.png', 'file_damaged'],
    ['program.md', 'binary_content'],
    ['zeros.txt', 'binary_content'],
    ['deep.html', 'too_deep'],
    ['inner/too-large.txt', 'too_large'],
  ])('K9 %s is refused with one sentence and %s', (fileName, code) => {
    const line = lines.get(fileName)
    expect(line).toMatchObject({ outcome: 'refused', code })
    expect(line?.sentence).toMatch(/^[^\n]{10,300}[.!]$/)
  })

  test.each(['good.txt', 'broken-utf8.txt', 'cyrillic.txt', 'declared.html'])(
    'K9 beside them %s is taken in',
    (fileName) => {
      expect(lines.get(fileName)).toMatchObject({ outcome: 'added' })
      expect(status).toBe(1)
    },
  )

  test('K1 S4 the line of a file says in which charset it was read, and what could not be decoded', () => {
    const warned = (fileName: string) => lines.get(fileName)?.warnings?.map(({ code }) => code)
    expect(lines.get('good.txt')).not.toHaveProperty('charset')
    expect(lines.get('good.txt')).not.toHaveProperty('warnings')
    expect(lines.get('cyrillic.txt')).toMatchObject({ charset: 'iso-8859-5' })
    expect(warned('cyrillic.txt')).toEqual(['other_charset'])
    expect(lines.get('declared.html')?.warnings?.[0]?.sentence).toMatch(/iso-8859-5, which the file declares/)
    expect(lines.get('torn.txt')).not.toHaveProperty('charset')
    expect(warned('torn.txt')).toEqual(['places_undecoded'])
    const said = spawnSync(
      process.execPath,
      [BIN, 'import', join(given, 'cyrillic.txt'), '--dossier', 'said', '--data', data],
      { encoding: 'utf8' },
    ).stdout
    expect(said).toMatch(/^cyrillic\.txt: added; note \(other_charset\): .*iso-8859-5/m)
  })

  test('K9 a link that goes in a circle ends, and nothing of another folder came in', () => {
    expect([...lines.keys()].filter((name) => name.includes('circle'))).toEqual([])
    expect(lines.size).toBe(Object.keys(bytes).length + 4)
  })

  test('S4 what is no UTF-8 is decoded as declared, else as likeliest, which is stated', async () => {
    expect(inRecord('search', 'свидетели', '--dossier', 'bad').lines[0].total).toBe(2)
    const workspace = await openWorkspace({ data })
    const { rows } = await workspace.database.owner.query<{ name: string; charset: string; notes: string }>(
      `select s.file_name as name, r.body->>'charset' as charset, r.body->>'notes' as notes
         from source s join reading r on r.organisation = s.organisation and r.id = s.reading`,
    )
    await workspace.close()
    const of = (fileName: string) => rows.find(({ name }) => name === fileName)
    expect(of('declared.html')).toMatchObject({
      charset: 'iso-8859-5',
      notes: expect.stringContaining('declares'),
    })
    expect(of('cyrillic.txt')).toMatchObject({
      charset: 'iso-8859-5',
      notes: expect.stringContaining('likeliest'),
    })
    expect(of('broken-utf8.txt')?.notes).toMatch(/Not valid UTF-8/)
    expect(of('good.txt')).toMatchObject({ charset: 'utf-8', notes: '[]' })
  })

  test('S3 50 MB in one line are taken in, and kept as they came', () => {
    const words = Buffer.from(
      `The court heard it ${'and the witness said so again '.repeat(350)}on that day. `.repeat(5000),
    )
    expect(words.length).toBeGreaterThan(50_000_000)
    writeFileSync(join(folder, 'one-line.txt'), words)
    const other = join(folder, 'another')
    const taken = run('import', join(folder, 'one-line.txt'), '--dossier', 'large', '--data', other)
    expect(taken.lines).toMatchObject([{ outcome: 'added', sentences: 5000 }])
    const sha256 = String(taken.lines[0].sha256)
    expect(readFileSync(join(other, 'originals', sha256.slice(0, 2), sha256.slice(2))).equals(words)).toBe(
      true,
    )
  }, 300_000)

  test('S10 50 MB of short sentences are refused with one sentence, and their original is kept', () => {
    const words = Buffer.from('He said no. It was so then. '.repeat(1_900_000))
    expect(words.length).toBeGreaterThan(50_000_000)
    writeFileSync(join(folder, 'short.txt'), words)
    const other = join(folder, 'short')
    const taken = run('import', join(folder, 'short.txt'), '--dossier', 'large', '--data', other)
    expect(taken.status).toBe(1)
    expect(taken.lines).toMatchObject([{ outcome: 'refused', code: 'too_many_sentences' }])
    const sha256 = String(taken.lines[0].sha256)
    expect(readFileSync(join(other, 'originals', sha256.slice(0, 2), sha256.slice(2))).equals(words)).toBe(
      true,
    )
    expect(run('verify', other).lines[0]).toMatchObject({ state: 'intact' })
  }, 300_000)

  test('S3 every original is kept as it came, read or not, and nothing half-written remains', () => {
    for (const [name, content] of Object.entries(bytes)) {
      if (content.length === 0) continue
      const sha256 = createHash('sha256').update(content).digest('hex')
      expect(lines.get(name)?.sha256).toBe(sha256)
      expect(readFileSync(join(data, 'originals', sha256.slice(0, 2), sha256.slice(2))).equals(content)).toBe(
        true,
      )
    }
    const kept = readdirSync(join(data, 'originals'), { recursive: true, withFileTypes: true }).filter(
      (one) => one.isFile(),
    )
    expect(kept.length).toBe(Object.values(bytes).filter(({ length }) => length > 0).length)
    const [verified] = run('verify', data).lines
    expect(verified).toMatchObject({ state: 'intact', altered: [], cannotTell: [] })
  })

  test('K9 of a coding file unknown kinds and ambiguous or missing words are refused by name, the rest goes on', () => {
    const [first] = A_CODING_FILE.items
    const item = (id: string, changes: { body?: object; selector?: object[] }) => ({
      ...first,
      id,
      body: { ...first?.body, ...changes.body },
      target: changes.selector
        ? { source: 'good.txt', selector: changes.selector }
        : { ...first?.target, source: 'good.txt' },
    })
    const quote = (exact: string) => [{ type: 'TextQuoteSelector', exact }]
    const file = {
      ...A_CODING_FILE,
      items: [
        item('unknown-kind', { body: { kind: 'rumour' } }),
        item('unknown-type', { body: { type: 'Poem' } }),
        item('two-places', { selector: quote('a') }),
        item('no-place', { selector: quote('words that nobody wrote here') }),
        item('no-words', { selector: [] }),
        item('another-source', {}),
        item('fine', {}),
      ],
    }
    for (const one of file.items)
      if (one.id === 'another-source') one.target = { ...one.target, source: 'not-there.txt' }
    writeFileSync(join(folder, 'coding.json'), JSON.stringify(file))
    const coded = inRecord('code', join(folder, 'coding.json'), '--dossier', 'bad')
    expect(coded.status).toBe(1)
    const refused = new Map<string, string>(
      coded.lines[0].items
        .filter(({ outcome }: Line) => outcome === 'refused')
        .map(({ item, code }: { item: string; code: string }) => [item, code]),
    )
    expect(Object.fromEntries(refused)).toEqual({
      'unknown-kind': 'item_kind_unknown',
      'unknown-type': 'item_kind_unknown',
      'two-places': 'ambiguous',
      'no-place': 'nowhere',
      'no-words': 'item_unreadable',
      'another-source': 'source_unknown',
    })
    expect(inRecord('show', 'fine').lines[0]).toMatchObject({ kind: 'statement' })
    for (const broken of ['{"half', '[]', '"words"', '{"type":"AnnotationCollection"}', '']) {
      writeFileSync(join(folder, 'broken.json'), broken)
      const outcome = inRecord('code', join(folder, 'broken.json'), '--dossier', 'bad')
      // Not an item refused but no coding file at all: wrong usage, and nothing is done.
      expect(outcome.status).toBe(2)
      expect(outcome.lines[0].error.code).toMatch(/^coding_(unreadable|format_unknown)$/)
    }
    expect(run('verify', data).lines[0]).toMatchObject({ state: 'intact' })
  })
})
