import { mustBeAllowed } from '../protection/may.ts'
import { type BackupManifest, backup } from '../storage/backup.ts'
import { rememberPlace, spreadRegister } from '../storage/backup-places.ts'
import type { Workspace } from '../storage/workspace.ts'
import { keepRegister } from './keep-register.ts'
import { settle } from './settle.ts'

/** In the place of a person's id: nobody asked for it, or whoever sits at the server's own terminal. Labels: audit.by.* */
const BY_PLAN = 'server'
const AT_TERMINAL = 'terminal'

/**
 * Back a record up, with every entry in its place and the register of erasures inside and beside it. Places of earlier
 * backups where the register could not be put are named: whoever keeps those has to. Before the file gets its name, a line of
 * `export` says who made it, when, and whether it is sealed; each organisation of the server reads its own.
 *
 * @throws Refusal of backup()
 */
export async function backUpRecord(
  workspace: Workspace,
  file: string,
  { recipients = [], byPlan = false }: { recipients?: readonly string[]; byPlan?: boolean } = {},
): Promise<{ manifest: BackupManifest; unreached: string[] }> {
  mustBeAllowed(workspace.actor, 'backup')
  await settle(workspace)
  await keepRegister(workspace)
  const { database, actor } = workspace
  const doing = byPlan ? 'planned backup' : (actor.doing ?? 'backup')
  const by = byPlan ? BY_PLAN : actor.pass === '' ? AT_TERMINAL : actor.person
  const manifest = await backup(workspace, file, {
    recipients,
    beforeNamed: async () => {
      await database.owner.query(
        `insert into export (organisation, person, session, operation, kind, output)
         select organisation, case when organisation = $1 then $2 else $3 end, '', $4, 'backup', $5 from organisation`,
        [actor.organisation, by, BY_PLAN, doing, recipients.length > 0 ? 'sealed' : 'plain'],
      )
    },
  })
  rememberPlace(workspace.folder, file)
  return { manifest, unreached: spreadRegister(workspace.folder) }
}
