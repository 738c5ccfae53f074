import { mustBeAllowed } from '../protection/may.ts'
import type { Tx } from '../storage/database.ts'
import { newestCheckpoint } from './entry-store.ts'
import { bundleOf, tileOf } from './tile-store.ts'
import { tileAt } from './tiles.ts'

/**
 * A part of the log by the name that C2SP tlog-tiles gives it: `checkpoint`, `tile/LEVEL/INDEX` or
 * `tile/entries/INDEX`, partial ones too. Null where the log has no such part.
 */
export async function readLog(tx: Tx, path: string): Promise<Buffer | null> {
  mustBeAllowed(tx.actor, 'verify')
  const checkpoint = await newestCheckpoint(tx)
  if (!checkpoint) return null
  if (path === 'checkpoint') return Buffer.from(checkpoint.note)
  const tile = tileAt(path)
  if (!tile) return null
  return tile.kind === 'entries' ? bundleOf(tx, tile, checkpoint.size) : tileOf(tx, tile, checkpoint.size)
}
