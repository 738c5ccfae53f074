import { accessSync, constants, existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Refusal } from '../foundation/refusal.ts'
import { mustBeAllowed, mustBeAtHome } from '../protection/may.ts'
import { mustBeRecipients } from '../storage/age.ts'
import { asOwner, type Tx } from '../storage/database.ts'
import type { Workspace } from '../storage/workspace.ts'
import { backUpRecord } from './back-up-record.ts'
import { BackupPlan, BackupResult } from './backup-plan-shape.ts'
import { type Keep, toRemove } from './kept-backups.ts'

/** Until somebody sets one. */
const NO_PLAN: BackupPlan = {
  on: false,
  folder: '',
  at: '03:00',
  recipients: [],
  keep: { daily: 7, weekly: 5, monthly: 12 },
}
/** Milliseconds between two looks at the clock, and before a backup that failed is tried again. */
const LOOK_EVERY = 30_000
const AGAIN_AFTER = 60 * 60 * 1000

/** The plan, and how the last backup went; null before the first. */
export async function readBackupPlan(tx: Tx): Promise<{ plan: BackupPlan; last: BackupResult | null }> {
  mustBeAllowed(tx.actor, 'backup')
  const rows = await tx.query<{ name: string; value: unknown }>(
    "select name, value from setting where organisation = $1 and name in ('backup-plan', 'backup-result')",
    [tx.actor.organisation],
  )
  const settingOf = (name: string) => rows.find((one) => one.name === name)?.value
  return {
    plan: BackupPlan.parse(settingOf('backup-plan') ?? NO_PLAN),
    last: BackupResult.nullable().parse(settingOf('backup-result') ?? null),
  }
}

/** The same for the server itself and for whoever is at its terminal: at night nobody is signed in. */
export function planOfServer({
  database,
  actor,
}: Pick<Workspace, 'database' | 'actor'>): ReturnType<typeof readBackupPlan> {
  mustBeAllowed(actor, 'backup')
  return asOwner(database, actor, readBackupPlan)
}

/**
 * Set the plan. What leaves by itself every night leaves encrypted, to keys that this machine does not hold.
 *
 * @throws Refusal `recipients_missing`, `folder_unwritable`, of mustBeRecipients()
 */
export async function setBackupPlan(tx: Tx, plan: BackupPlan): Promise<BackupPlan> {
  mustBeAllowed(tx.actor, 'administer')
  mustBeRecipients(plan.recipients)
  if (plan.on) {
    if (plan.recipients.length === 0) {
      const sentence =
        'Backups by plan are encrypted: give at least one recipient ("rapporteur backup-key" makes a pair).'
      throw new Refusal('recipients_missing', sentence)
    }
    mustBeWritable(plan.folder)
  }
  await keepSetting(tx, 'backup-plan', plan)
  return plan
}

function mustBeWritable(folder: string): void {
  try {
    if (!isAbsolute(folder) || !statSync(folder).isDirectory()) throw new Error('no folder')
    accessSync(folder, constants.W_OK)
  } catch (cause) {
    const sentence = `There is no folder "${folder}" on the machine of the server that takes files; give its whole path.`
    throw new Refusal('folder_unwritable', sentence, {}, { cause })
  }
}

async function keepSetting(tx: Tx, name: string, value: unknown): Promise<void> {
  await tx.query(
    `insert into setting (organisation, name, value) values ($1, $2, $3)
     on conflict (organisation, name) do update set value = excluded.value`,
    [tx.actor.organisation, name, JSON.stringify(value)],
  )
}

/** Make a backup by the plan now, and remove those that it does not keep. However it ends, that is written down. */
export async function backUpByPlan(
  workspace: Workspace,
  { byItself = false }: { byItself?: boolean } = {},
): Promise<BackupResult> {
  const { database, actor, key } = workspace
  mustBeAllowed(actor, 'backup')
  mustBeAtHome(actor, key.home)
  const { plan } = await planOfServer(workspace)
  const began = Date.now()
  const at = new Date(began).toISOString()
  const prefix = `rapporteur-${actor.organisation.slice(4, 12)}-`
  const file = join(plan.folder, `${prefix}${at.slice(0, 19).replaceAll(':', '-')}Z.zip.age`)
  const made = async (): Promise<
    Pick<BackupResult, 'ok' | 'bytes' | 'removed' | 'sentence' | 'unreached'>
  > => {
    try {
      if (plan.recipients.length === 0)
        throw new Refusal(
          'recipients_missing',
          'Nobody is named who could open a backup; set the plan first.',
        )
      mustBeWritable(plan.folder)
      const { unreached } = await backUpRecord(workspace, file, {
        recipients: plan.recipients,
        byPlan: byItself,
      })
      const removed = removeOld(plan.folder, { prefix, keep: plan.keep })
      return { ok: true, bytes: statSync(file).size, removed, sentence: '', unreached }
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error)
      return { ok: false, bytes: 0, removed: 0, sentence, unreached: [] }
    }
  }
  const result = { at, file, ...(await made()), milliseconds: Date.now() - began }
  await asOwner(database, actor, (tx) => keepSetting(tx, 'backup-result', result))
  return result
}

function removeOld(folder: string, { prefix, keep }: { prefix: string; keep: Keep }): number {
  const names = readdirSync(folder).filter((name) => name.startsWith(prefix) && name.endsWith('.zip.age'))
  const gone = toRemove(names, { prefix, keep })
  for (const name of gone) rmSync(join(folder, name))
  return gone.length
}

/** Whether a backup is due: the last moment of the plan lies behind, and none was made since. */
export function isDue({ plan, last }: { plan: BackupPlan; last: BackupResult | null }, now: Date): boolean {
  if (!plan.on) return false
  if (last && !last.ok && now.getTime() - Date.parse(last.at) < AGAIN_AFTER) return false
  const [hours = 0, minutes = 0] = plan.at.split(':').map(Number)
  const moment = new Date(now)
  moment.setHours(hours, minutes, 0, 0)
  if (moment > now) moment.setDate(moment.getDate() - 1)
  return last === null || !last.ok || Date.parse(last.at) < moment.getTime()
}

/** Back up by the plan while a process serves, until stopped. Failures are told to `report`, loudly, and tried again. */
export function keepBackingUp(workspace: Workspace, report: (sentence: string) => void): () => Promise<void> {
  mustBeAllowed(workspace.actor, 'backup')
  const stopping = new AbortController()
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await pause(LOOK_EVERY, undefined, { signal: stopping.signal }).catch(() => undefined)
      if (stopping.signal.aborted) return
      try {
        if (!isDue(await planOfServer(workspace), new Date())) continue
        const { ok, sentence } = await backUpByPlan(workspace, { byItself: true })
        if (!ok) report(sentence)
      } catch (error) {
        report(error instanceof Error ? error.message : String(error))
      }
    }
  })()
  return async () => {
    stopping.abort()
    await running
  }
}

/** The newest files of the plan's folder, for the page; empty where it is not there. */
export function backupsIn({ folder }: Pick<BackupPlan, 'folder'>): { name: string; bytes: number }[] {
  if (folder === '' || !existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => /^rapporteur-\w+-.*\.zip\.age$/.test(name))
    .sort()
    .reverse()
    .slice(0, 30)
    .map((name) => ({ name, bytes: statSync(join(folder, name)).size }))
}
