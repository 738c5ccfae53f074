import { sha256Hex } from '../foundation/hashing.ts'
import { newId } from '../foundation/ids.ts'
import { toJson } from '../foundation/json.ts'
import { isRefusal, Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { Changed } from '../ledger/record-kind.ts'
import { mustBeAllowed } from '../protection/may.ts'
import { CitableText } from '../sources/citable-text.ts'
import { citable } from '../sources/layout-store.ts'
import { passageKind } from '../sources/source-kinds.ts'
import {
  findSource,
  type KnownReading,
  passagesOf,
  readingInUse,
  sourcesOfDossier,
} from '../sources/source-store.ts'
import type { Tx } from '../storage/database.ts'
import { citationsIn } from './citations.ts'
import type { RecordedRemark } from './remark.ts'
import { remarkKind } from './statement-kinds.ts'
import { remarksOf } from './statement-store.ts'

/** A citation by its place, and what a person found: the source that holds the document, or that none is missing. */
export interface SettledCitation {
  readonly source: string
  readonly start: number
  readonly end: number
  /** A source of the same dossier; null: no document is missing. */
  readonly heldIn: string | null
  /** May be empty only where the quoted words stand in the document. */
  readonly reason: string
}

/**
 * Settle a document that is cited and not held: it was taken in, or a person says why none is missing. Either is a remark
 * on the quoted words, so that the coding format carries it.
 *
 * @throws Refusal `source_unknown`, `source_unread`, `citation_unknown`, `reason_missing`
 */
export async function settleCitation(
  tx: Tx,
  { source, start, end, heldIn, reason }: SettledCitation,
): Promise<{ id: string; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'code')
  const known = await findSource(tx, source)
  if (!known) throw unknown()
  const { dossier } = known.source
  const sources = await sourcesOfDossier(tx, dossier)
  const waiting = await citationsIn(tx, { dossier, sources, remarks: await remarksOf(tx, { dossier }) })
  if (!waiting.some((one) => one.source === source && one.start === start && one.end === end)) {
    throw new Refusal('citation_unknown', 'No document waits at these words; open the desk again.')
  }
  const read = await readingInUse(tx, source)
  if (!read) throw new Refusal('source_unread', 'This source has no reading, so no words of it can be cited.')
  const words = (await citable(tx, read)).wordsAt(start, end)
  const document = heldIn === null ? null : sources.find(({ id }) => id === heldIn && id !== source)
  if (document === undefined) throw unknown()
  const stands = document ? standsIn(words.exact, await readingInUse(tx, document.id)) : false
  if (reason.trim() === '' && !stands) {
    throw new Refusal(
      'reason_missing',
      document
        ? 'The quoted words do not stand in that document; say in a sentence why it is the one that is quoted.'
        : 'Say in a sentence why no document is missing; the reason stays on record.',
    )
  }
  const passages = (await passagesOf(tx, source)).filter(({ passage }) => passage.state !== 'lost')
  const there = passages.find(({ passage }) => passage.start === start && passage.end === end)
  const passage = there?.id ?? newId('passage')
  const id = newId('remark')
  const body: RecordedRemark = {
    type: 'Remark',
    remark: document ? 'duplicate' : 'credit',
    ...(document ? { duplicateOf: `sha256:${document.source.original.sha256}` } : {}),
    ...(reason.trim() === '' ? {} : { text: reason.trim() }),
    dossier,
    source,
    passages: [passage],
    item: `citation-${sha256Hex(`${source} ${words.exact} ${start}`).slice(0, 12)}`,
  }
  const changes: Changed[] = [
    ...(there
      ? []
      : [
          {
            kind: passageKind,
            revision: 0,
            state: {
              id: passage,
              level: 'organisation' as const,
              case: null,
              body: toJson({ source, reading: read.id, state: 'intact', ...words }),
            },
          },
        ]),
    { kind: remarkKind, revision: 0, state: { id, level: 'organisation', case: null, body: toJson(body) } },
  ]
  const why = document ? 'took in a document that was cited' : 'found that no document is missing'
  return { id, receipt: await change(tx, why, changes) }
}

/** Whether the quoted words stand in the document, at one place or at several. */
function standsIn(exact: string, document: KnownReading | null): boolean {
  if (!document) return false
  const words = exact.replace(/^[“«„"]+|[”»“"]+$/gu, '')
  try {
    new CitableText(document.text, [], document.id).fit({ exact: words })
    return true
  } catch (error) {
    if (!isRefusal(error)) throw error
    return error.code === 'ambiguous'
  }
}

function unknown(): Refusal {
  return new Refusal('source_unknown', 'That source is not there; choose it from the list again.')
}
