import { kindOfId } from '../foundation/ids.ts'
import { type Json, toJson } from '../foundation/json.ts'
import { type HistoryEntry, historyOf } from '../ledger/history.ts'
import { oneEntry } from '../ledger/one-entry.ts'
import { erasedRecord } from '../ledger/revision-store.ts'
import { mattersByKey } from '../matters/matter-store.ts'
import { withNames } from '../protection/ledger-with-names.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { KnownSource } from '../sources/source.ts'
import { passagesById, sourcesById } from '../sources/source-store.ts'
import type { Tx } from '../storage/database.ts'

/** A record with where it comes from: its source, its words, who recorded it and where that stands in the ledger. */
export interface ShownRecord {
  readonly id: string
  readonly kind: string
  readonly body: Json
  readonly words: {
    readonly passage: string
    readonly exact: string
    readonly start: number
    readonly end: number
    readonly state: string
  }[]
  readonly source: {
    readonly id: string
    readonly title: string
    readonly sha256: string
    readonly publisher: string | null
    readonly date: string | null
    /** Whose interest may stand behind it; shown wherever it is cited. */
    readonly independence: string | null
  } | null
  readonly history: HistoryEntry[]
  /** When it was erased, and the class of the ground; null while it is there. */
  readonly erased: { readonly at: string; readonly ground: string } | null
}

const TABLES: Record<string, string> = {
  dossier: 'dossier',
  source: 'source',
  reading: 'reading',
  passage: 'passage',
  matter: 'matter',
  aspect: 'aspect',
  statement: 'statement',
  remark: 'remark',
  link: 'link',
  emendation: 'emendation',
  finding: 'finding',
  tag: 'tag',
}

/** Anything by its id, an entry of the ledger too, an item's name in a coding file, a matter's key, or sha256:…; null where there is none. */
export async function showRecord(tx: Tx, wanted: string): Promise<ShownRecord | null> {
  mustBeAllowed(tx.actor, 'read')
  const id = await idOf(tx, wanted)
  const kind = id === null ? null : kindOfId(id)
  if (id !== null && kind === 'entry') return showEntry(tx, id)
  const erased = id === null ? null : await erasedRecord(tx, id)
  if (id !== null && erased) {
    const history = await withNames(tx, await historyOf(tx, id))
    return { id, kind: kind ?? 'record', body: {}, words: [], source: null, history, erased }
  }
  const table = kind === null ? undefined : TABLES[kind]
  if (id === null || kind === null || table === undefined) return null
  const [row] = await tx.query<{ body: Record<string, Json> }>(
    `select body from ${table} where organisation = $1 and id = $2`,
    [tx.actor.organisation, id],
  )
  if (!row) return null
  const cited =
    kind === 'passage' ? [id] : Array.isArray(row.body.passages) ? row.body.passages.map(String) : []
  const passages = await passagesById(tx, cited)
  const sourceId = kind === 'source' ? id : typeof row.body.source === 'string' ? row.body.source : null
  const source = sourceId === null ? undefined : (await sourcesById(tx, [sourceId])).get(sourceId)
  return {
    id,
    kind,
    body: row.body,
    words: [...passages.values()].map(({ id: passage, passage: { exact, start, end, state } }) => ({
      passage,
      exact,
      start,
      end,
      state,
    })),
    source: source ? briefly(source) : null,
    history: await withNames(tx, await historyOf(tx, id)),
    erased: null,
  }
}

/** An entry has no words and one form: its history is the one time it was written. */
async function showEntry(tx: Tx, id: string): Promise<ShownRecord | null> {
  const found = await oneEntry(tx, id)
  if (!found) return null
  const { entry, index, ...said } = found
  const [{ who } = said] = await withNames(tx, [said])
  const { at, why } = said
  return {
    id,
    kind: 'entry',
    body: toJson({ ...said, who, index }),
    words: [],
    source: null,
    history: [{ n: 1, at, who, why, entry, index, changes: [] }],
    erased: null,
  }
}

async function idOf(tx: Tx, wanted: string): Promise<string | null> {
  if (kindOfId(wanted) !== null) return wanted
  const matter = (await mattersByKey(tx, [wanted])).get(wanted)
  if (matter) return matter.id
  const [row] = await tx.query<{ id: string }>(
    `select id from statement where organisation = $1 and item = $2
     union all select id from remark where organisation = $1 and item = $2
     union all select id from source where organisation = $1 and ('sha256:' || sha256 = $2 or file_name = $2)
     union all select id from dossier where organisation = $1 and slug = $2 limit 1`,
    [tx.actor.organisation, wanted],
  )
  return row?.id ?? null
}

function briefly({ id, source }: KnownSource): ShownRecord['source'] {
  return {
    id,
    title: source.title,
    sha256: source.original.sha256,
    publisher: source.publisher?.name ?? null,
    date: source.date,
    independence: source.provenance.independence ?? null,
  }
}
