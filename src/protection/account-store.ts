import type { Pool, PoolClient } from 'pg'
import type { Role, Scope, SessionKind } from './actor.ts'

/**
 * What proves who somebody is. The role that serves people reads none of it, so all of this asks on connections of the
 * owner, and each statement names the one person it is about.
 */
export type Keeper = Pick<Pool | PoolClient, 'query'>

export interface LiveSession {
  readonly organisation: string
  readonly person: string
  readonly session: string
  readonly kind: SessionKind
  readonly roles: readonly Role[]
  readonly scopes: readonly Scope[] | null
  readonly proved: boolean
  readonly renew: boolean
  readonly stale: boolean
}

/** The live session of a pass, by the same conditions as `enter` in the database, which has the last word. */
export async function liveSession(keeper: Keeper, pass: Buffer): Promise<LiveSession | null> {
  const { rows } = await keeper.query<LiveSession & { roles: Role[] | null }>(
    `select s.organisation, s.person, s.id as session, s.kind, s.scopes, s.renew,
            coalesce(s.proved_at > now() - interval '5 minutes', false) as proved,
            s.seen_at < now() - interval '1 minute' as stale,
            case when s.kind = 'local' then case when o.alone then array['reader', 'monitor', 'verifier', 'editor', 'legal', 'administrator', 'auditor'] end
                 else array(select jsonb_array_elements_text(m.body->'roles')) end as roles
       from session s join organisation o on o.organisation = s.organisation
       left join membership m on m.organisation = s.organisation and m.person = s.person and m.ended is null
      where s.pass = $1 and s.revoked_at is null and (s.ends_at is null or s.ends_at > now())
        and (s.idle is null or s.seen_at + s.idle > now()) and (s.kind = 'local' or m.id is not null)`,
    [pass],
  )
  const [row] = rows
  return row && row.roles !== null ? row : null
}

export async function sawSession(keeper: Keeper, { organisation, session }: LiveSession): Promise<void> {
  await keeper.query('update session set seen_at = now() where organisation = $1 and id = $2', [
    organisation,
    session,
  ])
}

/** Give a session another pass; whoever holds the one before holds nothing. False where it is no longer that one. */
export async function exchangePass(
  keeper: Keeper,
  {
    of,
    pass,
    proved = false,
  }: { of: { organisation: string; session: string; was: Buffer }; pass: Buffer; proved?: boolean },
): Promise<boolean> {
  const { rowCount } = await keeper.query(
    `update session set pass = $4, renew = false, seen_at = now(), proved_at = case when $5 then now() else proved_at end
      where organisation = $1 and id = $2 and pass = $3 and revoked_at is null`,
    [of.organisation, of.session, of.was, pass, proved],
  )
  return rowCount === 1
}

export interface NewSession {
  readonly organisation: string
  readonly person: string
  readonly id: string
  readonly kind: 'browser' | 'token'
  readonly pass: Buffer
  readonly label: string
  readonly scopes: readonly Scope[] | null
  readonly hours: number
  readonly idleMinutes: number | null
}

export async function addSession(keeper: Keeper, one: NewSession): Promise<void> {
  await keeper.query(
    `insert into session (organisation, id, person, kind, pass, label, scopes, ends_at, idle, proved_at)
     values ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(hours => $8), make_interval(mins => $9),
             case when $4 = 'browser' then now() end)`,
    [
      one.organisation,
      one.id,
      one.person,
      one.kind,
      one.pass,
      one.label,
      one.scopes,
      one.hours,
      one.idleMinutes,
    ],
  )
}

export interface ShownSession {
  readonly id: string
  readonly kind: SessionKind
  readonly label: string
  readonly scopes: readonly Scope[] | null
  readonly madeAt: string
  readonly seenAt: string
  readonly endsAt: string | null
}

interface Whose {
  readonly organisation: string
  readonly person: string
}

/** Live sessions and tokens of a person, the latest seen first. */
export async function sessionsOf(keeper: Keeper, { organisation, person }: Whose): Promise<ShownSession[]> {
  const { rows } = await keeper.query<{
    id: string
    kind: SessionKind
    label: string
    scopes: Scope[] | null
    made: Date
    seen: Date
    ends: Date | null
  }>(
    `select id, kind, label, scopes, made_at as made, seen_at as seen, ends_at as ends from session
      where organisation = $1 and person = $2 and kind <> 'local' and revoked_at is null
        and (ends_at is null or ends_at > now()) and (idle is null or seen_at + idle > now()) order by seen_at desc, id`,
    [organisation, person],
  )
  return rows.map(({ made, seen, ends, ...row }) => ({
    ...row,
    madeAt: made.toISOString(),
    seenAt: seen.toISOString(),
    endsAt: ends?.toISOString() ?? null,
  }))
}

