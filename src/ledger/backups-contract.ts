import { z } from 'zod'
import { reading, writing } from '../foundation/operation.ts'
import { BackupPlan, BackupResult } from './backup-plan-shape.ts'

const Backups = z.object({
  plan: BackupPlan,
  last: BackupResult.nullable(),
  files: z.array(z.object({ name: z.string(), bytes: z.number() })),
})

export const backupOperations = {
  backups: reading({
    path: '/backups',
    summary: 'When backups are made by themselves, for whom they are encrypted, and how the last one went',
    answer: Backups,
  }),
  setBackupPlan: writing({
    path: '/backups',
    summary: 'Set time, folder, recipients and how many are kept',
    refusals: [
      'recipient_unreadable',
      'recipients_mixed',
      'recipients_missing',
      'folder_unwritable',
      'prove_again',
    ],
    body: BackupPlan,
    answer: z.object({ plan: BackupPlan }),
  }),
  backUpNow: writing({
    path: '/backups/now',
    summary: 'Make a backup by the plan now',
    body: z.strictObject({}),
    answer: z.object({ result: BackupResult }),
  }),
}
