import { type ReactElement, useState } from 'react'
import { consentOperations } from '../../protection/consent-contract.ts'
import { call } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../router.ts'
import { Fold, TextField, useSending } from './form.tsx'
import { Link } from './link.tsx'
import type { PersonPage } from './person-shapes.ts'

/** How much of the record is about somebody, computed; and what was linked to them by hand. */
export function PersonConcerns({ page }: { page: PersonPage }): ReactElement {
  const { t, label, number } = useWords()
  const { slug } = useHere()
  return (
    <>
      <p className="aside">{t('concern.what')}</p>
      <dl className="figures">
        {Object.entries(page.concerns).map(([kind, n]) => (
          <div key={kind}>
            <dt>{label('record-kinds', kind)}</dt>
            <dd>{number(n)}</dd>
          </div>
        ))}
      </dl>
      {page.links.map((one) => (
        <div key={one.id}>
          <p>
            <Link to={paths.record(slug, one.record)}>{t('concern.linked')}</Link>{' '}
            <span className="aside">{one.reason}</span>
          </p>
          <EndLink id={one.id} />
        </div>
      ))}
      <Fold title={t('concern.link')}>
        <LinkForm id={page.id} />
      </Fold>
    </>
  )
}

function LinkForm({ id }: { id: string }): ReactElement {
  const { t } = useWords()
  const [record, setRecord] = useState('')
  const [reason, setReason] = useState('')
  const { busy, send, note } = useSending()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        // What is copied from the address bar is an id with its way before it.
        const wanted = record
          .trim()
          .split(/[/?#]/)
          .findLast((part) => /^[a-z]{3}_\w+$/.test(part))
        const body = { record: wanted ?? record.trim(), reason }
        void send(async () => {
          await call(consentOperations.linkConcern, { params: { id }, body })
          setRecord('')
          setReason('')
        })
      }}
    >
      <TextField
        label={t('concern.record')}
        value={record}
        onChange={setRecord}
        hint={t('concern.recordHint')}
      />
      <TextField label={t('decide.reason')} value={reason} onChange={setReason} />
      <button type="submit" disabled={busy || record.trim() === ''}>
        {t('concern.link')}
      </button>
      {note}
    </form>
  )
}

function EndLink({ id }: { id: string }): ReactElement {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const { busy, send, note } = useSending()
  return (
    <Fold title={t('concern.end')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void send(() => call(consentOperations.endConcern, { params: { id }, body: { reason } }))
        }}
      >
        <TextField label={t('decide.reason')} value={reason} onChange={setReason} />
        <button type="submit" disabled={busy}>
          {t('concern.end')}
        </button>
        {note}
      </form>
    </Fold>
  )
}
