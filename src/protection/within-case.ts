import { toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import type { Changed, RecordKind } from '../ledger/record-kind.ts'
import type { Tx } from '../storage/database.ts'
import { interlocutorById, type Known } from './consent-store.ts'
import type { Interlocutor } from './interlocutor.ts'

/** The one case that is open. @throws Refusal `case_not_open` */
export function theOpenCase(tx: Tx): string {
  const [open, second] = tx.actor.cases
  if (open !== undefined && second === undefined) return open
  throw new Refusal(
    'case_not_open',
    'People and what they allowed are kept within a case; open that one case first.',
  )
}

/** @throws Refusal `case_not_open`, `interlocutor_unknown` in the words of what is absent */
export async function theInterlocutor(tx: Tx, id: string): Promise<Known<Interlocutor>> {
  theOpenCase(tx)
  const known = await interlocutorById(tx, id)
  if (!known)
    throw new Refusal(
      'interlocutor_unknown',
      'There is no such person in the open case; choose from the list.',
    )
  return known
}

/** A record of the open case as it shall be. */
export function ofCase(
  tx: Tx,
  kind: RecordKind,
  { id, revision, body }: { id: string; revision: number; body: unknown },
): Changed {
  return { kind, revision, state: { id, level: 'case', case: theOpenCase(tx), body: toJson(body) } }
}
