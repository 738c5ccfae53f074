import { mustBeAllowed } from '../protection/may.ts'
import type { Tx } from '../storage/database.ts'
import type { LedgerKey } from '../storage/workspace.ts'
import { leavesOf, newestCheckpoint } from './entry-store.ts'
import { signNote, verifierLine } from './note.ts'
import { type Promised, promiseText, RECEIPT_FORMAT, type SignedReceipt } from './signed-receipt.ts'
import { hashesAround } from './tile-store.ts'
import { leafHash } from './tree.ts'

/** The receipt of a change just made. */
export function receiptOf(promised: Promised, key: LedgerKey): SignedReceipt {
  return {
    format: RECEIPT_FORMAT,
    key: verifierLine(key),
    promise: signNote(promiseText(promised), key),
    place: null,
  }
}

/** The same rows, each with the receipt of its entry. */
export async function withReceipts<Row extends { readonly entry: string }>(
  tx: Tx,
  key: LedgerKey,
  rows: readonly Row[],
): Promise<(Row & { receipt: SignedReceipt | null })[]> {
  mustBeAllowed(tx.actor, 'read')
  const receipts = await receiptsOf(
    tx,
    key,
    rows.map(({ entry }) => entry),
  )
  return rows.map((row) => ({ ...row, receipt: receipts.get(row.entry) ?? null }))
}

/** Receipts of entries on record, each with the proof of its place where it has one; Ed25519 signs alike every time. */
export async function receiptsOf(
  tx: Tx,
  key: LedgerKey,
  entries: readonly string[],
): Promise<Map<string, SignedReceipt>> {
  mustBeAllowed(tx.actor, 'read')
  const checkpoint = await newestCheckpoint(tx)
  const receipts = new Map<string, SignedReceipt>()
  for (const [entry, { leaf, index }] of await leavesOf(tx, entries)) {
    const { at }: { at: string } = JSON.parse(leaf)
    const receipt = receiptOf({ entry, leaf: leafHash(leaf).toString('hex'), at }, key)
    const size = checkpoint?.size ?? 0
    if (!checkpoint || index === null || index >= size) receipts.set(entry, receipt)
    else {
      const hashes = await hashesAround(tx, { index, size })
      const proof = hashes.proof(index, size).map((hash) => hash.toString('hex'))
      receipts.set(entry, { ...receipt, place: { index, proof, checkpoint: checkpoint.note } })
    }
  }
  return receipts
}
