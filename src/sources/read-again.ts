import { newId } from '../foundation/ids.ts'
import { toJson } from '../foundation/json.ts'
import { isRefusal, Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { Changed } from '../ledger/record-kind.ts'
import type { Actor } from '../protection/actor.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { DataFolder } from '../storage/data-folder.ts'
import { asActor, type Database, readAs, type Tx } from '../storage/database.ts'
import { CitableText } from './citable-text.ts'
import { dossierById } from './dossier.ts'
import { unpackLayout } from './layout.ts'
import { keepLayouts } from './layout-store.ts'
import type { MadeReading } from './make-reading.ts'
import { openOriginal } from './open-original.ts'
import { batchOf, readInLine } from './read-line.ts'
import { relocate } from './relocate.ts'
import type { KnownPassage, Passage, Source } from './source.ts'
import { passageKind, readingKind, sourceKind } from './source-kinds.ts'
import { findSource, passagesOf, readingInUse } from './source-store.ts'
import { takeIn } from './take-in.ts'
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
    new CitableText(text, body.marks, id, made.layout ? unpackLayout(made.layout) : null),
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
  const receipt = await change(tx, 'read the source again', changes)
  await keepLayouts(tx, [{ id, made }])
  return { reading: id, passages: counts, receipt }
}

/** What became of reading an original once more. Where it failed, nothing of what was read before is touched. */
export interface ReadOnceMore {
  readonly reading: string | null
  readonly failed: { code: string; sentence: string } | null
  readonly passages: Record<Passage['state'], number>
  readonly receipt: Receipt | null
}

/**
 * Read the original of a source with the reader of this program: anew, looking for every passage again, or for the first
 * time where it was kept unread. A failure is an answer, and of an unread source the reason is recorded.
 *
 * @throws Refusal `source_unknown`, `original_missing`, `original_altered`
 */
export async function readOriginalAgain(
  house: { database: Database; folder: DataFolder; actor: Actor },
  id: string,
): Promise<ReadOnceMore> {
  const { database, folder, actor } = house
  mustBeAllowed(actor, 'import')
  const { known, bytes } = await readAs(database, actor, (tx) => openOriginal(tx, { folder, id }))
  const { fileName, title, language, note } = known.source
  const passages = { intact: 0, moved: 0, lost: 0 }
  try {
    const { reading, mediaType } = await readInLine({
      bytes,
      fileName: fileName ?? title,
      language: language ?? undefined,
      batch: batchOf(actor),
    })
    const made = withTurns(reading, note)
    const done = await asActor(database, actor, (tx) =>
      known.source.reading === null ? readFirst(tx, id, { made, mediaType }) : readAgain(tx, id, made),
    )
    await takeInside(house, known.source, { id, made })
    return { failed: null, passages, ...done }
  } catch (error) {
    if (!isRefusal(error) || NOT_OF_THE_FILE.has(error.code)) throw error
    const { code, message: sentence } = error
    const receipt = await asActor(database, actor, (tx) => stillUnread(tx, id, { code, reason: sentence }))
    return { reading: known.source.reading, failed: { code, sentence }, passages, receipt }
  }
}

/** Refusals that say nothing about the file. */
const NOT_OF_THE_FILE = new Set(['source_unknown', 'changed_meanwhile', 'not_allowed'])

/** What stands inside a source that is readable now becomes sources of their own, where it is none yet. */
async function takeInside(
  house: Parameters<typeof takeIn>[0],
  { dossier: of, fileName, title }: Source,
  { id, made: { inside = [] } }: { id: string; made: MadeReading },
): Promise<void> {
  if (inside.length === 0) return
  const dossier = await readAs(house.database, house.actor, (tx) => dossierById(tx, of))
  if (!dossier) return
  const files = inside.map((one) => ({
    ...one,
    fileName: `${fileName ?? title}/${one.fileName}`,
    within: id,
  }))
  await takeIn(house, dossier, files)
}

/** The first reading of a source that was kept unread. */
async function readFirst(
  tx: Tx,
  id: string,
  { made, mediaType }: { made: MadeReading; mediaType: string },
): Promise<{ reading: string; receipt: Receipt }> {
  const known = await findSource(tx, id)
  if (!known) throw new Refusal('source_unknown', 'That source is not there; choose it from the list again.')
  const { source, revision } = known
  const reading = newId('reading')
  const guard = { level: 'organisation', case: null } as const
  const { text, body, found } = made
  const receipt = await change(tx, 'read the source', [
    {
      kind: sourceKind,
      revision,
      state: {
        id,
        ...guard,
        body: toJson({
          ...source,
          mediaType,
          reading,
          unread: null,
          title: source.title === source.fileName ? (found.title ?? source.title) : source.title,
          date: source.date ?? found.date,
          language: source.language ?? body.language,
          script: body.script,
        }),
      },
    },
    {
      kind: readingKind,
      revision: 0,
      text,
      state: { id: reading, ...guard, body: toJson({ source: id, ...body }) },
    },
  ])
  await keepLayouts(tx, [{ id: reading, made }])
  return { reading, receipt }
}

/** Records why a source is unread now, where that is another reason than before. */
async function stillUnread(
  tx: Tx,
  id: string,
  unread: { code: string; reason: string },
): Promise<Receipt | null> {
  const known = await findSource(tx, id)
  if (!known || known.source.reading !== null || known.source.unread?.code === unread.code) return null
  return change(tx, 'the source cannot be read', [
    {
      kind: sourceKind,
      revision: known.revision,
      state: { id, level: 'organisation', case: null, body: toJson({ ...known.source, unread }) },
    },
  ])
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
  const { loose, marked, regions, settled, ...rest } = passage
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
