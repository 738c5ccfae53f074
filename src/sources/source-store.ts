import type { Json } from '../foundation/json.ts'
import type { Tx } from '../storage/database.ts'
import { Drift } from './drift.ts'
import { type KnownPassage, type KnownSource, Passage, Reading, Source } from './source.ts'

interface Row {
  id: string
  revision: number
  body: Json
}

export interface KnownReading {
  readonly id: string
  readonly revision: number
  readonly reading: Reading
  readonly text: string
}

function toSource({ id, revision, body }: Row): KnownSource {
  return { id, revision, source: Source.parse(body) }
}

/** The source, or null where it is not there or not yours to see. */
export async function findSource(tx: Tx, id: string): Promise<KnownSource | null> {
  const [row] = await tx.query<Row>(
    'select id, revision, body from source where organisation = $1 and id = $2',
    [tx.actor.organisation, id],
  )
  return row ? toSource(row) : null
}

/** All sources of a dossier, by title. */
export async function sourcesOfDossier(tx: Tx, dossier: string): Promise<KnownSource[]> {
  const rows = await tx.query<Row>(
    `select id, revision, body from source where organisation = $1 and dossier = $2 order by body->>'title', id`,
    [tx.actor.organisation, dossier],
  )
  return rows.map(toSource)
}

/** The value that a list is sorted by, and the id that decides where it is the same: where a page ends. */
export interface SourcePlace {
  readonly by: string
  readonly id: string
}

/** Sources of a dossier behind a place, by title or by date with the latest first: as many as are asked for. */
export async function sourcesBehind(
  tx: Tx,
  dossier: string,
  {
    sort,
    typed,
    after,
    limit,
  }: { sort: 'title' | 'date'; typed: string; after: SourcePlace | null; limit: number },
): Promise<(KnownSource & { readonly place: SourcePlace })[]> {
  const [by, way, beyond] = sort === 'title' ? ['title', 'asc', '>'] : ['day', 'desc', '<']
  const wanted = `%${typed.trim().replace(/[\\%_]/g, '\\$&')}%`
  // Which ones is told by the index alone; only those of the page are fetched.
  const rows = await tx.query<Row & { by: string }>(
    `with page as materialized (
       select id, ${by} as by from source
        where organisation = $1 and dossier = $2
          ${after === null ? '' : `and (${by}, id) ${beyond} ($4, $5)`}
          ${typed.trim() === '' ? '' : `and title || ' ' || publisher ilike $${after === null ? 4 : 6}`}
        order by ${by} ${way}, id ${way} limit $3)
     select s.id, s.revision, s.body, p.by from page p
       join source s on s.organisation = $1 and s.id = p.id order by p.by ${way}, p.id ${way}`,
    [
      tx.actor.organisation,
      dossier,
      limit,
      ...(after === null ? [] : [after.by, after.id]),
      ...(typed.trim() === '' ? [] : [wanted]),
    ],
  )
  return rows.map((row) => ({ ...toSource(row), place: { by: row.by, id: row.id } }))
}

/** When each of these came on record, by id. */
export async function takenInAt(tx: Tx, ids: readonly string[]): Promise<Map<string, Date>> {
  const rows = await tx.query<{ record: string; at: Date }>(
    'select record, at from revision where organisation = $1 and n = 1 and record = any($2)',
    [tx.actor.organisation, ids],
  )
  return new Map(rows.map(({ record, at }) => [record, at]))
}

export async function sourcesById(tx: Tx, ids: readonly string[]): Promise<Map<string, KnownSource>> {
  const rows = await tx.query<Row>(
    'select id, revision, body from source where organisation = $1 and id = any($2)',
    [tx.actor.organisation, ids],
  )
  return new Map(rows.map((row) => [row.id, toSource(row)]))
}

/** The source of a dossier that holds exactly these bytes, or null. */
export async function sourceWithBytes(tx: Tx, dossier: string, sha256: string): Promise<KnownSource | null> {
  const [row] = await tx.query<Row>(
    `select id, revision, body from source where organisation = $1 and dossier = $2 and sha256 = $3 order by id limit 1`,
    [tx.actor.organisation, dossier, sha256],
  )
  return row ? toSource(row) : null
}

