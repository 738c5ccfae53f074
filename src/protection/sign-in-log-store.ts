import type { Tx } from '../storage/database.ts'
import type { Keeper } from './keeper.ts'

/** Days that a line is kept. */
const KEPT = 180
/** Refusals written down in one hour: whoever tries without end fills no disk. */
const MOST_REFUSALS = 1000

export interface AtTheDoor {
  /** The organisation of the server, for whoever belongs to none that is known. */
  readonly home: string
  /** Somebody who is in, by their person; or the login that was tried. */
  readonly who: { readonly organisation: string; readonly person: string } | { readonly login: string } | null
  /** To whose account, where that is somebody else's. */
  readonly about: string | null
  /** Name of an operation. */
  readonly what: string
  /** "done", or the code of the refusal. */
  readonly outcome: string
  readonly device: string
  readonly network: string
}

/**
 * Write down what happened at the door. As much is asked of the database for a login that is nobody's as for one that is
 * somebody's. Where one person works alone there are no accounts, and what is refused is not written.
 */
export async function writeSignIn(
  keeper: Keeper,
  { home, who, about, what, outcome, device, network }: AtTheDoor,
): Promise<void> {
  const person = who && 'person' in who ? who.person : null
  const login = who && 'login' in who ? who.login : null
  const organisation = who && 'person' in who ? who.organisation : null
  await keeper.query(
    `with known as (
       select a.organisation, a.person from account a where $3::text is not null and a.login = $3
       union all select $1, $2 where $2::text is not null)
     insert into sign_in_log (organisation, person, about, what, outcome, device, network)
     select o.organisation, k.person,
            (select p.id from person p where p.organisation = o.organisation and p.id = $5), $6, $7, $8, $9
       from organisation o left join known k on k.organisation = o.organisation
      where o.organisation = coalesce((select organisation from known limit 1), $4)
        and ($7 = 'done' or (not o.alone and (
          select count(*) from sign_in_log l
           where l.organisation = o.organisation and l.outcome <> 'done' and l.at > now() - interval '1 hour') < $10))`,
    [organisation, person, login, home, about, what, outcome, device, network, MOST_REFUSALS],
  )
  await keeper.query(
    'delete from sign_in_log where organisation = $1 and at < now() - make_interval(days => $2)',
    [organisation ?? home, KEPT],
  )
}

export interface SignInLine {
  readonly id: number
  readonly at: Date
  readonly person: string | null
  readonly about: string | null
  readonly what: string
  readonly outcome: string
  readonly device: string
  readonly network: string
}

/** Lines that whoever asks may see, the newest first. */
export async function signInLines(
  tx: Tx,
  { before, limit }: { before: number | null; limit: number },
): Promise<SignInLine[]> {
  const rows = await tx.query<SignInLine & { id: string }>(
    `select id, at, person, about, what, outcome, device, network from sign_in_log
      where organisation = $1 and ($2::bigint is null or id < $2) order by id desc limit $3`,
    [tx.actor.organisation, before, limit],
  )
  return rows.map((row) => ({ ...row, id: Number(row.id) }))
}
