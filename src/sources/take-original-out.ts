import { type Leaving, leaveBy } from '../protection/exits.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { DataFolder } from '../storage/data-folder.ts'
import type { Tx } from '../storage/database.ts'
import { openOriginal } from './open-original.ts'
import type { KnownSource } from './source.ts'

/**
 * The bytes of a source, to be taken out of the record as a file.
 *
 * @throws Refusal of openOriginal and leaveBy
 */
export async function takeOriginalOut(
  tx: Tx,
  { folder, id, leaving }: { folder: DataFolder; id: string; leaving: Leaving },
): Promise<{ known: KnownSource; bytes: Buffer }> {
  mustBeAllowed(tx.actor, 'read')
  const { known, bytes } = await openOriginal(tx, { folder, id })
  // By its id: a title is content, and goes with the source while the use stays.
  const output = { thing: id, name: '', sha256: known.source.original.sha256 }
  await leaveBy(tx, 'original', { records: [id], leaving, output })
  return { known, bytes }
}
