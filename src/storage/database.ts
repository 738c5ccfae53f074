import type { Pool, PoolClient, QueryResultRow } from 'pg'
import type { Actor } from '../protection/actor.ts'

/**
 * One transaction as one actor: row security sees the actor's organisation until it ends.
 * The only way to reach the tables while serving people.
 */
export interface Tx {
  readonly actor: Actor
  query<Row extends QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>
  /** For COPY and cursors only. */
  readonly client: PoolClient
  /** Runs after COMMIT was acknowledged; not at all after a rollback. */
  afterCommit(run: () => void): void
  /** Runs after a rollback. */
  afterRollback(run: () => void): void
}

export interface Database {
  /** Connections of the runtime role: row security applies, no DDL, no truncate. */
  readonly runtime: Pool
  /** Connections of the owner role, for migrations, the sequencer, verify and backup alone. */
  readonly owner: Pool
  close(): Promise<void>
}

/**
 * Run `work` in one transaction (read committed) as `actor`. Commits when it resolves, rolls back when it throws.
 */
export async function asActor<Result>(
  database: Database,
  actor: Actor,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  return inTransaction(database.runtime, actor, 'begin', work)
}

/** The same for reading alone: one snapshot for the whole of `work`, and any write is refused by the database. */
export async function readAs<Result>(
  database: Database,
  actor: Actor,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  return inTransaction(database.runtime, actor, 'begin isolation level repeatable read read only', work)
}

async function inTransaction<Result>(
  pool: Pool,
  actor: Actor,
  begin: string,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  const committed: (() => void)[] = []
  const rolledBack: (() => void)[] = []
  const tx: Tx = {
    actor,
    client,
    query: async (sql, values) => (await client.query(sql, values as unknown[])).rows,
    afterCommit: (run) => void committed.push(run),
    afterRollback: (run) => void rolledBack.push(run),
  }
  let broken: Error | undefined
  try {
    await client.query(begin)
    // Transaction-local on purpose: a setting that outlived it would hand these rights to the next user of the pool.
    await client.query("select set_config('rapporteur.organisation', $1, true)", [actor.organisation])
    const result = await work(tx)
    await client.query('commit')
    for (const run of committed) run()
    return result
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure
    })
    for (const run of rolledBack) run()
    throw error
  } finally {
    client.release(broken)
  }
}
