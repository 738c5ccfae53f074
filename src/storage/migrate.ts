import { readdirSync, readFileSync } from 'node:fs'
import type { PoolClient } from 'pg'
import { sha256Hex } from '../foundation/hashing.ts'
import { Refusal } from '../foundation/refusal.ts'

const FOLDER = new URL('./migrations/', import.meta.url)
export const SCHEMA = 'rapporteur'

/** The one forward-only sequence: number, name, text. */
export function migrations(): { number: number; name: string; sql: string; sha256: string }[] {
  return readdirSync(FOLDER)
    .filter((name) => /^\d{4}-.*\.sql$/.test(name))
    .sort()
    .map((name) => {
      const sql = readFileSync(new URL(name, FOLDER), 'utf8')
      return { number: Number(name.slice(0, 4)), name, sql, sha256: sha256Hex(sql) }
    })
}

/** The number of the schema that this program works with. */
export function newestMigration(): number {
  return migrations().at(-1)?.number ?? 0
}

/**
 * Bring the record to this program's schema, as the owner; the caller holds a lock that lets one process in at a
 * time. True where something was migrated. `before` runs where a record that was made earlier is about to be
 * changed; `upTo` stops at an earlier schema, for a restore.
 *
 * @throws Refusal `record_newer` where the record was made by a newer program, `migration_changed` where a released
 *   migration is no longer what it was
 */
export async function migrate(
  client: PoolClient,
  {
    upTo = newestMigration(),
    before = async () => undefined,
  }: { upTo?: number; before?: (from: number, to: number) => Promise<void> } = {},
): Promise<boolean> {
  await client.query(`create schema if not exists ${SCHEMA}`)
  await client.query(
    'create table if not exists migration (number integer primary key, name text not null, sha256 text not null, at timestamptz not null default now())',
  )
  const known = migrations().filter(({ number }) => number <= upTo)
  const { rows: done } = await client.query<{ number: number; sha256: string }>(
    'select number, sha256 from migration order by number',
  )
  if ((done.at(-1)?.number ?? 0) > (known.at(-1)?.number ?? 0)) {
    throw new Refusal(
      'record_newer',
      'This record was made by a newer version of the program; install that version or a later one.',
    )
  }
  const missing = known.filter((one) => !done.some(({ number }) => number === one.number))
  for (const { number, sha256 } of done) {
    const ours = known.find((one) => one.number === number)
    if (ours?.sha256 !== sha256) {
      throw new Refusal(
        'migration_changed',
        `Migration ${number} is not the one this record was made with; install the program again.`,
      )
    }
  }
  const from = done.at(-1)?.number
  if (from !== undefined && missing.length > 0) await before(from, upTo)
  for (const one of missing) {
    await client.query('begin')
    try {
      await client.query('insert into migration (number, name, sha256) values ($1, $2, $3)', [
        one.number,
        one.name,
        one.sha256,
      ])
      await client.query(one.sql)
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    }
  }
  return missing.length > 0
}

const INSERT_ONLY = ['revision', 'ledger_inbox']
const READ_ONLY = [
  'migration',
  'organisation',
  'ledger_entry',
  'ledger_tile',
  'ledger_checkpoint',
  'opening',
  'export',
  'visibility_class',
  'consent_use',
]
/** For the owner alone: what proves who asks. */
const HIDDEN = [
  'session',
  'context_key',
  'context_code',
  'concerning',
  'account',
  'passkey',
  'invitation',
  'attempt',
  'attempt_salt',
  'erase_records',
  'write_use',
  'erase_people',
]
const NO_DELETE = [
  'person',
  'setting',
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
  'membership',
  'case_file',
  'access',
  'level_change',
  'interlocutor',
  'helper',
  'consent_grant',
  'public_reason',
  'concern',
  'consent_task',
  'interview',
  'sensitive_form',
  'training',
  'erasure',
  'data_request',
  'breach',
  'processing',
  'review',
]

/** Give the runtime role what serving people needs, and nothing that could alter or empty a table. */
export async function grantRuntime(owner: PoolClient, role: string): Promise<void> {
  const { rows } = await owner.query<{ name: string }>(
    'select tablename as name from pg_tables where schemaname = $1',
    [SCHEMA],
  )
  const open = rows.filter(({ name }) => !HIDDEN.includes(name))
  const grants = open.map(({ name }) => {
    const rights = READ_ONLY.includes(name)
      ? 'select'
      : INSERT_ONLY.includes(name)
        ? 'select, insert'
        : NO_DELETE.includes(name)
          ? 'select, insert, update'
          : 'select, insert, update, delete'
    return `grant ${rights} on ${SCHEMA}.${name} to ${role};`
  })
  const { rows: functions } = await owner.query<{ signature: string }>(
    `select p.oid::regprocedure::text as signature from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = $1 and not p.proname = any($2)`,
    [SCHEMA, HIDDEN],
  )
  const runs = functions.map(({ signature }) => `grant execute on function ${signature} to ${role};`)
  // What an earlier version of the program granted and this one does not is taken back.
  await owner.query(`revoke all on all tables in schema ${SCHEMA} from ${role}`)
  await owner.query(`grant usage on schema ${SCHEMA} to ${role}; ${grants.join(' ')} ${runs.join(' ')}`)
}
