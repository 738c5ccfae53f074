import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRefusal } from '../foundation/refusal.ts'
import { isAtHome, mustBeAllowed } from '../protection/may.ts'
import type { Workspace } from '../storage/workspace.ts'
import type { Owner } from './findings.ts'
import { logKey } from './log-key.ts'
import type { RecordKind } from './record-kind.ts'
import { settle } from './settle.ts'
import { storedEntries } from './verify-log.ts'
import type { LogAtHand } from './verify-receipt.ts'
import { verifyReceipt } from './verify-receipt.ts'
import { type VerifyResult, verifyRecord } from './verify-record.ts'

/** Where in a data folder people keep receipts, each a JSON file; verify holds every one against the ledger. */
export const RECEIPTS = 'receipts'

/**
 * Verify a record once every entry that waits has its place, with the receipts that are kept in its folder. Of an
 * altered ledger, to which nothing can be added, what is there is checked.
 */
export async function verifyNow(
  workspace: Workspace,
  options: { kinds: readonly RecordKind[]; since?: string | undefined },
): Promise<VerifyResult> {
  mustBeAllowed(workspace.actor, 'verify')
  await settleIfWhole(workspace)
  const result = await verifyRecord(workspace, options)
  // The folder is the organisation's whose server this is; receipts of another one's ledger are not among them.
  const { key, actor } = workspace
  const kept = isAtHome(actor, key.home) ? keptReceipts(workspace.folder.root) : []
  if (kept.length === 0) return result
  const log = await logAtHand(workspace)
  const checked = kept.map(({ name, text }) => ({
    name,
    ...verifyReceipt(text, { log }),
  }))
  const altered = [...result.altered, ...checked.flatMap((one) => one.altered)]
  const cannotTell = [
    ...result.cannotTell,
    ...checked.flatMap(({ name, cannotTell }) => cannotTell.map((sentence) => `${name}: ${sentence}`)),
  ]
  const state = altered.length > 0 ? 'altered' : cannotTell.length > 0 ? 'cannot tell' : 'intact'
  return { ...result, state, altered, cannotTell }
}

/** Every entry of a record by its id, placed or waiting, for receipts to be held against. */
export async function logAtHand(workspace: Workspace): Promise<LogAtHand> {
  mustBeAllowed(workspace.actor, 'verify')
  const owner = await workspace.database.owner.connect()
  try {
    return await logWithin(owner, workspace)
  } finally {
    owner.release()
  }
}

/** The same on a connection that is at hand. */
export async function logWithin(
  owner: Owner,
  { actor, key }: Pick<Workspace, 'actor' | 'key'>,
): Promise<LogAtHand> {
  mustBeAllowed(actor, 'verify')
  const leaves = new Map<string, string>()
  for await (const entries of storedEntries(owner, actor.organisation))
    for (const { entry, leaf } of entries) leaves.set(entry, leaf)
  return { key: logKey(key, actor.organisation), leaves }
}

async function settleIfWhole(workspace: Workspace): Promise<void> {
  await settle(workspace).catch((error: unknown) => {
    if (!isRefusal(error)) throw error
  })
}

function keptReceipts(root: string): { name: string; text: string }[] {
  const folder = join(root, RECEIPTS)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ name: `${RECEIPTS}/${name}`, text: readFileSync(join(folder, name), 'utf8') }))
}
