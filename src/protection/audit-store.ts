import type { Tx } from '../storage/database.ts'

/** A case that was opened, or something that left: who, when, doing what. */
export interface AuditRow {
  readonly id: string
  readonly at: Date
  /** The same to the microsecond, as a page's place needs it. */
  readonly exact: string
  readonly what: 'opening' | 'export'
  readonly person: string
  readonly operation: string
  /** Of an export: its kind, and what left, by name. */
  readonly kind: string | null
  readonly output: string | null
  /** The class of recipients, where it was asked. */
  readonly recipient: string | null
  readonly opened: readonly string[]
}

export interface AuditFilter {
  readonly what?: 'opening' | 'export' | undefined
  readonly person?: string | undefined
  /** A case. */
  readonly opened?: string | undefined
  /** Moments, ISO 8601; both included. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Where a page ends: the next one begins behind it. */
export interface AuditPlace {
  readonly at: string
  readonly id: string
}

/** Lines before a place, the newest first: each of the two tables is read by its index, and no further than a page. */
export async function auditLines(
  tx: Tx,
  { what, person, opened, from, to }: AuditFilter,
  { before, limit }: { before: AuditPlace | null; limit: number },
): Promise<AuditRow[]> {
  return tx.query<AuditRow & Record<string, unknown>>(
    `with o as (
       select 'o' || lpad(id::text, 12, '0') as id, at, 'opening' as what, person, operation, null as kind, null as output, null as recipient, array[opened] as opened
         from opening where organisation = $1 and coalesce($2, 'opening') = 'opening'
          and ($3::text is null or person = $3) and ($4::text is null or opened = $4)
          and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at <= $6)
          and ($7::timestamptz is null or at <= $7 and (at, 'o' || lpad(id::text, 12, '0')) < ($7, $8::text))
        order by at desc, id desc limit $9),
     e as (
       select 'e' || lpad(id::text, 12, '0') as id, at, 'export' as what, person, operation, kind, output, recipient, opened
         from export where organisation = $1 and coalesce($2, 'export') = 'export'
          and ($3::text is null or person = $3) and ($4::text is null or $4 = any(opened))
          and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at <= $6)
          and ($7::timestamptz is null or at <= $7 and (at, 'e' || lpad(id::text, 12, '0')) < ($7, $8::text))
        order by at desc, id desc limit $9)
     select *, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as exact from (select * from o union all select * from e) lines order by at desc, id desc limit $9`,
    [
      tx.actor.organisation,
      what ?? null,
      person ?? null,
      opened ?? null,
      from ?? null,
      to ?? null,
      before?.at ?? null,
      before?.id ?? null,
      limit,
    ],
  )
}

/** The codes of cases, by id. */
export async function caseCodes(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; code: string }>('select id, code from case_codes($1)', [ids])
  return new Map(rows.map(({ id, code }) => [id, code]))
}
