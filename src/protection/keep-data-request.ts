import { newId } from '../foundation/ids.ts'
import { toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { Tx } from '../storage/database.ts'
import { DataRequest, monthsLater } from './data-request.ts'
import { recordsIn } from './data-store.ts'
import { guardOf } from './guard-of.ts'
import { mustBeAllowed } from './may.ts'
import { mustSayWhy } from './open-case.ts'
import { dataRequestKind } from './protection-kinds.ts'

/** Months: article 12 (3), and by what they can be extended. */
const TERM = 1
const EXTENSION = 2

/** Record a request; its clock runs from the day it came. @throws Refusal `day_to_come` */
export async function recordDataRequest(
  tx: Tx,
  wanted: Pick<DataRequest, 'type' | 'asker' | 'contact' | 'concerns' | 'receivedOn'>,
): Promise<{ id: string; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'protect data')
  if (Date.parse(wanted.receivedOn) > Date.now())
    throw new Refusal('day_to_come', 'This day is still to come; give the day on which it happened.')
  const body: DataRequest = {
    ...wanted,
    due: monthsLater(wanted.receivedOn, TERM),
    extended: null,
    state: 'open',
    answer: null,
    recordedBy: tx.actor.person,
  }
  const id = newId('data request')
  const state = { id, level: 'organisation' as const, case: null, body: toJson(body) }
  return {
    id,
    receipt: await change(tx, 'recorded a request', [{ kind: dataRequestKind, revision: 0, state }]),
  }
}

/**
 * Answer a request, or extend its term once, by two months, with the reason that the asker was given.
 *
 * @throws Refusal `not_there`, `already_decided`, `extended_already`, `reason_missing`
 */
export async function moveDataRequest(
  tx: Tx,
  id: string,
  moved:
    | { readonly extend: string }
    | { readonly outcome: 'done' | 'partly' | 'refused'; readonly words: string },
): Promise<{ receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'protect data')
  const known = (await recordsIn(tx, 'data_request')).find((one) => one.id === id)
  if (!known) throw new Refusal('not_there', 'There is no such request; look whether its address is right.')
  const request = DataRequest.parse(known.body)
  if (request.state !== 'open')
    throw new Refusal('already_decided', 'This was decided before; its history says by whom.')
  const done = { by: tx.actor.person, at: new Date().toISOString() }
  const next =
    'extend' in moved
      ? extended(request, { ...done, reason: moved.extend })
      : answered(request, { ...done, ...moved })
  const state = { id, ...(await guardOf(tx, 'data_request', id)), body: toJson(next) }
  const why = 'extend' in moved ? 'extended a request' : 'answered a request'
  return { receipt: await change(tx, why, [{ kind: dataRequestKind, revision: known.revision, state }]) }
}

function extended(request: DataRequest, by: NonNullable<DataRequest['extended']>): DataRequest {
  mustSayWhy(by.reason)
  if (request.extended)
    throw new Refusal('extended_already', 'The term was extended before, and can be only once; answer it.')
  return { ...request, extended: by, due: monthsLater(request.receivedOn, TERM + EXTENSION) }
}

function answered(request: DataRequest, answer: NonNullable<DataRequest['answer']>): DataRequest {
  mustSayWhy(answer.words)
  return { ...request, answer, state: answer.outcome === 'refused' ? 'refused' : 'answered' }
}
