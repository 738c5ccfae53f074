import { toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import { type Erased, eraseConfirmed } from '../ledger/erase.ts'
import type { RecordKind } from '../ledger/record-kind.ts'
import type { Tx } from '../storage/database.ts'
import { ALONE_WAITS, type Erasure, type KnownErasure } from './erasure.ts'
import { erasureById, isAlone } from './erasure-store.ts'
import { guardOf } from './guard-of.ts'
import { mustBeAllowed } from './may.ts'
import { previewErasure } from './preview-erasure.ts'
import { erasureKind } from './protection-kinds.ts'
import { mustHaveProved } from './proved.ts'

/** Confirm, having seen so many records go; or decline, for one of the reasons that the law knows. */
export type Decision = { readonly seen: number } | { readonly decline: NonNullable<Erasure['declined']> }

/**
 * Decide on a proposed erasure. Confirmed, it is done in this transaction; its proposer cannot confirm it, but for the one
 * person of a record that is theirs alone, a day later.
 *
 * @throws Refusal `not_there`, `already_decided`, `erasure_needs_second`, `erasure_waits`, `changed_meanwhile` where more or
 *   less would go than was seen
 */
export async function decideErasure(
  tx: Tx,
  { id, decision, kinds }: { id: string; decision: Decision; kinds: readonly RecordKind[] },
): Promise<{ receipt: Receipt; erased: Erased | null }> {
  mustBeAllowed(tx.actor, 'confirm erasure')
  if ('seen' in decision) mustHaveProved(tx)
  const known = await erasureById(tx, id)
  if (!known) throw new Refusal('not_there', 'There is no such erasure; look whether its address is right.')
  const { erasure } = known
  if (erasure.state !== 'proposed')
    throw new Refusal('already_decided', 'This was decided before; its history says by whom.')
  const decided = { decidedBy: tx.actor.person, decidedAt: new Date().toISOString() }
  if ('decline' in decision) {
    const declined: Erasure = { ...erasure, ...decided, state: 'declined', declined: decision.decline }
    return { receipt: await written(tx, known, declined, 'declined an erasure'), erased: null }
  }
  await mustBeSecond(tx, erasure)
  const { goes, total } = await previewErasure(tx, { ...erasure, kinds })
  if (total !== decision.seen) {
    const sentence = 'Since you looked, something was added or is gone already; look again at what would go.'
    throw new Refusal('changed_meanwhile', sentence)
  }
  const done: Erasure = { ...erasure, ...decided, state: 'done', counts: goes }
  const receipt = await written(tx, known, done, 'confirmed an erasure')
  const { ground } = erasure
  return { receipt, erased: await eraseConfirmed(tx, { request: id, ground, at: decided.decidedAt }) }
}

async function mustBeSecond(tx: Tx, { proposedBy, proposedAt }: Erasure): Promise<void> {
  if (proposedBy !== tx.actor.person) return
  if (!(await isAlone(tx))) {
    const sentence = 'You proposed this; a second person with the role editor or legal confirms it.'
    throw new Refusal('erasure_needs_second', sentence)
  }
  const from = Date.parse(proposedAt) + ALONE_WAITS
  if (Date.now() > from) return
  const moment = new Date(from).toISOString().slice(0, 16).replace('T', ' ')
  throw new Refusal(
    'erasure_waits',
    `You work alone here, so a night lies between: confirm it after ${moment} UTC, or decline it.`,
  )
}

async function written(
  tx: Tx,
  { id, revision }: KnownErasure,
  erasure: Erasure,
  why: string,
): Promise<Receipt> {
  const state = { id, ...(await guardOf(tx, 'erasure', id)), body: toJson(erasure) }
  return change(tx, why, [{ kind: erasureKind, revision, state }])
}
