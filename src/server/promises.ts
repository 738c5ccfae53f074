import { signNote } from '../ledger/note.ts'
import { promiseText } from '../ledger/signed-receipt.ts'
import type { LedgerKey } from '../storage/workspace.ts'

/** An answer whose receipts, its own or the one it holds, carry the ledger's signed promise. */
export function withPromises(answer: Record<string, unknown>, key: LedgerKey): Record<string, unknown> {
  if (isReceipt(answer)) return { ...answer, promise: signNote(promiseText(answer), key) }
  const { receipt } = answer
  return isReceipt(receipt) ? { ...answer, receipt: withPromises({ ...receipt }, key) } : answer
}

function isReceipt(value: unknown): value is { entry: string; leaf: string; at: string } {
  if (typeof value !== 'object' || value === null) return false
  return ['entry', 'leaf', 'at'].every((name) => typeof (value as Record<string, unknown>)[name] === 'string')
}
