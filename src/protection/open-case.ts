import { randomInt } from 'node:crypto'
import { newId } from '../foundation/ids.ts'
import { toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { Tx } from '../storage/database.ts'
import type { Access, Case } from './case.ts'
import { mustBeAllowed } from './may.ts'
import { accessKind, caseKind } from './protection-kinds.ts'

/**
 * Open a case within a dossier. Whoever opens it is on it, and nobody else is until they are given access by name.
 *
 * @throws Refusal `dossier_unknown`, `reason_missing`
 */
export async function openCase(
  tx: Tx,
  { dossier, title, reason }: { dossier: string; title: string; reason: string },
): Promise<{ id: string; code: string; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'case')
  mustSayWhy(reason)
  const { organisation, person, compartments } = tx.actor
  const there = await tx.query('select 1 from dossier where organisation = $1 and id = $2', [
    organisation,
    dossier,
  ])
  if (there.length === 0)
    throw new Refusal('dossier_unknown', 'That dossier is not there; choose it from the list again.')
  const id = newId('case')
  await tx.query('select found_compartment($1, true)', [id])
  const within: Tx = { ...tx, actor: { ...tx.actor, cases: [id], compartments: [...compartments, id] } }
  const opened: Case = { dossier, code: randomCode('C'), title, openedBy: person }
  const first: Access = {
    compartment: id,
    person,
    by: person,
    reason,
    until: null,
    ended: null,
    endedBy: null,
  }
  const state = { level: 'case' as const, case: id }
  const receipt = await change(within, 'opened a case', [
    { kind: caseKind, revision: 0, state: { id, ...state, body: toJson(opened) } },
    { kind: accessKind, revision: 0, state: { id: newId('access'), ...state, body: toJson(first) } },
  ])
  return { id, code: opened.code, receipt }
}

/** @throws Refusal `reason_missing` */
export function mustSayWhy(reason: string): void {
  if (reason.trim() !== '') return
  throw new Refusal('reason_missing', 'Say why; the reason stays on record for those who may read it.')
}

/** Letters and digits that are not taken for one another when read aloud. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A code such as C-7K2Q: random, so that it tells nothing. */
export function randomCode(letter: 'C' | 'W'): string {
  return `${letter}-${Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')}`
}
