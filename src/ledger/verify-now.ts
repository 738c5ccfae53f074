import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRefusal } from '../foundation/refusal.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { Workspace } from '../storage/workspace.ts'
import type { RecordKind } from './record-kind.ts'
import { settle } from './settle.ts'
import { storedEntries } from './verify-log.ts'
import type { LogAtHand } from './verify-receipt.ts'
import { verifyReceipt } from './verify-receipt.ts'
import { type VerifyResult, verifyRecord } from './verify-record.ts'

/** Where in a data folder people keep receipts, each a JSON file; verify holds every one against the ledger. */
const RECEIPTS = 'receipts'

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
  const log = await logAtHand(workspace)
  const checked = keptReceipts(workspace.folder.root).map(({ name, text }) => ({
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
export async function logAtHand({ database, actor, key }: Workspace): Promise<LogAtHand> {
  mustBeAllowed(actor, 'verify')
  const { placed, waiting } = await storedEntries(database.owner, actor.organisation)
  return { key, leaves: new Map([...placed, ...waiting].map(({ entry, leaf }) => [entry, leaf])) }
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
