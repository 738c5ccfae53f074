import { z } from 'zod'

export const RECEIPT_FORMAT = 'rapporteur-receipt/1'
/** Within what time an entry has its place, as every receipt promises. Seconds. */
export const PROMISED_SECONDS = 10

/**
 * What whoever changed the record can keep: the ledger's signed promise, at once; and the proof of the entry's place
 * under a signed checkpoint, as soon as it has one. It says nothing of what was changed.
 */
export const SignedReceipt = z.object({
  format: z.literal(RECEIPT_FORMAT),
  /** The ledger's key, `name+id+key`. */
  key: z.string(),
  /** A signed note: format, entry, leaf hash, time, and the promise. */
  promise: z.string(),
  place: z
    .object({
      index: z.number().int().nonnegative(),
      /** RFC 6962 hashes from the leaf to the checkpoint's root, in hexadecimal, nearest first. */
      proof: z.array(z.string()),
      checkpoint: z.string(),
    })
    .nullable(),
})
export type SignedReceipt = z.infer<typeof SignedReceipt>

/** What a promise is about. `leaf` is the leaf's hash in hexadecimal. */
export interface Promised {
  readonly entry: string
  readonly leaf: string
  readonly at: string
}

/** The text that is signed; five lines, so that it can never be taken for a checkpoint. */
export function promiseText({ entry, leaf, at }: Promised): string {
  return `${RECEIPT_FORMAT}\n${entry}\n${leaf}\n${at}\nin the tree within ${PROMISED_SECONDS} seconds\n`
}
