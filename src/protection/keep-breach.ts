import { newId } from '../foundation/ids.ts'
import { toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { Tx } from '../storage/database.ts'
import { Breach, openPoints, TELL_WITHIN } from './breach.ts'
import { recordsIn } from './data-store.ts'
import { guardOf } from './guard-of.ts'
import { mustBeAllowed } from './may.ts'
import { breachKind } from './protection-kinds.ts'

export type WantedBreach = Omit<Breach, 'due' | 'closed' | 'recordedBy'>

/**
 * Record a breach, or what is known of one by now (with its id); its clock of 72 hours runs from when it was noticed.
 *
 * @throws Refusal `not_there`, `already_decided` where it is closed, `day_to_come`, `breach_open` where it is to be closed
 *   and something has not been said
 */
export async function keepBreach(
  tx: Tx,
  { id, close, ...wanted }: WantedBreach & { id: string | null; close: boolean },
): Promise<{ id: string; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'protect data')
  if (Date.parse(wanted.noticedAt) > Date.now() + 60_000)
    throw new Refusal('day_to_come', 'This day is still to come; give the day on which it happened.')
  const known = id === null ? undefined : (await recordsIn(tx, 'breach')).find((one) => one.id === id)
  if (id !== null && !known)
    throw new Refusal('not_there', 'There is no such breach; look whether its address is right.')
  const before = known ? Breach.parse(known.body) : null
  if (before?.closed)
    throw new Refusal('already_decided', 'This was closed before; record what came after as another one.')
  const due = new Date(Date.parse(wanted.noticedAt) + TELL_WITHIN).toISOString()
  const recordedBy = before?.recordedBy ?? tx.actor.person
  const open: Breach = { ...wanted, due, recordedBy, closed: null }
  const missing = openPoints(open)
  if (close && missing.length > 0) {
    const sentence = `Before it is closed, say: ${missing.join(', ')}; what was not done needs its reason.`
    throw new Refusal('breach_open', sentence)
  }
  const closed = close ? { by: tx.actor.person, at: new Date().toISOString() } : null
  const guard = known ? await guardOf(tx, 'breach', known.id) : { level: 'organisation' as const, case: null }
  const state = { id: known?.id ?? newId('breach'), ...guard, body: toJson({ ...open, closed }) }
  const why = close ? 'closed a breach' : known ? 'added to a breach' : 'recorded a breach'
  const receipt = await change(tx, why, [{ kind: breachKind, revision: known?.revision ?? 0, state }])
  return { id: state.id, receipt }
}
