import { newId } from '../foundation/ids.ts'
import { toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { Tx } from '../storage/database.ts'
import { monthsLater } from './data-request.ts'
import { keepTerms, overdueIn, termsSet } from './data-store.ts'
import { mustBeAllowed } from './may.ts'
import { reviewKind } from './protection-kinds.ts'
import { RETENTION_CLASSES, type RetentionTerms, type Review } from './retention.ts'

export interface DueReview {
  readonly id: string
  readonly class: Review['class']
  readonly title: string
  readonly due: string
}

/** Set after how many months records of each class are looked at. */
export async function setTerms(tx: Tx, terms: RetentionTerms): Promise<RetentionTerms> {
  mustBeAllowed(tx.actor, 'protect data')
  await keepTerms(tx, terms)
  return terms
}

/** What is to be looked at, as far as whoever asks may see it. Nothing is deleted by itself. */
export async function dueReviews(tx: Tx): Promise<DueReview[]> {
  mustBeAllowed(tx.actor, 'read')
  const terms = await termsSet(tx)
  const due: DueReview[] = []
  for (const of of RETENTION_CLASSES) {
    const months = terms[of]
    if (months === null) continue
    for (const one of await overdueIn(tx, of, months)) due.push({ ...one, class: of })
  }
  return due
}

/** Keep on what was looked at, for so many months and a reason. @throws Refusal `not_due` */
export async function keepOn(
  tx: Tx,
  { subject, months, reason }: { subject: string; months: number; reason: Review['reason'] },
): Promise<{ id: string; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'protect data')
  const due = (await dueReviews(tx)).find(({ id }) => id === subject)
  if (!due)
    throw new Refusal('not_due', 'Nobody waits for this: its term is not over, or somebody looked already.')
  const at = new Date().toISOString()
  const until = monthsLater(at.slice(0, 10), months)
  const body: Review = { subject, class: due.class, until, reason, by: tx.actor.person, at }
  const id = newId('review')
  const state = { id, level: 'organisation' as const, case: null, body: toJson(body) }
  return {
    id,
    receipt: await change(tx, 'kept on after a review', [{ kind: reviewKind, revision: 0, state }]),
  }
}
