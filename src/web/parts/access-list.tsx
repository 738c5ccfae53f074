import { type ReactElement, useState } from 'react'
import type { z } from 'zod'
import { accountOperations } from '../../protection/accounts-contract.ts'
import { protectionOperations } from '../../protection/contract.ts'
import { call, useAnswer } from '../api.ts'
import { useWords } from '../language.tsx'
import { Field, Fold, TextField, useSending } from './form.tsx'

type Access = z.output<(typeof protectionOperations)['readCase']['answer']>['access'][number]

/** Who is on a team or a case, by name, with what was said when they were let in; each can be ended. */
export function AccessList({
  compartment,
  access,
}: {
  compartment: string
  access: readonly Access[]
}): ReactElement {
  const { t, moment } = useWords()
  const now = new Date().toISOString()
  const stands = access.filter(({ ended, until }) => ended === null && (until === null || until > now))
  const past = access.filter((one) => !stands.includes(one))
  return (
    <>
      <ul className="list">
        {stands.map((one) => (
          <li key={one.person} className="row whole">
            <strong>{one.name}</strong>{' '}
            <span className="aside">
              {one.until !== null && `${t('access.until', { at: moment(one.until) })} `}
              {one.reason}
            </span>
            <Fold title={t('access.end')}>
              <EndAccess compartment={compartment} person={one.person} />
            </Fold>
          </li>
        ))}
      </ul>
      {past.length > 0 && (
        <p className="aside">{t('access.past', { names: past.map(({ name }) => name).join(', ') })}</p>
      )}
      <Fold title={t('access.give')}>
        <GiveAccess compartment={compartment} standing={stands.map(({ person }) => person)} />
      </Fold>
    </>
  )
}

function EndAccess({ compartment, person }: { compartment: string; person: string }): ReactElement {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const { busy, send, note } = useSending()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void send(() =>
          call(protectionOperations.endAccess, { params: { compartment }, body: { person, reason } }),
        )
      }}
    >
      <TextField label={t('decide.reason')} value={reason} onChange={setReason} />
      <button type="submit" disabled={busy}>
        {t('access.endMake')}
      </button>
      {note}
    </form>
  )
}

function GiveAccess({
  compartment,
  standing,
}: {
  compartment: string
  standing: readonly string[]
}): ReactElement {
  const { t } = useWords()
  const [person, setPerson] = useState('')
  const [until, setUntil] = useState('')
  const [reason, setReason] = useState('')
  const { busy, send, note } = useSending()
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault()
        const last = until === '' ? null : new Date(`${until}T23:59:59`).toISOString()
        const body = { person, until: last, reason }
        if (await send(() => call(protectionOperations.giveAccess, { params: { compartment }, body }))) {
          setPerson('')
          setUntil('')
          setReason('')
        }
      }}
    >
      <ChoosePerson value={person} onChange={setPerson} without={standing} />
      <Field label={t('access.lastDay')} hint={t('access.lastDayHint')}>
        {(id) => (
          <input id={id} type="date" value={until} onChange={({ target }) => setUntil(target.value)} />
        )}
      </Field>
      <TextField label={t('decide.reason')} value={reason} onChange={setReason} rows={2} />
      <button type="submit" className="primary" disabled={busy || person === ''}>
        {t('access.giveMake')}
      </button>
      {note}
    </form>
  )
}

/** One of those who work here. */
export function ChoosePerson({
  value,
  onChange,
  without,
}: {
  value: string
  onChange: (person: string) => void
  without: readonly string[]
}): ReactElement {
  const { t } = useWords()
  const { value: found } = useAnswer(accountOperations.people, {})
  return (
    <Field label={t('access.person')}>
      {(id) => (
        <select id={id} value={value} onChange={({ target }) => onChange(target.value)}>
          <option value="">{t('form.choose')}</option>
          {found?.people
            .filter((one) => one.ended === null && !without.includes(one.person))
            .map((one) => (
              <option key={one.person} value={one.person}>
                {one.name}
              </option>
            ))}
        </select>
      )}
    </Field>
  )
}
