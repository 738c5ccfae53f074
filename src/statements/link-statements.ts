import { newId } from '../foundation/ids.ts'
import { toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { Tx } from '../storage/database.ts'
import type { Link } from './link.ts'
import { linkKind } from './statement-kinds.ts'
import { linksFrom, statementsById } from './statement-store.ts'

/**
 * Put one statement beside another: a tension, an answer, an endorsement, made by the person acting.
 *
 * @throws Refusal `statement_unknown`, `link_to_itself`, `link_exists`
 */
export async function linkStatements(
  tx: Tx,
  wanted: Omit<Link, 'dossier'>,
): Promise<{ id: string; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'link')
  const { from, to, rel, note } = wanted
  if (from === to)
    throw new Refusal('link_to_itself', 'A statement cannot be linked to itself; choose another one.')
  const found = await statementsById(tx, [from, to])
  const start = found.find(({ id }) => id === from)
  if (!start || found.length < 2) {
    throw new Refusal(
      'statement_unknown',
      'One of the two statements is not there; open it again and try once more.',
    )
  }
  mustBeAllowed(tx.actor, 'link', {
    organisation: tx.actor.organisation,
    level: 'organisation',
    dossier: start.statement.dossier,
  })
  if ((await linksFrom(tx, [from])).has(`${from} ${rel} ${to}`)) {
    throw new Refusal('link_exists', `These two statements are linked as "${rel}" already.`)
  }
  const id = newId('link')
  const body: Link = { dossier: start.statement.dossier, from, rel, to, note }
  const receipt = await change(tx, `linked two statements: ${rel}`, [
    { kind: linkKind, revision: 0, state: { id, level: 'organisation', case: null, body: toJson(body) } },
  ])
  return { id, receipt }
}
