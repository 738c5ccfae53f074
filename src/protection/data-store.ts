import type { Tx } from '../storage/database.ts'
import { RETENTION_CLASSES, type RetentionClass, RetentionTerms } from './retention.ts'

export interface Known {
  readonly id: string
  readonly revision: number
  readonly body: unknown
}

/** Every record of one of these tables that whoever asks may see, the newest first. */
export async function recordsIn(
  tx: Tx,
  table: 'data_request' | 'breach' | 'processing' | 'review',
): Promise<Known[]> {
  return tx.query<Known & Record<string, unknown>>(
    `select t.id, t.revision, t.body from ${table} t join revision r on r.organisation = t.organisation and r.record = t.id and r.n = 1
      where t.organisation = $1 order by r.at desc, t.id`,
    [tx.actor.organisation],
  )
}

const NO_TERMS = Object.fromEntries(RETENTION_CLASSES.map((one) => [one, null])) as RetentionTerms

export async function termsSet(tx: Tx): Promise<RetentionTerms> {
  const [row] = await tx.query<{ value: object }>(
    "select value from setting where organisation = $1 and name = 'retention'",
    [tx.actor.organisation],
  )
  return RetentionTerms.parse({ ...NO_TERMS, ...row?.value })
}

export async function keepTerms(tx: Tx, terms: RetentionTerms): Promise<void> {
  await tx.query(
    `insert into setting (organisation, name, value) values ($1, 'retention', $2)
     on conflict (organisation, name) do update set value = excluded.value`,
    [tx.actor.organisation, JSON.stringify(terms)],
  )
}

/** Whether the term runs from when it came or from when it was last changed. */
const OF_CLASS: Readonly<Record<RetentionClass, string>> = {
  interview: `select id, body->>'title' as title, 1 as n from source where organisation = $1 and body->>'kind' = 'interview record'`,
  unused_source: `select id, body->>'title' as title, 1 as n from source s where organisation = $1 and body->>'kind' <> 'interview record'
      and not exists (select 1 from statement t where t.organisation = $1 and t.source = s.id)
      and not exists (select 1 from remark t where t.organisation = $1 and t.source = s.id)`,
  case: `select id, body->>'code' as title, revision as n from case_file where organisation = $1`,
  dossier: `select id, body->>'title' as title, revision as n from dossier where organisation = $1`,
  answered_request: `select id, body->>'type' as title, revision as n from data_request where organisation = $1 and state <> 'open'`,
}

/** Records of a class whose term is over, with the day it was, those that nobody has looked at since first. */
export async function overdueIn(
  tx: Tx,
  of: RetentionClass,
  months: number,
): Promise<{ id: string; title: string; due: string }[]> {
  return tx.query<{ id: string; title: string; due: string }>(
    `select o.id, coalesce(o.title, '') as title,
            to_char(greatest(r.at + make_interval(months => $2), coalesce(v.until::timestamptz, '-infinity')) at time zone 'UTC', 'YYYY-MM-DD') as due
       from (${OF_CLASS[of]}) o
       join revision r on r.organisation = $1 and r.record = o.id and r.n = o.n
       left join lateral (select max(until) as until from review where organisation = $1 and subject = o.id) v on true
      where r.at + make_interval(months => $2) <= now() and coalesce(v.until::timestamptz <= now(), true)
      order by due, o.id limit 200`,
    [tx.actor.organisation, months],
  )
}
