import { canonicalJson, type Json } from '../foundation/json.ts'
import type { Tx } from '../storage/database.ts'
import type { RecordState } from './record-kind.ts'

/** One member of a record that a revision changed; absent members are null. */
export interface FieldChange {
  readonly field: string
  readonly before: Json
  readonly after: Json
}

export interface HistoryEntry {
  readonly n: number
  readonly at: string
  readonly who: string
  readonly why: string
  readonly entry: string
  /** Place in the tree; null while it waits for the next checkpoint. */
  readonly index: number | null
  readonly changes: FieldChange[]
}

/** All revisions of a record, the first first, each with what it changed. Empty where there is no such record. */
export async function historyOf(tx: Tx, record: string): Promise<HistoryEntry[]> {
  const rows = await tx.query<{
    n: number
    at: Date
    who: string
    why: string
    entry: string
    index: string | null
    after: RecordState | null
  }>(
    `select r.n, r.at, r.who, r.why, r.entry, e.index, r.after from revision r
       left join ledger_entry e on e.organisation = r.organisation and e.entry = r.entry
      where r.organisation = $1 and r.record = $2 order by r.n`,
    [tx.actor.organisation, record],
  )
  return rows.map(({ n, at, who, why, entry, index, after }, place) => ({
    n,
    at: at.toISOString(),
    who,
    why,
    entry,
    index: index === null ? null : Number(index),
    changes: differences(fieldsOf(rows[place - 1]?.after ?? null), fieldsOf(after)),
  }))
}

function fieldsOf(state: RecordState | null): Record<string, Json> {
  return state ? { ...state.body, level: state.level, case: state.case } : {}
}

function differences(before: Record<string, Json>, after: Record<string, Json>): FieldChange[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return fields
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }))
    .filter((change) => canonicalJson(change.before) !== canonicalJson(change.after))
}
