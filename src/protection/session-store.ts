import type { Role, Scope, SessionKind } from './actor.ts'
import type { Keeper, Whose } from './keeper.ts'

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
