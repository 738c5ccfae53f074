import { sha256 } from '../foundation/hashing.ts'
import { canonicalJson } from '../foundation/json.ts'
import type { RecordState } from './record-kind.ts'

/** Everything one item of an entry commits to. */
export interface Committed {
  readonly form: string
  readonly kind: string
  readonly n: number
  readonly state: RecordState
  /** The commitment of revision n-1 in hexadecimal, null for the first. */
  readonly previous: string | null
  /** Why it was changed; it may name people, so it is committed to here and never stands in the leaf. */
  readonly why: string
}

/** The very text that is committed to. A package carries it as it is, so that nobody has to spell JSON as we do. */
export function committedText({ form, kind, n, state, previous, why }: Committed): string {
  const { id, level, case: caseId, body } = state
  return canonicalJson({ form, kind, id, n, level, case: caseId, body, previous, why })
}

/**
 * SHA-256(salt ‖ canonical JSON of the record in its published form). Without the salt it says nothing of the
 * content, so that content can be erased while every proof stays valid.
 */
export function commitmentOf(salt: Uint8Array, committed: Committed): Buffer {
  return sha256(salt, committedText(committed))
}
