import { type ReactElement, useState } from 'react'
import { useWords } from '../language.tsx'
import type { PersonPage } from './person-shapes.ts'

type Grant = PersonPage['grants'][number]

/** What counts today first: allowed, then refused; what is over, withdrawn or replaced stands below, on demand. */
export function ConsentTable({ grants }: { grants: readonly Grant[] }): ReactElement | null {
  const { t } = useWords()
  const [all, setAll] = useState(false)
  if (grants.length === 0) return null
  const order: Grant['state'][] = ['stands', 'refused', 'not yet', 'withdrawn', 'expired', 'replaced']
  const sorted = [...grants].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
  const shown = all ? sorted : sorted.filter(({ state }) => state !== 'replaced')
  return (
    <>
      <table className="consent-table">
        <caption className="unseen">{t('person.consent')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('consent.purpose')}</th>
            <th scope="col">{t('consent.recipient')}</th>
            <th scope="col">{t('consent.named')}</th>
            <th scope="col">{t('consent.until')}</th>
            <th scope="col">{t('consent.state')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((grant) => (
            <Row key={grant.id} grant={grant} />
          ))}
        </tbody>
      </table>
      {shown.length < grants.length && (
        <button type="button" onClick={() => setAll(true)}>
          {t('consent.replaced', { n: grants.length - shown.length })}
        </button>
      )}
    </>
  )
}

function Row({ grant }: { grant: Grant }): ReactElement {
  const { t, label, day } = useWords()
  const { state, withdrawn } = grant
  return (
    <tr className={`grant-${state.replace(' ', '-')}`}>
      <th scope="row" data-head={t('consent.purpose')}>
        {label('consent-purposes', grant.purpose)}
        {grant.conditions !== '' && <p className="condition">{grant.conditions}</p>}
      </th>
      <td data-head={t('consent.recipient')}>{label('consent-recipients', grant.recipient)}</td>
      <td data-head={t('consent.named')}>{label('identifiabilities', grant.identifiability)}</td>
      <td data-head={t('consent.until')}>
        {grant.to === null ? t('consent.noEnd') : day(grant.to)}
        <p className="aside">{t('consent.since', { day: day(grant.from) })}</p>
      </td>
      <td data-head={t('consent.state')}>
        <strong>{label('grant-states', state)}</strong>
        <p className="aside">
          {withdrawn === null
            ? `${label('consent-methods', grant.method)}, ${label('consent-givers', grant.givenBy)}`
            : `${day(withdrawn.on)}${withdrawn.words === '' ? '' : `: ${withdrawn.words}`}`}
        </p>
      </td>
    </tr>
  )
}

/** Everything that left of this person, and whether it can be called back. */
export function UsesTable({ uses }: { uses: PersonPage['uses'] }): ReactElement | null {
  const { t, label, moment, number } = useWords()
  if (uses.length === 0) return null
  return (
    <table className="consent-table">
      <caption className="unseen">{t('person.uses')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('use.output')}</th>
          <th scope="col">{t('consent.purpose')}</th>
          <th scope="col">{t('consent.recipient')}</th>
          <th scope="col">{t('consent.named')}</th>
          <th scope="col">{t('use.back')}</th>
        </tr>
      </thead>
      <tbody>
        {uses.map((use) => (
          <tr key={use.id}>
            <th scope="row" data-head={t('use.output')}>
              <span className="breaking">{use.output}</span>
              <p className="aside">
                {label('exits', use.exit)}, {moment(use.at)}, {use.byName}
              </p>
              {use.sha256 !== null && (
                <p className="aside mono breaking" title={use.sha256}>
                  {use.sha256.slice(0, 16)}…
                </p>
              )}
            </th>
            <td data-head={t('consent.purpose')}>{label('consent-purposes', use.purpose)}</td>
            <td data-head={t('consent.recipient')}>
              {label('consent-recipients', use.recipient)}
              {use.recipientName !== '' && <p className="aside">{use.recipientName}</p>}
            </td>
            <td data-head={t('consent.named')}>
              {label('identifiabilities', use.identifiability)}
              <p className="aside">{t('use.records', { n: number(use.records) })}</p>
            </td>
            <td data-head={t('use.back')}>
              {t(use.recallable ? 'use.recallable' : 'use.notRecallable')}
              {use.reason !== null && <p className="aside">{t('use.byReason')}</p>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
