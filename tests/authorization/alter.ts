import type { Workspace } from '../../src/storage/workspace.ts'
import type { World } from './world.ts'

/** One record of each ground is altered from outside the program, so that verify has something to name. */
export async function alter({ database }: Workspace, { grounds }: World): Promise<void> {
  for (const { ids } of grounds) {
    const { rowCount } = await database.owner.query(
      "update revision set why = why || ' (altered)' where record = any($1)",
      [[ids.one, ids.finding, ids.source]],
    )
    if (rowCount === 0) throw new Error('Nothing was altered.')
  }
}
