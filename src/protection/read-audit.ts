import type { Tx } from '../storage/database.ts'
import { type AuditFilter, type AuditPlace, auditLines, caseCodes } from './audit-store.ts'
import { mustBeAllowed } from './may.ts'
import { peopleNamed } from './people-store.ts'

export interface AuditLine {
  readonly id: string
  readonly at: string
  readonly what: 'opening' | 'export'
  readonly person: string
  readonly name: string
  readonly operation: string
  readonly kind: string | null
  readonly output: string | null
  readonly recipient: string | null
  /** Cases that were open, by id and code. */
  readonly opened: readonly { readonly id: string; readonly code: string }[]
}

/** Who opened which case and who took what out, the newest first, with names and codes and nothing of any content. */
export async function readAudit(
  tx: Tx,
  filter: AuditFilter,
  { before, limit }: { before: string | null; limit: number },
): Promise<{ lines: AuditLine[]; next: string | null }> {
  mustBeAllowed(tx.actor, 'audit')
  const rows = await auditLines(tx, filter, { before: placeOf(before), limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const names = await peopleNamed(
    tx,
    shown.map(({ person }) => person),
  )
  const codes = await caseCodes(tx, [...new Set(shown.flatMap(({ opened }) => opened))])
  const last = shown.at(-1)
  return {
    lines: shown.map(({ at, exact: _, opened, person, ...line }) => ({
      ...line,
      at: at.toISOString(),
      person,
      name: names.get(person) ?? person,
      opened: opened.map((id) => ({ id, code: codes.get(id) ?? id })),
    })),
    next: rows.length > limit && last ? `${last.exact} ${last.id}` : null,
  }
}

/** A place as `next` gives it; anything else is the beginning. */
function placeOf(before: string | null): AuditPlace | null {
  const [, at, id] = /^(\S+) ([oe]\d{12})$/.exec(before ?? '') ?? []
  return at !== undefined && id !== undefined && !Number.isNaN(Date.parse(at)) ? { at, id } : null
}
