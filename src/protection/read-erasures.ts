import type { Tx } from '../storage/database.ts'
import { ALONE_WAITS, type Erasure } from './erasure.ts'
import { erasuresKnown, isAlone, titlesNow } from './erasure-store.ts'
import { mustBeAllowed } from './may.ts'
import { peopleNamed } from './people-store.ts'

export interface ListedErasure extends Erasure {
  readonly id: string
  /** What the record is called, while it is there. */
  readonly title: string
  /** Names of who proposed and who decided. */
  readonly by: string
  readonly second: string | null
  /** Whether whoever asks may confirm it now; where they work alone, from when. */
  readonly mayConfirm: boolean
  readonly confirmFrom: string | null
}

/** All erasures, the newest first, without a word of what is gone. */
export async function readErasures(tx: Tx): Promise<ListedErasure[]> {
  mustBeAllowed(tx.actor, 'propose erasure')
  const { person, roles } = tx.actor
  const known = await erasuresKnown(tx)
  const titles = await titlesNow(
    tx,
    known.map(({ erasure }) => erasure.target),
  )
  const names = await peopleNamed(
    tx,
    known.flatMap(({ erasure }) => [
      erasure.proposedBy,
      erasure.decidedBy ?? erasure.proposedBy,
      ...(erasure.kind === 'person' ? [erasure.target] : []),
    ]),
  )
  const alone = await isAlone(tx)
  const isSecond = roles.some((role) => role === 'editor' || role === 'legal')
  return known.map(({ id, erasure }) => {
    const own = erasure.proposedBy === person
    const from = new Date(Date.parse(erasure.proposedAt) + ALONE_WAITS)
    const waits = own && alone && from > new Date()
    return {
      id,
      ...erasure,
      title: titles.get(erasure.target) ?? names.get(erasure.target) ?? '',
      by: names.get(erasure.proposedBy) ?? erasure.proposedBy,
      second: erasure.decidedBy === null ? null : (names.get(erasure.decidedBy) ?? erasure.decidedBy),
      mayConfirm: isSecond && erasure.state === 'proposed' && (!own || (alone && !waits)),
      confirmFrom: waits && erasure.state === 'proposed' ? from.toISOString() : null,
    }
  })
}
