import { createHmac, randomBytes } from 'node:crypto'
import type { Keeper } from './keeper.ts'

/** Failed tries within a quarter of an hour: of one account, and from one address. An office has one address. */
const OF_ACCOUNT = 5
const FROM_ADDRESS = 30

export interface Try {
  /** Whether this account, or this address, was tried too often: nothing is let in then, whatever is right. */
  readonly accountLocked: boolean
  readonly addressLocked: boolean
  /** It was right: the account is tried anew, and the address loses nothing for it. */
  forgive(): Promise<void>
}

/**
 * Count a try before it is looked at, so that many at once gain nothing. What is kept is an authentication code under a
 * salt that is thrown away with its day: nobody reads later who tried from where.
 */
export async function countTry(
  keeper: Keeper,
  { home, login, address }: { home: string; login: string | null; address: string },
): Promise<Try> {
  const { day, salt } = await saltOfToday(keeper, home)
  const keyOf = (what: string) => createHmac('sha256', salt).update(what).digest()
  const account = login === null ? null : keyOf(`account ${login}`)
  const from = keyOf(`address ${address}`)
  const count = async (key: Buffer) => {
    const { rows } = await keeper.query<{ n: number }>(
      `insert into attempt as a (organisation, day, key) values ($1, $2, $3)
       on conflict (organisation, day, key) do update set
         n = case when a.began < now() - interval '15 minutes' then 1 else a.n + 1 end,
         began = case when a.began < now() - interval '15 minutes' then now() else a.began end
       returning n`,
      [home, day, key],
    )
    return rows[0]?.n ?? 1
  }
  const addressLocked = (await count(from)) > FROM_ADDRESS
  const accountLocked = !addressLocked && account !== null && (await count(account)) > OF_ACCOUNT
  return {
    accountLocked,
    addressLocked,
    async forgive() {
      await keeper.query('delete from attempt where organisation = $1 and day = $2 and key = $3', [
        home,
        day,
        account,
      ])
      await keeper.query(
        'update attempt set n = greatest(n - 1, 0) where organisation = $1 and day = $2 and key = $3',
        [home, day, from],
      )
    },
  }
}

/** The salt of today, made on its first use; those before it are gone. */
export async function saltOfToday(keeper: Keeper, home: string): Promise<{ day: string; salt: Buffer }> {
  await keeper.query('delete from attempt_salt where organisation = $1 and day < current_date', [home])
  await keeper.query(
    'insert into attempt_salt (organisation, day, salt) values ($1, current_date, $2) on conflict do nothing',
    [home, randomBytes(32)],
  )
  const { rows } = await keeper.query<{ day: string; salt: Buffer }>(
    'select day::text as day, salt from attempt_salt where organisation = $1 order by day desc limit 1',
    [home],
  )
  const [row] = rows
  if (!row) throw new Error('Today has no salt.')
  return row
}
