import { sha256 } from '../foundation/hashing.ts'
import { Refusal } from '../foundation/refusal.ts'
import { readAs } from '../storage/database.ts'
import { accountOf, passkeysOf } from './account-store.ts'
import { mustBeSignedIn, newPass, type OwnGatehouse, plainLogin, type Visitor } from './gatehouse.ts'
import { mustBeAllowed } from './may.ts'
import { askWhoItIs } from './passkey.ts'
import { exchangePass, liveSession } from './session-store.ts'
import { byPasskey, byPassword, type Shown } from './sign-in.ts'
import { followPass } from './who-is-in.ts'

/** What a browser is asked for before something weighs more: one of this person's own passkeys. */
export async function beginProof(
  house: OwnGatehouse,
): Promise<{ passkey: object | null; password: boolean; login: string }> {
  const { database, actor } = house
  await readAs(database, actor, async (tx) => {
    mustBeAllowed(tx.actor, 'enter')
    mustBeSignedIn(tx.actor)
  })
  const [has, account] = await Promise.all([
    passkeysOf(database.owner, actor),
    accountOf(database.owner, actor),
  ])
  const passkey = has.length > 0 ? await askWhoItIs(house.site, { purpose: purposeOf(actor), has }) : null
  return { passkey, password: account?.password != null, login: account?.login ?? '' }
}

/**
 * Prove once more that it is still this person, for five minutes; the session gets another pass. A proof that is somebody
 * else's is refused as a wrong one is.
 *
 * @throws Refusal `sign_in_refused`, `too_many_tries`, `signed_out`
 */
export async function prove(house: OwnGatehouse, shown: Shown, visitor: Visitor): Promise<{ pass: string }> {
  const { database, actor } = house
  const me = await readAs(database, actor, async (tx) => {
    mustBeAllowed(tx.actor, 'enter')
    mustBeSignedIn(tx.actor)
    return tx.actor
  })
  const who =
    'passkey' in shown
      ? await byPasskey(house, { response: shown.passkey, purpose: purposeOf(actor), visitor })
      : await byPassword(house, { ...shown, login: plainLogin(shown.login), visitor })
  if (who.person !== me.person || who.organisation !== me.organisation)
    throw new Refusal(
      'sign_in_refused',
      'This was somebody else’s; show that it is you who is signed in here.',
    )
  const { owner } = database
  const was = sha256(actor.pass)
  const live = await liveSession(owner, was)
  const pass = newPass()
  const of = { organisation: actor.organisation, session: live?.session ?? '', was }
  const under = exchangePass(owner, { of, pass: sha256(pass), proved: true }).then((done) =>
    done ? pass : null,
  )
  followPass(actor.pass, under)
  if ((await under) === null) throw new Refusal('signed_out', 'Your session has ended; sign in again.')
  return { pass }
}

/** A challenge is answered by the person who asked for it, and for this alone. */
function purposeOf({ person }: { person: string }): string {
  return `prove ${person}`
}
