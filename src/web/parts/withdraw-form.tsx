import { type ReactElement, useState } from 'react'
import { consentOperations } from '../../protection/consent-contract.ts'
import { call } from '../api.ts'
import { useWords } from '../language.tsx'
import { DayField, dayAfter, Tick } from './choice.tsx'
import { TextField, useSending } from './form.tsx'
import type { PersonPage } from './person-shapes.ts'

/** Taken back: all of it, unless some is chosen to stand. */
export function WithdrawForm({
  page,
  standing,
}: {
  page: PersonPage
  standing: PersonPage['grants']
}): ReactElement {
  const { t, label, number } = useWords()
  const [kept, setKept] = useState<readonly string[]>([])
  const [on, setOn] = useState(dayAfter(0))
  const [due, setDue] = useState(dayAfter(7))
  const [words, setWords] = useState('')
  const { busy, send, note } = useSending()
  const taken = standing.filter(({ id }) => !kept.includes(id))
  const used = page.uses.filter(({ grant }) => taken.some(({ id }) => id === grant))
  return (
    <form
      className="person-form"
      onSubmit={(event) => {
        event.preventDefault()
        const grants = kept.length === 0 ? ('all' as const) : taken.map(({ id }) => id)
        void send(() =>
          call(consentOperations.withdrawConsent, {
            params: { id: page.id },
            body: { grants, on, due, words, takenBy: null },
          }),
        )
      }}
    >
      <p className="hint">{t('withdraw.what')}</p>
      <div className="ticks">
        {standing.map(({ id, purpose, recipient }) => (
          <Tick
            key={id}
            label={`${label('consent-purposes', purpose)}, ${label('consent-recipients', recipient)}`}
            checked={!kept.includes(id)}
            onChange={(ticked) => setKept(ticked ? kept.filter((one) => one !== id) : [...kept, id])}
          />
        ))}
      </div>
      <div className="fields">
        <DayField label={t('withdraw.on')} value={on} onChange={setOn} />
        <DayField label={t('withdraw.due')} value={due} onChange={setDue} />
      </div>
      <TextField label={t('withdraw.words')} value={words} onChange={setWords} rows={2} />
      <p>{t('withdraw.uses', { n: number(used.length) })}</p>
      <button type="submit" className="primary" disabled={busy || taken.length === 0}>
        {t('withdraw.record')}
      </button>
      {note}
    </form>
  )
}
