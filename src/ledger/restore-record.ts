import type { BackupManifest } from '../storage/backup.ts'
import { type Cleaned, cleanUp } from '../storage/clean-up.ts'
import { erasuresOf } from '../storage/erasure-register.ts'
import { type RestoreSteps, type Restoring, restore } from '../storage/restore.ts'
import { eraseAgain } from './erase.ts'
import type { Altered } from './findings.ts'
import { dropOriginals } from './keep-register.ts'
import { housesIn } from './organisations.ts'
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
  { kinds, loaded, restored }: { kinds: readonly RecordKind[] } & Pick<RestoreSteps, 'loaded' | 'restored'>,
): Promise<Restored> {
  let erasedAgain = 0
  let cleaned: Cleaned | null = null
  const manifest = await restore(wanted, {
    ...(loaded ? { loaded } : {}),
    ...(restored ? { restored } : {}),
    async eraseAgain(workspace, lines) {
      for (const house of await housesIn(workspace)) {
        const { organisation } = house.actor
        const erasures = erasuresOf(lines, { organisation, publicKey: house.key.publicKey })
        const process = new ProcessLog()
        const { revisions } = await eraseAgain(house, { erasures, process })
        erasedAgain += revisions
        if (revisions > 0) await settle(house, { last: true, process })
      }
      const originals = await dropOriginals(workspace, { restored: true })
      if (erasedAgain > 0 || originals > 0) cleaned = await cleanUp(workspace)
    },
    async verify(workspace) {
      const altered: Altered[] = []
      for (const house of await housesIn(workspace))
        altered.push(...(await verifyRecord(house, { kinds, since: undefined })).altered)
      return altered
    },
  })
  return { manifest, erasedAgain, cleaned }
}
