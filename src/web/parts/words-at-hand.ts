import { type Drift, toFilePoint } from '../../sources/drift.ts'

/** Words that somebody chose in a reading. */
export interface Words {
  readonly source: string
  readonly exact: string
  /** Code points of the reading. */
  readonly start: number
  readonly end: number
  readonly drift: Drift | undefined
}

/** Where words stand, as a target of the coding format: its positions count the file's text. */
export function targetOf({ source, exact, start, end, drift }: Words) {
  return {
    source,
    selector: [
      { type: 'TextQuoteSelector', exact },
      { type: 'TextPositionSelector', start: toFilePoint(drift, start), end: toFilePoint(drift, end) },
    ],
  }
}
