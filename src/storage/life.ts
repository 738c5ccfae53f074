import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { Refusal } from '../foundation/refusal.ts'
import type { DataFolder } from './data-folder.ts'
import { type Engine, ensureKeeper } from './engine.ts'
import { IN_USE, SERVING } from './locks.ts'

/** Milliseconds between two looks at the connection of a serving process, and within which it must answer. */
const LOOK_EVERY = 5000
const ANSWER_WITHIN = 15_000

/** One process's stay in a record: a connection held from the first to the last moment, and the locks on it. */
export interface Life {
  /** Resolves when the connection was lost, and with it the locks; never where it was left in order. */
  readonly lost: Promise<Refusal>
  /** Leave the engine to whoever else uses it; the last one stops it. */
  leave(): Promise<void>
}

/**
 * Enter a record.
 *
 * @throws Refusal `already_running` where `serve` is asked and another process serves it
 */
export async function enter(
  config: pg.ClientConfig,
  { engine, folder, serve }: { engine: Engine | null; folder: DataFolder; serve: boolean },
): Promise<Life> {
  const client = new pg.Client({ ...config, keepAlive: true })
  let hasLeft = false
  const lost = new Promise<Refusal>((resolve) => {
    const gone = () => {
      if (!hasLeft) resolve(databaseLost())
    }
    client.on('error', gone)
    client.on('end', gone)
  })
  await client.connect()
  const looking = new AbortController()
  const leave = async () => {
    hasLeft = true
    looking.abort()
    const alone = await isLast(client)
    // Stopped while the lock is held: whoever comes in now waits for it, is sent away, and starts the engine again.
    if (alone && engine) await engine.stop()
    await client.end().catch(() => undefined)
  }
  try {
    await client.query('select pg_advisory_lock_shared($1)', [IN_USE])
    if (serve) {
      await claimServing(client)
      const keep = engine ? () => ensureKeeper(folder) : () => undefined
      void lookOn(client, { keep, signal: looking.signal })
    }
    return { lost, leave }
  } catch (error) {
    await leave()
    throw error
  }
}

function databaseLost(): Refusal {
  return new Refusal(
    'database_lost',
    'The connection to the database was lost, and with it the right to serve this record; nothing acknowledged is lost. Start again.',
  )
}

async function claimServing(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [SERVING])
  if (!rows[0]?.got) {
    throw new Refusal(
      'already_running',
      'This record is being served already; use the address that the other window printed, or stop it there first.',
    )
  }
}

async function isLast(client: pg.Client): Promise<boolean> {
  try {
    await client.query('select pg_advisory_unlock_shared($1)', [IN_USE])
    const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [IN_USE])
    return rows[0]?.got ?? false
  } catch {
    // The engine is gone already.
    return false
  }
}

/** A server behind a network that fell silent says nothing; it has to be asked. */
async function lookOn(
  client: pg.Client,
  { keep, signal }: { keep: () => void; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    await pause(LOOK_EVERY, undefined, { signal, ref: false }).catch(() => undefined)
    if (signal.aborted) return
    const silence = setTimeout(() => client.connection.stream.destroy(), ANSWER_WITHIN)
    try {
      await client.query('select 1')
      keep()
    } catch {
      return
    } finally {
      clearTimeout(silence)
    }
  }
}
