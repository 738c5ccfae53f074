import type { Json } from '../foundation/json.ts'
import type { Level } from '../protection/actor.ts'

/** A record in its published form: what a ledger entry commits to, whatever the tables look like by then. */
export interface RecordState {
  readonly id: string
  readonly level: Level
  readonly case: string | null
  readonly body: { readonly [member: string]: Json }
}

/** Rows of one derived table, each without organisation, level and case, which follow the record's. */
export interface DerivedRows {
  readonly table: string
  /** The column that holds the record's id. */
  readonly owner: string
  /** Column name to SQL type, in order. */
  readonly columns: Readonly<Record<string, string>>
  rows(state: RecordState): Readonly<Record<string, Json>>[]
}

/** One line that search finds: a sentence of a reading, a name of a matter. `start` counts code points. */
export interface SearchableLine {
  readonly start: number
  readonly text: string
  /** ISO 639-1, or 'und'. */
  readonly language: string
}

/**
 * A noun as the ledger knows it. Each room declares its own; change() writes its table, its derived rows and its
 * searchable lines from this one description, and verify checks them against it.
 */
export interface RecordKind {
  readonly name: string
  readonly table: string
  /** Name and version of the published form, as `statement/1`. */
  readonly form: string
  /** A long text column kept beside the body; the body must hold `textSha256`. */
  readonly text?: true
  readonly derived: readonly DerivedRows[]
  /** What of this record search finds, or absent. */
  searchable?(state: RecordState, text: string | null): Iterable<SearchableLine>
}

/** One record as it shall be. `revision` is the number it has now: 0 for a new one. */
export interface Changed {
  readonly kind: RecordKind
  readonly state: RecordState
  readonly revision: number
  /** The level is what is being changed: it is taken as given, and may not be lower than what the record points at. */
  readonly regrade?: true
  /** For kinds with a text column, on their first revision. */
  readonly text?: string
}
