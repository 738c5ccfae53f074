import { setImmediate as answers } from 'node:timers/promises'
import { newId } from '../foundation/ids.ts'
import { canonicalJson } from '../foundation/json.ts'
import { randomOnce } from '../foundation/random.ts'
import { Refusal } from '../foundation/refusal.ts'
import { levelNumber } from '../protection/actor.ts'
import type { Tx } from '../storage/database.ts'
import { commitmentOf } from './commitment.ts'
import { type Before, guarded } from './guard.ts'
import { processLog } from './process-log.ts'
import type { Changed, RecordKind } from './record-kind.ts'
import { leafHash, rootOf } from './tree.ts'
import { writeDerived, writeNouns, writeSearchable } from './write-rows.ts'

/** Commitments reckoned in one go. */
const A_WHILE = 200

/** What whoever changed the record gets at once: the entry, and the hash of the leaf that will stand in the tree. */
export interface Receipt {
  readonly entry: string
  /** Leaf hash in hexadecimal. */
  readonly leaf: string
  readonly at: string
}

/**
 * The only way to change the record: rows, derived rows, searchable lines, revisions and one ledger entry, in the
 * caller's transaction. Many records at once are one entry, whose leaf commits to a small tree over them. `searchable`
 * hears how many searchable lines of one kind of record are written by now.
 *
 * @throws Refusal of guarded(); `changed_meanwhile` where a record is no longer the revision the change was made from;
 *   `text_unstorable` for characters that no database can hold
 */
export async function change(
  tx: Tx,
  why: string,
  wanted: readonly Changed[],
  searchable?: (lines: number) => void,
): Promise<Receipt> {
  if (wanted.length === 0) throw new TypeError('A change of nothing is no change.')
  const at = new Date().toISOString()
  const entry = newId('entry')
  const { changes, before } = await guarded(tx, wanted)
  const items = await bothDone(committedItems(changes, { before, why }), writeRows(tx, changes, searchable))
  const waiting = newEntry(tx, { entry, at, commitments: items.map(({ commitment }) => commitment) })
  await writeEntry(tx, { items, why, waiting })
  return { entry, leaf: leafHash(waiting.leaf).toString('hex'), at }
}

/**
 * One entry for revisions that a function of the database writes by itself, because whoever asks may not see them all:
 * `write` has it done under this name and moment, and gives their commitments in their order. Without any there is no entry.
 */
export async function changeByDatabase(
  tx: Tx,
  write: (entry: Pick<Receipt, 'entry' | 'at'>) => Promise<readonly Buffer[]>,
): Promise<void> {
  const at = new Date().toISOString()
  const entry = newId('entry')
  const commitments = await write({ entry, at })
  if (commitments.length === 0) return
  const { process, number, leaf } = newEntry(tx, { entry, at, commitments })
  await tx.query(
    'insert into ledger_inbox (organisation, entry, process, number, leaf) values ($1, $2, $3, $4, $5)',
    [tx.actor.organisation, entry, process, number, leaf],
  )
}

interface Waiting {
  readonly entry: string
  readonly at: string
  readonly process: string
  readonly number: number
  readonly leaf: string
}

/** An entry over these commitments, with the number that this process answers for it by. */
function newEntry(
  tx: Tx,
  { entry, at, commitments }: { entry: string; at: string; commitments: readonly Buffer[] },
): Waiting {
  const root = rootOf(commitments.map(leafHash))
  const log = processLog(tx.actor.organisation)
  const number = log.next()
  tx.afterCommit(() => log.settle(number, 'committed'))
  tx.afterRollback(() => log.settle(number, 'void'))
  const leaf = canonicalJson({
    v: 1,
    type: 'change',
    entry,
    at,
    who: tx.actor.person,
    process: log.process,
    number,
    items: commitments.length,
    root: root.toString('hex'),
  })
  return { entry, at, process: log.process, number, leaf }
}

