import { kindOfId } from '../foundation/ids.ts'
import { Refusal } from '../foundation/refusal.ts'
import { type Level, levelNumber, levelOf } from '../protection/actor.ts'
import type { Tx } from '../storage/database.ts'
import type { Changed } from './record-kind.ts'

/** Who may see a record: its level, and the compartment that the levels team and case need. */
export interface Guard {
  readonly level: Level
  readonly case: string | null
}

/** What the ledger knows of a record before this change. */
export interface Before extends Guard {
  /** Commitment of its newest revision, in hexadecimal. */
  readonly commitment: string
}

/** An id as newId() makes it, alone in a member of a body; the same for PostgreSQL. */
export const ID_IN_BODY = '"([a-z]{3}_[0-9a-hjkmnp-tv-z]{20})"'
const ID = new RegExp(ID_IN_BODY, 'g')
/** First half of the advisory lock that changes share, and that raising has alone: nothing new points at what goes. */
export const GUARDING = 73_000_41
/** Named in bodies, and no records: they have no level to compare with. */
const NO_RECORDS = ['organisation', 'person', 'entry', 'process', 'session', 'draft']

/**
 * Changes with the level that each record shall have, and what stood before. A record is never seen by anybody who may
 * not see all that it points at: a new one takes the highest level among them, and what is made while a case is open
 * belongs to that case. A record that is there keeps its level; raising and lowering are acts of their own (`regrade`).
 *
 * @throws Refusal `two_compartments` where it would point into two teams or cases; `less_guarded` where a record that is
 *   there would come to point at something more guarded than itself; `outside_case` where something outside the open case
 *   would be changed; `changed_meanwhile` where it would come to point at what is there and not theirs to see
 */
export async function guarded(
  tx: Tx,
  changes: readonly Changed[],
): Promise<{ changes: Changed[]; before: Map<string, Before> }> {
  const points = new Map(changes.map((one) => [one.state.id, pointsOf(one)]))
  const own = new Set(points.keys())
  const updated = changes.filter(({ revision }) => revision > 0).map(({ state }) => state.id)
  const elsewhere = [...points.values()].flatMap((ids) => ids.filter((id) => !own.has(id)))
  const before = await newestRevisions(tx, [...new Set([...updated, ...elsewhere])])
  const unseen = new Set(elsewhere.filter((id) => !before.has(id) && isRecord(id)))
  if (unseen.size > 0) await mustNotPointAtHidden(tx, [...unseen], { changes, points })
  const [open, second] = tx.actor.cases
  if (second !== undefined)
    throw new Refusal('one_case', 'Only one case can be open while something is changed; close the others.')
  const levels = new Map<string, Guard>()
  for (const { state, revision, regrade } of changes) {
    const there = revision > 0 ? before.get(state.id) : undefined
    // What is raised into the open case was outside it.
    const comesIn = regrade === true && state.case === open
    if (open !== undefined && there !== undefined && there.case !== open && !comesIn) {
      const sentence =
        'While a case is open only what belongs to it is changed; close the case to change this.'
      throw new Refusal('outside_case', sentence)
    }
    const given: Guard = { level: state.level, case: state.case }
    const made: Guard = open === undefined ? given : { level: 'case', case: open }
    levels.set(state.id, regrade ? given : (there ?? made))
  }
  for (let moved = true; moved; ) {
    moved = false
    for (const { state, revision, regrade } of changes) {
      const mine = levels.get(state.id)
      if (!mine) continue
      for (const id of points.get(state.id) ?? []) {
        const other = levels.get(id) ?? before.get(id)
        if (!other || !isMoreGuarded(other, mine)) continue
        if (revision > 0 || regrade) throw lessGuarded()
        levels.set(state.id, { level: other.level, case: other.case })
        moved = true
        break
      }
    }
  }
  return { changes: changes.map((one) => withGuard(one, levels.get(one.state.id))), before }
}

/** Whether somebody may see `mine` who may not see `other`. @throws Refusal `two_compartments` */
export function isMoreGuarded(other: Guard, mine: Guard): boolean {
  const [theirs, ours] = [levelNumber(other.level), levelNumber(mine.level)]
  if (theirs < levelNumber('team')) return theirs > ours
  if (other.case === mine.case) return theirs > ours
  // A case stands within its dossier, whose team may be named: the case decides.
  if (ours === levelNumber('case') && theirs === levelNumber('team')) return false
  if (ours >= levelNumber('team') && !(theirs > ours)) {
    const sentence =
      'This would join two teams or cases that different people may see; keep it in one of them.'
    throw new Refusal('two_compartments', sentence)
  }
  return true
}

function isRecord(id: string): boolean {
  const kind = kindOfId(id)
  return kind !== null && !NO_RECORDS.includes(kind)
}

/**
 * What was raised out of sight is pointed at no more. What pointed at it before, in a case of its own, may go on.
 *
 * @throws Refusal `changed_meanwhile`
 */
async function mustNotPointAtHidden(
  tx: Tx,
  ids: readonly string[],
  { changes, points }: { changes: readonly Changed[]; points: ReadonlyMap<string, readonly string[]> },
): Promise<void> {
  const [row] = await tx.query<{ hidden: string[] }>('select some_hidden($1) as hidden', [ids])
  const hidden = row?.hidden ?? []
  if (hidden.length === 0) return
  const updated = changes.filter(({ revision }) => revision > 0).map(({ state }) => state.id)
  const rows = await tx.query<{ record: string; body: unknown }>(
    `select distinct on (record) record, after->'body' as body from revision
      where organisation = $1 and record = any($2) order by record, n desc`,
    [tx.actor.organisation, updated],
  )
  const held = new Map(rows.map(({ record, body }) => [record, idsIn(body)]))
  for (const [record, named] of points) {
    const known = held.get(record) ?? []
    if (named.some((id) => hidden.includes(id) && !known.includes(id))) {
      throw new Refusal(
        'changed_meanwhile',
        'Something that this points at is not there any more; open it again and repeat your change.',
      )
    }
  }
}

function lessGuarded(): Refusal {
  return new Refusal(
    'less_guarded',
    'This would point at something that fewer people may see than this; raise its level first, or leave that out.',
  )
}

function withGuard(changed: Changed, guard: Guard | undefined): Changed {
  const { state } = changed
  if (!guard || (guard.level === state.level && guard.case === state.case)) return changed
  return { ...changed, state: { ...state, level: guard.level, case: guard.case } }
}

/** Everything that a record names by id. */
function pointsOf({ state }: Changed): string[] {
  return idsIn(state.body).filter((id) => id !== state.id)
}

function idsIn(body: unknown): string[] {
  return [...new Set([...JSON.stringify(body ?? null).matchAll(ID)].map(([, id = '']) => id))]
}

async function newestRevisions(tx: Tx, ids: readonly string[]): Promise<Map<string, Before>> {
  if (ids.length === 0) return new Map()
  // A statement of its own: what is read after it sees all that was raised before it was granted.
  await tx.query('select pg_advisory_xact_lock_shared($1, hashtext($2))', [GUARDING, tx.actor.organisation])
  const rows = await tx.query<{ record: string; level: number; case: string | null; commitment: string }>(
    `select distinct on (record) record, level, "case", encode(commitment, 'hex') as commitment from revision
      where organisation = $1 and record = any($2) order by record, n desc`,
    [tx.actor.organisation, ids],
  )
  return new Map(
    rows.map((row) => [
      row.record,
      { level: levelOf(row.level), case: row.case, commitment: row.commitment },
    ]),
  )
}
