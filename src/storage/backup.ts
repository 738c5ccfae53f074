import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Pool, PoolClient } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { ZipFile } from 'yazl'
import { programVersion } from '../foundation/version.ts'
import type { Actor } from '../protection/actor.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { DataFolder } from './data-folder.ts'
import { openOriginal } from './originals.ts'
import { columnsOf, MADE_AGAIN, tablesInOrder } from './tables.ts'

export const BACKUP_FORMAT = 'rapporteur-backup/1'

/** What a backup says of itself: its manifest, the last member of the zip. */
export interface BackupManifest {
  readonly format: string
  readonly program: string
  readonly migration: number
  readonly at: string
  /** The newest checkpoint of the ledger, or null where nothing was ever changed. */
  readonly checkpoint: string | null
  /** SHA-256 of every other member, by name. */
  readonly members: Readonly<Record<string, string>>
}

/**
 * Write the whole record into one zip, in one snapshot, while others work: a COPY file a table, every original as its
 * plain bytes, the ledger's key, and a manifest. Originals stand before the rows that name them, so each one that the
 * snapshot names is there. Nothing is held in memory as a whole. The file gets its name when it is on disk.
 *
 * `actor` is null for the program itself, which backs a record up before it migrates it.
 *
 * @throws Refusal `original_missing`, `original_altered`: a backup of a damaged record is not made silently, `not_allowed`
 */
export async function backup(
  {
    database,
    folder,
    actor,
  }: { database: { readonly owner: Pool }; folder: DataFolder; actor: Actor | null },
  file: string,
): Promise<BackupManifest> {
  if (actor) mustBeAllowed(actor, 'backup')
  const part = `${file}.part`
  const client = await database.owner.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const zip = new Members()
    for (const table of (await tablesInOrder(client)).filter((one) => !(one in MADE_AGAIN)))
      zip.add(`tables/${table}.copy`, () => copied(client, table))
    const { rows: originals } = await client.query<{ sha256: string }>(
      'select distinct sha256 from source where sha256 is not null order by 1',
    )
    for (const { sha256 } of originals) zip.add(`originals/${sha256}`, () => openOriginal(folder, sha256))
    zip.add('keys/ledger.json', async () => createReadStream(join(folder.keys, 'ledger.json')))
    const { rows: state } = await client.query<{ migration: number; checkpoint: string | null }>(
      'select (select max(number) from migration) as migration, (select note from ledger_checkpoint order by size desc limit 1) as checkpoint',
    )
    const manifest = {
      format: BACKUP_FORMAT,
      program: programVersion(),
      migration: state[0]?.migration ?? 0,
      at: new Date().toISOString(),
      checkpoint: state[0]?.checkpoint ?? null,
    }
    const members = await zip.writeTo(part, manifest)
    await rename(part, file)
    return { ...manifest, members }
  } finally {
    await rm(part, { force: true })
    await client.query('rollback')
    client.release()
  }
}

/** Members of a zip, each opened only when its turn comes, and hashed as it passes. */
class Members {
  readonly #zip = new ZipFile()
  readonly #hashes: Record<string, string> = {}
  readonly #failed = new Promise<never>((_, reject) => this.#zip.once('error', reject))

  add(name: string, openMember: () => Promise<Readable>): void {
    const compress = !name.startsWith('originals/')
    this.#zip.addReadStreamLazy(name, { mtime: new Date(0), compress }, (give) => {
      openMember().then(
        (member) => give(null, this.#hashed(name, member)),
        (error) => this.#zip.emit('error', error),
      )
    })
  }

  /** Write all of them, and last the manifest with their hashes; synced when this resolves. */
  async writeTo(path: string, manifest: Omit<BackupManifest, 'members'>): Promise<Record<string, string>> {
    this.#zip.addReadStreamLazy('manifest.json', { mtime: new Date(0) }, (give) => {
      give(null, Readable.from([`${JSON.stringify({ ...manifest, members: this.#hashes }, null, 1)}\n`]))
    })
    this.#zip.end()
    const output = createWriteStream(path, { mode: 0o600 })
    try {
      await Promise.race([pipeline(this.#zip.outputStream, output), this.#failed])
    } finally {
      output.destroy()
    }
    const file = await open(path, 'r+')
    await file.sync().finally(() => file.close())
    return this.#hashes
  }

  #hashed(name: string, member: Readable): Readable {
    const hash = createHash('sha256')
    const passing = new Transform({
      transform(bytes, _, done) {
        hash.update(bytes)
        done(null, bytes)
      },
      flush: (done) => {
        this.#hashes[name] = hash.digest('hex')
        done()
      },
    })
    member.once('error', (error) => this.#zip.emit('error', error))
    return member.pipe(passing)
  }
}

/** The columns' names on a line of their own, then PostgreSQL's COPY text. */
async function copied(client: PoolClient, table: string): Promise<Readable> {
  const columns = (await columnsOf(client, table)).join(', ')
  const rows = client.query(copyTo(`copy (select ${columns} from ${table}) to stdout`))
  return Readable.from(
    (async function* () {
      yield Buffer.from(`${columns}\n`)
      yield* rows
    })(),
  )
}
