import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { newId } from '../foundation/ids.ts'
import { openDataFolder } from './data-folder.ts'
import { type Engine, engineAt } from './engine.ts'
import { BEAT_EVERY, isSamePlace, placeHere, readHeartbeat, writeHeartbeat } from './heartbeat.ts'
import { IN_USE, KEEPING, RECORD } from './locks.ts'

/** Rounds without anybody in the record before the engine is stopped: those who used it were killed. */
const ROUNDS_ALONE = 3
/** Rounds to wait for the record's database to be made; after them its maker is taken for dead. */
const ROUNDS_TO_BE_MADE = 60

/**
 * Keep the engine of a data folder: beat for it while it runs, stop it when nobody uses it any more, and stop it at
 * once where another machine has taken the folder over meanwhile (this one was suspended, or its disk was away).
 * Ends with the engine.
 */
export async function keepEngine(data: string): Promise<void> {
  const folder = openDataFolder(data)
  const engine = engineAt(folder)
  const client = await connected(engine)
  if (!client) return
  let isOver = false
  for (const ending of ['error', 'end'] as const) {
    client.on(ending, () => {
      isOver = true
    })
  }
  const me = { ...placeHere(), by: newId('process'), isKeeper: true }
  try {
    if (!(await tryLock(client, KEEPING))) return
    let alone = 0
    for (let beat = 1; !isOver; beat += 1) {
      const there = readHeartbeat(folder)
      if (there && !isSamePlace(there, me)) return await engine.stop('at once')
      writeHeartbeat(folder, { ...me, beat, at: new Date().toISOString() })
      alone = (await isUsed(client)) ? 0 : alone + 1
      // With the lock in hand nobody can come in while the engine stops; whoever tries starts it again.
      if (alone >= ROUNDS_ALONE && (await tryLock(client, IN_USE))) return await engine.stop()
      await pause(BEAT_EVERY)
    }
  } catch (error) {
    // The engine went away in the middle of a question; its keeper goes with it.
    if (!isOver) throw error
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** A connection to the record's database, which the first command is just making; null where the engine is gone. */
async function connected(engine: Engine): Promise<pg.Client | null> {
  const { host, user, password } = engine
  for (let round = 0; round < ROUNDS_TO_BE_MADE; round += 1) {
    const client = new pg.Client({ host, user, password, database: RECORD })
    try {
      await client.connect()
      return client
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null
      if (code !== '3D000' && code !== '57P03') return null
      await pause(BEAT_EVERY / 4)
    }
  }
  await engine.stop()
  return null
}

async function tryLock(client: pg.Client, lock: number): Promise<boolean> {
  const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [lock])
  return rows[0]?.got ?? false
}

/** Looked up and not tried: trying would make the last command believe that somebody else is there. */
async function isUsed(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ used: boolean }>(
    `select exists (select 1 from pg_locks where locktype = 'advisory' and objid = $1
       and database = (select oid from pg_database where datname = current_database())) as used`,
    [IN_USE],
  )
  return rows[0]?.used ?? true
}
