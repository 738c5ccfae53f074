import type { PoolClient } from 'pg'
import { SCHEMA } from './migrate.ts'

/**
 * Of one machine alone: never backed up, never restored. Whoever reads a backup finds no session in it, no link that is
 * still open, and nobody's tries to sign in. Accounts and passkeys are in it: people sign in after a restore as before.
 */
const OF_THIS_MACHINE = ['session', 'context_key', 'invitation', 'reset_proposal', 'attempt', 'attempt_salt']

/** All tables of the record that a backup holds, in an order in which rows point only at rows of tables before; by name where that leaves a choice. */
export async function tablesInOrder(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string; needs: string[] }>(
    `select c.relname as name,
            array(select distinct f.relname::text from pg_constraint k join pg_class f on f.oid = k.confrelid
                   where k.conrelid = c.oid and k.contype = 'f' and f.oid <> c.oid) as needs
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = $1 and c.relkind = 'r' and c.relname <> 'migration' and not c.relname = any($2) order by c.relname`,
    [SCHEMA, OF_THIS_MACHINE],
  )
  const ordered = new Set<string>()
  while (ordered.size < rows.length) {
    const next = rows.find(({ name, needs }) => !ordered.has(name) && needs.every((one) => ordered.has(one)))
    if (!next) throw new Error('Tables of the record point at each other in a circle.')
    ordered.add(next.name)
  }
  return [...ordered]
}

/** Tables of this machine alone, those that the record's schema has. */
export async function tablesOfThisMachine(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'select tablename as name from pg_tables where schemaname = $1 and tablename = any($2) order by 1',
    [SCHEMA, OF_THIS_MACHINE],
  )
  return rows.map(({ name }) => name)
}

/** Columns that are stored and not generated, quoted, in the table's order. */
export async function columnsOf(client: PoolClient, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select column_name as name from information_schema.columns
      where table_schema = $1 and table_name = $2 and is_generated = 'NEVER' order by ordinal_position`,
    [SCHEMA, table],
  )
  return rows.map(({ name }) => `"${name}"`)
}

/** Columns that count by themselves: after rows were loaded their counters go on behind the highest. */
export async function countersOf(client: PoolClient): Promise<{ table: string; column: string }[]> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `select table_name as "table", column_name as "column" from information_schema.columns
      where table_schema = $1 and is_identity = 'YES' order by 1`,
    [SCHEMA],
  )
  return rows
}

/**
 * Tables that backups leave out, and the statement that fills each again once the others are loaded: the stemmers of
 * another server may reduce words otherwise.
 */
export const MADE_AGAIN: Readonly<Record<string, string>> = {
  line_index: `insert into line_index (organisation, level, "case", line, words)
    select organisation, level, "case", id, to_tsvector(config, search_fold(text)) from searched`,
}
