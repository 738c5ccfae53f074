import type { Tx } from '../storage/database.ts'
import { Access, Case } from './case.ts'

export interface MyCase {
  readonly id: string
  readonly code: string
  readonly dossier: string
}

/** Cases that whoever asks may open, opened or not: their codes, and nothing of what is in them. */
export async function casesOf(tx: Tx): Promise<MyCase[]> {
  return tx.query<MyCase & Record<string, string>>('select id, code, dossier from my_cases() order by code')
}

export async function caseById(tx: Tx, id: string): Promise<{ revision: number; case: Case } | null> {
  const [row] = await tx.query<{ revision: number; body: unknown }>(
    'select revision, body from case_file where organisation = $1 and id = $2',
    [tx.actor.organisation, id],
  )
  return row ? { revision: row.revision, case: Case.parse(row.body) } : null
}

export interface KnownAccess {
  readonly id: string
  readonly revision: number
  readonly level: number
  readonly access: Access
}

/** Who was ever given access to a compartment, those whose access ended too. */
export async function accessTo(tx: Tx, compartment: string): Promise<KnownAccess[]> {
  const rows = await tx.query<{ id: string; revision: number; level: number; body: unknown }>(
    'select id, revision, level, body from access where organisation = $1 and compartment = $2 order by id',
    [tx.actor.organisation, compartment],
  )
  return rows.map(({ id, revision, level, body }) => ({ id, revision, level, access: Access.parse(body) }))
}