/**
 * The sources that a coding file means by these names: file names, "sha256:…" or ids. A name may mean several. What
 * came out of a folder is called by its path there; the last part alone means it too, where nothing else has that name.
 */
export async function sourcesNamed(
  tx: Tx,
  dossier: string,
  names: readonly string[],
): Promise<Map<string, { id: string; reading: string | null; sha256: string }[]>> {
  const rows = await tx.query<{
    id: string
    reading: string | null
    sha256: string
    file_name: string | null
  }>(
    `select id, reading, sha256, file_name from source
      where organisation = $1 and dossier = $2
        and (file_name = any($3) or regexp_replace(file_name, '^.*/', '') = any($3)
          or 'sha256:' || sha256 = any($3) or id = any($3)) order by id`,
    [tx.actor.organisation, dossier, names],
  )
  const named = new Map<string, { id: string; reading: string | null; sha256: string }[]>()
  for (const name of names) {
    const whole = rows.filter(
      (row) => row.file_name === name || `sha256:${row.sha256}` === name || row.id === name,
    )
    const found = whole.length > 0 ? whole : rows.filter((row) => row.file_name?.split('/').at(-1) === name)
    // The same bytes taken in twice are one text, whichever row is meant.
    const different = found.filter((row, n) => found.findIndex((one) => one.sha256 === row.sha256) === n)
    if (different.length > 0) named.set(name, different)
  }
  return named
}

/** The reading in use of a source, with its text; null while it is unread. */
export async function readingInUse(tx: Tx, source: string): Promise<KnownReading | null> {
  const [row] = await tx.query<Row & { text: string }>(
    `select r.id, r.revision, r.body, r.text from source s
       join reading r on r.organisation = s.organisation and r.id = s.reading
      where s.organisation = $1 and s.id = $2`,
    [tx.actor.organisation, source],
  )
  return row ? { id: row.id, revision: row.revision, reading: Reading.parse(row.body), text: row.text } : null
}

/** Readings in use of a dossier in which long quotations of other documents stand. */
export async function readingsWithQuotations(
  tx: Tx,
  dossier: string,
): Promise<{ source: string; text: string; quotations: Reading['quotations'] }[]> {
  const rows = await tx.query<{ source: string; text: string; body: Json }>(
    `select s.id as source, r.text, r.body from source s
       join reading r on r.organisation = s.organisation and r.id = s.reading
      where s.organisation = $1 and s.dossier = $2 and jsonb_array_length(r.body->'quotations') > 0
      order by s.body->>'title', s.id`,
    [tx.actor.organisation, dossier],
  )
  return rows.map(({ source, text, body }) => ({ source, text, quotations: Reading.parse(body).quotations }))
}

/** The text of a reading; null where it is not there. */
export async function readingText(tx: Tx, id: string): Promise<string | null> {
  const [row] = await tx.query<{ text: string }>(
    'select text from reading where organisation = $1 and id = $2',
    [tx.actor.organisation, id],
  )
  return row?.text ?? null
}

/** Of these readings, those whose positions part from their file's, and where. */
export async function driftsOf(tx: Tx, readings: readonly string[]): Promise<Map<string, Drift>> {
  const rows = await tx.query<{ id: string; drift: Json }>(
    `select id, body->'drift' as drift from reading
      where organisation = $1 and id = any($2) and body ? 'drift'`,
    [tx.actor.organisation, readings],
  )
  return new Map(rows.map(({ id, drift }) => [id, Drift.parse(drift)]))
}

/** All passages of a source, in the order of the text. */
export async function passagesOf(tx: Tx, source: string): Promise<KnownPassage[]> {
  const rows = await tx.query<Row>(
    `select id, revision, body from passage where organisation = $1 and source = $2
      order by (body->>'start')::int, (body->>'end')::int`,
    [tx.actor.organisation, source],
  )
  return rows.map(({ id, revision, body }) => ({ id, revision, passage: Passage.parse(body) }))
}

export async function passagesById(tx: Tx, ids: readonly string[]): Promise<Map<string, KnownPassage>> {
  const rows = await tx.query<Row>(
    'select id, revision, body from passage where organisation = $1 and id = any($2)',
    [tx.actor.organisation, ids],
  )
  return new Map(rows.map(({ id, revision, body }) => [id, { id, revision, passage: Passage.parse(body) }]))
}
