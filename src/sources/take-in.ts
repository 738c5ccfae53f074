import { newId } from '../foundation/ids.ts'
import { toJson } from '../foundation/json.ts'
import { isRefusal, Refusal } from '../foundation/refusal.ts'
import { change } from '../ledger/change.ts'
import type { Changed } from '../ledger/record-kind.ts'
import type { Actor } from '../protection/actor.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { DataFolder } from '../storage/data-folder.ts'
import { asActor, type Database, type Tx } from '../storage/database.ts'
import { keepOriginal } from '../storage/originals.ts'
import type { KnownDossier } from './dossier.ts'
import { keepLayouts } from './layout-store.ts'
import type { MadeReading } from './make-reading.ts'
import { batchOf, readInLine } from './read-line.ts'
import type { Source, SourceFacts } from './source.ts'
import { readingKind, sourceKind } from './source-kinds.ts'
import { findSource, sourceWithBytes } from './source-store.ts'
import { withTurns } from './turns.ts'

export interface Incoming {
  readonly fileName: string
  readonly bytes: Uint8Array
  readonly facts?: SourceFacts | undefined
  /** For what was typed here: which form it was typed in, and its fields. */
  readonly note?: Source['note'] | undefined
  /** The source that it came inside of. */
  readonly within?: string | undefined
}

/** What became of one file. An unread one is kept all the same: its original is safe and it can be read again. */
export interface TakenIn {
  readonly fileName: string
  readonly source: string | null
  readonly outcome: 'added' | 'there already' | 'refused'
  readonly code?: string
  readonly sentence?: string
  readonly sha256?: string
  readonly sentences?: number
  /** The charset it was read in, where that is not UTF-8. */
  readonly charset?: string
  /** What to look at: another charset than UTF-8, places that could not be decoded. */
  readonly warnings?: { code: string; sentence: string }[]
}

/** How far a call has come within one stage of it: of one file characters read or pages made out, sentences of all files recorded. */
export type HowFar = (
  stage: 'characters read' | 'pages made out' | 'sentences recorded',
  done: number,
  total: number,
) => void

interface House {
  readonly database: Database
  readonly folder: DataFolder
  readonly actor: Actor
}

/**
 * Take files into a dossier: originals kept first, then read, then recorded together in one ledger entry.
 *
 * A file that cannot be read is refused with its code, and its original stays as an unread source. An empty one
 * leaves nothing, because there is nothing. Files inside one (attachments, what an archive holds) are sources of their own,
 * linked to it, each with its line behind it.
 */
export async function takeIn(
  house: House,
  dossier: KnownDossier,
  files: readonly Incoming[],
  howFar: HowFar = () => undefined,
): Promise<TakenIn[]> {
  const { actor, database } = house
  mustBeAllowed(actor, 'import')
  const prepared = (
    await Promise.all(files.map((file) => prepareAll(house, file, { howFar, depth: 0 })))
  ).flat()
  return asActor(database, actor, async (tx) => {
    const { organisation } = actor
    mustBeAllowed(tx.actor, 'import', { organisation, level: dossier.level, dossier: dossier.id })
    // Two imports of the same bytes at once are one source: the second waits, and finds it there.
    await tx.query('select 1 from dossier where organisation = $1 and id = $2 for no key update', [
      organisation,
      dossier.id,
    ])
    const changes: Changed[] = []
    const layouts: Layouts = []
    const results: TakenIn[] = []
    const seen = new Map<string, string>()
    const ids = new Map<Prepared, string>()
    for (const one of prepared) results.push(await record(tx, { dossier, one, seen, changes, layouts, ids }))
    const sentences = results.reduce((sum, one) => sum + (one.sentences ?? 0), 0)
    const recorded = (lines: number) => howFar('sentences recorded', Math.min(lines, sentences), sentences)
    if (changes.length > 0) await change(tx, whyOf(changes), inOrder(changes), recorded)
    await keepLayouts(tx, layouts)
    return results
  })
}

type Layouts = { id: string; made: MadeReading }[]

