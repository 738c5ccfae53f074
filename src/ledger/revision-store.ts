import type { Tx } from '../storage/database.ts'
import { committedText } from './commitment.ts'
import type { RecordState } from './record-kind.ts'

/** A revision with the very text that its commitment is made of; null where the content was erased. */
export interface KnownRevision {
  readonly record: string
  readonly n: number
  readonly kind: string
  readonly entry: string
  readonly item: number
  readonly at: string
  readonly who: string
  /** Hexadecimal, as is the commitment. */
  readonly salt: string | null
  readonly commitment: string
  readonly committed: string | null
  /** Its content is not for whoever asks; its commitment stands for it. */
  readonly withheld?: true
  readonly state: RecordState | null
}

/** Records of which any revision names one of these in a member of its body, or was erased out of that dossier. */
export async function recordsNaming(
  tx: Tx,
  member: 'dossier' | 'source' | 'mergedInto' | 'matterKind',
  values: readonly string[],
): Promise<string[]> {
  const rows = await tx.query<{ record: string }>(
    `select distinct record from revision
      where organisation = $1 and (after->'body'->>$2 = any($3) or erased->>$2 = any($3))`,
    [tx.actor.organisation, member, values],
  )
  return rows.map(({ record }) => record)
}

/** Every revision of these records, by record and number; of those that whoever asks may not see the proof alone. */
export async function revisionsOf(tx: Tx, records: readonly string[]): Promise<KnownRevision[]> {
  const rows = await tx.query<{
    record: string
    n: number
    kind: string
    form: string
    entry: string
    item: number
    at: Date
    who: string
    why: string
    salt: string | null
    commitment: string
    after: RecordState | null
  }>(
    `select record, n, kind, form, entry, item, at, who, why, encode(salt, 'hex') as salt,
            encode(commitment, 'hex') as commitment, after
       from revision where organisation = $1 and record = any($2) order by record, n`,
    [tx.actor.organisation, records],
  )
  const unseen = await withheldOf(tx, records)
  const commitments = new Map([...rows, ...unseen].map((row) => [`${row.record}#${row.n}`, row.commitment]))
  const seen = rows.map(({ at, form, why, after: state, ...row }): KnownRevision => {
    const previous = commitments.get(`${row.record}#${row.n - 1}`) ?? null
    const committed = state ? committedText({ form, kind: row.kind, n: row.n, state, previous, why }) : null
    return { ...row, at: at.toISOString(), state, committed }
  })
  if (unseen.length === 0) return seen
  return [...seen, ...unseen].sort((a, b) =>
    a.record === b.record ? a.n - b.n : a.record < b.record ? -1 : 1,
  )
}

async function withheldOf(tx: Tx, records: readonly string[]): Promise<KnownRevision[]> {
  const rows = await tx.query<{
    record: string
    n: number
    kind: string
    entry: string
    item: number
    at: Date
    who: string
    commitment: string
  }>(
    "select record, n, kind, entry, item, at, who, encode(commitment, 'hex') as commitment from withheld_of($1)",
    [records],
  )
  return rows.map(({ at, ...row }) => ({
    ...row,
    at: at.toISOString(),
    salt: null,
    committed: null,
    state: null,
    withheld: true,
  }))
}

/** Commitments of all items of these entries, in their order; also of what whoever asks may not see. */
export async function commitmentsOf(tx: Tx, entries: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await tx.query<{ entry: string; commitments: string[] }>(
    `select entry, array_agg(encode(commitment, 'hex') order by item) as commitments
       from commitments_in($1) group by entry`,
    [entries],
  )
  return new Map(rows.map(({ entry, commitments }) => [entry, commitments]))
}

/** When a record was erased, and on what class of ground; null where it was not, or is nothing to whoever asks. */
export async function erasedRecord(tx: Tx, record: string): Promise<{ at: string; ground: string } | null> {
  const [row] = await tx.query<{ at: string; ground: string }>(
    `select erased->>'at' as at, erased->>'ground' as ground from revision
      where organisation = $1 and record = $2 and erased is not null order by n desc limit 1`,
    [tx.actor.organisation, record],
  )
  return row ?? null
}
