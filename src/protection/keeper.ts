import type { Pool, PoolClient } from 'pg'

/**
 * What proves who somebody is. The role that serves people reads none of it, so all of this asks on connections of the
 * owner, and each statement names the one person it is about.
 */
export type Keeper = Pick<Pool | PoolClient, 'query'>

/** One person of one organisation. */
export interface Whose {
  readonly organisation: string
  readonly person: string
}

/** Several statements of the owner, all or none. */
export async function atOnce<Result>(
  owner: Pool,
  work: (keeper: Keeper) => Promise<Result>,
): Promise<Result> {
  const client = await owner.connect()
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}
