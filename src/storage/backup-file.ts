import { createHash, createPrivateKey, createPublicKey, verify } from 'node:crypto'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { Refusal } from '../foundation/refusal.ts'
import { BACKUP_FORMAT, type BackupManifest, signedText } from './backup.ts'
import { newestMigration } from './migrate.ts'

/** Bytes: a manifest has about a hundred for each original. */
const LARGEST_MANIFEST = 512 * 1024 * 1024

/** Format 1 was not signed; what is of a later schema is not of that format. */
const UNSIGNED_FORMAT = 'rapporteur-backup/1'
const LAST_UNSIGNED_SCHEMA = 5

/** A backup whose every byte has been checked against its manifest; members are opened one after another. */
export interface BackupFile {
  readonly manifest: BackupManifest
  readonly names: readonly string[]
  member(name: string): Promise<Readable>
  close(): void
}

/** @throws Refusal `backup_unreadable`, `backup_altered`, `record_newer` */
export async function openBackup(path: string): Promise<BackupFile> {
  let zip: ZipFile | undefined
  try {
    const entries = new Map<string, Entry>()
    zip = await openPromise(path, { lazyEntries: true, autoClose: false })
    for await (const entry of zip.eachEntry()) {
      if (entries.has(entry.fileName))
        throw new Refusal('backup_altered', `The backup has "${entry.fileName}" twice.`)
      entries.set(entry.fileName, entry)
    }
    const checked = await check(zip, entries)
    return checked
  } catch (cause) {
    zip?.close()
    if (cause instanceof Refusal) throw cause
    throw new Refusal('backup_unreadable', `${path} is no readable backup of this program.`, {}, { cause })
  }
}

async function check(zip: ZipFile, entries: ReadonlyMap<string, Entry>): Promise<BackupFile> {
  const manifest = await manifestOf(zip, entries.get('manifest.json'))
  for (const [name, entry] of entries) {
    if (name === 'manifest.json') continue
    const hash = createHash('sha256')
    for await (const bytes of await zip.openReadStreamPromise(entry)) hash.update(bytes)
    if (manifest.members[name] !== hash.digest('hex'))
      throw new Refusal('backup_altered', `"${name}" is not what was backed up; use another backup.`)
  }
  for (const name of Object.keys(manifest.members)) {
    if (!entries.has(name))
      throw new Refusal('backup_altered', `"${name}" is missing from the backup; use another backup.`)
  }
  await mustBeSigned(zip, entries, manifest)
  return {
    manifest,
    names: Object.keys(manifest.members),
    async member(name) {
      const entry = entries.get(name)
      if (!entry) throw new Refusal('backup_altered', `The backup has no "${name}"; use another backup.`)
      return zip.openReadStreamPromise(entry)
    },
    close: () => zip.close(),
  }
}

/** What the manifest says is what the record said when it was backed up, and not what somebody wrote into it since. */
async function mustBeSigned(
  zip: ZipFile,
  entries: ReadonlyMap<string, Entry>,
  manifest: BackupManifest,
): Promise<void> {
  if (manifest.format === UNSIGNED_FORMAT) return
  const entry = entries.get('keys/ledger.json')
  const signed = async () => {
    if (!entry || typeof manifest.signature !== 'string') return false
    const { pkcs8 }: { pkcs8: string } = JSON.parse(
      (await buffer(await zip.openReadStreamPromise(entry))).toString(),
    )
    const key = createPrivateKey({ key: Buffer.from(pkcs8, 'base64'), format: 'der', type: 'pkcs8' })
    return verify(null, signedText(manifest), createPublicKey(key), Buffer.from(manifest.signature, 'base64'))
  }
  if (!(await signed()))
    throw new Refusal(
      'backup_altered',
      'The manifest of the backup was not signed by its record; use another backup.',
    )
}

async function manifestOf(zip: ZipFile, entry: Entry | undefined): Promise<BackupManifest> {
  let manifest: BackupManifest
  try {
    if (!entry || entry.uncompressedSize > LARGEST_MANIFEST) throw new Error('There is no manifest.')
    manifest = JSON.parse((await buffer(await zip.openReadStreamPromise(entry))).toString())
  } catch (cause) {
    const sentence = 'The backup has no readable manifest; use another backup.'
    throw new Refusal('backup_unreadable', sentence, {}, { cause })
  }
  const unsigned = manifest.format === UNSIGNED_FORMAT && manifest.migration <= LAST_UNSIGNED_SCHEMA
  if (manifest.format !== BACKUP_FORMAT && !unsigned)
    throw new Refusal('backup_unreadable', `This is no ${BACKUP_FORMAT}; use the program that made it.`)
  if (manifest.migration > newestMigration()) {
    throw new Refusal(
      'record_newer',
      'This backup was made by a newer version of the program; install that version or a later one.',
    )
  }
  return manifest
}
