import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { settle } from '../ledger/settle.ts'
import { openWorkspace, type Workspace } from '../storage/workspace.ts'

/** The one documented folder in the user's home, and the sample's beside it. */
export function dataFolder(given: string | undefined, sample = false): string {
  if (given !== undefined) return resolve(given)
  return join(homedir(), sample ? 'rapporteur-sample' : 'rapporteur')
}

/**
 * Open the record, work on it, and leave in order: every entry made here is placed in the ledger before the command
 * ends, and the database is stopped unless somebody else uses it.
 */
export async function withRecord<Result>(
  data: string | undefined,
  work: (workspace: Workspace) => Promise<Result>,
): Promise<Result> {
  const workspace = await openWorkspace({ data: dataFolder(data) })
  try {
    const result = await work(workspace)
    await settle(workspace)
    return result
  } finally {
    await workspace.close()
  }
}
