import { type ReactElement, useState } from 'react'
import { accountOperations } from '../../protection/accounts-contract.ts'
import { call, useAnswer } from '../api.ts'
import { useWords } from '../language.tsx'
import type { Account } from '../parts/account-shapes.ts'
import { Fold, useSending } from '../parts/form.tsx'
import { NewPasskey, NewPassword, type NewSecret } from '../parts/new-ways.tsx'
import { RefusedPage } from '../parts/refused-page.tsx'
import { SignInLog } from '../parts/sign-in-log.tsx'
import { Loading, Nothing } from '../parts/states.tsx'
import { Tokens } from '../parts/tokens.tsx'
import { makePasskey } from '../passkeys.ts'

/** One's own account: how one signs in, where one is signed in, and what works in one's name. */
export function AccountDoor(): ReactElement {
  const { t } = useWords()
  const { value: account, refused, waiting } = useAnswer(accountOperations.account, {})
  if (refused) return <RefusedPage refused={refused} />
  if (waiting || !account) return <Loading />
  if (account.alone)
    return (
      <div className="page narrow">
        <header className="page-head">
          <h1>{t('door.account')}</h1>
        </header>
        <p>{t('account.alone')}</p>
      </div>
    )
  return (
    <div className="page narrow account">
      <header className="page-head">
        <h1>{t('door.account')}</h1>
        <p className="buttons">
          <SignOutButton />
        </p>
      </header>
      <dl className="facts">
        <div>
          <dt>{t('account.name')}</dt>
          <dd>{account.name}</dd>
        </div>
        <div>
          <dt>{t('signIn.login')}</dt>
          <dd className="mono">{account.login}</dd>
        </div>
        <div>
          <dt>{t('account.organisation')}</dt>
          <dd>{account.organisation}</dd>
        </div>
        <div>
          <dt>{t('people.roles')}</dt>
          <dd>{account.roles.map((role) => t(`role.${role}`)).join(', ')}</dd>
        </div>
      </dl>
      {account.reset && <ResetWaits reset={account.reset} />}
      <Passkeys account={account} />
      <PasswordPart account={account} />
      <Sessions account={account} />
      <Tokens tokens={account.sessions.filter(({ kind }) => kind === 'token')} />
      <SignInLog />
    </div>
  )
}

/** Somebody proposed to set this account anew, and whoever it is about can sign in after all. */
function ResetWaits({ reset }: { reset: NonNullable<Account['reset']> }): ReactElement {
  const { t, moment } = useWords()
  const { busy, send, note } = useSending()
  const { person, by, at, reason } = reset
  return (
    <section className="panel">
      <h2>{t('account.reset')}</h2>
      <p>{t('account.resetWaits', { by, at: moment(at), reason })}</p>
      <button
        type="button"
        disabled={busy}
        onClick={() => void send(() => call(accountOperations.withdrawReset, { params: { person } }))}
      >
        {t('account.withdrawReset')}
      </button>
      {note}
    </section>
  )
}

function SignOutButton(): ReactElement {
  const { t } = useWords()
  const { busy, send, note } = useSending()
  return (
    <>
      <button
        type="button"
        disabled={busy}
        onClick={() =>
          void send(async () => {
            await call(accountOperations.signOut)
            window.location.replace('/')
          })
        }
      >
        {t('account.signOut')}
      </button>
      {note}
    </>
  )
}

function Passkeys({ account }: { account: Account }): ReactElement {
  const { t, moment } = useWords()
  const { busy, send, note } = useSending()
  return (
    <section>
      <h2>{t('account.passkeys')}</h2>
      {account.passkeys.length === 0 && <Nothing>{t('account.noPasskey')}</Nothing>}
      <ul className="list">
        {account.passkeys.map(({ id, label, madeAt, usedAt }) => (
          <li key={id} className="row">
            <span>{label}</span>
            <span className="row-middle aside">
              {usedAt === null
                ? t('account.made', { at: moment(madeAt) })
                : t('account.used', { at: moment(usedAt) })}
            </span>
            <span className="row-end">
              <button
                type="button"
                disabled={busy}
                onClick={() => void send(() => call(accountOperations.removePasskey, { params: { id } }))}
              >
                {t('account.remove')}
              </button>
            </span>
          </li>
        ))}
      </ul>
      {note}
      <Fold title={t('account.addPasskey')}>
        <NewPasskey
          add={async (label) => {
            const { asked } = await call(accountOperations.beginPasskey, {}, { quiet: true })
            const response = await makePasskey(asked)
            await call(accountOperations.addPasskey, { body: { label, response } })
          }}
        />
      </Fold>
    </section>
  )
}

function PasswordPart({ account }: { account: Account }): ReactElement {
  const { t } = useWords()
  const [secret, setSecret] = useState<NewSecret | null>(null)
  const [done, setDone] = useState(false)
  const { busy, send, note } = useSending()
  const begin = () =>
    void send(async () => {
      setDone(false)
      setSecret(await call(accountOperations.beginPassword, {}, { quiet: true }))
    })
  return (
    <section>
      <h2>{t('password.title')}</h2>
      <p>{t(account.password ? 'account.hasPassword' : 'account.noPassword')}</p>
      {done && <p role="status">{t('account.passwordSet')}</p>}
      {secret === null ? (
        <button type="button" disabled={busy} onClick={begin}>
          {t(account.password ? 'account.changePassword' : 'account.addPassword')}
        </button>
      ) : (
        <NewPassword
          secret={secret}
          login={account.login ?? ''}
          set={async (body) => {
            await call(accountOperations.setPassword, { body })
            setSecret(null)
            setDone(true)
          }}
        />
      )}
      {note}
    </section>
  )
}

function Sessions({ account }: { account: Account }): ReactElement {
  const { t, moment } = useWords()
  const { busy, send, note } = useSending()
  const browsers = account.sessions.filter(({ kind }) => kind === 'browser')
  return (
    <section>
      <h2>{t('account.sessions')}</h2>
      <ul className="list">
        {browsers.map(({ id, label, seenAt, here }) => (
          <li key={id} className="row">
            <span>
              {label === '' ? t('account.device') : label} {here && <strong>{t('account.here')}</strong>}
            </span>
            <span className="row-middle aside">{t('account.seen', { at: moment(seenAt) })}</span>
            <span className="row-end">
              {!here && (
                <button
                  type="button"
                  disabled={busy}
                  onClick={() => void send(() => call(accountOperations.endSession, { params: { id } }))}
                >
                  {t('account.end')}
                </button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {account.sessions.length > 1 && (
        <button
          type="button"
          disabled={busy}
          onClick={() => void send(() => call(accountOperations.endSessions))}
        >
          {t('account.endAll')}
        </button>
      )}
      {note}
    </section>
  )
}
