import { readBackupPlan } from '../ledger/backup-plan.ts'
import type { Tx } from '../storage/database.ts'
import { Breach, openPoints } from './breach.ts'
import { DataRequest } from './data-request.ts'
import { recordsIn, termsSet } from './data-store.ts'
import { mustBeAllowed } from './may.ts'
import { Processing } from './processing.ts'
import { readErasures } from './read-erasures.ts'
import type { RetentionTerms } from './retention.ts'
import { type DueReview, dueReviews } from './review-term.ts'

export interface DataProtection {
  readonly requests: readonly (DataRequest & { readonly id: string })[]
  readonly breaches: readonly (Breach & { readonly id: string; readonly open: readonly string[] })[]
  readonly processing: readonly (Processing & { readonly id: string })[]
  readonly terms: RetentionTerms
  readonly reviews: readonly DueReview[]
}

/** Requests, breaches, bases and terms, for those who see to them. */
export async function readDataProtection(tx: Tx): Promise<DataProtection> {
  mustBeAllowed(tx.actor, 'protect data')
  return {
    requests: (await recordsIn(tx, 'data_request')).map(({ id, body }) => ({
      id,
      ...DataRequest.parse(body),
    })),
    breaches: (await recordsIn(tx, 'breach')).map(({ id, body }) => {
      const breach = Breach.parse(body)
      return { id, ...breach, open: openPoints(breach) }
    }),
    processing: (await recordsIn(tx, 'processing')).map(({ id, body }) => ({
      id,
      ...Processing.parse(body),
    })),
    terms: await termsSet(tx),
    reviews: await dueReviews(tx),
  }
}

/** Something with a clock, or that waits for whoever asks. */
export interface DueTask {
  readonly what: 'request' | 'breach' | 'review' | 'erasure' | 'backup'
  readonly id: string
  readonly title: string
  /** A day or a moment; null where nothing runs out. */
  readonly due: string | null
}

/** What of all this waits for whoever asks; nothing where it is not theirs to do. */
export async function dueTasks(tx: Tx): Promise<DueTask[]> {
  mustBeAllowed(tx.actor, 'verify')
  const has = (...roles: string[]) => tx.actor.roles.some((role) => roles.includes(role))
  const tasks: DueTask[] = []
  if (has('editor', 'legal')) {
    const { requests, breaches, reviews } = await readDataProtection(tx)
    for (const { id, type, due, state } of requests)
      if (state === 'open') tasks.push({ what: 'request', id, title: type, due })
    for (const { id, due, closed, authority } of breaches)
      if (!closed) tasks.push({ what: 'breach', id, title: '', due: authority.at === null ? due : null })
    for (const { id, class: of, due } of reviews) tasks.push({ what: 'review', id, title: of, due })
    for (const { id, kind, mayConfirm } of await readErasures(tx))
      if (mayConfirm) tasks.push({ what: 'erasure', id, title: kind, due: null })
  }
  if (has('administrator')) {
    const { plan, last } = await readBackupPlan(tx)
    if (plan.on && last && !last.ok)
      tasks.push({ what: 'backup', id: '', title: last.sentence, due: last.at })
  }
  return tasks.sort((a, b) => ((a.due ?? '9') < (b.due ?? '9') ? -1 : 1))
}
