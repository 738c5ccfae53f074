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
}

/**
 * SHA-256(salt ‖ canonical JSON of the record in its published form). Without the salt it says nothing of the
 * content, so that content can be erased while every proof stays valid.
 */
export function commitmentOf(salt: Uint8Array, { form, kind, n, state, previous }: Committed): Buffer {
  const { id, level, case: caseId, body } = state
  return sha256(salt, canonicalJson({ form, kind, id, n, level, case: caseId, body, previous }))
}
