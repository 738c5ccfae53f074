import { Refusal } from '../foundation/refusal.ts'
import type { Tx } from '../storage/database.ts'
import type { Access, Case } from './case.ts'
import { accessTo, caseById, casesOf, type MyCase } from './case-store.ts'
import { mustBeAllowed } from './may.ts'
import { peopleNamed } from './people-store.ts'

/** The cases that whoever asks may open, by their codes. */
export async function myCases(tx: Tx): Promise<MyCase[]> {
  mustBeAllowed(tx.actor, 'read')
  return casesOf(tx)
}

export interface CasePage {
  readonly id: string
  readonly revision: number
  readonly case: Case
  readonly access: readonly (Access & { readonly name: string })[]
}

/**
 * An opened case: what it is called, and who is or was on it.
 *
 * @throws Refusal `not_there`, in the same words whether it is not there or not theirs, or was not opened
 */
export async function readCase(tx: Tx, id: string): Promise<CasePage> {
  mustBeAllowed(tx.actor, 'read')
  const known = await caseById(tx, id)
  if (!known) throw new Refusal('not_there', 'There is no such case; look whether its address is right.')
  const on = (await accessTo(tx, id)).map(({ access }) => access)
  const names = await peopleNamed(
    tx,
    on.map(({ person }) => person),
  )
  const access = on.map((one) => ({ ...one, name: names.get(one.person) ?? one.person }))
  return { id, revision: known.revision, case: known.case, access }
}
