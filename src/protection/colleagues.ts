import type { Tx } from '../storage/database.ts'
import type { Role } from './actor.ts'
import { mustBeAllowed } from './may.ts'

export interface Colleague {
  readonly id: string
  readonly name: string
  readonly roles: readonly Role[]
}

/** Who works here now, by name: those to whom access can be given. */
export async function colleagues(tx: Tx): Promise<Colleague[]> {
  mustBeAllowed(tx.actor, 'verify')
  return tx.query<Colleague & Record<string, unknown>>(
    `select p.id, coalesce(p.name, p.id) as name, m.body->'roles' as roles
       from membership m join person p on p.organisation = m.organisation and p.id = m.person
      where m.organisation = $1 and m.ended is null order by 2, 1`,
    [tx.actor.organisation],
  )
}
