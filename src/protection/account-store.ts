import type { Keeper, Whose } from './keeper.ts'
import { revokeSessions } from './session-store.ts'

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
