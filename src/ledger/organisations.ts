import type { Workspace } from '../storage/workspace.ts'
import { logKey } from './log-key.ts'

/** Every organisation of this record, the one whose server it is first. */
export async function organisationsIn({
  database,
  actor,
}: Pick<Workspace, 'database' | 'actor'>): Promise<{ organisation: string; name: string }[]> {
  const { rows } = await database.owner.query<{ organisation: string; name: string }>(
    'select organisation, name from organisation order by organisation <> $1, organisation',
    [actor.organisation],
  )
  return rows
}

/** The same record in the name of each of them, with the key of its own ledger. */
export async function housesIn(workspace: Workspace): Promise<Workspace[]> {
  const { actor, key } = workspace
  return (await organisationsIn(workspace)).map(({ organisation }) => ({
    ...workspace,
    actor: { ...actor, organisation },
    key: logKey(key, organisation),
  }))
}
