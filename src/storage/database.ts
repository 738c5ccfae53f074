import type { Pool, PoolClient, QueryResultRow } from 'pg'
import { isRefusal, Refusal } from '../foundation/refusal.ts'
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
  const client = await pool.connect().catch((error: unknown) => {
    throw understood(error)
  })
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
    throw understood(error)
  } finally {
    client.release(broken)
  }
}

/** Codes of PostgreSQL (appendix A of its manual): what was written meanwhile, and characters that it cannot hold. */
const MEANWHILE = ['23505', '40001', '40P01']
const UNSTORABLE = ['22021', '22P05']
/** The engine is stopping, crashed, or not reachable; Node's codes where there is no answer at all. */
const GONE = ['57P01', '57P02', '57P03', '08000', '08003', '08006', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE']

/** A failure of the database as a refusal, where a person can do something about it; anything else as it came. */
function understood(error: unknown): unknown {
  if (!(error instanceof Error) || isRefusal(error)) return error
  const code = 'code' in error ? String(error.code) : ''
  const unreachable = code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect'
  if (UNSTORABLE.includes(code)) {
    const sentence =
      'A text holds a NUL or half a character, which no database can keep; remove it and try again.'
    return new Refusal('text_unstorable', sentence, {}, { cause: error })
  }
  if (MEANWHILE.includes(code)) {
    const sentence = 'Somebody else changed this in the meantime; open it again and repeat your change.'
    return new Refusal('changed_meanwhile', sentence, {}, { cause: error })
  }
  if (
    GONE.includes(code) ||
    unreachable ||
    /^Connection terminated|Client has encountered a connection error/.test(error.message)
  ) {
    const sentence =
      'The database stopped while this was under way; when it runs again, look whether it was recorded before you repeat it.'
    return new Refusal('database_gone', sentence, {}, { cause: error })
  }
  return error
}
