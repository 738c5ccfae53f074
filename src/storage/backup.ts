import { createWriteStream } from 'node:fs'
import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { ZipFile } from 'yazl'
import { sha256Hex } from '../foundation/hashing.ts'
import { programVersion } from '../foundation/version.ts'
import { mustBeAllowed } from '../protection/may.ts'
import { SCHEMA } from './migrate.ts'
import { readOriginal } from './originals.ts'
import type { Workspace } from './workspace.ts'

export const BACKUP_FORMAT = 'rapporteur-backup/1'

/** What a backup says of itself: its manifest, the first member of the zip that is read. */
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

/** Tables in an order in which rows point only at rows of tables before. */
export const TABLES = [
  'organisation',
  'person',
  'setting',
  'draft',
  'dossier',
  'source',
  'reading',
  'passage',
  'matter',
  'aspect',
  'statement',
  'remark',
  'link',
  'emendation',
  'finding',
  'tag',
  'entry_index',
  'speaker_index',
  'passage_index',
  'name_index',
  'visibility_class',
  'searched',
  'revision',
  'ledger_inbox',
  'ledger_entry',
  'ledger_tile',
  'ledger_checkpoint',
] as const

/**
 * Write the whole record into one zip, in one snapshot, while others work: a COPY file a table, every original as its
 * plain bytes, the ledger's key, and a manifest. Originals stand before the rows that name them, so each one that the
 * snapshot names is there.
 *
 * @throws Refusal `original_missing`, `original_altered`: a backup of a damaged record is not made silently
 */
export async function backup(
  { database, folder, actor }: Pick<Workspace, 'database' | 'folder' | 'actor'>,
  file: string,
): Promise<BackupManifest> {
  mustBeAllowed(actor, 'backup')
  const zip = new ZipFile()
  const part = `${file}.part`
  const written = pipeline(zip.outputStream, createWriteStream(part, { mode: 0o600 }))
  const members: Record<string, string> = {}
  const add = (name: string, bytes: Buffer) => {
    members[name] = sha256Hex(bytes)
    zip.addBuffer(bytes, name, { mtime: new Date(0), compress: !name.startsWith('originals/') })
  }
  const client = await database.owner.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    for (const table of TABLES) add(`tables/${table}.copy`, await copied(client, table))
    const { rows: originals } = await client.query<{ sha256: string }>(
      'select distinct sha256 from source order by 1',
    )
    for (const { sha256 } of originals) add(`originals/${sha256}`, await readOriginal(folder, sha256))
    const { rows: state } = await client.query<{ migration: number; checkpoint: string | null }>(
      'select (select max(number) from migration) as migration, (select note from ledger_checkpoint order by size desc limit 1) as checkpoint',
    )
    add('keys/ledger.json', await readFile(join(folder.keys, 'ledger.json')))
    const manifest: BackupManifest = {
      format: BACKUP_FORMAT,
      program: programVersion(),
      migration: state[0]?.migration ?? 0,
      at: new Date().toISOString(),
      checkpoint: state[0]?.checkpoint ?? null,
      members,
    }
    zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`), 'manifest.json', {
      mtime: new Date(0),
    })
    zip.end()
    await written
    await rename(part, file)
    return manifest
  } finally {
    await client.query('rollback')
    client.release()
  }
}

/** Columns that are stored and not generated, in the table's order. */
export async function columnsOf(client: PoolClient, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select column_name as name from information_schema.columns
      where table_schema = $1 and table_name = $2 and is_generated = 'NEVER' order by ordinal_position`,
    [SCHEMA, table],
  )
  return rows.map(({ name }) => `"${name}"`)
}

async function copied(client: PoolClient, table: string): Promise<Buffer> {
  const columns = (await columnsOf(client, table)).join(', ')
  const rows = await buffer(client.query(copyTo(`copy (select ${columns} from ${table}) to stdout`)))
  return Buffer.concat([Buffer.from(`${columns}\n`), rows])
}
