import { ID_IN_BODY } from '../ledger/guard.ts'
import type { Tx } from '../storage/database.ts'
import { guardsOf } from './level-store.ts'
import { mustBeAllowed } from './may.ts'

/**
 * An answer with the levels of all in it that not all of us may see, by id; pages show them as a mark. Whoever is on
 * nothing and has opened nothing is shown nothing of that kind, so nothing is asked.
 */
export async function withGuards<Answer extends object>(
  tx: Tx,
  answer: Answer,
): Promise<Answer & { guards: Record<string, string> }> {
  mustBeAllowed(tx.actor, 'read')
  if (tx.actor.compartments.length === 0) return { ...answer, guards: {} }
  const ids = [...JSON.stringify(answer).matchAll(new RegExp(ID_IN_BODY, 'g'))].map(([, id = '']) => id)
  const found = await guardsOf(tx, [...new Set(ids)])
  return { ...answer, guards: Object.fromEntries([...found].map(([id, { level }]) => [id, level])) }
}
