import { Refusal } from '../foundation/refusal.ts'
import { newestCheckpoint } from '../ledger/entry-store.ts'
import { bundleOf, tileOf } from '../ledger/tile-store.ts'
import { tileAt } from '../ledger/tiles.ts'
import { mustBeAllowed } from '../protection/may.ts'
import { doorsInto, type House } from './handlers.ts'

/**
 * The log as C2SP tlog-tiles serves it: `checkpoint`, `tile/LEVEL/INDEX` and `tile/entries/INDEX`, partial ones too,
 * so that any monitor of such logs can follow it.
 */
export async function sendLog(house: House, path: string): Promise<Response> {
  const found = await doorsInto(house).read(async (tx) => {
    mustBeAllowed(tx.actor, 'verify', { organisation: tx.actor.organisation, level: 'organisation' })
    const checkpoint = await newestCheckpoint(tx)
    if (path === 'checkpoint') return checkpoint && Buffer.from(checkpoint.note)
    const tile = tileAt(path)
    if (!tile || !checkpoint) return null
    return tile.kind === 'entries' ? bundleOf(tx, tile, checkpoint.size) : tileOf(tx, tile, checkpoint.size)
  })
  if (!found) throw new Refusal('not_there', 'The ledger has no such checkpoint, tile or bundle.')
  const type = path === 'checkpoint' ? 'text/plain; charset=utf-8' : 'application/octet-stream'
  return new Response(new Uint8Array(found), { headers: { 'Content-Type': type } })
}
