// No secret stands in the tree, in anything that git ever kept, or in what was said of it: keys and tokens by their form,
// values by their name, and strings that only chance makes. What is meant to be there (vectors of tests) stands with its
// reason in tools/secrets-allowed.tsv, by the SHA-256 of the string itself. `node tools/check-secrets.mjs [ROOT]`
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import yauzl from 'yauzl'
import { secretsIn } from './secret-formats.mjs'

const root = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url))
const NOT_OURS = new Set(['node_modules', 'dist', 'coverage', '.git'])
/** Bytes. Nothing in the tree comes near it. */
const LARGEST = 64 * 1024 * 1024

const allowed = readAllowed()
const used = new Set()
const found = []
const told = []

await scanTree()
const whole = await scanHistory()
for (const one of found) process.stderr.write(`${one}\n`)
// What is allowed and nowhere to be found is taken off the list, or it would allow what comes later.
const unused = whole ? [...allowed.keys()].filter((one) => !used.has(one)) : []
for (const one of unused) process.stderr.write(`tools/secrets-allowed.tsv allows ${one}, which is nowhere\n`)
process.stdout.write(`${told.join(', ')}; ${used.size} strings allowed by name\n`)
process.exit(found.length + unused.length === 0 ? 0 : 1)

/** First sixteen digits of the SHA-256 of the string, the file in which (or in whose members) it may stand, why. */
function readAllowed() {
  const list = join(root, 'tools/secrets-allowed.tsv')
  if (!existsSync(list)) return new Map()
  const rows = readFileSync(list, 'utf8').split('\n').slice(1)
  return new Map(
    rows
      .map((row) => row.split('\t'))
      .filter(([, , reason]) => (reason ?? '').trim() !== '')
      .map(([digest, path]) => [digest, path]),
  )
}

async function scan(bytes, path, where) {
  if (path.endsWith('.zip')) {
    for (const member of await membersOf(bytes)) await scan(member.bytes, `${path}!${member.name}`, where)
    return
  }
  // Latin-1 keeps every byte, so that a key within a file that is no text is found too.
  const text = bytes.toString('latin1')
  for (const { what, value, at } of secretsIn(text)) {
    const digest = createHash('sha256').update(value, 'latin1').digest('hex').slice(0, 16)
    if (allowed.has(digest) && path.split('!')[0] === allowed.get(digest)) {
      used.add(digest)
      continue
    }
    const line = text.slice(0, at).split('\n').length
    found.push(`${path}:${line}${where} has what looks like ${what}: ${value.slice(0, 4)}… (${digest})`)
  }
}

async function scanTree() {
  const paths = listed() ?? walk(root)
  for (const path of paths) {
    const file = join(root, path)
    if (!existsSync(file) || !lstatSync(file).isFile() || lstatSync(file).size > LARGEST) continue
    await scan(readFileSync(file), path, '')
  }
  told.push(`${paths.length} files of the tree`)
}

/** What git has or would take in; nothing where there is no git. */
function listed() {
  const said = git(['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
  return said === null ? null : [...new Set(said.split('\0').filter((path) => path !== ''))]
}

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? walk(path) : [relative(root, path).split(sep).join('/')]
  })
}

/** Every blob that any branch or tag leads to, and every message. Whether the history is whole. */
async function scanHistory() {
  const objects = git(['rev-list', '--objects', '--all'])
  if (objects === null) {
    told.push('no history here')
    return false
  }
  const paths = new Map(
    objects
      .split('\n')
      .map((line) => [line.slice(0, 40), line.slice(41)])
      .filter(([, path]) => path !== ''),
  )
  const blobs = await blobsOf([...paths.keys()])
  for (const [id, bytes] of blobs) await scan(bytes, paths.get(id), ` in ${id.slice(0, 12)} of the history`)
  const messages = git(['log', '--all', '--format=%H %B']) ?? ''
  await scan(Buffer.from(messages), 'messages', ' of the history')
  const shallow = git(['rev-parse', '--is-shallow-repository'])?.trim() === 'true'
  told.push(`${blobs.length} of the history${shallow ? ', which is not whole here' : ''}`)
  return !shallow
}

/** Contents of all these objects that are files, by one process. */
async function blobsOf(ids) {
  const child = spawn('git', ['cat-file', '--batch'], { cwd: root, stdio: ['pipe', 'pipe', 'ignore'] })
  child.stdin.end(`${ids.join('\n')}\n`)
  const parts = []
  for await (const part of child.stdout) parts.push(part)
  const all = Buffer.concat(parts)
  const blobs = []
  for (let at = 0; at < all.length; ) {
    const end = all.indexOf(10, at)
    const [id, type, size] = all.toString('latin1', at, end).split(' ')
    const length = Number(size ?? 0)
    if (type === 'blob' && length <= LARGEST) blobs.push([id, all.subarray(end + 1, end + 1 + length)])
    at = type === 'missing' ? end + 1 : end + length + 2
  }
  return blobs
}

function git(args) {
  const { status, stdout } = spawnSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1024 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return status === 0 ? stdout : null
}

/** What a zip holds; one that cannot be read holds nothing that anybody could take out of it. */
async function membersOf(bytes) {
  const zip = await yauzl.fromBufferPromise(bytes).catch(() => null)
  const members = []
  if (zip === null) return members
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/') || entry.uncompressedSize > LARGEST) continue
    const parts = []
    for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part)
    members.push({ name: entry.fileName, bytes: Buffer.concat(parts) })
  }
  return members
}
