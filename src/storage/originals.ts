import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
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
  if (!bytes)
    throw new Refusal(
      'original_missing',
      `The original ${sha256.slice(0, 12)}… is not in the data folder; restore it from a backup.`,
    )
  if (sha256Hex(bytes) !== sha256) {
    throw new Refusal(
      'original_altered',
      `The original ${sha256.slice(0, 12)}… is not the bytes that were received; restore it from a backup.`,
    )
  }
  return bytes
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
