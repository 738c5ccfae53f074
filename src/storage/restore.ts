import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type Entry, openPromise } from 'yauzl'
import { sha256Hex } from '../foundation/hashing.ts'
import { Refusal } from '../foundation/refusal.ts'
import { BACKUP_FORMAT, type BackupManifest, TABLES } from './backup.ts'
import { openDataFolder, restoringMark } from './data-folder.ts'
import { migrations } from './migrate.ts'
import { keepOriginal } from './originals.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

/**
 * Put a backup into an empty record. Only when `verify` has found it intact can the record be opened; a restore that
 * was interrupted can simply be run again.
 *
 * @throws Refusal `backup_unreadable`, `backup_altered`, `record_newer`, `record_not_empty`, `restore_failed`
 */
export async function restore(
  { file, data }: { file: string; data: string },
  verify: (workspace: Workspace) => Promise<readonly { sentence: string }[]>,
): Promise<BackupManifest> {
  const members = await readMembers(file)
  const manifest = readManifest(members)
  const folder = openDataFolder(data)
  const mark = restoringMark(folder)
  if (!existsSync(mark)) await mustBeEmpty(data)
  writeFileSync(mark, file, { mode: 0o600 })
  const workspace = await openWorkspace({ data, restoring: true })
  try {
    for (const [name, bytes] of members) if (name.startsWith('originals/')) await keepOriginal(folder, bytes)
    await load(workspace, members)
    const key = members.get('keys/ledger.json')
    if (key) writeFileSync(join(folder.keys, 'ledger.json'), key, { mode: 0o600 })
  } finally {
    await workspace.close()
  }
  const restored = await openWorkspace({ data, restoring: true })
  try {
    const [altered] = await verify(restored)
    if (altered) {
      throw new Refusal(
        'restore_failed',
        `The backup was loaded and does not verify: ${altered.sentence} The record stays closed; restore another backup.`,
      )
    }
    rmSync(mark)
    return manifest
  } finally {
    await restored.close()
  }
}

async function mustBeEmpty(data: string): Promise<void> {
  const workspace = await openWorkspace({ data })
  try {
    const { rows } = await workspace.database.owner.query<{ used: boolean }>(
      'select exists (select 1 from revision) or exists (select 1 from ledger_entry) as used',
    )
    if (rows[0]?.used)
      throw new Refusal(
        'record_not_empty',
        'There is a record in this folder already; restore into an empty one with --data.',
      )
  } finally {
    await workspace.close()
  }
}

async function load({ database }: Workspace, members: ReadonlyMap<string, Buffer>): Promise<void> {
  const client = await database.owner.connect()
  try {
    await client.query('begin')
    await client.query(`truncate ${TABLES.join(', ')}`)
    // COPY refuses tables whose owner is bound by row security; bound again before anybody can see them.
    for (const table of TABLES) await client.query(`alter table ${table} no force row level security`)
    for (const table of TABLES) await loadTable(client, table, members.get(`tables/${table}.copy`))
    for (const [table, column] of [
      ['searched', 'id'],
      ['ledger_inbox', 'place'],
    ]) {
      await client.query(
        `select setval(pg_get_serial_sequence('${table}', '${column}'), greatest((select max(${column}) from ${table}), 1))`,
      )
    }
    for (const table of TABLES) await client.query(`alter table ${table} force row level security`)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

async function loadTable(client: PoolClient, table: string, bytes: Buffer | undefined): Promise<void> {
  if (!bytes) throw new Refusal('backup_altered', `The backup has no table "${table}"; use another backup.`)
  const head = bytes.indexOf('\n')
  const columns = bytes.subarray(0, head).toString()
  if (!/^"[a-z_]+"(, "[a-z_0-9]+")*$/.test(columns))
    throw new Refusal('backup_altered', `The table "${table}" of the backup has unreadable columns.`)
  await pipeline(
    Readable.from([bytes.subarray(head + 1)]),
    client.query(copyFrom(`copy ${table} (${columns}) from stdin`)),
  )
}

async function readMembers(file: string): Promise<Map<string, Buffer>> {
  const members = new Map<string, Buffer>()
  try {
    const zip = await openPromise(file)
    for await (const entry of zip.eachEntry() as AsyncIterable<Entry>) {
      if (members.has(entry.fileName))
        throw new Refusal('backup_altered', `The backup has "${entry.fileName}" twice.`)
      members.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)))
    }
  } catch (cause) {
    if (cause instanceof Refusal) throw cause
    throw new Refusal('backup_unreadable', `${file} is no readable backup of this program.`, {}, { cause })
  }
  return members
}

function readManifest(members: ReadonlyMap<string, Buffer>): BackupManifest {
  let manifest: BackupManifest
  try {
    manifest = JSON.parse(members.get('manifest.json')?.toString() ?? '')
  } catch (cause) {
    throw new Refusal(
      'backup_unreadable',
      'The backup has no readable manifest; use another backup.',
      {},
      { cause },
    )
  }
  if (manifest.format !== BACKUP_FORMAT)
    throw new Refusal('backup_unreadable', `This is no ${BACKUP_FORMAT}; use the program that made it.`)
  if (manifest.migration > (migrations().at(-1)?.number ?? 0)) {
    throw new Refusal(
      'record_newer',
      'This backup was made by a newer version of the program; install that version or a later one.',
    )
  }
  for (const [name, bytes] of members) {
    if (name !== 'manifest.json' && manifest.members[name] !== sha256Hex(bytes)) {
      throw new Refusal('backup_altered', `"${name}" is not what was backed up; use another backup.`)
    }
  }
  for (const name of Object.keys(manifest.members)) {
    if (!members.has(name))
      throw new Refusal('backup_altered', `"${name}" is missing from the backup; use another backup.`)
  }
  return manifest
}
