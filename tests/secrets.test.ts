import { spawnSync } from 'node:child_process'
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { finished } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import { sha256Hex } from '../src/foundation/hashing.ts'
import { newId } from '../src/foundation/ids.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SEARCH = join(ROOT, 'tools/check-secrets.mjs')
const { secretsIn } = (await import(new URL('../tools/secret-formats.mjs', import.meta.url).href)) as {
  secretsIn(text: string): { what: string; value: string }[]
}
const hasGit = spawnSync('git', ['--version']).status === 0

/** As many characters of this alphabet, by chance. Nothing here may look like a secret itself, or this file would be found. */
const chance = (length: number, alphabet: string) =>
  [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]).join('')
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const LETTERS = `${CAPITALS}${CAPITALS.toLowerCase()}`
const pkcs8 = (kind: 'ed25519', type: 'pem' | 'der') => {
  const { privateKey } = generateKeyPairSync(kind)
  return type === 'pem'
    ? privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    : privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')
}

/** Made anew at every run: what it looks like, and a text that holds it. */
const PLANTED: Record<string, () => string> = {
  'a key in PEM': () => pkcs8('ed25519', 'pem'),
  'a key of the ledger, as it lies in a data folder': () =>
    JSON.stringify({ pkcs8: pkcs8('ed25519', 'der') }),
  'an age identity': () => `# made today\nAGE-SECRET-KEY-1${chance(58, `${CAPITALS}0234567`)}\n`,
  'an age identity for after quantum computers': () =>
    `AGE-SECRET-KEY-PQ-1${chance(58, `${CAPITALS}0234567`)}`,
  'a key of a note': () => `PRIVATE${'+'}KEY+log.example+00112233+${randomBytes(33).toString('base64')}`,
  'a token of a forge': () => `Authorization: token gh${'p'}_${chance(36, `${LETTERS}0123456789`)}`,
  'a token of the registry': () => `//registry.example/:_auth${'Token'}=${randomBytes(18).toString('hex')}`,
  'a key of a cloud': () => `AK${'IA'}${chance(16, `${CAPITALS}0123456789`)}`,
  'a signed token': () =>
    ['{"alg":"HS256"}', '{"sub":"somebody"}']
      .map((part) => Buffer.from(part).toString('base64url'))
      .concat(randomBytes(32).toString('base64url'))
      .join('.'),
  'an address with a password': () =>
    `DATABASE_URL=postgres${'://'}somebody:${chance(9, LETTERS)}@db.example/x`,
  'a secret for TOTP': () => `otp${'auth'}://totp/x?secret=${chance(32, `${CAPITALS}234567`)}&issuer=x`,
  'a password under its name': () => `const pass${'word'} = '${chance(8, LETTERS)}7${chance(9, LETTERS)}'`,
  'a session pass': () => `Cookie: session=${randomBytes(32).toString('base64url')}`,
}

interface Searched {
  readonly status: number | null
  readonly said: string
}
const houses: string[] = []
/** A small repository with these files, of which some are taken out again, and what the search says of it. */
function search(
  files: Record<string, string | Buffer>,
  {
    removed = [],
    message = 'A file',
    git = true,
  }: { removed?: string[]; message?: string; git?: boolean } = {},
): Searched {
  const house = mkdtempSync(join(tmpdir(), 'rapporteur-secrets-'))
  houses.push(house)
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(house, path)), { recursive: true })
    writeFileSync(join(house, path), bytes)
  }
  const run = (...args: string[]) =>
    spawnSync('git', ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.org', ...args], {
      cwd: house,
    })
  if (git) {
    run('init', '-q')
    run('add', '-A')
    run('commit', '-q', '-m', message)
    for (const path of removed) run('rm', '-q', path)
    if (removed.length > 0) run('commit', '-q', '-m', 'Without it')
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, [SEARCH, house], { encoding: 'utf8' })
  return { status, said: `${stdout}${stderr}` }
}

afterAll(() => {
  for (const house of houses) rmSync(house, { recursive: true, force: true })
})

