import { Refusal } from '../foundation/refusal.ts'
import { readLog } from '../ledger/read-log.ts'
import { doorsInto, type House } from './handlers.ts'

/** The log as C2SP tlog-tiles serves it, so that any monitor of such logs can follow it. */
export async function sendLog(house: House, path: string): Promise<Response> {
  const found = await doorsInto(house).read((tx) => readLog(tx, path))
  if (!found) throw new Refusal('not_there', 'The ledger has no such checkpoint, tile or bundle.')
  const type = path === 'checkpoint' ? 'text/plain; charset=utf-8' : 'application/octet-stream'
  return new Response(new Uint8Array(found), { headers: { 'Content-Type': type } })
}
