import { mustBeAllowed } from '../protection/may.ts'
import type { Tx } from '../storage/database.ts'
import { newestCheckpoint } from './entry-store.ts'
import { bundleOf, tileOf } from './tile-store.ts'
import { tileAt } from './tiles.ts'

/**
 * One file of the log as C2SP tlog-tiles has it: `checkpoint`, `tile/LEVEL/INDEX` or `tile/entries/INDEX`, partial ones
 * too. Null where there is no such file.
 */
export async function logFile(tx: Tx, path: string): Promise<Uint8Array | null> {
  mustBeAllowed(tx.actor, 'verify')
  const checkpoint = await newestCheckpoint(tx)
  if (!checkpoint) return null
  if (path === 'checkpoint') return Buffer.from(checkpoint.note)
  const tile = tileAt(path)
  if (!tile) return null
  return tile.kind === 'entries' ? bundleOf(tx, tile, checkpoint.size) : tileOf(tx, tile, checkpoint.size)
}
