import { newId } from '../foundation/ids.ts'
import { toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import { GUARDING, type Guard } from '../ledger/guard.ts'
import type { Changed, RecordKind } from '../ledger/record-kind.ts'
import type { Tx } from '../storage/database.ts'
import { levelNumber } from './actor.ts'
import { KEPT_IN_CASE, trainingKind } from './consent-kinds.ts'
import type { LevelChange } from './level-change.ts'
import { dependentsOf, type Newest, newestOf } from './level-store.ts'
import { mustBeAllowed } from './may.ts'
import { mustSayWhy } from './open-case.ts'
import { accessKind, caseKind, levelChangeKind, membershipKind } from './protection-kinds.ts'
import { mustHaveProved } from './proved.ts'

/** To whom a record shall belong: the team of a dossier, or a case, that whoever asks is on. */
export interface Raise {
  readonly record: string
  readonly level: 'team' | 'case'
  /** The dossier whose team, or the case, which must be open. */
  readonly within: string
}

/** How many records of each kind. */
export type Counts = Readonly<Record<string, number>>

/** What goes along when a record is raised: everything that points at it, by kind. */
export interface Rising {
  readonly counts: Counts
  readonly total: number
  /** Earlier revisions of records that stay, which named something that goes. */
  readonly heldBack: number
}

/**
 * What would go along, before anything does.
 *
 * @throws Refusal `not_there`, `level_fixed`, `level_stands`, `two_compartments`
 */
export async function whatRises(tx: Tx, wanted: Raise): Promise<Rising> {
  mustBeAllowed(tx.actor, 'raise')
  const { along, heldBack } = await rising(tx, wanted)
  return { counts: countsOf(along), total: along.length, heldBack: heldBack.length }
}

/**
 * Raise a record to the team of its dossier or into the open case, with everything that points at it, in one change. Its
 * earlier revisions, its searchable lines and what is derived from it go along at once. `seen` is the number of records
 * that the person was shown: where it has become another, nothing is done.
 *
 * @throws Refusal those of whatRises, `prove_again`, `reason_missing`, `changed_meanwhile`, `record_busy`, `same_name_there`
 */
export async function raiseLevel(
  tx: Tx,
  { reason, seen, kinds, ...wanted }: Raise & { reason: string; seen: number; kinds: readonly RecordKind[] },
): Promise<{ id: string; total: number; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'raise')
  mustHaveProved(tx)
  mustSayWhy(reason)
  await haveAlone(tx)
  const { asked, to, along, heldBack } = await rising(tx, wanted)
  if (along.length !== seen) {
    throw new Refusal(
      'changed_meanwhile',
      'More or less would go along by now than you were shown; look at it again and repeat your change.',
    )
  }
  const ids = along.map(({ record }) => record)
  const id = newId('level')
  const said: LevelChange = {
    record: asked.record,
    from: asked.level,
    to: to.level,
    within: to.case,
    reason,
    by: tx.actor.person,
    at: new Date().toISOString(),
    state: 'done',
    heldBack,
    together: [],
    decidedBy: null,
    decidedAt: null,
    answer: null,
  }
  const changes = regraded(await newestOf(tx, ids), { to, kinds })
  const note: Changed = {
    kind: levelChangeKind,
    revision: 0,
    state: { id, level: to.level, case: to.case, body: toJson(said) },
  }
  const receipt = await change(tx, `raised to ${to.level}: ${reason}`, [...changes, note]).catch((error) => {
    throw takenThere(error)
  })
  await tx.query('select lift_revisions($1)', [ids])
  if (heldBack.length > 0)
    await tx.query('select hold_back($1, $2::smallint, $3)', [
      JSON.stringify(heldBack),
      levelNumber(to.level),
      to.case,
    ])
  return { id, total: along.length, receipt }
}

async function rising(
  tx: Tx,
  { record, level, within }: Raise,
): Promise<{ asked: Newest; to: Guard } & Awaited<ReturnType<typeof dependentsOf>>> {
  const [asked] = await newestOf(tx, [record])
  if (!asked) throw new Refusal('not_there', 'There is no such record; look whether its address is right.')
  const open = level === 'case' ? tx.actor.cases.includes(within) : tx.actor.compartments.includes(within)
  if (!open || (level === 'case') !== within.startsWith('cas_'))
    throw new Refusal('not_there', 'There is no such team or open case of yours; open the case first.')
  mustHaveNoFixedLevel(asked.kind)
  if (levelNumber(asked.level) >= levelNumber(level))
    throw new Refusal('level_stands', 'This is as guarded as that already; nothing was changed.')
  const to: Guard = { level, case: within }
  const found = await dependentsOf(tx, [record], to)
  if (found.elsewhere.length > 0)
    throw new Refusal(
      'two_compartments',
      'Something of another team or case points at this, and different people may see it; take it out there first.',
    )
  return { asked, to, ...found }
}

const FIXED = [
  ...[membershipKind, caseKind, accessKind, levelChangeKind, trainingKind].map(({ name }) => name),
  ...KEPT_IN_CASE,
]

/** Whether who may see a record of this kind follows from what it is. */
export function hasFixedLevel(kind: string): boolean {
  return FIXED.includes(kind)
}

/** @throws Refusal `level_fixed` */
export function mustHaveNoFixedLevel(kind: string): void {
  if (!hasFixedLevel(kind)) return
  throw new Refusal(
    'level_fixed',
    'Who may see this follows from what it is; it is neither raised nor lowered.',
  )
}

/** The same records as changes of nothing but who may see them. @throws Refusal `level_fixed` */
export function regraded(
  records: readonly Newest[],
  { to, kinds }: { to: Guard; kinds: readonly RecordKind[] },
): Changed[] {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]))
  return records.map(({ kind: name, n, state }) => {
    const kind = byName.get(name)
    if (!kind) throw new TypeError(`There is no kind of record called ${name}.`)
    mustHaveNoFixedLevel(name)
    return { kind, revision: n, regrade: true, state: { ...state, level: to.level, case: to.case } }
  })
}

export function countsOf(records: readonly { readonly kind: string }[]): Counts {
  const counts: Record<string, number> = {}
  for (const { kind } of records) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

/** Nobody else changes anything until this is done: what would be made meanwhile would point at what is going. */
export async function haveAlone(tx: Tx): Promise<void> {
  await tx.query("set local lock_timeout = '15s'")
  await tx
    .query('select pg_advisory_xact_lock($1, hashtext($2))', [GUARDING, tx.actor.organisation])
    .catch((cause: unknown) => {
      if (!hasCode(cause, '55P03')) throw cause
      throw new Refusal(
        'record_busy',
        'Somebody is taking in or changing a great deal just now; repeat this when they are done.',
        {},
        { cause },
      )
    })
  await tx.query('set local lock_timeout = 0')
}

/** An item's name, a matter's key or a dossier's slug that is taken where the record would go. */
function takenThere(error: unknown): unknown {
  if (!hasCode(error, '23505')) return error
  return new Refusal(
    'same_name_there',
    'Something there has the same short name, key or item name as this; rename one of them first.',
    {},
    { cause: error },
  )
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