interface Prepared {
  /** What it came inside of. */
  readonly inside: Prepared | null
  readonly file: Incoming
  readonly original: { sha256: string; size: number } | null
  readonly reading: MadeReading | null
  readonly mediaType: string
  readonly refusal: { code: string; sentence: string } | null
}

/** Containers within containers that are opened: an archive attached to a mail is, one inside of that is kept closed. */
const DEEPEST_INSIDE = 2

/** A file and all files inside it. */
async function prepareAll(
  house: House,
  file: Incoming,
  { howFar, depth, inside = null }: { howFar: HowFar; depth: number; inside?: Prepared | null },
): Promise<Prepared[]> {
  const one = { ...(await prepare(house, file, howFar)), inside }
  const within = one.reading?.inside ?? []
  if (within.length === 0) return [one]
  if (depth >= DEEPEST_INSIDE) return [{ ...one, reading: one.reading && keptClosed(one.reading) }]
  const all = await Promise.all(
    within.map(({ fileName, bytes, captured }) => {
      const taken = captured ? { url: captured.address, captured: captured.at } : {}
      const provenance = { ...file.facts?.provenance, ...taken }
      const next = {
        fileName: `${file.fileName}/${fileName}`,
        bytes,
        ...(Object.keys(provenance).length > 0 ? { facts: { provenance } } : {}),
      }
      return prepareAll(house, next, { howFar, depth: depth + 1, inside: one })
    }),
  )
  return [one, ...all.flat()]
}

function keptClosed(reading: MadeReading): MadeReading {
  const sentence =
    'This stands too deep within other files to be opened; unpack it, and take in what it holds.'
  const { inside, body, warnings, ...rest } = reading
  return {
    ...rest,
    body: { ...body, notes: [...body.notes, sentence] },
    warnings: [...warnings, { code: 'inside_too_deep', sentence }],
  }
}

async function prepare(
  { folder, actor }: House,
  file: Incoming,
  howFar: HowFar,
): Promise<Omit<Prepared, 'inside'>> {
  try {
    mustBeFileName(file.fileName)
    if (file.bytes.length === 0) throw emptyFile()
    const original = await keepOriginal(folder, file.bytes)
    try {
      const { reading, mediaType } = await readInLine(
        {
          ...file,
          language: file.facts?.language,
          batch: batchOf(actor),
          madeOut: (done, total) => howFar('pages made out', done, total),
        },
        (done, total) => howFar('characters read', done, total),
      )
      return { file, original, reading: withTurns(reading, file.note ?? null), mediaType, refusal: null }
    } catch (error) {
      return {
        file,
        original,
        reading: null,
        mediaType: 'application/octet-stream',
        refusal: toRefusal(error),
      }
    }
  } catch (error) {
    return { file, original: null, reading: null, mediaType: '', refusal: toRefusal(error) }
  }
}

async function record(
  tx: Tx,
  {
    dossier,
    one,
    seen,
    changes,
    layouts,
    ids,
  }: {
    dossier: KnownDossier
    one: Prepared
    seen: Map<string, string>
    changes: Changed[]
    layouts: Layouts
    ids: Map<Prepared, string>
  },
): Promise<TakenIn> {
  const { file, original, refusal } = one
  const refused = refusal ? { outcome: 'refused' as const, ...refusal } : null
  if (!original) return { fileName: file.fileName, source: null, outcome: 'refused', ...refusal }
  const about = { fileName: file.fileName, sha256: original.sha256 }
  const earlier = seen.get(original.sha256)
  ids.set(one, earlier ?? '')
  if (earlier !== undefined)
    return { ...about, source: earlier, ...(refused ?? { outcome: 'there already' }) }
  const known = await sourceWithBytes(tx, dossier.id, original.sha256)
  const id = known?.id ?? newId('source')
  seen.set(original.sha256, id)
  ids.set(one, id)
  if (known && (known.source.reading !== null || refused)) {
    return { ...about, source: id, ...(refused ?? { outcome: 'there already' }) }
  }
  const readingId = one.reading ? newId('reading') : null
  const source = known
    ? { ...known.source, mediaType: one.mediaType, reading: readingId, unread: null }
    : newSource({
        dossier,
        one,
        original,
        reading: readingId,
        within: one.file.within ?? (one.inside ? ids.get(one.inside) : undefined),
      })
  changes.push({
    kind: sourceKind,
    revision: known?.revision ?? 0,
    state: { id, level: 'organisation', case: null, body: toJson(source) },
  })
  if (one.reading && readingId !== null) {
    const { text, ...reading } = one.reading
    layouts.push({ id: readingId, made: one.reading })
    changes.push({
      kind: readingKind,
      revision: 0,
      text,
      state: {
        id: readingId,
        level: 'organisation',
        case: null,
        body: toJson({ source: id, ...reading.body }),
      },
    })
  }
  return {
    ...about,
    source: id,
    ...(refused ?? { outcome: 'added', ...howRead(one.reading) }),
  }
}

