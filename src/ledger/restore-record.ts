import type { BackupManifest } from '../storage/backup.ts'
import { type Cleaned, cleanUp } from '../storage/clean-up.ts'
import { erasuresOf } from '../storage/erasure-register.ts'
import { type RestoreSteps, type Restoring, restore } from '../storage/restore.ts'
import { eraseAgain } from './erase.ts'
import { dropOriginals } from './keep-register.ts'
import { ProcessLog } from './process-log.ts'
import type { RecordKind } from './record-kind.ts'
import { settle } from './settle.ts'
import { verifyRecord } from './verify-record.ts'

export interface Restored {
  readonly manifest: BackupManifest
  /** Revisions that were erased since the backup, and are again. */
  readonly erasedAgain: number
  /** What the clean-up after them could do; null where nothing was to be erased. */
  readonly cleaned: Cleaned | null
}

/**
 * Restore a backup and verify it. What was erased since it was made is erased again, out of the files too, before anybody
 * can open the record.
 *
 * @throws Refusal of restore()
 */
export async function restoreRecord(
  wanted: Restoring,
  { kinds, loaded }: { kinds: readonly RecordKind[] } & Pick<RestoreSteps, 'loaded'>,
): Promise<Restored> {
  let erasedAgain = 0
  let cleaned: Cleaned | null = null
  const manifest = await restore(wanted, {
    ...(loaded ? { loaded } : {}),
    async eraseAgain(workspace, lines) {
      const { organisation } = workspace.actor
      const erasures = erasuresOf(lines, { organisation, publicKey: workspace.key.publicKey })
      const process = new ProcessLog()
      const { revisions } = await eraseAgain(workspace, { erasures, process })
      erasedAgain = revisions
      const originals = await dropOriginals(workspace, { restored: true })
      if (revisions === 0 && originals === 0) return
      await settle(workspace, { last: true, process })
      cleaned = await cleanUp(workspace)
    },
    verify: async (workspace) => (await verifyRecord(workspace, { kinds, since: undefined })).altered,
  })
  return { manifest, erasedAgain, cleaned }
}