async function writeRows(
  tx: Tx,
  changes: readonly Changed[],
  searchable?: (lines: number) => void,
): Promise<void> {
  for (const [kind, ofKind] of byKind(changes)) {
    for (const { state } of ofKind) mustBeStorable(state.body)
    await writeNouns(tx, kind, ofKind)
    await writeDerived(tx, kind, ofKind)
    await writeSearchable(tx, kind, { changes: ofKind, written: searchable })
  }
}

/** Commitments are reckoned while the database writes, so they let its answers in between. */
async function committedItems(
  changes: readonly Changed[],
  { before, why }: { before: ReadonlyMap<string, Before>; why: string },
): Promise<Item[]> {
  const items: Item[] = []
  for (const [item, changed] of changes.entries()) {
    if (item % A_WHILE === 0) await answers()
    const n = changed.revision + 1
    const salt = randomOnce(32)
    const { form, name: kind } = changed.kind
    const previous = (n > 1 && before.get(changed.state.id)?.commitment) || null
    const commitment = commitmentOf(salt, { form, kind, n, state: changed.state, previous, why })
    items.push({ changed, item, n, salt, commitment })
  }
  return items
}

/** The first one's result when both have ended: what is still being written must not go on after a rollback. */
async function bothDone<Result>(one: Promise<Result>, other: Promise<unknown>): Promise<Result> {
  const [first, second] = await Promise.allSettled([one, other])
  if (second.status === 'rejected') throw second.reason
  if (first.status === 'rejected') throw first.reason
  return first.value
}

function byKind(changes: readonly Changed[]): Map<RecordKind, Changed[]> {
  const groups = new Map<RecordKind, Changed[]>()
  for (const changed of changes) {
    const group = groups.get(changed.kind)
    if (group) group.push(changed)
    else groups.set(changed.kind, [changed])
  }
  return groups
}

interface Item {
  readonly changed: Changed
  readonly item: number
  readonly n: number
  readonly salt: Buffer
  readonly commitment: Buffer
}

/** Revisions and the entry that waits for its place, in one statement: the entry costs no way to the database of its own. */
async function writeEntry(
  tx: Tx,
  {
    items,
    why,
    waiting: { entry, at, process, number, leaf },
  }: { items: readonly Item[]; why: string; waiting: Waiting },
): Promise<void> {
  const rows = items.map(({ changed: { kind, state }, item, n, salt, commitment }) => ({
    level: levelNumber(state.level),
    case: state.case,
    record: state.id,
    n,
    kind: kind.name,
    form: kind.form,
    item,
    salt: salt.toString('hex'),
    commitment: commitment.toString('hex'),
    after: { id: state.id, level: state.level, case: state.case, body: state.body },
  }))
  const common = [tx.actor.organisation, entry, at, tx.actor.person, why, process, number, leaf]
  const into = `with waiting as (
       insert into ledger_inbox (organisation, entry, process, number, leaf) values ($1, $2, $6, $7, $8))
     insert into revision (organisation, entry, at, who, why, level, "case", record, n, kind, form, item, salt, commitment, after)`
  const [only] = rows
  if (only && rows.length === 1) {
    // Most changes are of one record, and the database plans plain values in a third of the time of a set.
    await tx.query(
      `${into} values ($1, $2, $3, $4, $5, $9, $10, $11, $12, $13, $14, $15, decode($16, 'hex'), decode($17, 'hex'), $18)`,
      [...common, ...Object.values({ ...only, after: JSON.stringify(only.after) })],
    )
    return
  }
  await tx.query(
    `${into}
     select $1, $2, $3, $4, $5, r.level, r."case", r.record, r.n, r.kind, r.form, r.item,
            decode(r.salt, 'hex'), decode(r.commitment, 'hex'), r.after
       from jsonb_to_recordset($9) as r(level smallint, "case" text, record text, n integer, kind text, form text,
            item integer, salt text, commitment text, after jsonb)`,
    [...common, JSON.stringify(rows)],
  )
}

function mustBeStorable(value: unknown): void {
  if (/\\u0000|\\ud[89a-f][0-9a-f]{2}/i.test(JSON.stringify(value))) {
    throw new Refusal(
      'text_unstorable',
      'A text holds a NUL or half a character, which no database can keep; remove it and try again.',
    )
  }
}
