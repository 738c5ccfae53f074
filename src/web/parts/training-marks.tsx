import { type ReactElement, useState } from 'react'
import { accountOperations } from '../../protection/accounts-contract.ts'
import { consentOperations } from '../../protection/consent-contract.ts'
import { call, useAnswer } from '../api.ts'
import { useWords } from '../language.tsx'
import { PickField } from './choice.tsx'
import { Fold, TextField, useSending } from './form.tsx'

/** For administrators: who was trained to take accounts of sexual violence. Others are shown nothing of it. */
export function TrainingMarks(): ReactElement | null {
  const { t, day } = useWords()
  const { value } = useAnswer(consentOperations.training, {})
  const { value: known } = useAnswer(accountOperations.people, value === null ? null : {})
  if (!value) return null
  const others = (known?.people ?? [])
    .filter(({ person, ended }) => ended === null && !value.trained.some((one) => one.person === person))
    .map(({ person, name }) => ({ id: person, name }))
  return (
    <section>
      <h2>{t('training.title')}</h2>
      <p className="aside">{t('training.what')}</p>
      <ul>
        {value.trained.map((one) => (
          <li key={one.person}>
            <strong>{one.name}</strong>{' '}
            <span className="aside">
              {day(one.at)}, {one.note}
            </span>
            <Fold title={t('training.end')}>
              <Mark
                person={one.person}
                operation={consentOperations.endTraining}
                action={t('training.end')}
              />
            </Fold>
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <Fold title={t('training.mark')}>
          <MarkOther others={others} />
        </Fold>
      )}
    </section>
  )
}

function MarkOther({ others }: { others: readonly { id: string; name: string }[] }): ReactElement {
  const { t } = useWords()
  const [person, setPerson] = useState<string | null>(null)
  return (
    <>
      <PickField
        label={t('training.person')}
        none={t('form.choose')}
        of={others}
        value={person}
        onChange={setPerson}
      />
      {person !== null && (
        <Mark person={person} operation={consentOperations.markTrained} action={t('training.mark')} />
      )}
    </>
  )
}

function Mark({
  person,
  operation,
  action,
}: {
  person: string
  operation: (typeof consentOperations)['markTrained'] | (typeof consentOperations)['endTraining']
  action: string
}): ReactElement {
  const { t } = useWords()
  const [text, setText] = useState('')
  const { busy, send, note } = useSending()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void send(() => call(operation, { body: { person, note: text } }))
      }}
    >
      <TextField label={t('training.note')} value={text} onChange={setText} hint={t('training.noteHint')} />
      <button type="submit" disabled={busy}>
        {action}
      </button>
      {note}
    </form>
  )
}
