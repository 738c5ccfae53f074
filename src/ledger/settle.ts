import { setTimeout as pause } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import { sha256Hex } from '../foundation/hashing.ts'
import { newId } from '../foundation/ids.ts'
import { canonicalJson } from '../foundation/json.ts'
import type { Workspace } from '../storage/workspace.ts'
import { signCheckpoint } from './checkpoint.ts'
import { type ProcessLog, processLog } from './process-log.ts'
import { GrowingTree, leafHash } from './tree.ts'

type Log = Pick<Workspace, 'database' | 'key' | 'actor'>

const SEQUENCER = 7300020
/** Entries placed in one transaction. */
const ROUND = 5000

/** Hash of this process's last roll call, so that each names the one before. */
let lastCall: string | null = null

/**
 * Leave nothing behind: answer for this process's changes in a roll call, and place every entry that waits, so that
 * a checkpoint covers all of it before this returns.
 */
export async function settle(log: Log): Promise<void> {
  await callRoll(log, processLog())
  await placeWaiting(log)
}

/** Put the roll call into the inbox, if anything was settled since the last one. */
export async function callRoll({ database, actor }: Log, process: ProcessLog): Promise<void> {
  const answer = process.answer()
  if (!answer) return
  const number = process.next()
  const entry = newId('entry')
  const leaf = canonicalJson({
    v: 1,
    type: 'roll call',
    entry,
    at: new Date().toISOString(),
    process: process.process,
    number,
    upTo: answer.upTo,
    void: answer.void,
    previous: lastCall,
  })
  await database.owner.query(
    'insert into ledger_inbox (organisation, entry, process, number, leaf) values ($1, $2, $3, $4, $5)',
    [actor.organisation, entry, process.process, number, leaf],
  )
  process.settle(number, 'committed')
  // The call answers for itself in the next one; alone it is no reason for another.
  process.answer()
  lastCall = sha256Hex(leaf)
}

/**
 * Give every waiting entry its place in the tree, and sign a checkpoint over it. One process sequences at a time;
 * the others wait for it.
 */
export async function placeWaiting({ database, key }: Log): Promise<void> {
  for (;;) {
    const client = await database.owner.connect()
    try {
      await client.query('begin')
      // Held to the end of the transaction: places are given one round after another, while writers go on unhindered.
      await client.query('select pg_advisory_xact_lock($1)', [SEQUENCER])
      const placed = await placeRound(client, key)
      await client.query('commit')
      if (placed < ROUND) return
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      throw error
    } finally {
      client.release()
    }
    await pause(1)
  }
}

async function placeRound(client: PoolClient, key: Workspace['key']): Promise<number> {
  const { rows } = await client.query<{ organisation: string; place: string; entry: string; leaf: string }>(
    'select organisation, place, entry, leaf from ledger_inbox order by organisation, place limit $1',
    [ROUND],
  )
  for (const organisation of new Set(rows.map((row) => row.organisation))) {
    const waiting = rows.filter((row) => row.organisation === organisation)
    const tree = await treeOf(client, organisation)
    const placed = waiting.map(({ entry, leaf }) => {
      const index = tree.size
      tree.append(leafHash(leaf))
      return { index, entry, leaf }
    })
    await client.query(
      `insert into ledger_entry (organisation, index, entry, leaf)
       select $1, r.index, r.entry, r.leaf from jsonb_to_recordset($2) as r(index bigint, entry text, leaf text)`,
      [organisation, JSON.stringify(placed)],
    )
    await client.query('delete from ledger_inbox where organisation = $1 and place = any($2)', [
      organisation,
      waiting.map(({ place }) => place),
    ])
    await client.query(
      'insert into ledger_checkpoint (organisation, size, at, note) values ($1, $2, now(), $3)',
      [organisation, tree.size, signCheckpoint({ size: tree.size, root: tree.root() }, key)],
    )
    trees.set(organisation, tree)
  }
  return rows.length
}

/** Trees as this process left them; another process may have placed more since. */
const trees = new Map<string, GrowingTree>()

async function treeOf(client: PoolClient, organisation: string): Promise<GrowingTree> {
  const tree = new GrowingTree()
  const known = trees.get(organisation)
  const { rows: size } = await client.query<{ size: string }>(
    'select count(*) as size from ledger_entry where organisation = $1',
    [organisation],
  )
  if (known && known.size === Number(size[0]?.size)) return known
  const { rows } = await client.query<{ leaf: string }>(
    'select leaf from ledger_entry where organisation = $1 order by index',
    [organisation],
  )
  for (const { leaf } of rows) tree.append(leafHash(leaf))
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