/** End one session of a person, or all but one, or all. How many were ended. */
export async function revokeSessions(
  keeper: Keeper,
  { organisation, person, only, but }: Whose & { only?: string; but?: string },
): Promise<number> {
  const { rowCount } = await keeper.query(
    `update session set revoked_at = now() where organisation = $1 and person = $2 and kind <> 'local' and revoked_at is null
        and ($3::text is null or id = $3) and ($4::text is null or id <> $4)`,
    [organisation, person, only ?? null, but ?? null],
  )
  return rowCount ?? 0
}

export interface Account extends Whose {
  readonly login: string
  readonly handle: Buffer
  readonly password: string | null
  /** Sealed. */
  readonly totp: Buffer | null
}

const ACCOUNT = 'select organisation, person, login, handle, password, totp from account'

export async function accountByLogin(keeper: Keeper, login: string): Promise<Account | null> {
  return (await keeper.query<Account>(`${ACCOUNT} where login = $1`, [login])).rows[0] ?? null
}

export async function accountOf(keeper: Keeper, { organisation, person }: Whose): Promise<Account | null> {
  const { rows } = await keeper.query<Account>(`${ACCOUNT} where organisation = $1 and person = $2`, [
    organisation,
    person,
  ])
  return rows[0] ?? null
}

/** Whether this organisation still has them: an account outlives a membership. */
export async function isMember(keeper: Keeper, { organisation, person }: Whose): Promise<boolean> {
  const { rows } = await keeper.query(
    'select 1 from membership where organisation = $1 and person = $2 and ended is null',
    [organisation, person],
  )
  return rows.length > 0
}

/** Use up a step of the clock: true for the first who comes with it, and never again for it or one before. */
export async function spendStep(
  keeper: Keeper,
  { organisation, person, step }: Whose & { step: number },
): Promise<boolean> {
  const { rowCount } = await keeper.query(
    'update account set totp_step = $3 where organisation = $1 and person = $2 and totp_step < $3',
    [organisation, person, step],
  )
  return rowCount === 1
}

export async function keepPassword(
  keeper: Keeper,
  { organisation, person, password, totp, step }: Whose & { password: string; totp: Buffer; step: number },
): Promise<void> {
  await keeper.query(
    'update account set password = $3, totp = $4, totp_step = $5 where organisation = $1 and person = $2',
    [organisation, person, password, totp, step],
  )
}

export interface Passkey extends Whose {
  readonly id: string
  readonly credential: string
  readonly publicKey: Buffer
  readonly counter: number
  readonly transports: string[]
  readonly label: string
  readonly madeAt: Date
  readonly usedAt: Date | null
}

const PASSKEY = `select organisation, id, person, credential, public_key as "publicKey", counter::float8 as counter, transports, label,
  made_at as "madeAt", used_at as "usedAt" from passkey`

export async function passkeysOf(keeper: Keeper, { organisation, person }: Whose): Promise<Passkey[]> {
  const { rows } = await keeper.query<Passkey>(
    `${PASSKEY} where organisation = $1 and person = $2 order by made_at, id`,
    [organisation, person],
  )
  return rows
}

/** The passkey of a credential, of the account whose random handle the authenticator gave with it. */
export async function passkeyBy(keeper: Keeper, credential: string, handle: Buffer): Promise<Passkey | null> {
  const { rows } = await keeper.query<Passkey>(
    `${PASSKEY} p where p.credential = $1 and exists (
       select 1 from account a where a.organisation = p.organisation and a.person = p.person and a.handle = $2)`,
    [credential, handle],
  )
  return rows[0] ?? null
}

