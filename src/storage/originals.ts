import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { sha256Hex } from '../foundation/hashing.ts'
import { newId } from '../foundation/ids.ts'
import { Refusal } from '../foundation/refusal.ts'
import type { DataFolder } from './data-folder.ts'

/** Where the bytes with this SHA-256 lie. */
export function originalPath(folder: DataFolder, sha256: string): string {
  return join(folder.originals, sha256.slice(0, 2), sha256.slice(2))
}

/**
 * Keep bytes under their SHA-256. When this returns they are on disk: written under another name, synced, renamed,
 * and the folder synced too. The same bytes twice are kept once.
 */
export async function keepOriginal(
  folder: DataFolder,
  bytes: Uint8Array,
): Promise<{ sha256: string; size: number }> {
  const sha256 = sha256Hex(bytes)
  const path = originalPath(folder, sha256)
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const temporary = join(folder.originals, `.${newId('draft')}`)
    const file = openSync(temporary, 'wx', 0o600)
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
    for (const parent of [dirname(path), folder.originals]) syncFolder(parent)
  }
  return { sha256, size: bytes.length }
}

/** @throws Refusal `original_missing`, `original_altered` */
export async function readOriginal(folder: DataFolder, sha256: string): Promise<Buffer> {
  const bytes = await readFile(originalPath(folder, sha256)).catch(() => null)
  if (!bytes) throw originalMissing(sha256)
  if (sha256Hex(bytes) !== sha256) throw originalAltered(sha256)
  return bytes
}

/**
 * The same as a stream, which fails at its end where the bytes are others.
 *
 * @throws Refusal `original_missing`
 */
export async function openOriginal(folder: DataFolder, sha256: string): Promise<Readable> {
  const file = await open(originalPath(folder, sha256)).catch(() => null)
  if (!file) throw originalMissing(sha256)
  const hash = createHash('sha256')
  const checked = new Transform({
    transform(bytes, _, done) {
      hash.update(bytes)
      done(null, bytes)
    },
    flush(done) {
      done(hash.digest('hex') === sha256 ? null : originalAltered(sha256))
    },
  })
  const bytes = file.createReadStream()
  bytes.once('error', (error) => checked.destroy(error))
  return bytes.pipe(checked)
}

/**
 * Take the bytes of an original out of the folder, where nothing needs them any more. Those that were kept after `before`
 * stay: somebody may just be taking the same file in again. True where they went.
 */
export function dropOriginal(folder: DataFolder, sha256: string, before: Date | null): boolean {
  const path = originalPath(folder, sha256)
  const about = statSync(path, { throwIfNoEntry: false })
  if (!about || (before !== null && about.mtime > before)) return false
  rmSync(path)
  syncFolder(dirname(path))
  return true
}

function originalMissing(sha256: string): Refusal {
  return new Refusal(
    'original_missing',
    `The original ${sha256.slice(0, 12)}… is not in the data folder; restore it from a backup.`,
  )
}

function originalAltered(sha256: string): Refusal {
  return new Refusal(
    'original_altered',
    `The original ${sha256.slice(0, 12)}… is not the bytes that were received; restore it from a backup.`,
  )
}

function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
