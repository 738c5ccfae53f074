import { type ReactElement, useState } from 'react'
import { accountOperations } from '../../protection/accounts-contract.ts'
import type { Role } from '../../protection/actor.ts'
import { call } from '../api.ts'
import { useWords } from '../language.tsx'
import type { AccountLine, MadeLink, OneOfUs } from './account-shapes.ts'
import { Fold, TextField, useSending } from './form.tsx'
import { RolesField } from './roles-field.tsx'

/** What an administrator does about one person. Each of it stands in the ledger, with the reason given. */
export function PersonActs({
  one,
  account,
  onLink,
}: {
  one: OneOfUs
  account: AccountLine
  onLink: (made: MadeLink) => void
}): ReactElement {
  const { t, moment } = useWords()
  const { person, name } = one
  const [roles, setRoles] = useState<readonly Role[]>(one.roles)
  const [reason, setReason] = useState('')
  const { busy, send, note } = useSending()
  const params = { person }
  const act = (work: () => Promise<unknown>) => () => void send(work).then((done) => done && setReason(''))
  const { reset } = account
  return (
    <Fold title={t('people.acts', { name })} open={reset !== null && !reset.byMe}>
      {reset && (
        <div className="panel decide">
          <p>{t('people.resetWaits', { by: reset.by, at: moment(reset.at), reason: reset.reason })}</p>
          {reset.byMe ? (
            <>
              <p className="aside">{t('people.resetOther')}</p>
              <p className="buttons">
                <button
                  type="button"
                  disabled={busy}
                  onClick={act(() => call(accountOperations.withdrawReset, { params }))}
                >
                  {t('people.withdrawReset')}
                </button>
              </p>
            </>
          ) : (
            <button
              type="button"
              className="primary"
              disabled={busy}
              onClick={act(async () => {
                const { link } = await call(accountOperations.confirmReset, { params })
                onLink({ name, link })
              })}
            >
              {t('people.resetConfirm')}
            </button>
          )}
        </div>
      )}
      <TextField label={t('decide.reason')} value={reason} onChange={setReason} rows={2} />
      <RolesField roles={roles} onChange={setRoles} />
      <p className="buttons">
        <button
          type="button"
          disabled={busy}
          onClick={act(() =>
            call(accountOperations.changeRoles, { params, body: { roles: [...roles], reason } }),
          )}
        >
          {t('people.changeRoles')}
        </button>
        <button
          type="button"
          disabled={busy}
          onClick={act(() => call(accountOperations.endMembership, { params, body: { reason } }))}
        >
          {t('people.endMembership')}
        </button>
        {account.ready && !one.me && (
          <button
            type="button"
            disabled={busy}
            onClick={act(() => call(accountOperations.proposeReset, { params, body: { reason } }))}
          >
            {t('people.proposeReset')}
          </button>
        )}
        {!account.ready && (
          <button
            type="button"
            disabled={busy}
            onClick={act(async () => {
              const { link } = await call(accountOperations.inviteAgain, { params })
              onLink({ name, link })
            })}
          >
            {t('people.newLink')}
          </button>
        )}
        {account.sessions > 0 && (
          <button
            type="button"
            disabled={busy}
            onClick={act(() => call(accountOperations.endSessionsOf, { params }))}
          >
            {t('people.endSessions', { n: account.sessions })}
          </button>
        )}
      </p>
      {note}
    </Fold>
  )
}
