import { type ReactElement, useState } from 'react'
import { accountOperations } from '../../protection/accounts-contract.ts'
import { SCOPES, type Scope } from '../../protection/actor.ts'
import { call } from '../api.ts'
import { useWords } from '../language.tsx'
import type { Account } from './account-shapes.ts'
import { Field, Fold, TextField, useSending } from './form.tsx'
import { ShownOnce } from './new-ways.tsx'
import { Nothing } from './states.tsx'

const TERMS = [7, 30, 90, 366]

/** What scripts may do in one's name, and until when. */
export function Tokens({ tokens }: { tokens: Account['sessions'] }): ReactElement {
  const { t, moment, day } = useWords()
  const [label, setLabel] = useState('')
  const [scopes, setScopes] = useState<readonly Scope[]>(['read'])
  const [days, setDays] = useState(30)
  const [made, setMade] = useState<string | null>(null)
  const { busy, send, note } = useSending()
  return (
    <section>
      <h2>{t('token.title')}</h2>
      <p className="aside">{t('token.what')}</p>
      {tokens.length === 0 && <Nothing>{t('token.none')}</Nothing>}
      <ul className="list">
        {tokens.map(({ id, label: name, scopes: may, endsAt, seenAt }) => (
          <li key={id} className="row">
            <span>
              {name} <span className="aside">{may?.map((one) => t(`scope.${one}`)).join(', ')}</span>
            </span>
            <span className="row-middle aside">
              {endsAt !== null && `${t('token.until', { day: day(endsAt.slice(0, 10)) })} · `}
              {t('account.seen', { at: moment(seenAt) })}
            </span>
            <span className="row-end">
              <button
                type="button"
                disabled={busy}
                onClick={() => void send(() => call(accountOperations.endSession, { params: { id } }))}
              >
                {t('account.end')}
              </button>
            </span>
          </li>
        ))}
      </ul>
      {made !== null && <ShownOnce title={t('token.made')} text={made} why={t('token.once')} />}
      <Fold title={t('token.new')}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void send(async () => {
              const body = { label, scopes: [...scopes], days }
              setMade((await call(accountOperations.makeToken, { body })).token)
              setLabel('')
            })
          }}
        >
          <TextField label={t('token.label')} value={label} onChange={setLabel} />
          <fieldset>
            <legend>{t('token.scopes')}</legend>
            {SCOPES.map((one) => (
              <label key={one} className="check">
                <input
                  type="checkbox"
                  checked={scopes.includes(one)}
                  onChange={({ target }) =>
                    setScopes(target.checked ? [...scopes, one] : scopes.filter((other) => other !== one))
                  }
                />
                {t(`scope.${one}`)}
              </label>
            ))}
          </fieldset>
          <Field label={t('token.term')}>
            {(id) => (
              <select id={id} value={days} onChange={({ target }) => setDays(Number(target.value))}>
                {TERMS.map((one) => (
                  <option key={one} value={one}>
                    {t('token.days', { n: one })}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <button type="submit" disabled={busy || label.trim() === '' || scopes.length === 0}>
            {t('token.make')}
          </button>
        </form>
      </Fold>
      {note}
    </section>
  )
}
