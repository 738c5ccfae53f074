import { newId } from '../foundation/ids.ts'
import { toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { Guard } from '../ledger/guard.ts'
import type { RecordKind } from '../ledger/record-kind.ts'
import type { Tx } from '../storage/database.ts'
import { levelNumber } from './actor.ts'
import { AMONG_US, leaveBy } from './exits.ts'
import type { LevelChange } from './level-change.ts'
import {
  guardedAlongside,
  levelChangeById,
  levelChangesOf,
  type Named,
  type Newest,
  newestOf,
  pointedAtBy,
} from './level-store.ts'
import { mustBeAllowed } from './may.ts'
import { mustSayWhy } from './open-case.ts'
import { levelChangeKind } from './protection-kinds.ts'
import { mustHaveProved } from './proved.ts'
import {
  type Counts,
  countsOf,
  hasFixedLevel,
  haveAlone,
  mustHaveNoFixedLevel,
  regraded,
} from './raise-level.ts'

/** Who shall see a record from then on: all of us, or the team of a dossier that whoever asks is on. */
export interface Lowering {
  readonly record: string
  readonly level: 'organisation' | 'team'
  /** The dossier whose team; null for all of us. */
  readonly within: string | null
  /** Whether what points at the record, and is guarded with it, comes along: a source with its readings and statements. */
  readonly withWhatPointsAtIt: boolean
}

/**
 * What would be lowered together: the record, everything that it points at and that fewer people may see, and where it is
 * asked for what points at it.
 *
 * @throws Refusal `not_there`, `level_fixed`, `level_stands`, `less_guarded`
 */
export async function whatLowers(tx: Tx, wanted: Lowering): Promise<{ counts: Counts; total: number }> {
  mustBeAllowed(tx.actor, 'raise')
  const { together } = await lowering(tx, wanted)
  return { counts: countsOf(together), total: together.length }
}

/**
 * Propose that more people may see a record. Nothing is lowered until a second, different person has agreed. Earlier
 * revisions stay with those who saw them.
 *
 * @throws Refusal those of whatLowers, `reason_missing`, `lowering_waits`, `changed_meanwhile`
 */
export async function proposeLowering(
  tx: Tx,
  { reason, seen, ...wanted }: Lowering & { reason: string; seen: number },
): Promise<{ id: string; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'raise')
  mustSayWhy(reason)
  const { asked, to, together } = await lowering(tx, wanted)
  if (together.length !== seen) {
    throw new Refusal(
      'changed_meanwhile',
      'More or less would be lowered by now than you were shown; look at it again and repeat your change.',
    )
  }
  const known = await levelChangesOf(tx, { record: asked.record })
  if (known.some(({ change: { state } }) => state === 'proposed'))
    throw new Refusal(
      'lowering_waits',
      'It is proposed already to lower this; the second person decides on that first.',
    )
  const others = together.map(({ record }) => record).filter((id) => id !== asked.record)
  const proposed: LevelChange = {
    record: asked.record,
    from: asked.level,
    to: to.level,
    within: to.case,
    reason,
    by: tx.actor.person,
    at: new Date().toISOString(),
    state: 'proposed',
    heldBack: [],
    together: [asked.record, ...others],
    decidedBy: null,
    decidedAt: null,
    answer: null,
  }
  const id = newId('level')
  const state = { id, level: asked.level, case: asked.case, body: toJson(proposed) }
  const receipt = await change(tx, `proposed to lower to ${to.level}: ${reason}`, [
    { kind: levelChangeKind, revision: 0, state },
  ])
  return { id, receipt }
}

/**
 * The second person's answer: agree, and more people see it at once; or decline with a reason.
 *
 * @throws Refusal `not_there`, `already_decided`, `second_person_is_first`, `reason_missing`, `prove_again`, `less_guarded` where it points
 *   by now at something that fewer may see, `record_busy`; those of leaveBy where it concerns people of a case
 */
export async function answerLowering(
  tx: Tx,
  id: string,
  { agree, reason, kinds }: { agree: boolean; reason: string; kinds: readonly RecordKind[] },
): Promise<{ receipt: Receipt }> {
  // Whoever proposed it may take it back.
  mustBeAllowed(tx.actor, agree ? 'lower' : 'raise')
  if (agree) mustHaveProved(tx)
  const known = await levelChangeById(tx, id)
  if (!known) throw new Refusal('not_there', 'There is no such proposal; look whether its address is right.')
  const { change: proposed, revision } = known
  if (proposed.state !== 'proposed')
    throw new Refusal(
      'already_decided',
      'This proposal is no longer waiting; its history says what became of it.',
    )
  if (agree && proposed.by === tx.actor.person)
    throw new Refusal(
      'second_person_is_first',
      'You proposed this, so somebody else must agree; give a second person access, or take it back.',
    )
  if (proposed.by !== tx.actor.person) mustBeAllowed(tx.actor, 'lower')
  if (!agree) mustSayWhy(reason)
  if (agree) await haveAlone(tx)
  // Whoever told it told it to those on the case: that all of us see it is a use of theirs.
  if (agree)
    await leaveBy(tx, 'lowering', {
      records: proposed.together,
      leaving: AMONG_US,
      output: { thing: proposed.record, name: '', sha256: null },
    })
  const decided: LevelChange = {
    ...proposed,
    state: agree ? 'confirmed' : 'declined',
    decidedBy: tx.actor.person,
    decidedAt: new Date().toISOString(),
    answer: reason.trim() === '' ? null : reason,
  }
  const state = { id, level: known.level, case: known.case, body: toJson(decided) }
  const to: Guard = { level: proposed.to, case: proposed.within }
  const lowered = agree ? regraded(await newestOf(tx, proposed.together), { to, kinds }) : []
  // What is lowered is seen by others from now on; the reason stays in the proposal, with those who saw it.
  const why = agree ? `lowered to ${to.level}` : 'declined to lower'
  const receipt = await change(tx, why, [...lowered, { kind: levelChangeKind, revision, state }])
  return { receipt }
}

async function lowering(
  tx: Tx,
  { record, level, within, withWhatPointsAtIt }: Lowering,
): Promise<{ asked: Newest; to: Guard; together: readonly Named[] }> {
  const [asked] = await newestOf(tx, [record])
  if (!asked) throw new Refusal('not_there', 'There is no such record; look whether its address is right.')
  if (level === 'team' && (within === null || !tx.actor.compartments.includes(within)))
    throw new Refusal('not_there', 'There is no such team of yours; look whether its address is right.')
  mustHaveNoFixedLevel(asked.kind)
  const to: Guard = { level, case: level === 'team' ? within : null }
  if (levelNumber(asked.level) <= levelNumber(level))
    throw new Refusal('level_stands', 'No fewer people may see this than that already; nothing was changed.')
  const above = withWhatPointsAtIt ? await guardedAlongside(tx, asked) : []
  const chosen = [record, ...above.filter(({ kind }) => !hasFixedLevel(kind)).map((one) => one.record)]
  const together = await pointedAtBy(tx, [...new Set(chosen)], to)
  if (together.some((one) => one.level !== asked.level || one.case !== asked.case))
    throw new Refusal(
      'less_guarded',
      'This points at something of a team that fewer people may see; lower that first, or leave it where it is.',
    )
  for (const { kind } of together) mustHaveNoFixedLevel(kind)
  return { asked, to, together }
}
