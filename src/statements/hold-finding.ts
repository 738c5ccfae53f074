import { newId } from '../foundation/ids.ts'
import { type Json, toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import { mattersById } from '../matters/matter-store.ts'
import { mustBeAllowed } from '../protection/may.ts'
import { dossierById } from '../sources/dossier.ts'
import { findSource } from '../sources/source-store.ts'
import type { Tx } from '../storage/database.ts'
import { Finding, type KnownFinding } from './finding.ts'
import { findingKind } from './statement-kinds.ts'
import { statementsById } from './statement-store.ts'

export type Proposed = Pick<
  Finding,
  'dossier' | 'matter' | 'aspect' | 'proposition' | 'standard' | 'met' | 'reasons' | 'for' | 'against'
>

/**
 * Propose what our organisation should hold. It is ours only when a second, different person has read it.
 *
 * @throws Refusal `dossier_unknown`, `matter_unknown`, `finding_without_statements`, `statement_unknown`,
 *   `finding_rests_on_ambiguous`
 */
export async function proposeFinding(tx: Tx, proposed: Proposed): Promise<{ id: string; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'code')
  if (!(await dossierById(tx, proposed.dossier))) {
    throw new Refusal('dossier_unknown', 'That dossier is not there; choose it from the list again.')
  }
  if (!(await mattersById(tx, [proposed.matter])).has(proposed.matter)) {
    throw new Refusal('matter_unknown', 'That matter is not there; choose it from the list again.')
  }
  const cited = [...new Set([...proposed.for, ...proposed.against])]
  if (cited.length === 0) {
    throw new Refusal(
      'finding_without_statements',
      'A finding names the statements it rests on; add at least one, for or against.',
    )
  }
  const known = await statementsById(tx, cited)
  if (known.length < cited.length) {
    throw new Refusal(
      'statement_unknown',
      'One of the statements of this finding is not there; choose it again.',
    )
  }
  const unclear = known.filter(
    ({ id, statement }) => proposed.for.includes(id) && statement.publishable === false,
  )
  if (proposed.met === true && unclear.length > 0) {
    throw new Refusal(
      'finding_rests_on_ambiguous',
      'A finding cannot be established on words that have several readings; ask the source which one is meant.',
    )
  }
  const finding: Finding = {
    ...proposed,
    state: 'proposed',
    proposedBy: tx.actor.person,
    proposedAt: new Date().toISOString(),
    secondedBy: null,
    secondedAt: null,
    attestedIn: null,
    dissent: [],
  }
  const id = newId('finding')
  const receipt = await write(tx, 'proposed a finding', { id, revision: 0, finding })
  return { id, receipt }
}

/**
 * The second reader's answer: agree, dissent with a reason, or attest with an outside reader's signed paper. Whatever its
 * state, a finding may be withdrawn with a reason; it stays on record.
 *
 * @throws Refusal `finding_unknown`, `second_reader_is_first`, `already_decided`, `reason_missing`, `paper_unknown`,
 *   `paper_is_evidence`
 */
export async function answerFinding(
  tx: Tx,
  id: string,
  answer: { agree: true } | { dissent: string } | { attestedIn: string } | { withdraw: string },
): Promise<{ receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'hold')
  const known = await findFinding(tx, id)
  if (!known) throw new Refusal('finding_unknown', 'That finding is not there; open the matter again.')
  const { finding } = known
  mustBeAllowed(tx.actor, 'hold', {
    organisation: tx.actor.organisation,
    level: 'organisation',
    dossier: finding.dossier,
  })
  if ('withdraw' in answer) return { receipt: await withdraw(tx, known, answer.withdraw) }
  if (finding.state !== 'proposed') {
    throw new Refusal(
      'already_decided',
      'This finding is no longer waiting; its history says what became of it.',
    )
  }
  const at = new Date().toISOString()
  if ('dissent' in answer) {
    if (answer.dissent.trim() === '')
      throw new Refusal('reason_missing', 'Say why you dissent; the reason stays beside the finding.')
    const dissent = [...finding.dissent, { by: tx.actor.person, at, reason: answer.dissent }]
    return {
      receipt: await write(tx, 'dissented from a finding', { ...known, finding: { ...finding, dissent } }),
    }
  }
  if ('attestedIn' in answer) {
    if (!(await findSource(tx, answer.attestedIn))) {
      throw new Refusal(
        'paper_unknown',
        "Take in the outside reader's signed paper as a source first, then name it here.",
      )
    }
    const cited = await statementsById(tx, [...finding.for, ...finding.against])
    if (cited.some(({ statement }) => statement.source === answer.attestedIn)) {
      throw new Refusal(
        'paper_is_evidence',
        'This source is evidence of the finding itself; the paper of an outside reader is a source of its own.',
      )
    }
    const attested: Finding = { ...finding, state: 'attested', attestedIn: answer.attestedIn, secondedAt: at }
    return {
      receipt: await write(tx, 'attested a finding by an outside reader', { ...known, finding: attested }),
    }
  }
  if (finding.proposedBy === tx.actor.person) {
    throw new Refusal(
      'second_reader_is_first',
      'You proposed this finding, so somebody else must read it; alone, attest it by an outside reader’s signed paper.',
    )
  }
  const held: Finding = { ...finding, state: 'held', secondedBy: tx.actor.person, secondedAt: at }
  return { receipt: await write(tx, 'held a finding as second reader', { ...known, finding: held }) }
}

async function withdraw(tx: Tx, known: KnownFinding, reason: string): Promise<Receipt> {
  const { finding } = known
  if (finding.state === 'withdrawn')
    throw new Refusal(
      'already_decided',
      'This finding was withdrawn before; its history says by whom and why.',
    )
  if (reason.trim() === '')
    throw new Refusal(
      'reason_missing',
      'Say why we no longer hold this; the reason stays beside the finding.',
    )
  const withdrawn = { by: tx.actor.person, at: new Date().toISOString(), reason }
  const taken: Finding = { ...finding, state: 'withdrawn', withdrawn }
  return write(tx, 'withdrew a finding', { ...known, finding: taken })
}

export async function findFinding(tx: Tx, id: string): Promise<KnownFinding | null> {
  const [found] = await findingsWhere(tx, 'id', id)
  return found ?? null
}

export async function findingsOf(
  tx: Tx,
  of: { dossier: string } | { matter: string },
): Promise<KnownFinding[]> {
  return 'dossier' in of ? findingsWhere(tx, 'dossier', of.dossier) : findingsWhere(tx, 'matter', of.matter)
}

async function findingsWhere(
  tx: Tx,
  column: 'id' | 'dossier' | 'matter',
  value: string,
): Promise<KnownFinding[]> {
  const rows = await tx.query<{ id: string; revision: number; body: Json }>(
    `select id, revision, body from finding where organisation = $1 and ${column} = $2 order by body->>'proposedAt', id`,
    [tx.actor.organisation, value],
  )
  return rows.map(({ id, revision, body }) => ({ id, revision, finding: Finding.parse(body) }))
}

function write(tx: Tx, why: string, { id, revision, finding }: KnownFinding): Promise<Receipt> {
  return change(tx, why, [
    { kind: findingKind, revision, state: { id, level: 'organisation', case: null, body: toJson(finding) } },
  ])
}
