import { Refusal } from '../foundation/refusal.ts'
import type { Tx } from '../storage/database.ts'

/**
 * Before an export, a change of keys and a change of level: whoever sits at an open session must have shown within the
 * last five minutes that they are still its person. The one person at this computer has nothing else to show than being
 * there, and a token was given its scopes by somebody who had shown it.
 *
 * @throws Refusal `prove_again`, on which the page asks and then repeats the request
 */
export function mustHaveProved({ actor }: Pick<Tx, 'actor'>): void {
  if (actor.kind !== 'browser' || actor.proved) return
  throw new Refusal(
    'prove_again',
    'Show once more that it is you, with your passkey or password; then it is done.',
  )
}
