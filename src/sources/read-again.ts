import { newId } from '../foundation/ids.ts'
import { toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { Changed } from '../ledger/record-kind.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { DataFolder } from '../storage/data-folder.ts'
import type { Tx } from '../storage/database.ts'
import { CitableText } from './citable-text.ts'
import { openOriginal } from './open-original.ts'
import { type MadeReading, readOriginalBytes } from './read-original.ts'
import { relocate } from './relocate.ts'
import type { KnownPassage, Passage } from './source.ts'
import { passageKind, readingKind, sourceKind } from './source-kinds.ts'
import { findSource, passagesOf, readingInUse } from './source-store.ts'
import { withTurns } from './turns.ts'

/**
 * Put a new reading of a source in the place of the one in use, and look for every passage in it again: intact,
 * moved, or lost, never guessed. The old reading stays.
 *
 * @throws Refusal `source_unknown`, `source_unread`
 */
export async function readAgain(
  tx: Tx,
  source: string,
  made: MadeReading,
): Promise<{ reading: string; passages: Record<Passage['state'], number>; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'import')
  const known = await findSource(tx, source)
  const before = await readingInUse(tx, source)
  if (!known) throw new Refusal('source_unknown', 'That source is not there; choose it from the list again.')
  if (!before) throw unread()
  const id = newId('reading')
  const { text, body } = made
  const [old, now] = [
    new CitableText(before.text, before.reading.marks, before.id),
    new CitableText(text, body.marks, id),
  ]
  const placed = (await passagesOf(tx, source)).map((one) => placeAgain(one, { old, now }))
  const counts = { intact: 0, moved: 0, lost: 0 }
  for (const { passage } of placed) counts[passage.state] += 1
  const changes: Changed[] = [
    {
      kind: readingKind,
      revision: 0,
      text,
      state: { id, level: 'organisation', case: null, body: toJson({ source, ...body }) },
    },
    {
      kind: sourceKind,
      revision: known.revision,
      state: {
        id: source,
        level: 'organisation',
        case: null,
        body: toJson({ ...known.source, reading: id }),
      },
    },
    ...placed.map(({ id: passage, revision, passage: state }) => ({
      kind: passageKind,
      revision,
      state: { id: passage, level: 'organisation' as const, case: null, body: toJson(state) },
    })),
  ]
  return { reading: id, passages: counts, receipt: await change(tx, 'read the source again', changes) }
}

/**
 * Read the original of a source anew with the reader of this program, and look for every passage again.
 *
 * @throws Refusal `source_unknown`, `source_unread`, `original_missing`, `original_altered`
 */
export async function readOriginalAgain(
  tx: Tx,
  { folder, id }: { folder: DataFolder; id: string },
): ReturnType<typeof readAgain> {
  mustBeAllowed(tx.actor, 'import')
  const { known, bytes } = await openOriginal(tx, { folder, id })
  if (known.source.reading === null) throw unread()
  const { fileName, title, language, note } = known.source
  const { reading } = readOriginalBytes(bytes, {
    fileName: fileName ?? title,
    language: language ?? undefined,
  })
  return readAgain(tx, id, withTurns(reading, note))
}

function unread(): Refusal {
  return new Refusal('source_unread', 'This source has no reading yet, so there is nothing to replace.')
}

/** A lost passage keeps its words and its old reading, so that a person can see what was meant. */
function placeAgain(
  { id, revision, passage }: KnownPassage,
  { old, now }: { old: CitableText; now: CitableText },
): KnownPassage {
  const from = passage.reading === old.reading ? { from: old.folded } : {}
  const found = relocate({ ...from, to: now.folded, passage })
  if (found.state === 'lost') {
    // What a person knew to be gone is gone still, and they are not asked again; about anything else they are.
    const { settled, ...rest } = passage
    const known = passage.state === 'lost' && settled ? { settled } : {}
    return { id, revision, passage: { ...rest, ...known, state: 'lost' } }
  }
  const { loose, marked, settled, ...rest } = passage
  return {
    id,
    revision,
    passage: {
      ...rest,
      ...now.wordsAt(found.start, found.end),
      ...(found.loose ? { loose: [...found.loose] } : {}),
      reading: now.reading,
      // One that moved before and that nobody looked at since still waits.
      state: passage.state === 'moved' ? 'moved' : found.state,
    },
  }
}
