import { setTimeout as pause } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import { newId } from '../foundation/ids.ts'
import { canonicalJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import type { Workspace } from '../storage/workspace.ts'
import { callRoll } from './call-roll.ts'
import { openCheckpoint, signCheckpoint } from './checkpoint.ts'
import { logKey } from './log-key.ts'
import { organisationsLogged, type ProcessLog, processLog } from './process-log.ts'
import { storeFullTiles } from './tile-store.ts'
import { GrowingTree, leafHash } from './tree.ts'

type Log = Pick<Workspace, 'database' | 'key' | 'actor'>

const SEQUENCER = 7300020
/** Entries placed in one transaction. */
const ROUND = 5000

/**
 * Leave nothing behind: answer for this process's changes in a roll call, and place every entry that waits, so that
 * a checkpoint covers all of it before this returns. `last` where the process ends in order.
 */
export async function settle(
  log: Log,
  {
    last = false,
    process = processLog(log.actor.organisation),
  }: { last?: boolean; process?: ProcessLog } = {},
): Promise<void> {
  await callRoll(log, process, { last })
  for (const organisation of await othersIn(log)) {
    const theirs = { ...log, actor: { ...log.actor, organisation } }
    await callRoll(theirs, processLog(organisation), { last })
  }
  await placeWaiting(log, process)
}

/** Further organisations of this record in whose ledgers this process has changed something. */
async function othersIn({ database, actor }: Log): Promise<string[]> {
  const logged = organisationsLogged().filter((one) => one !== actor.organisation)
  if (logged.length === 0) return []
  const { rows } = await database.owner.query<{ organisation: string }>(
    'select organisation from organisation where organisation = any($1)',
    [logged],
  )
  return rows.map(({ organisation }) => organisation)
}

/**
 * Give every waiting entry its place in the tree, and sign a checkpoint over it. One process sequences at a time;
 * the others wait for it. Where the clock went back, an entry says so before those that were made since.
 */
async function placeWaiting(log: Log, process: ProcessLog): Promise<void> {
  for (;;) {
    const client = await log.database.owner.connect()
    try {
      await client.query('begin')
      // Held to the end of the transaction: places are given one round after another, while writers go on unhindered.
      await client.query('select pg_advisory_xact_lock($1)', [SEQUENCER])
      const round = await placeRound(client, log, process)
      await client.query('commit').catch((error: unknown) => {
        round.undone()
        throw error
      })
      round.done()
      if (round.placed < ROUND) return
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      throw error
    } finally {
      client.release()
    }
    await pause(1)
  }
}

interface Waiting {
  readonly organisation: string
  readonly entry: string
  readonly leaf: string
}

interface Round {
  readonly placed: number
  done(): void
  undone(): void
}

async function placeRound(
  client: PoolClient,
  { key: ours, actor }: Log,
  process: ProcessLog,
): Promise<Round> {
  const { rows } = await client.query<Waiting>(
    `with gone as (
       delete from ledger_inbox where ctid = any (array(
         select ctid from ledger_inbox order by organisation, place limit $1))
       returning organisation, place, entry, leaf)
     select organisation, entry, leaf from gone order by organisation, place`,
    [ROUND],
  )
  const clock = await readClock(client, { organisation: actor.organisation, process })
  const all = clock.entry ? [clock.entry, ...rows] : rows
  const grown: [string, GrowingTree][] = []
  for (const organisation of new Set(all.map((row) => row.organisation))) {
    const waiting = all.filter((row) => row.organisation === organisation)
    const key = logKey(ours, organisation)
    const tree = await treeOf(client, { organisation, key })
    const first = tree.size
    for (const { leaf } of waiting) tree.append(leafHash(leaf))
    await client.query(
      `insert into ledger_entry (organisation, index, entry, leaf)
       select $1, $2 + r.n - 1, r.entry, r.leaf
         from unnest($3::text[], $4::text[]) with ordinality as r(entry, leaf, n)`,
      [organisation, first, waiting.map(({ entry }) => entry), waiting.map(({ leaf }) => leaf)],
    )
    await storeFullTiles(client, { organisation, size: tree.size })
    await client.query(
      'insert into ledger_checkpoint (organisation, size, at, note) values ($1, $2, now(), $3)',
      [organisation, tree.size, signCheckpoint({ size: tree.size, root: tree.root() }, key)],
    )
    grown.push([organisation, tree])
  }
  return {
    placed: rows.length,
    done() {
      for (const [organisation, tree] of grown) trees.set(organisation, tree)
      clock.done()
    },
    undone: () => clock.undone(),
  }
}

/** The entry that a jump backwards of the clock makes, if there was one since the last round. */
async function readClock(
  client: PoolClient,
  { organisation, process }: { organisation: string; process: ProcessLog },
): Promise<{ entry: Waiting | null; done(): void; undone(): void }> {
  const { rows } = await client.query<{ leaf: string }>(
    'select leaf from ledger_entry where organisation = $1 order by index desc limit 1',
    [organisation],
  )
  const { at }: { at?: string } = JSON.parse(rows[0]?.leaf ?? '{}')
  const reading = process.watch.read(at === undefined ? null : Date.parse(at))
  const done = () => process.watch.accept(reading)
  if (reading.before === null) return { entry: null, done, undone: () => undefined }
  const number = process.next()
  const entry = newId('entry')
  const leaf = canonicalJson({
    v: 1,
    type: 'clock',
    entry,
    at: new Date(reading.now).toISOString(),
    process: process.process,
    number,
    before: new Date(reading.before).toISOString(),
  })
  return {
    entry: { organisation, entry, leaf },
    done() {
      done()
      process.settle(number, 'committed')
    },
    undone: () => process.settle(number, 'void'),
  }
}

/** Trees as this process left them; another process may have placed more since. */
const trees = new Map<string, GrowingTree>()

/** @throws Refusal `ledger_altered` */
async function treeOf(
  client: PoolClient,
  { organisation, key }: { organisation: string; key: Workspace['key'] },
): Promise<GrowingTree> {
  const { rows: placed } = await client.query<{ size: number; note: string | null }>(
    `select (select count(*)::int from ledger_entry where organisation = $1) as size,
            (select note from ledger_checkpoint where organisation = $1 order by size desc limit 1) as note`,
    [organisation],
  )
  const known = trees.get(organisation)
  const root = known?.root().toString('base64')
  // A record put back to an earlier state may have as many entries as before, and others.
  if (known && known.size === placed[0]?.size && placed[0].note?.split('\n')[2] === root) return known.copy()
  // Never sign on top of what no checkpoint of ours covers: that would make an altered ledger look whole again.
  const checkpoint = placed[0]?.note ? openCheckpoint(placed[0].note, key) : null
  const tree = new GrowingTree()
  const { rows } = await client.query<{ leaf: string }>(
    'select leaf from ledger_entry where organisation = $1 order by index',
    [organisation],
  )
  const size = checkpoint?.size ?? 0
  let signed = tree.root()
  for (const [place, { leaf }] of rows.entries()) {
    tree.append(leafHash(leaf))
    if (place + 1 === size) signed = tree.root()
  }
  if (rows.length > 0 && !checkpoint?.root.equals(signed)) {
    throw new Refusal(
      'ledger_altered',
      'The ledger was altered outside this program, so no new entry is given its place; run "rapporteur verify" and restore a backup.',
    )
  }
  return tree
}

/** Place entries once a second until stopped; for a process that serves. Failures are told to `report` and tried again. */
export function keepPlacing(log: Log, report: (error: unknown) => void): () => Promise<void> {
  const stopping = new AbortController()
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await settle(log).catch(report)
      await pause(1000, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  })()
  return async () => {
    stopping.abort()
    await running
  }
}
