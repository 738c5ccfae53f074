import { newId } from '../foundation/ids.ts'
import { toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { Tx } from '../storage/database.ts'
import type { Emendation } from './emendation.ts'
import { emendationKind } from './statement-kinds.ts'
import { emendationsOf, statementsById } from './statement-store.ts'

/** What is decided: a named group, or one entry that has no group. */
export type Decided =
  | { readonly dossier: string; readonly name: string }
  | { readonly statement: string; readonly n: number }

/**
 * Accept or reject a proposed normalisation, with a reason. A group of slips is decided as one.
 *
 * @throws Refusal `emendation_unknown`, `nothing_normalised`, `part_of_group`, `reason_missing`, `already_decided`
 */
export async function decideEmendation(
  tx: Tx,
  decided: Decided,
  { accept, reason, evidence }: { accept: boolean; reason: string; evidence: readonly string[] },
): Promise<{ id: string; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'accept')
  if (reason.trim() === '') {
    throw new Refusal(
      'reason_missing',
      'Say in a sentence why this reading is right or wrong; the reason stays on record.',
    )
  }
  const { id, revision, emendation } = await find(tx, decided)
  mustBeAllowed(tx.actor, 'accept', {
    organisation: tx.actor.organisation,
    level: 'organisation',
    dossier: emendation.dossier,
  })
  const state = accept ? 'accepted' : 'rejected'
  if (emendation.state === state) {
    throw new Refusal('already_decided', `This was ${state} already; its history says by whom and why.`)
  }
  const body: Emendation = {
    ...emendation,
    state,
    evidence: [...new Set([...emendation.evidence, ...evidence])],
    decidedBy: tx.actor.person,
    decidedAt: new Date().toISOString(),
    decision: reason,
  }
  const receipt = await change(tx, `${state} a normalisation: ${reason}`, [
    { kind: emendationKind, revision, state: { id, level: 'organisation', case: null, body: toJson(body) } },
  ])
  return { id, receipt }
}

async function find(
  tx: Tx,
  decided: Decided,
): Promise<{ id: string; revision: number; emendation: Emendation }> {
  if ('name' in decided) {
    const known = (await emendationsOf(tx, decided.dossier)).find(
      ({ emendation }) => emendation.name === decided.name,
    )
    if (!known)
      throw new Refusal('emendation_unknown', `There is no group of corrections "${decided.name}" here.`)
    return known
  }
  const [known] = await statementsById(tx, [decided.statement])
  const entry = known?.statement.about[decided.n]
  if (!known || !entry)
    throw new Refusal('statement_unknown', 'That statement is not there; open the matter again.')
  if ((entry.normalised ?? null) === null) {
    throw new Refusal(
      'nothing_normalised',
      'Nothing is proposed for these words; code a normalised value first.',
    )
  }
  if (entry.emendation !== undefined) {
    throw new Refusal(
      'part_of_group',
      `This value is corrected together with others; decide "${entry.emendation}".`,
    )
  }
  const name = `${decided.statement}#${decided.n}`
  const { dossier } = known.statement
  const before = (await emendationsOf(tx, dossier)).find(({ emendation }) => emendation.name === name)
  if (before) return before
  return {
    id: newId('emendation'),
    revision: 0,
    emendation: {
      dossier,
      name,
      state: 'proposed',
      entries: [{ statement: decided.statement, n: decided.n }],
      reason: entry.reason ?? null,
      evidence: [],
      proposedBy: tx.actor.person,
      decidedBy: null,
      decidedAt: null,
      decision: null,
    },
  }
}
