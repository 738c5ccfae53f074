import { existsSync, readdirSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { DataFolder } from './data-folder.ts'
import type { Database } from './database.ts'
import { engineAt } from './engine.ts'
import { RECORD } from './locks.ts'
import { SCHEMA } from './migrate.ts'
import { isKeptHere } from './record-mark.ts'

/** What a clean-up cannot do, and why; each has its words on screen. */
export type CleaningLimit =
  | 'old_readers'
  | 'checkpoint'
  | 'log_segments'
  | 'engine_log'
  | 'statistics'
  | 'elsewhere'

/** How far a clean-up has come: the table it is at, or the last part. */
export interface CleaningStep {
  readonly done: number
  readonly of: number
  readonly what: string
}

export interface Cleaned {
  readonly tables: number
  /** Bytes that the database had before. */
  readonly bytes: number
  readonly milliseconds: number
  readonly limits: readonly CleaningLimit[]
}

/** Bytes a second that two cores write anew at least, for the time stated before. */
export const CLEANS_PER_SECOND = 20 * 1024 * 1024
/** Nothing of what people wrote stands in these. */
const WITHOUT_CONTENT = [
  'migration',
  'ledger_inbox',
  'ledger_entry',
  'ledger_tile',
  'ledger_checkpoint',
  'session',
  'context_key',
  'opening',
  'visibility_class',
]
/** Milliseconds that a table is waited for at a time, and rounds of it; meanwhile people's requests wait too. */
const WAIT_FOR_TABLE = 20_000
const ROUNDS = 6
/** No log has more segments (16 MB each) than this. */
const MOST_SEGMENTS = 256

type Client = Pick<pg.Client, 'query' | 'on' | 'off'>

/**
 * Bytes that a clean-up writes anew, at most. Not asked of the tables one by one: that would wait for the one that is just
 * being written anew.
 */
export async function bytesToClean({ client }: { client: Client }): Promise<number> {
  const { rows } = await client.query<{ bytes: string }>(
    'select pg_database_size(current_database())::text as bytes',
  )
  return Number(rows[0]?.bytes ?? 0)
}

/**
 * Take what was erased out of the database's files: every table with content is written anew with its indexes, the
 * planner's samples of it too, the log of changes goes on in segments of its own and the earlier ones are removed, and the
 * engine's log is emptied. A disk may keep the freed blocks until something else is written there; nothing here overwrites
 * them. On a server that is not ours some of it cannot be done, which is said and not hidden.
 */
export async function cleanUp(
  { database, folder }: { database: Database; folder: DataFolder },
  report: (step: CleaningStep) => void = () => undefined,
): Promise<Cleaned> {
  const began = performance.now()
  const ours = isKeptHere(folder)
  const limits = new Set<CleaningLimit>(ours ? [] : ['elsewhere', 'engine_log'])
  const { client, end } = ours ? await asSuperuser(folder) : await asOwner(database)
  try {
    const bytes = await bytesToClean({ client })
    const { rows } = await client.query<{ name: string }>(
      'select tablename as name from pg_tables where schemaname = $1 and not tablename = any($2) order by 1',
      [SCHEMA, WITHOUT_CONTENT],
    )
    const of = rows.length + 2
    for (const [done, { name }] of rows.entries()) {
      report({ done, of, what: name })
      if (!(await writtenAnew(client, `${SCHEMA}.${name}`))) limits.add('old_readers')
    }
    report({ done: rows.length, of, what: 'statistics' })
    await attempt(
      () => client.query('vacuum full pg_statistic'),
      () => limits.add('statistics'),
    )
    report({ done: rows.length + 1, of, what: 'log' })
    await attempt(
      () => client.query('checkpoint'),
      () => limits.add('checkpoint'),
    )
    await attempt(
      () => renewLog(client),
      () => limits.add('log_segments'),
    )
    if (ours) emptyEngineLog(folder)
    report({ done: of, of, what: 'log' })
    return {
      tables: rows.length,
      bytes,
      milliseconds: Math.round(performance.now() - began),
      limits: [...limits],
    }
  } finally {
    await end()
  }
}

interface Held {
  readonly client: Client
  end(): Promise<void>
}

async function asOwner({ owner }: Database): Promise<Held> {
  const client = await owner.connect()
  return { client, end: async () => client.release() }
}

async function asSuperuser(folder: DataFolder): Promise<Held> {
  const { host, user, password } = engineAt(folder)
  const client = new pg.Client({ host, user, password, database: RECORD })
  client.on('error', () => undefined)
  await client.connect()
  return { client, end: () => client.end() }
}

/**
 * Rows that somebody's earlier snapshot may still read are carried over, so it is done again until none is. Also read anew
 * are the planner's samples, which hold values of rows that are gone.
 */
async function writtenAnew(client: Client, table: string): Promise<boolean> {
  let kept = 0
  const hear = ({ message, detail }: { message?: string | undefined; detail?: string | undefined }) => {
    const found = /(\d+) dead row versions? cannot be removed yet/.exec(`${message ?? ''} ${detail ?? ''}`)
    if (found) kept += Number(found[1])
  }
  client.on('notice', hear)
  try {
    await client.query(`set lock_timeout = ${WAIT_FOR_TABLE}`)
    for (let round = 1; round <= ROUNDS; round += 1) {
      kept = 0
      const got = await client.query(`vacuum (full, analyze, verbose) ${table}`).then(
        () => true,
        (error: unknown) => {
          if (codeOf(error) !== '55P03') throw error
          return false
        },
      )
      if (got && kept === 0) return true
      await pause(round * 250)
    }
    return false
  } finally {
    client.off('notice', hear)
    await client.query('reset lock_timeout')
  }
}

/**
 * A segment that is no longer needed may lie ready to be used again, with all that was in it. Each is gone through (the
 * engine fills the rest of it with zeros), and the next checkpoint removes those that are behind.
 */
async function renewLog(client: Client): Promise<void> {
  for (let n = 0; n < MOST_SEGMENTS; n += 1) {
    await client.query("select pg_logical_emit_message(false, 'rapporteur', 'erased')")
    await client.query('select pg_switch_wal()')
    const { rows } = await client.query<{ ahead: number }>(
      `select count(*)::int as ahead from pg_ls_waldir()
        where name ~ '^[0-9A-F]{24}$' and name > pg_walfile_name(pg_current_wal_insert_lsn())`,
    )
    if (rows[0]?.ahead === 0) break
  }
  await client.query("select pg_logical_emit_message(false, 'rapporteur', 'erased')")
  await client.query('checkpoint')
}

function emptyEngineLog(folder: DataFolder): void {
  const log = join(folder.database, 'log')
  if (existsSync(log)) truncateSync(log)
}

async function attempt(work: () => Promise<unknown>, failed: () => void): Promise<void> {
  await work().catch((error: unknown) => {
    // Not ours to do: the role may not, or the server does not offer it.
    if (!['42501', '42883', '0A000'].includes(codeOf(error))) throw error
    failed()
  })
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** Files of the data folder that people or earlier backups left there, which no clean-up touches. */
export function filesToLookAt(folder: DataFolder): string[] {
  const ours = ['rapporteur.json', 'record.json', 'erasures.jsonl', 'backup-places.json']
  return readdirSync(folder.root, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isFile()) return ours.includes(entry.name) ? [] : [entry.name]
    if (['database', 'originals', 'keys', 'run', 'receipts'].includes(entry.name)) return []
    return readdirSync(join(folder.root, entry.name), { withFileTypes: true }).flatMap((below) =>
      below.isFile() ? [`${entry.name}/${below.name}`] : [`${entry.name}/${below.name}/`],
    )
  })
}
