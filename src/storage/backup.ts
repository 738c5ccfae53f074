import { createHash, type KeyObject, sign } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
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
import { encrypted, mustBeRecipients } from './age.ts'
import type { DataFolder } from './data-folder.ts'
import { registerOf } from './erasure-register.ts'
import { openOriginal } from './originals.ts'
import { columnsOf, MADE_AGAIN, tablesInOrder } from './tables.ts'

export const BACKUP_FORMAT = 'rapporteur-backup/2'

/** What a backup says of itself: its manifest, the last member of the zip. */
export interface BackupManifest {
  readonly format: string
  readonly program: string
  readonly migration: number
  readonly at: string
  /** The newest checkpoint of the ledger, or null where nothing was ever changed. */
  readonly checkpoint: string | null
  /** Rows of each table that has a member; what a drill counts again. */
  readonly rows?: Readonly<Record<string, number>>
  /** SHA-256 of every other member, by name. */
  readonly members: Readonly<Record<string, string>>
  /** Ed25519 by the ledger's key over the manifest without this member; absent in format 1. */
  readonly signature?: string
}

/**
 * Write the whole record into one zip, in one snapshot, while others work: a COPY file a table, every original as its
 * plain bytes, the ledger's key, and a manifest. Originals stand before the rows that name them, so each one that the
 * snapshot names is there. Nothing is held in memory as a whole. The file gets its name when it is on disk.
 * With recipients it is an age file that nobody but they can open, this machine neither.
 *
 * `actor` is null for the program itself, which backs a record up before it migrates it.
 *
 * @throws Refusal `original_missing`, `original_altered`: a backup of a damaged record is not made silently, `not_allowed`;
 *   of mustBeRecipients()
 */
export async function backup(
  {
    database,
    folder,
    actor,
    key,
  }: {
    database: { readonly owner: Pool }
    folder: DataFolder
    actor: Actor | null
    key: { readonly privateKey: KeyObject }
  },
  file: string,
  {
    recipients = [],
    beforeNamed = async () => undefined,
  }: {
    recipients?: readonly string[]
    /** Runs when the file is whole and has not its name yet; where it fails there is no file. */
    beforeNamed?: () => Promise<void>
  } = {},
): Promise<BackupManifest> {
  if (actor) mustBeAllowed(actor, 'backup')
  mustBeRecipients(recipients)
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
    const register = registerOf(folder)
    if (existsSync(register)) zip.add('erasures.jsonl', async () => createReadStream(register))
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
    const written = await zip.writeTo(part, { manifest, key, recipients })
    await beforeNamed()
    await rename(part, file)
    return written
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
  readonly #rows: Record<string, number> = {}
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
  async writeTo(
    path: string,
    {
      manifest,
      key,
      recipients,
    }: {
      manifest: Omit<BackupManifest, 'members'>
      key: { readonly privateKey: KeyObject }
      recipients: readonly string[]
    },
  ): Promise<BackupManifest> {
    let whole: BackupManifest = { ...manifest, members: this.#hashes }
    this.#zip.addReadStreamLazy('manifest.json', { mtime: new Date(0) }, (give) => {
      const unsigned = { ...manifest, rows: this.#rows, members: this.#hashes }
      whole = { ...unsigned, signature: sign(null, signedText(unsigned), key.privateKey).toString('base64') }
      give(null, Readable.from([`${JSON.stringify(whole, null, 1)}\n`]))
    })
    this.#zip.end()
    const output = createWriteStream(path, { mode: 0o600 })
    // yazl knows its stream as one of Node's oldest kind.
    const plain = this.#zip.outputStream as Readable
    const passing = recipients.length > 0 ? await encrypted(plain, recipients) : plain
    try {
      await Promise.race([pipeline(passing, output), this.#failed])
    } finally {
      output.destroy()
      passing.destroy()
    }
    const file = await open(path, 'r+')
    await file.sync().finally(() => file.close())
    return whole
  }

  #hashed(name: string, member: Readable): Readable {
    const hash = createHash('sha256')
    const table = /^tables\/(\w+)\.copy$/.exec(name)?.[1]
    // COPY writes one line a row, and the line feeds within it as letters; the first line names the columns.
    let lines = -1
    const passing = new Transform({
      transform(bytes: Buffer, _, done) {
        hash.update(bytes)
        if (table !== undefined)
          for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1
        done(null, bytes)
      },
      flush: (done) => {
        this.#hashes[name] = hash.digest('hex')
        if (table !== undefined) this.#rows[table] = lines
        done()
      },
    })
    member.once('error', (error) => this.#zip.emit('error', error))
    return member.pipe(passing)
  }
}

/** What the signature of a manifest is over. */
export function signedText({ signature: _, ...manifest }: BackupManifest): Buffer {
  return Buffer.from(JSON.stringify(manifest))
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
