import type { LedgerKey } from '../storage/workspace.ts'
import { openNote, signNote } from './note.ts'

/** Size and root of a log, as C2SP tlog-checkpoint has them. */
export interface Checkpoint {
  readonly size: number
  readonly root: Buffer
}

export function signCheckpoint({ size, root }: Checkpoint, key: LedgerKey): string {
  return signNote(`${key.name}\n${size}\n${root.toString('base64')}\n`, key)
}

/** The checkpoint in a note that this key signed, or null where it is not one. */
export function openCheckpoint(note: string, key: Pick<LedgerKey, 'name' | 'publicKey'>): Checkpoint | null {
  const lines = openNote(note, key)?.split('\n')
  if (lines?.length !== 4) return null
  const [origin, size = '', base64 = ''] = lines
  const root = Buffer.from(base64, 'base64')
  if (origin !== key.name || !/^(0|[1-9]\d{0,15})$/.test(size)) return null
  if (root.length !== 32 || root.toString('base64') !== base64) return null
  return { size: Number(size), root }
}
