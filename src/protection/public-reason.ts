import { newId } from '../foundation/ids.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { Tx } from '../storage/database.ts'
import { publicReasonKind } from './consent-kinds.ts'
import { grantsOf, publicReasonById } from './consent-store.ts'
import type { PublicReason } from './grant.ts'
import { mustBeAllowed } from './may.ts'
import { mustSayWhy } from './open-case.ts'
import { ofCase, theInterlocutor, theOpenCase } from './within-case.ts'

/**
 * Write down why something about a public figure is used though nobody could ask them. Only where what they would say is
 * unknown: who was asked, answered. It stands when a second person has read it.
 *
 * @throws Refusal `case_not_open`, `interlocutor_unknown`, `consent_known`, `reason_missing`
 */
export async function givePublicReason(
  tx: Tx,
  interlocutor: string,
  given: Pick<PublicReason, 'purpose' | 'recipient' | 'identifiability' | 'reason'>,
): Promise<{ id: string; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'consent')
  await theInterlocutor(tx, interlocutor)
  mustSayWhy(given.reason)
  await mustBeUnknown(tx, interlocutor, given.purpose)
  const id = newId('public reason')
  const body: PublicReason = {
    interlocutor,
    ...given,
    by: tx.actor.person,
    at: new Date().toISOString(),
    state: 'proposed',
    secondedBy: null,
    secondedAt: null,
    endedBy: null,
    endedWhy: null,
  }
  const receipt = await change(tx, 'wrote a reason about a public figure', [
    ofCase(tx, publicReasonKind, { id, revision: 0, body }),
  ])
  return { id, receipt }
}

/**
 * The second reader agrees, or anybody on the case ends it with a reason.
 *
 * @throws Refusal `case_not_open`, `not_there`, `already_decided`, `second_reader_is_first`, `consent_known`, `reason_missing`
 */
export async function answerPublicReason(
  tx: Tx,
  id: string,
  answer: { agree: true } | { end: string },
): Promise<{ receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'consent')
  theOpenCase(tx)
  const known = await publicReasonById(tx, id)
  if (!known) throw new Refusal('not_there', 'There is no such reason; open the page again.')
  const { body } = known
  if (body.state === 'ended' || (body.state === 'stands' && 'agree' in answer))
    throw new Refusal('already_decided', 'This was decided before; the page says by whom.')
  if ('end' in answer) {
    mustSayWhy(answer.end)
    return write(tx, {
      ...known,
      body: { ...body, state: 'ended', endedBy: tx.actor.person, endedWhy: answer.end },
    })
  }
  if (body.by === tx.actor.person)
    throw new Refusal(
      'second_reader_is_first',
      'You wrote this reason, so somebody else on the case must read it.',
    )
  await mustBeUnknown(tx, body.interlocutor, body.purpose)
  const at = new Date().toISOString()
  return write(tx, {
    ...known,
    body: { ...body, state: 'stands', secondedBy: tx.actor.person, secondedAt: at },
  })
}

async function write(
  tx: Tx,
  known: { id: string; revision: number; body: PublicReason },
): Promise<{ receipt: Receipt }> {
  const changed = ofCase(tx, publicReasonKind, known)
  return { receipt: await change(tx, 'decided on a reason about a public figure', [changed]) }
}

async function mustBeUnknown(tx: Tx, interlocutor: string, purpose: string): Promise<void> {
  if (!(await grantsOf(tx, [interlocutor])).some(({ body }) => body.purpose === purpose)) return
  throw new Refusal(
    'consent_known',
    'This person was asked about this purpose and answered; what they said is what counts.',
  )
}
