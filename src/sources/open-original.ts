import { Refusal } from '../foundation/refusal.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { DataFolder } from '../storage/data-folder.ts'
import type { Tx } from '../storage/database.ts'
import { readOriginal } from '../storage/originals.ts'
import type { KnownSource } from './source.ts'
import { findSource } from './source-store.ts'

/**
 * The bytes of a source exactly as they were received, checked by their SHA-256.
 *
 * @throws Refusal `source_unknown`, `original_missing`, `original_altered`
 */
export async function openOriginal(
  tx: Tx,
  { folder, id }: { folder: DataFolder; id: string },
): Promise<{ known: KnownSource; bytes: Buffer }> {
  mustBeAllowed(tx.actor, 'read')
  const known = await findSource(tx, id)
  if (!known) throw new Refusal('source_unknown', 'That source is not there; choose it from the list again.')
  return { known, bytes: await readOriginal(folder, known.source.original.sha256) }
}
