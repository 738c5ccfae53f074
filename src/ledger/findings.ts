import type { PoolClient } from 'pg'
import type { Leaf } from './leaf.ts'
import type { RecordState } from './record-kind.ts'

/** One thing that is not as the ledger says. */
export interface Altered {
  readonly what: string
  readonly id: string
  readonly sentence: string
}

/** What verify gathers. */
export class Findings {
  readonly altered: Altered[] = []
  readonly erased: string[] = []
  /** Revisions of which a package holds the proof alone. */
  withheld = 0
  readonly cannotTell: string[] = []
  /** What no verification of this kind can know; it says so and the rest still counts. */
  readonly limits: string[] = []

  add(what: string, id: string, sentence: string): void {
    this.altered.push({ what, id, sentence })
  }

  get state(): 'intact' | 'altered' | 'cannot tell' {
    if (this.altered.length > 0) return 'altered'
    return this.cannotTell.length > 0 ? 'cannot tell' : 'intact'
  }
}

/** A revision as it is stored. */
export interface RevisionRow {
  level: number
  case: string | null
  record: string
  n: number
  kind: string
  form: string
  entry: string
  item: number
  at: Date
  who: string
  why: string
  salt: Buffer | null
  commitment: Buffer
  after: RecordState | null
  erased: unknown
}

/** An entry as it is stored, in the tree or still waiting, with what its leaf says (null where nothing can be read). */
export interface StoredEntry {
  readonly index: number | null
  readonly entry: string
  readonly leaf: string
  readonly said: Leaf | null
}

/** The owner's connection, in one transaction from the first question to the last. */
export type Owner = Pick<PoolClient, 'query'>
