import { z } from 'zod'

const count = z.number().int().min(0).max(400)
/** When and where backups are made by themselves, for whom they are encrypted, and how many are kept. */
export const BackupPlan = z.strictObject({
  on: z.boolean(),
  folder: z.string(),
  /** Time of day on this machine, HH:MM. */
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  recipients: z.array(z.string()),
  keep: z.strictObject({ daily: count, weekly: count, monthly: count }),
})
export type BackupPlan = z.infer<typeof BackupPlan>

/** How the last one went. */
export const BackupResult = z.strictObject({
  at: z.string(),
  ok: z.boolean(),
  file: z.string(),
  bytes: z.number(),
  milliseconds: z.number(),
  removed: z.number(),
  sentence: z.string(),
  unreached: z.array(z.string()),
})
export type BackupResult = z.infer<typeof BackupResult>
