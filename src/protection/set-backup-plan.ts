import { setBackupPlan } from '../ledger/backup-plan.ts'
import type { BackupPlan } from '../ledger/backup-plan-shape.ts'
import type { Tx } from '../storage/database.ts'
import { mustBeAllowed, mustBeAtHome } from './may.ts'
import { mustHaveProved } from './proved.ts'

/** Who opens backups, and where they go, is changed by an administrator who has just proved who they are. @throws Refusal of setBackupPlan() */
export async function changeBackupPlan(
  tx: Tx,
  { plan, home }: { plan: BackupPlan; home: string },
): Promise<BackupPlan> {
  mustBeAllowed(tx.actor, 'administer')
  mustBeAtHome(tx.actor, home)
  mustHaveProved(tx)
  return setBackupPlan(tx, plan)
}