export async function addPasskey(
  keeper: Keeper,
  one: Whose & {
    id: string
    credential: string
    publicKey: Uint8Array
    counter: number
    transports: readonly string[]
    label: string
  },
): Promise<void> {
  await keeper.query(
    `insert into passkey (organisation, id, person, credential, public_key, counter, transports, label)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      one.organisation,
      one.id,
      one.person,
      one.credential,
      Buffer.from(one.publicKey),
      one.counter,
      one.transports,
      one.label,
    ],
  )
}

/** False where the counter is not higher than the one on record: two authenticators would have the same key. */
export async function usedPasskey(
  keeper: Keeper,
  { organisation, id }: Passkey,
  counter: number,
): Promise<boolean> {
  const { rowCount } = await keeper.query(
    `update passkey set counter = $3, used_at = now()
      where organisation = $1 and id = $2 and (counter < $3 or counter = 0 and $3 = 0)`,
    [organisation, id, counter],
  )
  return rowCount === 1
}

/** Removes one, unless it is the last way in. */
export async function removePasskey(
  keeper: Keeper,
  { organisation, person, id }: Whose & { id: string },
): Promise<boolean> {
  const { rowCount } = await keeper.query(
    `delete from passkey p where p.organisation = $1 and p.person = $2 and p.id = $3 and (
       exists (select 1 from passkey o where o.organisation = $1 and o.person = $2 and o.id <> $3)
       or exists (select 1 from account a where a.organisation = $1 and a.person = $2 and a.password is not null))`,
    [organisation, person, id],
  )
  return rowCount === 1
}

export interface Invitation extends Whose {
  readonly purpose: 'account' | 'reset'
  readonly login: string
  readonly handle: Buffer
  readonly name: string
  readonly called: string
}

/** What a one-time link is for, while it is worth something. */
export async function invitationBy(keeper: Keeper, code: Buffer): Promise<Invitation | null> {
  const { rows } = await keeper.query<Invitation>(
    `select i.organisation, i.person, i.purpose, a.login, a.handle, p.name, o.name as called
       from invitation i join account a on a.organisation = i.organisation and a.person = i.person
       join person p on p.organisation = i.organisation and p.id = i.person
       join organisation o on o.organisation = i.organisation
       join membership m on m.organisation = i.organisation and m.person = i.person and m.ended is null
      where i.code = $1 and i.ends_at > now()`,
    [code],
  )
  return rows[0] ?? null
}

/** Use a link up, and with it every way in that was there before. False where somebody was quicker. */
export async function spendInvitation(
  keeper: Keeper,
  { organisation, person, code }: Whose & { code: Buffer },
): Promise<boolean> {
  const { rowCount } = await keeper.query(
    `with used as (delete from invitation where organisation = $1 and person = $2 and code = $3 and ends_at > now() returning 1),
          keys as (delete from passkey where organisation = $1 and person = $2 and exists (select 1 from used)),
          ended as (update session set revoked_at = now() where organisation = $1 and person = $2 and kind <> 'local'
                      and revoked_at is null and exists (select 1 from used))
     update account set password = null, totp = null where organisation = $1 and person = $2 and exists (select 1 from used)`,
    [organisation, person, code],
  )
  return rowCount === 1
}

export interface AccountState {
  readonly person: string
  readonly login: string
  readonly ways: boolean
  readonly linkUntil: Date | null
  readonly sessions: number
  readonly seenAt: Date | null
}

/** What an administrator sees of the accounts of an organisation: never a secret, and never from where. */
export async function accountsIn(keeper: Keeper, organisation: string): Promise<AccountState[]> {
  const { rows } = await keeper.query<AccountState>(
    `select a.person, a.login,
            a.password is not null or exists (select 1 from passkey p where p.organisation = a.organisation and p.person = a.person) as ways,
            (select max(ends_at) from invitation i where i.organisation = a.organisation and i.person = a.person and ends_at > now()) as "linkUntil",
            count(s.id)::int as sessions, max(s.seen_at) as "seenAt"
       from account a left join session s on s.organisation = a.organisation and s.person = a.person and s.kind <> 'local'
        and s.revoked_at is null and (s.ends_at is null or s.ends_at > now()) and (s.idle is null or s.seen_at + s.idle > now())
      where a.organisation = $1 group by a.organisation, a.person, a.login`,
    [organisation],
  )
  return rows
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

/** Whether an organisation is one person's alone. */
export async function isAlone(keeper: Keeper, organisation: string): Promise<boolean> {
  const { rows } = await keeper.query<{ alone: boolean }>(
    'select alone from organisation where organisation = $1',
    [organisation],
  )
  return rows[0]?.alone ?? false
}

/** A link in place of every way in and every link before; sessions end. For the machine's own terminal. */
export async function linkAtTerminal(
  keeper: Keeper,
  { organisation, person, code }: Whose & { code: Buffer },
): Promise<void> {
  await revokeSessions(keeper, { organisation, person })
  await keeper.query('delete from invitation where organisation = $1 and person = $2', [organisation, person])
  await keeper.query(
    "insert into invitation (organisation, code, person, purpose, ends_at) values ($1, $2, $3, 'reset', now() + interval '3 days')",
    [organisation, code, person],
  )
}
