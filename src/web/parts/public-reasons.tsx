import { type ReactElement, useState } from 'react'
import { GRANTABLE, PURPOSES, SHOWN } from '../../protection/consent-codes.ts'
import { consentOperations } from '../../protection/consent-contract.ts'
import { call } from '../api.ts'
import { useWords } from '../language.tsx'
import { ChoiceField } from './choice.tsx'
import { Fold, TextField, useSending } from './form.tsx'
import type { PersonPage } from './person-shapes.ts'

type Reason = PersonPage['reasons'][number]

/** For a public figure whom nobody could ask: why something is used all the same, by one, read by another. */
export function PublicReasons({ page }: { page: PersonPage }): ReactElement {
  const { t } = useWords()
  return (
    <>
      <p className="aside">{t('reason.what')}</p>
      {page.reasons.map((one) => (
        <OneReason key={one.id} reason={one} />
      ))}
      <Fold title={t('reason.write')}>
        <ReasonForm id={page.id} />
      </Fold>
    </>
  )
}

function OneReason({ reason }: { reason: Reason }): ReactElement {
  const { t, label, day } = useWords()
  const [why, setWhy] = useState('')
  const { busy, send, note } = useSending()
  const answer = (body: { agree: true } | { end: string }) =>
    void send(() => call(consentOperations.answerPublicReason, { params: { id: reason.id }, body }))
  return (
    <div className="reason">
      <p>
        {label('consent-purposes', reason.purpose)}, {label('consent-recipients', reason.recipient)},{' '}
        {label('identifiabilities', reason.identifiability)}
      </p>
      <p>{reason.reason}</p>
      <p className="aside">
        {reason.byName}, {day(reason.at)} · <strong>{t(`reason.${reason.state}`)}</strong>
      </p>
      {reason.state !== 'ended' && (
        <Fold title={t('reason.answer')}>
          {reason.state === 'proposed' && !reason.mine && (
            <button type="button" className="primary" disabled={busy} onClick={() => answer({ agree: true })}>
              {t('reason.agree')}
            </button>
          )}
          <TextField label={t('decide.reason')} value={why} onChange={setWhy} />
          <button type="button" disabled={busy} onClick={() => answer({ end: why })}>
            {t('reason.end')}
          </button>
          {note}
        </Fold>
      )}
    </div>
  )
}

function ReasonForm({ id }: { id: string }): ReactElement {
  const { t } = useWords()
  const [purpose, setPurpose] = useState<(typeof PURPOSES)[number]>('public_report')
  const [recipient, setRecipient] = useState<(typeof GRANTABLE)[number]>('public')
  const [identifiability, setIdentifiability] = useState<(typeof SHOWN)[number]>('full_identity')
  const [reason, setReason] = useState('')
  const { busy, send, note } = useSending()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const body = { purpose, recipient, identifiability, reason }
        void send(async () => {
          await call(consentOperations.givePublicReason, { params: { id }, body })
          setReason('')
        })
      }}
    >
      <ChoiceField
        label={t('consent.purpose')}
        list="consent-purposes"
        keys={PURPOSES}
        value={purpose}
        onChange={setPurpose}
      />
      <ChoiceField
        label={t('consent.recipient')}
        list="consent-recipients"
        keys={GRANTABLE}
        value={recipient}
        onChange={setRecipient}
      />
      <ChoiceField
        label={t('consent.named')}
        list="identifiabilities"
        keys={SHOWN}
        value={identifiability}
        onChange={setIdentifiability}
      />
      <TextField label={t('reason.why')} value={reason} onChange={setReason} rows={3} />
      <button type="submit" disabled={busy}>
        {t('reason.propose')}
      </button>
      {note}
    </form>
  )
}
