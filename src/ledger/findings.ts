import type { Pool } from 'pg'
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
  readonly cannotTell: string[] = []

  add(what: string, id: string, sentence: string): void {
    this.altered.push({ what, id, sentence })
  }
}

/** A revision as it is stored. */
export interface RevisionRow {
  record: string
  n: number
  kind: string
  form: string
  entry: string
  item: number
  salt: Buffer | null
  commitment: Buffer
  after: RecordState | null
  erased: unknown
}

export type Owner = Pool
