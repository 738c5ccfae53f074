import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { newId } from '../foundation/ids.ts'
import { change } from '../ledger/change.ts'
import { guarded } from '../ledger/guard.ts'
import type { Changed } from '../ledger/record-kind.ts'
import { keepPlacing, settle } from '../ledger/settle.ts'
import { writeDerived, writeNouns, writeSearchable } from '../ledger/write-rows.ts'
import { tagKind } from '../statements/statement-kinds.ts'
import { asActor, type Tx } from '../storage/database.ts'
import { engineAt } from '../storage/engine.ts'
import type { Workspace } from '../storage/workspace.ts'
import { type Figure, figure, median, timed } from './figure.ts'
import { withScratchRecord } from './scratch-record.ts'

const WRITERS = [1, 4, 16]
const ROUNDS = 7
/** Milliseconds that one variant writes in one round. */
const ROUND_TAKES = 2000
/** A disk of an ordinary laptop. Milliseconds. */
const SLOW_SYNC = 2
const GOAL = 1.3

/**
 * Writes with the ledger against the same transactions without it: the same row and the same revision, but no commitment
 * and no entry. Rounds of both alternate, and which goes first. The sequencer runs as it does while serving, and a round
 * with the ledger is over only when everything it wrote has its place in the tree.
 */
export async function benchLedger(report: (figure: Figure) => void): Promise<void> {
  await withScratchRecord(async (workspace) => {
    const stop = keepPlacing(workspace, (error) => {
      throw error
    })
    try {
      for (const delay of [0, SLOW_SYNC]) {
        await delaySyncs(workspace, delay)
        for (const writers of WRITERS) report(await compare(workspace, { writers, delay }))
      }
    } finally {
      await stop()
    }
  })
}

async function compare(
  workspace: Workspace,
  { writers, delay }: { writers: number; delay: number },
): Promise<Figure> {
  const rates: Record<'with' | 'without', number[]> = { with: [], without: [] }
  for (let round = 0; round <= ROUNDS; round += 1) {
    const order = round % 2 === 0 ? (['with', 'without'] as const) : (['without', 'with'] as const)
    for (const variant of order) {
      const rate = await rateOf(workspace, { writers, work: variant === 'with' ? withLedger : withoutLedger })
      // The first round fills caches.
      if (round > 0) rates[variant].push(rate)
    }
  }
  const ratios = rates.with.map((rate, n) => (rates.without[n] ?? 0) / rate)
  const ratio = median(ratios)
  const shown = `${ratio.toFixed(2)} times (${Math.round(median(rates.with))} against ${Math.round(median(rates.without))} transactions/s)`
  const slow = delay > 0 ? `, each sync ${delay} ms slower` : ''
  const name = `ledger, ${writers} ${writers === 1 ? 'writer' : 'writers'}${slow}`
  return figure(name, shown, `at most ${GOAL} times the time without it`, ratio <= GOAL)
}

/** Transactions a second of that many writers, each beginning its next when the last is acknowledged. */
async function rateOf(
  workspace: Workspace,
  { writers, work }: { writers: number; work: (tx: Tx) => Promise<unknown> },
): Promise<number> {
  let done = 0
  const until = performance.now() + ROUND_TAKES
  const writer = async () => {
    while (performance.now() < until) {
      await asActor(workspace.database, workspace.actor, work)
      done += 1
    }
  }
  const took = await timed(async () => {
    await Promise.all(Array.from({ length: writers }, writer))
    await settle(workspace)
  })
  return (done * 1000) / took
}

function aTag(): Changed {
  const subject = newId('statement')
  const body = { dossier: 'dos_made_up', subject, scheme: 'rights', term: 'assembly', by: 'nobody' }
  return {
    kind: tagKind,
    revision: 0,
    state: { id: newId('tag'), level: 'organisation', case: null, body },
  }
}

function withLedger(tx: Tx): Promise<unknown> {
  return change(tx, 'tagged', [aTag()])
}

async function withoutLedger(tx: Tx): Promise<unknown> {
  const [changed = aTag()] = (await guarded(tx, [aTag()])).changes
  const { state, kind } = changed
  await writeNouns(tx, kind, [changed])
  await writeDerived(tx, kind, [changed])
  await writeSearchable(tx, kind, { changes: [changed] })
  return tx.query(
    `insert into revision (organisation, level, "case", record, n, kind, form, entry, item, at, who, why, salt, commitment, after)
     values ($1, 1, null, $2, 1, $3, $4, $5, 0, $6, $7, 'tagged', $8, $9, $10)`,
    [
      tx.actor.organisation,
      state.id,
      kind.name,
      kind.form,
      newId('entry'),
      new Date().toISOString(),
      tx.actor.person,
      randomBytes(32),
      randomBytes(32),
      JSON.stringify(state),
    ],
  )
}

/** PostgreSQL itself can wait before each flush, so that a fast disk is as slow as others. */
async function delaySyncs({ folder }: Workspace, ms: number): Promise<void> {
  const { host, user, password } = engineAt(folder)
  const root = new pg.Client({ host, user, password, database: 'postgres' })
  await root.connect()
  try {
    await root.query(`alter system set commit_delay = ${ms * 1000}`)
    await root.query('alter system set commit_siblings = 0')
    await root.query('select pg_reload_conf()')
  } finally {
    await root.end()
  }
}
