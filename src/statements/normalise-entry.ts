import { parseDate } from '../foundation/edtf.ts'
import { toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { Tx } from '../storage/database.ts'
import { statementKind } from './statement-kinds.ts'
import { statementsById } from './statement-store.ts'

/**
 * Propose what a date in words resolves to, with the reason; it waits for a decision like any normalisation. What was
 * proposed or stated before stays as it is.
 *
 * @throws Refusal `statement_unknown`, `normalised_already`, `reason_missing`, `date_unreadable`
 */
export async function normaliseEntry(
  tx: Tx,
  {
    statement: id,
    n,
    normalised,
    reason,
  }: { statement: string; n: number; normalised: string; reason: string },
): Promise<Receipt> {
  mustBeAllowed(tx.actor, 'code')
  const [known] = await statementsById(tx, [id])
  const entry = known?.statement.about[n]
  if (!known || !entry)
    throw new Refusal('statement_unknown', 'That statement is not there; open the matter again.')
  mustBeAllowed(tx.actor, 'code', {
    organisation: tx.actor.organisation,
    level: 'organisation',
    dossier: known.statement.dossier,
  })
  if ((entry.value ?? entry.normalised ?? null) !== null)
    throw new Refusal(
      'normalised_already',
      'These words have a value or a normalisation already; decide on that one, or correct it in the coding.',
    )
  if (reason.trim() === '')
    throw new Refusal('reason_missing', 'Say by which rule or for what reason; it stays beside the value.')
  parseDate(normalised)
  const about = known.statement.about.map((one, place) =>
    place === n ? { ...one, value: one.value ?? null, normalised, reason } : one,
  )
  return change(tx, `proposed ${normalised} for words of a statement`, [
    {
      kind: statementKind,
      revision: known.revision,
      state: { id, level: 'organisation', case: null, body: toJson({ ...known.statement, about }) },
    },
  ])
}
