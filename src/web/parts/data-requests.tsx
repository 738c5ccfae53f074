import { type ReactElement, useState } from 'react'
import type { z } from 'zod'
import { dataProtectionOperations } from '../../protection/data-protection-contract.ts'
import { REQUEST_OUTCOMES, REQUEST_TYPES } from '../../protection/data-request.ts'
import { call, useAnswer } from '../api.ts'
import { useWords } from '../language.tsx'
import { ChoiceField, DayField } from './choice-field.tsx'
import { Fold, FoldedForm, TextField, useSending } from './form.tsx'
import { Loading, Nothing, RefusedNote } from './states.tsx'

type Request = z.output<(typeof dataProtectionOperations)['dataProtection']['answer']>['requests'][number]
const today = () => new Date().toISOString().slice(0, 10)

/** Requests of people whose data are kept, each with its clock. */
export function DataRequests(): ReactElement {
  const { t } = useWords()
  const { value, refused, waiting } = useAnswer(dataProtectionOperations.dataProtection, {})
  if (refused) return <RefusedNote refused={refused} />
  if (waiting || !value) return <Loading />
  return (
    <>
      <p className="lead">{t('request.lead')}</p>
      <FoldedForm title={t('request.new')}>{(recorded) => <NewRequest onRecorded={recorded} />}</FoldedForm>
      {value.requests.length === 0 && <Nothing>{t('request.none')}</Nothing>}
      {value.requests.map((one) => (
        <OneRequest key={one.id} request={one} />
      ))}
    </>
  )
}

function NewRequest({ onRecorded }: { onRecorded: () => void }): ReactElement {
  const { t } = useWords()
  const [type, setType] = useState<(typeof REQUEST_TYPES)[number]>('access')
  const [asker, setAsker] = useState('')
  const [contact, setContact] = useState('')
  const [concerns, setConcerns] = useState('')
  const [receivedOn, setReceivedOn] = useState(today)
  const { busy, send, note } = useSending()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const body = { type, asker, contact: contact.trim() === '' ? null : contact, concerns, receivedOn }
        void send(() => call(dataProtectionOperations.recordDataRequest, { body })).then(
          (done) => done && onRecorded(),
        )
      }}
    >
      <ChoiceField
        label={t('request.type')}
        list="request-types"
        keys={REQUEST_TYPES}
        value={type}
        onChange={setType}
      />
      <TextField label={t('request.asker')} value={asker} onChange={setAsker} hint={t('request.askerHint')} />
      <TextField label={t('request.contact')} value={contact} onChange={setContact} />
      <TextField label={t('request.concerns')} value={concerns} onChange={setConcerns} rows={2} />
      <DayField label={t('request.received')} value={receivedOn} onChange={setReceivedOn} />
      <p className="buttons">
        <button
          type="submit"
          className="primary"
          disabled={busy || asker.trim() === '' || concerns.trim() === ''}
        >
          {t('request.record')}
        </button>
      </p>
      {note}
    </form>
  )
}

function OneRequest({ request }: { request: Request }): ReactElement {
  const { t, label, day } = useWords()
  const { type, asker, contact, concerns, receivedOn, due, state, extended, answer } = request
  const late = state === 'open' && Date.parse(due) < Date.now()
  return (
    <article className="panel">
      <h2>{label('request-types', type)}</h2>
      <dl className="facts">
        <div>
          <dt>{t('request.asker')}</dt>
          <dd>
            {asker} {contact !== null && <span className="aside">{contact}</span>}
          </dd>
        </div>
        <div>
          <dt>{t('request.concerns')}</dt>
          <dd>{concerns}</dd>
        </div>
        <div>
          <dt>{t('request.clock')}</dt>
          <dd className={late ? 'overdue' : ''}>
            {t(late ? 'request.over' : 'request.until', { from: day(receivedOn), due: day(due) })}
          </dd>
        </div>
        {extended && (
          <div>
            <dt>{t('request.extended')}</dt>
            <dd>{extended.reason}</dd>
          </div>
        )}
        {answer && (
          <div>
            <dt>{label('request-outcomes', answer.outcome)}</dt>
            <dd>
              {answer.words} <span className="aside">{day(answer.at)}</span>
            </dd>
          </div>
        )}
      </dl>
      {state === 'open' && <Answer request={request} />}
    </article>
  )
}

function Answer({ request: { id, extended } }: { request: Request }): ReactElement {
  const { t } = useWords()
  const [outcome, setOutcome] = useState<(typeof REQUEST_OUTCOMES)[number]>('done')
  const [words, setWords] = useState('')
  const { busy, send, note } = useSending()
  const move = (body: { extend: string } | { outcome: typeof outcome; words: string }) =>
    void send(() => call(dataProtectionOperations.moveDataRequest, { params: { id }, body }))
  return (
    <Fold title={t('request.answer')}>
      <ChoiceField
        label={t('request.outcome')}
        list="request-outcomes"
        keys={REQUEST_OUTCOMES}
        value={outcome}
        onChange={setOutcome}
      />
      <TextField label={t('request.words')} value={words} onChange={setWords} rows={2} />
      <p className="buttons">
        <button type="button" className="primary" disabled={busy} onClick={() => move({ outcome, words })}>
          {t('request.save')}
        </button>
        {!extended && (
          <button type="button" disabled={busy} onClick={() => move({ extend: words })}>
            {t('request.extend')}
          </button>
        )}
      </p>
      {note}
    </Fold>
  )
}
