import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { Refusal } from '../foundation/refusal.ts'
import type { BackupManifest } from './backup.ts'
import { type BackupFile, openBackup } from './backup-file.ts'
import { openDataFolder, restoringMark } from './data-folder.ts'
import { keepOriginal } from './originals.ts'
import { countersOf, MADE_AGAIN, tablesInOrder, tablesOfThisMachine } from './tables.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

/** The columns' names stand in the first line of a table's file; longer than this is no such line. Bytes. */
const LONGEST_HEAD = 65536

/**
 * Put a backup into an empty record: load it into the schema it was made with, migrate that to this program's, and
 * verify. Only then can the record be opened; a restore that was interrupted can simply be run again.
 *
 * @throws Refusal `backup_unreadable`, `backup_altered`, `record_newer`, `record_not_empty`, `restore_failed`
 */
export async function restore(
  { file, data }: { file: string; data: string },
  verify: (workspace: Workspace) => Promise<readonly { sentence: string }[]>,
): Promise<BackupManifest> {
  const backup = await openBackup(file)
  try {
    const folder = openDataFolder(data)
    const mark = restoringMark(folder)
    if (!existsSync(mark)) await mustBeEmpty(data)
    writeFileSync(mark, file, { mode: 0o600 })
    await loadBackup(backup, data)
    const restored = await openWorkspace({ data, restoring: 'the rest', serve: true })
    try {
      const [altered] = await verify(restored)
      if (altered) {
        throw new Refusal(
          'restore_failed',
          `The backup was loaded and does not verify: ${altered.sentence} The record stays closed; restore another backup.`,
        )
      }
      rmSync(mark)
      return backup.manifest
    } finally {
      await restored.close()
    }
  } finally {
    backup.close()
  }
}

async function mustBeEmpty(data: string): Promise<void> {
  const workspace = await openWorkspace({ data, serve: true })
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

/** Load a backup into an empty record of its own schema. Served by nobody meanwhile: the lock of those who serve is held. */
export async function loadBackup(backup: BackupFile, data: string): Promise<void> {
  const workspace = await openWorkspace({
    data,
    restoring: { schemaOf: backup.manifest.migration },
    serve: true,
  })
  try {
    const { folder } = workspace
    for (const name of backup.names) {
      if (name.startsWith('originals/')) await keepOriginal(folder, await buffer(await backup.member(name)))
    }
    await loadTables(workspace, backup)
    const key = await buffer(await backup.member('keys/ledger.json'))
    writeFileSync(join(folder.keys, 'ledger.json'), key, { mode: 0o600 })
  } finally {
    await workspace.close()
  }
}

async function loadTables({ database }: Workspace, backup: BackupFile): Promise<void> {
  const client = await database.owner.connect()
  try {
    const tables = await tablesInOrder(client)
    await client.query('begin')
    // Whoever is signed in here is no longer: the people are those of the backup.
    await client.query(`truncate ${[...tables, ...(await tablesOfThisMachine(client))].join(', ')}`)
    // COPY refuses tables whose owner is bound by row security; bound again before anybody can see them.
    for (const table of tables) await client.query(`alter table ${table} no force row level security`)
    for (const table of tables.filter((one) => !(one in MADE_AGAIN)))
      await loadTable(client, table, await backup.member(`tables/${table}.copy`))
    for (const table of tables.filter((one) => one in MADE_AGAIN)) await client.query(MADE_AGAIN[table] ?? '')
    for (const { table, column } of await countersOf(client)) {
      await client.query(
        `select setval(pg_get_serial_sequence('${table}', '${column}'), greatest((select max(${column}) from ${table}), 1))`,
      )
    }
    for (const table of tables) await client.query(`alter table ${table} force row level security`)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

async function loadTable(client: PoolClient, table: string, member: Readable): Promise<void> {
  const chunks: AsyncIterator<Buffer> = member[Symbol.asyncIterator]()
  let head = Buffer.alloc(0)
  while (!head.includes('\n') && head.length < LONGEST_HEAD) {
    const { value, done } = await chunks.next()
    if (done) break
    head = Buffer.concat([head, value])
  }
  const end = head.indexOf('\n')
  const columns = head.subarray(0, Math.max(end, 0)).toString()
  if (!/^"[a-z_]+"(, "[a-z_0-9]+")*$/.test(columns))
    throw new Refusal('backup_altered', `The table "${table}" of the backup has unreadable columns.`)
  const rows = Readable.from(
    (async function* () {
      yield head.subarray(end + 1)
      yield* { [Symbol.asyncIterator]: () => chunks }
    })(),
  )
  await pipeline(rows, client.query(copyFrom(`copy ${table} (${columns}) from stdin`)))
}
