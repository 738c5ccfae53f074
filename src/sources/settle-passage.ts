import { toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { Tx } from '../storage/database.ts'
import { citable } from './layout-store.ts'
import type { Passage } from './source.ts'
import { passageKind } from './source-kinds.ts'
import { passagesById, readingInUse } from './source-store.ts'

/** What a person says of words that a new reading moved or lost. */
export type PassageAnswer =
  /** The place found is the right one, or the words are gone and stay lost. */
  | { readonly as: 'found' }
  | { readonly as: 'gone' }
  /** These words of the reading in use are meant. */
  | { readonly as: 'words'; readonly exact: string; readonly start?: number | undefined }

/**
 * Settle a passage that a new reading moved or lost: a person says where its words stand now, or that they are gone. What
 * is confirmed or pointed out is intact again; what is gone stays lost, and no longer waits.
 *
 * @throws Refusal `passage_unknown`, `passage_settled`, `passage_lost`, `reason_missing`, `source_unread`, `nowhere`,
 *   `ambiguous`
 */
export async function settlePassage(
  tx: Tx,
  id: string,
  { answer, reason }: { answer: PassageAnswer; reason: string },
): Promise<{ state: Passage['state']; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'code')
  if (reason.trim() === '') {
    throw new Refusal('reason_missing', 'Say in a sentence why; whoever reads the record later will ask.')
  }
  const known = (await passagesById(tx, [id])).get(id)
  if (!known) throw new Refusal('passage_unknown', 'These words are not there; open the desk again.')
  const { passage, revision } = known
  if (passage.state === 'intact' || passage.settled) {
    throw new Refusal('passage_settled', 'These words wait for nobody; their history says who settled them.')
  }
  const body = await answered(tx, passage, answer)
  const settled = { by: tx.actor.person, at: new Date().toISOString(), reason: reason.trim() }
  const receipt = await change(tx, `settled a passage: ${reason.trim()}`, [
    {
      kind: passageKind,
      revision,
      state: { id, level: 'organisation', case: null, body: toJson({ ...body, settled }) },
    },
  ])
  return { state: body.state, receipt }
}

async function answered(tx: Tx, passage: Passage, answer: PassageAnswer): Promise<Passage> {
  if (answer.as === 'gone') return { ...passage, state: 'lost' }
  if (answer.as === 'found') {
    if (passage.state === 'lost') {
      throw new Refusal(
        'passage_lost',
        'These words were not found again; copy out the words that are meant, or say that they are gone.',
      )
    }
    return { ...passage, state: 'intact' }
  }
  const read = await readingInUse(tx, passage.source)
  if (!read) throw new Refusal('source_unread', 'This source has no reading, so no words of it can be cited.')
  const text = await citable(tx, read)
  const { exact, start } = answer
  const fitted = text.fit({
    exact,
    ...(start === undefined ? {} : { start, end: start + [...exact].length }),
  })
  const { loose, marked, regions, settled, ...rest } = passage
  return { ...rest, ...fitted, reading: read.id, state: 'intact' }
}
