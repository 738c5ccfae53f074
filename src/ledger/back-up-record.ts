import { mustBeAllowed } from '../protection/may.ts'
import { type BackupManifest, backup } from '../storage/backup.ts'
import { rememberPlace, spreadRegister } from '../storage/backup-places.ts'
import type { Workspace } from '../storage/workspace.ts'
import { keepRegister } from './keep-register.ts'
import { settle } from './settle.ts'

/**
 * Back a record up, with every entry in its place and the register of erasures inside and beside it. Places of earlier
 * backups where the register could not be put are named: whoever keeps those has to.
 *
 * @throws Refusal of backup()
 */
export async function backUpRecord(
  workspace: Workspace,
  file: string,
  options: { recipients?: readonly string[] } = {},
): Promise<{ manifest: BackupManifest; unreached: string[] }> {
  mustBeAllowed(workspace.actor, 'backup')
  await settle(workspace)
  await keepRegister(workspace)
  const manifest = await backup(workspace, file, options)
  rememberPlace(workspace.folder, file)
  return { manifest, unreached: spreadRegister(workspace.folder) }
}
