import { kindOfId, newId } from '../foundation/ids.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { Tx } from '../storage/database.ts'
import { concernKind } from './consent-kinds.ts'
import { concernById, concernsOf, isOnRecord } from './consent-store.ts'
import type { Concern } from './interlocutor.ts'
import { mustBeAllowed } from './may.ts'
import { mustSayWhy } from './open-case.ts'
import { ofCase, theInterlocutor, theOpenCase } from './within-case.ts'

/** Of what a person is made, or what holds everything, is not linked. */
const LINKABLE = ['source', 'statement', 'remark', 'finding', 'matter', 'passage']

/**
 * Say that a record concerns a person, beside all that does by itself: what they told that stands in another source, or
 * what was made general out of the case.
 *
 * @throws Refusal `case_not_open`, `interlocutor_unknown`, `not_there`, `concern_stands`, `reason_missing`
 */
export async function linkConcern(
  tx: Tx,
  { interlocutor, record, reason }: { interlocutor: string; record: string; reason: string },
): Promise<{ id: string; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'consent')
  await theInterlocutor(tx, interlocutor)
  mustSayWhy(reason)
  if (!LINKABLE.includes(kindOfId(record) ?? '') || !(await isOnRecord(tx, record)))
    throw new Refusal(
      'not_there',
      'There is no such source, statement or matter; look whether its id is right.',
    )
  if ((await concernsOf(tx, interlocutor)).some(({ body }) => body.record === record))
    throw new Refusal('concern_stands', 'This record is linked to the person already.')
  const id = newId('concern')
  const body: Concern = { interlocutor, record, reason, by: tx.actor.person, ended: null }
  const receipt = await change(tx, 'linked a record to a person', [
    ofCase(tx, concernKind, { id, revision: 0, body }),
  ])
  return { id, receipt }
}

/**
 * Take back such a link. What concerns a person by itself goes on doing so.
 *
 * @throws Refusal `case_not_open`, `not_there`, `reason_missing`
 */
export async function endConcern(tx: Tx, id: string, reason: string): Promise<{ receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'consent')
  theOpenCase(tx)
  mustSayWhy(reason)
  const known = await concernById(tx, id)
  if (!known || known.body.ended !== null)
    throw new Refusal('not_there', 'There is no such link to a person; open the page again.')
  const body: Concern = { ...known.body, reason, ended: new Date().toISOString() }
  const changed = ofCase(tx, concernKind, { id, revision: known.revision, body })
  return { receipt: await change(tx, 'took back a link to a person', [changed]) }
}