function howRead(reading: MadeReading | null): Pick<TakenIn, 'sentences' | 'charset' | 'warnings'> {
  if (!reading) return { sentences: 0 }
  const { charset, sentences } = reading.body
  return {
    sentences: sentences.length,
    ...(charset === null || charset === 'utf-8' ? {} : { charset }),
    ...(reading.warnings.length > 0 ? { warnings: [...reading.warnings] } : {}),
  }
}

function newSource({
  dossier,
  one,
  original,
  reading,
  within,
}: {
  dossier: KnownDossier
  one: Prepared
  original: { sha256: string; size: number }
  reading: string | null
  within: string | undefined
}): Source {
  const { facts = {}, fileName } = one.file
  const found = one.reading?.found
  return {
    dossier: dossier.id,
    kind: facts.kind ?? 'document',
    title: facts.title ?? found?.title ?? fileName,
    fileName,
    mediaType: one.mediaType,
    original,
    publisher: facts.publisher ?? null,
    date: facts.date ?? found?.date ?? null,
    language: facts.language ?? one.reading?.body.language ?? null,
    script: one.reading?.body.script ?? null,
    provenance: facts.provenance ?? {},
    reading,
    unread: one.refusal ? { code: one.refusal.code, reason: one.refusal.sentence } : null,
    note: one.file.note ?? null,
    holds: null,
    ...(within ? { within } : {}),
  }
}

/**
 * Change what we know about a source beside its words. `revision` is the one that was on screen.
 *
 * @throws Refusal `source_unknown`, `changed_meanwhile`
 */
export async function describeSource(
  tx: Tx,
  id: string,
  { revision, ...facts }: SourceFacts & { holds?: string | null | undefined; revision?: number | undefined },
): Promise<void> {
  mustBeAllowed(tx.actor, 'import')
  const known = await findSource(tx, id)
  if (!known) throw new Refusal('source_unknown', 'That source is not there; choose it from the list again.')
  const given = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
  await change(tx, 'described the source', [
    {
      kind: sourceKind,
      revision: revision ?? known.revision,
      state: { id, level: 'organisation', case: null, body: toJson({ ...known.source, ...given }) },
    },
  ])
}

function whyOf(changes: readonly Changed[]): string {
  const sources = changes.filter(({ kind }) => kind === sourceKind).length
  return sources === 1 ? 'took in a source' : `took in ${sources} sources`
}

/** Sources before their readings, as the rows point. */
function inOrder(changes: readonly Changed[]): Changed[] {
  return [...changes].sort((a, b) => Number(a.kind === readingKind) - Number(b.kind === readingKind))
}

/**
 * A source keeps the name it came with, folders below the one imported included; never one that points elsewhere, since
 * packages are unpacked by these names.
 */
function mustBeFileName(name: string): void {
  const parts = name.split(/[\\/]/)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not stand in a name
  const unfit = name.length > 400 || /[\u0000-\u001f\u007f]/.test(name) || /^[A-Za-z]:/.test(name)
  if (unfit || parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw new Refusal(
      'path_leaves_folder',
      'This file name points out of its folder, or no file can have it; give the file a plain name.',
    )
  }
}

function emptyFile(): Refusal {
  return new Refusal('empty_file', 'This file is empty; there is nothing to keep.')
}

function toRefusal(error: unknown): { code: string; sentence: string } {
  if (!isRefusal(error)) throw error
  return { code: error.code, sentence: error.message }
}
