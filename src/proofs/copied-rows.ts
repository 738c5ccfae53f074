import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Pool, PoolClient } from 'pg'
import { from, to } from 'pg-copy-streams'
import { timed } from './figure.ts'

export interface Copied {
  readonly rows: number
  /** Milliseconds that COPY takes into tables with the same indexes. */
  readonly ms: number
}

interface Table {
  readonly name: string
  readonly columns: string
  readonly bytes: Buffer
}

/** How many rows there are in every table, by its name. */
export async function rowCounts(owner: Pool): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const name of await tableNames(owner)) {
    const { rows } = await owner.query<{ n: number }>(`select count(*)::int as n from "${name}"`)
    counts.set(name, rows[0]?.n ?? 0)
  }
  return counts
}

/**
 * COPY every row of every table, or those that came since, into empty tables that have the same columns and indexes, in
 * one transaction on the same engine: the limit of any import.
 *
 * @param before rows that were there before, by table; tables only grow at their end while this is measured
 */
export async function copyRows(
  owner: Pool,
  before: ReadonlyMap<string, number> = new Map(),
): Promise<Copied> {
  const client = await owner.connect()
  const schema = `copied_${randomBytes(4).toString('hex')}`
  try {
    const now = await rowCounts(owner)
    const grown = [...now].filter(([name, n]) => n > (before.get(name) ?? 0))
    const tables = await Promise.all(
      grown.map(([name, n]) => readTable(owner, { name, newest: n - (before.get(name) ?? 0) })),
    )
    await client.query(`create schema ${schema}`)
    for (const { name } of tables)
      await client.query(`create table ${schema}."${name}" (like "${name}" including all)`)
    let rows = 0
    const ms = await timed(async () => {
      await client.query('begin')
      for (const { name, columns, bytes } of tables) {
        const into = client.query(from(`copy ${schema}."${name}" (${columns}) from stdin`))
        await pipeline(Readable.from([bytes], { objectMode: false }), into)
        rows += into.rowCount
      }
      await client.query('commit')
    })
    return { rows, ms }
  } finally {
    await client.query(`drop schema if exists ${schema} cascade`)
    client.release()
  }
}

async function tableNames(owner: Pool): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'r'
      order by oid`,
  )
  return rows.map(({ name }) => name)
}

async function readTable(owner: Pool, { name, newest }: { name: string; newest: number }): Promise<Table> {
  const client: PoolClient = await owner.connect()
  try {
    const { rows } = await client.query<{ columns: string }>(
      `select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
        where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
      [`"${name}"`],
    )
    const columns = rows[0]?.columns ?? ''
    const chunks: Buffer[] = []
    const out = client.query(
      to(`copy (select ${columns} from "${name}" order by ctid desc limit ${newest}) to stdout`),
    )
    for await (const chunk of out) chunks.push(chunk as Buffer)
    return { name, columns, bytes: Buffer.concat(chunks) }
  } finally {
    client.release()
  }
}