describe.skipIf(!hasGit)('secrets', () => {
  test('Y4 none stands in this tree, nor in its history', () => {
    const { status, stderr } = spawnSync(process.execPath, [SEARCH], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
  })

  test('Y4 each kind is found, and not printed', () => {
    const files = Object.fromEntries(
      Object.entries(PLANTED).map(([what, make]) => [
        `docs/${what.replace(/\W/g, '-')}.md`,
        `A\n${make()}\nB\n`,
      ]),
    )
    const { status, said } = search(files)
    expect(status).toBe(1)
    for (const [path, text] of Object.entries(files)) {
      expect([path, said.includes(`${path}:`)]).toEqual([path, true])
      for (const { value } of secretsIn(text)) if (value.length > 40) expect(said).not.toContain(value)
    }
  })

  test('Y4 it is found where it was taken out again, in a message, in a zip, and in a file that is no text', async () => {
    const key = PLANTED['an age identity']?.() ?? ''
    const gone = search({ 'a.txt': key, 'b.txt': 'x' }, { removed: ['a.txt'] })
    expect([gone.status, gone.said]).toEqual([1, expect.stringContaining('of the history')])
    const told = search({ 'b.txt': 'x' }, { message: `Why\n\n${key}` })
    expect([told.status, told.said]).toEqual([1, expect.stringContaining('messages:')])
    const zipped = search({ 'a.zip': await zipOf('keys/one.txt', key) })
    expect([zipped.status, zipped.said]).toEqual([1, expect.stringContaining('a.zip!keys/one.txt')])
    const bytes = search({
      'a.bin': Buffer.concat([randomBytes(64), Buffer.from(key), Buffer.from([0, 255])]),
    })
    expect(bytes.status).toBe(1)
  })

  test('Y4 without git the tree is searched all the same', () => {
    const { status, said } = search({ 'a.txt': PLANTED['a key in PEM']?.() ?? '' }, { git: false })
    expect([status, said]).toEqual([1, expect.stringContaining('no history here')])
  })

  test('Y4 what is allowed by its hash, at its place and with a reason passes, and is taken off when it is gone', () => {
    const key = (PLANTED['an age identity']?.() ?? '').split('\n')[1] ?? ''
    const digest = createHash('sha256').update(key).digest('hex').slice(0, 16)
    const list = (path: string, reason: string) => `string\tpath\treason\n${digest}\t${path}\t${reason}\n`
    const LIST = 'tools/secrets-allowed.tsv'
    const asked = (path: string, reason: string, text = key) =>
      search({ 'vectors/a.txt': text, [LIST]: list(path, reason) }).status
    expect(asked('vectors/a.txt', 'a vector of a test')).toBe(0)
    expect(asked('vectors/a.txt', '')).toBe(1)
    expect(asked('vectors/other.txt', 'a vector of a test')).toBe(1)
    expect(asked('vectors/a.txt', 'a vector of a test', 'nothing')).toBe(1)
  })

  test('Y4 of ten thousand strings made by chance at least 9,950 are found', () => {
    const made = Array.from({ length: 10_000 }, (_, n) =>
      randomBytes(24 + (n % 24)).toString(n % 2 ? 'base64' : 'base64url'),
    )
    const missed = made.filter((one) => secretsIn(`value: ${one} end`).length === 0)
    expect(missed.length).toBeLessThanOrEqual(50)
  })

  test('Y4 hashes, ids and long names are none', () => {
    const harmless = [
      sha256Hex('x'),
      `"integrity": "sha512-${randomBytes(64).toString('base64')}"`,
      newId('source'),
      'someVeryLongFunctionNameThatSaysWhatItDoes2024',
      'src/protection/ledger-with-names/and-a-longer-path/2021-05-04T10',
      'C-7K2Q',
      'const password = readPassword()',
      "token: 'the-token-you-were-given'",
      'postgres://USER:PASSWORD@HOST/DATABASE',
    ]
    expect(harmless.filter((text) => secretsIn(text).length > 0)).toEqual([])
  })
})

async function zipOf(name: string, text: string): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-secrets-'))
  houses.push(folder)
  const zip = new ZipFile()
  zip.addBuffer(Buffer.from(text.repeat(20)), name)
  zip.end()
  const out = createWriteStream(join(folder, 'a.zip'))
  zip.outputStream.pipe(out)
  await finished(out)
  const { readFileSync } = await import('node:fs')
  return readFileSync(join(folder, 'a.zip'))
}
