import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openWorkspace, type Workspace } from '../storage/workspace.ts'

/**
 * A record of its own in a temporary folder, on the engine that comes with this program and with every write waiting for
 * the disk; gone when `work` ends. DATABASE_URL is left alone: nothing measured here touches anybody's record.
 */
export async function withScratchRecord<Result>(
  work: (workspace: Workspace) => Promise<Result>,
): Promise<Result> {
  return withScratchFolder(async (data) => {
    const workspace = await openWorkspace({ data, url: '' })
    try {
      await mustBeDurable(workspace)
      return await work(workspace)
    } finally {
      await workspace.close()
    }
  })
}

/** An empty folder that other users can pass through, removed afterwards. */
export async function withScratchFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A speed without durability is no figure of ours. */
async function mustBeDurable({ database }: Workspace): Promise<void> {
  const { rows } = await database.owner.query<{ safe: boolean }>(
    "select current_setting('fsync') = 'on' and current_setting('synchronous_commit') = 'on' as safe",
  )
  if (!rows[0]?.safe) throw new Error('The engine does not wait for the disk, so nothing is measured.')
}
