import { Refusal } from '../foundation/refusal.ts'
import { type Account, accountByLogin, isMember, passkeyBy, spendStep, usedPasskey } from './account-store.ts'
import { countTry } from './attempt-store.ts'
import { type Gatehouse, openSession, plainLogin, type Visitor } from './gatehouse.ts'
import { askWhoItIs, claimOf, type FromBrowser, readAnswer } from './passkey.ts'
import { isPassword } from './password.ts'
import { openSecret } from './seal-secret.ts'
import { stepOf } from './totp.ts'

const SIGN_IN = 'sign in'
/** Stands in for an account that is not there, so that as much is done for it. */
const NOBODY = { organisation: '', person: '' }

export type Shown =
  | { readonly passkey: FromBrowser }
  | { readonly login: string; readonly password: string; readonly code: string }

/** What a browser is asked for before anybody said who they are. */
export async function beginSignIn({ site }: Pick<Gatehouse, 'site'>): Promise<object> {
  return askWhoItIs(site, { purpose: SIGN_IN })
}

/**
 * Sign in, with a passkey or with password and code. An unknown login, a wrong password, a wrong code, a code used before,
 * a membership that ended and an account that was tried too often are refused in the same words, after the same work.
 *
 * @throws Refusal `sign_in_refused`; `too_many_tries` for an address from which too much failed
 */
export async function signIn(house: Gatehouse, shown: Shown, visitor: Visitor): Promise<{ pass: string }> {
  const { owner } = house.database
  const who =
    'passkey' in shown
      ? await byPasskey(house, { response: shown.passkey, purpose: SIGN_IN, visitor })
      : await byPassword(house, { ...shown, login: plainLogin(shown.login), visitor })
  return { pass: await openSession(owner, who, visitor) }
}

/** @throws Refusal `sign_in_refused`, `too_many_tries` */
export async function byPasskey(
  house: Gatehouse,
  { response, purpose, visitor }: { response: FromBrowser; purpose: string; visitor: Visitor },
): Promise<{ organisation: string; person: string }> {
  const { owner } = house.database
  const tried = await countTry(owner, { home: house.home, login: null, address: visitor.address })
  if (tried.addressLocked) throw tooManyTries()
  const { credential, handle } = claimOf(response)
  const passkey = await passkeyBy(owner, credential, handle)
  const counter = passkey && (await readAnswer(house.site, { response, purpose, passkey }))
  if (!passkey || counter === null || !(await isMember(owner, passkey))) throw refused()
  if (!(await usedPasskey(owner, passkey, counter))) throw refused()
  await tried.forgive()
  return passkey
}

/** @throws Refusal `sign_in_refused`, `too_many_tries` */
export async function byPassword(
  house: Gatehouse,
  { login, password, code, visitor }: { login: string; password: string; code: string; visitor: Visitor },
): Promise<Account> {
  const { owner } = house.database
  const tried = await countTry(owner, { home: house.home, login, address: visitor.address })
  // Hashing for whoever tries without end would be what they want.
  if (tried.addressLocked) throw tooManyTries()
  const account = await accountByLogin(owner, login)
  const step = stepOf(secretOf(account, house) ?? Buffer.alloc(20), code)
  const [right, member] = await Promise.all([
    isPassword(account?.password ?? null, password),
    isMember(owner, account ?? NOBODY),
  ])
  if (!account || !right || step === null || !member || tried.accountLocked) throw refused()
  if (!(await spendStep(owner, { ...account, step }))) throw refused()
  await tried.forgive()
  return account
}

function secretOf(account: Account | null, { key }: Gatehouse): Buffer | null {
  return account?.totp ? openSecret(account.totp, { key, whose: account.person }) : null
}

function refused(): Refusal {
  return new Refusal(
    'sign_in_refused',
    'This did not let you in. Look at login, password and code, wait for the next code, and after several tries a quarter of an hour.',
  )
}

function tooManyTries(): Refusal {
  return new Refusal(
    'too_many_tries',
    'Too many tries came from your address; wait a quarter of an hour, then try again.',
  )
}
