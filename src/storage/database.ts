import type { Pool, PoolClient, QueryResultRow } from 'pg'
import { isRefusal, Refusal } from '../foundation/refusal.ts'
import type { Actor, Role, Scope, SessionKind } from '../protection/actor.ts'

/**
 * One transaction as one actor, whose roles and compartments are what the database answered on entering: row security
 * sees them until it ends. The only way to reach the tables while serving people.
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
  // An opened case is written down in the transaction that reads it.
  const mode = actor.cases.length > 0 ? '' : ' read only'
  return inTransaction(database.runtime, actor, `begin isolation level repeatable read${mode}`, work)
}

/**
 * One transaction of the owner, in the name of `actor`, whom nobody proves: for what is done at the machine's own terminal,
 * by whoever can read the whole record anyway.
 */
export async function asOwner<Result>(
  database: Database,
  actor: Actor,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  return inTransaction(database.owner, actor, 'begin', work, async () => actor)
}

/** What leaves: a package, an original. Named as the auditor reads it; never its content. */
export interface Outgoing {
  readonly kind: 'package' | 'original'
  /** Which: an id. */
  readonly output: string
  /** The class of recipients, where it was asked, and whether it can be called back from them. Never a name. */
  readonly to?: { readonly recipient: string; readonly recallable: boolean }
}

/**
 * The same for reading what leaves: that it left is written down in the transaction that reads it, and where it is refused
 * or fails neither happens.
 */
export async function exportAs<Result>(
  database: Database,
  actor: Actor,
  { kind, output, to }: Outgoing,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  return inTransaction(database.runtime, actor, 'begin isolation level repeatable read', async (tx) => {
    const result = await work(tx)
    await tx.query('select log_export($1, $2, $3, $4)', [
      kind,
      output,
      actor.doing ?? '',
      JSON.stringify(to ?? {}),
    ])
    return result
  })
}

async function inTransaction<Result>(
  pool: Pool,
  actor: Actor,
  begin: string,
  work: (tx: Tx) => Promise<Result>,
  entering = enter,
): Promise<Result> {
  const client = await pool.connect().catch((error: unknown) => {
    throw understood(error)
  })
  const committed: (() => void)[] = []
  const rolledBack: (() => void)[] = []
  let broken: Error | undefined
  try {
    await client.query(begin)
    const tx: Tx = {
      actor: await entering(client, actor),
      client,
      query: async (sql, values) => (await client.query(sql, values as unknown[])).rows,
      afterCommit: (run) => void committed.push(run),
      afterRollback: (run) => void rolledBack.push(run),
    }
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

interface Entered {
  readonly organisation: string
  readonly person: string
  readonly roles: readonly Role[]
  readonly compartments: readonly string[]
  readonly opened: readonly string[]
  readonly kind: SessionKind
  readonly scopes: readonly Scope[] | null
  readonly proved: boolean
}

/**
 * Prove to the database who asks. What it answers is what counts: a role that was taken away is gone with the next
 * transaction. The setting it makes ends with the transaction; one that outlived it would hand these rights to the next
 * user of the pool.
 *
 * @throws Refusal `signed_out`, `not_there` where a case is asked for that is not there for this person
 */
async function enter(client: PoolClient, actor: Actor): Promise<Actor> {
  const { rows } = await client.query<{ entered: Entered }>('select enter($1, $2, $3) as entered', [
    actor.pass,
    actor.cases,
    actor.doing ?? '',
  ])
  const entered = rows[0]?.entered
  if (entered?.organisation !== actor.organisation || entered.person !== actor.person) throw signedOut()
  if (entered.opened.length < new Set(actor.cases).size) {
    throw new Refusal('not_there', 'There is no such case; look whether its address is right.')
  }
  const { roles, compartments, kind, scopes, proved } = entered
  return { ...actor, roles, compartments, kind, scopes, proved }
}

function signedOut(cause?: unknown): Refusal {
  return new Refusal('signed_out', 'Your session has ended; sign in again.', {}, { cause })
}

/** Codes of PostgreSQL (appendix A of its manual): what was written meanwhile, and characters that it cannot hold. */
const MEANWHILE = ['23505', '40001', '40P01', '55P03']
const NO_PASS = '28000'
const UNSTORABLE = ['22021', '22P05']
/** The engine is stopping, crashed, or not reachable; Node's codes where there is no answer at all. */
const GONE = ['57P01', '57P02', '57P03', '08000', '08003', '08006', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE']

/** A failure of the database as a refusal, where a person can do something about it; anything else as it came. */
export function understood(error: unknown): unknown {
  if (!(error instanceof Error) || isRefusal(error)) return error
  const code = 'code' in error ? String(error.code) : ''
  const unreachable = code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect'
  if (code === NO_PASS) return signedOut(error)
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
