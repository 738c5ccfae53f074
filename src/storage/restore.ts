import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { Refusal } from '../foundation/refusal.ts'
import { decryptInto, identitiesIn, isAgeFile } from './age.ts'
import type { BackupManifest } from './backup.ts'
import { type BackupFile, openBackup } from './backup-file.ts'
import { openDataFolder, restoringMark } from './data-folder.ts'
import { addToRegister, linesOf, REGISTER_BESIDE, readRegister, registerOf } from './erasure-register.ts'
import { keepOriginal } from './originals.ts'
import { countersOf, MADE_AGAIN, tablesInOrder, tablesOfThisMachine } from './tables.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

const REGISTER_INSIDE = 'erasures.jsonl'
/** The columns' names stand in the first line of a table's file; longer than this is no such line. Bytes. */
const LONGEST_HEAD = 65536

/** Which backup goes where, and with what. */
export interface Restoring {
  readonly file: string
  readonly data: string
  /** The file with the secret key, for a backup that is encrypted. */
  readonly identity?: string | undefined
  /** A register of erasures that is looked at beside those that are found. */
  readonly erasures?: string | undefined
  /** Instead of DATABASE_URL; empty for the folder's own engine. */
  readonly url?: string | undefined
}

/** What is done with the record once it is loaded, before it can be opened. */
export interface RestoreSteps {
  /** Before anything else: what is there now is what was backed up. */
  loaded?(workspace: Workspace, manifest: BackupManifest): Promise<void>
  /** Erase again what was erased since, by the lines of all registers found. */
  eraseAgain?(workspace: Workspace, lines: readonly string[]): Promise<void>
  verify(workspace: Workspace): Promise<readonly { sentence: string }[]>
  /** It is whole, and opens next. */
  restored?(workspace: Workspace): Promise<void>
}

/**
 * Put a backup into an empty record: load it into the schema it was made with, migrate that to this program's, erase again
 * what was erased since, and verify. Only then can the record be opened; a restore that was interrupted can simply be run
 * again. Erasures are looked for in the backup, beside it, in the folder, and where they are named.
 *
 * @throws Refusal `backup_unreadable`, `backup_altered`, `record_newer`, `record_not_empty`, `restore_failed`,
 *   `register_altered`, `identity_missing`, `identity_unfit`
 */
export async function restore(wanted: Restoring, steps: RestoreSteps): Promise<BackupManifest> {
  const { file, data } = wanted
  const plain = await asPlainFile(wanted)
  const at = wanted.url === undefined ? { data } : { data, url: wanted.url }
  try {
    const backup = await openBackup(plain.path)
    try {
      const lines = await registersFor(backup, wanted)
      const folder = openDataFolder(data)
      const mark = restoringMark(folder)
      if (!existsSync(mark)) await mustBeEmpty(at)
      writeFileSync(mark, file, { mode: 0o600 })
      await loadBackup(backup, at).catch((cause: unknown) => {
        throw notLoaded(cause)
      })
      const restored = await openWorkspace({ ...at, restoring: 'the rest', serve: true })
      try {
        await steps.loaded?.(restored, backup.manifest)
        if (lines.length > 0) addToRegister(registerOf(folder), lines)
        await steps.eraseAgain?.(restored, lines)
        const [altered] = await steps.verify(restored)
        if (altered) {
          throw new Refusal(
            'restore_failed',
            `The backup was loaded and does not verify: ${altered.sentence} The record stays closed; restore another backup.`,
          )
        }
        await steps.restored?.(restored)
        rmSync(mark)
        return backup.manifest
      } finally {
        await restored.close()
      }
    } finally {
      backup.close()
    }
  } finally {
    plain.drop()
  }
}

/** What the database will not take (classes 22, 23 and 42 of its codes) is no backup of a whole record. */
function notLoaded(cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (!/^(22|23|42)\w{3}$/.test(code)) return cause
  const sentence = `The database does not take the backup (${code}): its parts do not fit together. The record stays closed; restore another backup.`
  return new Refusal('restore_failed', sentence, {}, { cause })
}

/** An encrypted backup is decrypted into the folder that it goes into anyway: nothing of several GB is held in memory. */
async function asPlainFile({ file, data, identity }: Restoring): Promise<{ path: string; drop(): void }> {
  if (!existsSync(file) || !isAgeFile(file)) return { path: file, drop: () => undefined }
  if (identity === undefined) {
    const sentence = 'This backup is encrypted; name the file with the secret key: --identity KEYFILE.'
    throw new Refusal('identity_missing', sentence)
  }
  const identities = identitiesIn(identity)
  const path = join(openDataFolder(data).run, 'decrypted-backup.zip')
  const drop = () => rmSync(path, { force: true })
  try {
    await decryptInto(file, path, identities)
  } catch (error) {
    drop()
    throw error
  }
  return { path, drop }
}

async function registersFor(backup: BackupFile, { file, data, erasures }: Restoring): Promise<string[]> {
  const inside = backup.names.includes(REGISTER_INSIDE)
    ? linesOf((await buffer(await backup.member(REGISTER_INSIDE))).toString())
    : []
  if (erasures !== undefined && !existsSync(erasures)) {
    const sentence = `There is no register of erasures at ${erasures}; check the name.`
    throw new Refusal('register_altered', sentence)
  }
  const elsewhere = [join(dirname(resolve(file)), REGISTER_BESIDE), registerOf(openDataFolder(data))]
  return [...new Set([...inside, ...[...elsewhere, ...(erasures ? [erasures] : [])].flatMap(readRegister)])]
}

type At = { readonly data: string; readonly url?: string }

async function mustBeEmpty(at: At): Promise<void> {
  const workspace = await openWorkspace({ ...at, serve: true })
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
export async function loadBackup(backup: BackupFile, at: At): Promise<void> {
  const workspace = await openWorkspace({
    ...at,
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
