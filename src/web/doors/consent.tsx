import { type ReactElement, useState } from 'react'
import { consentOperations } from '../../protection/consent-contract.ts'
import { protectionOperations } from '../../protection/contract.ts'
import { call, useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { openInWindow, useOpenedCase } from '../open-case.ts'
import { Fold, TextField, useSending } from '../parts/form.tsx'
import { HelperForm } from '../parts/helper-form.tsx'
import { Link } from '../parts/link.tsx'
import type { ListedPeople } from '../parts/person-shapes.ts'
import { Loading, Nothing, RefusedNote } from '../parts/states.tsx'
import { go, paths } from '../router.ts'

/** Who tells us something, and who helps us, in the case that is open. */
export function Consent(): ReactElement {
  const { t } = useWords()
  const { slug } = useHere()
  const opened = useOpenedCase()
  return (
    <div className="page told">
      <header className="page-head">
        <h1>{t('door.consent')}</h1>
        <p className="aside">{t('told.what')}</p>
      </header>
      <p>
        <Link to={paths.talk(slug)}>{t('told.talk')}</Link>
      </p>
      {opened === null ? <WhichCase /> : <OfCase key={opened.id} />}
    </div>
  )
}

/** People are kept within a case: which of one's own is meant. */
export function WhichCase(): ReactElement {
  const { t } = useWords()
  const { house } = useHere()
  const { value, refused, waiting } = useAnswer(protectionOperations.cases, {})
  if (refused) return <RefusedNote refused={refused} />
  if (waiting || !value) return <Loading />
  return (
    <section className="docket">
      <h2>{t('told.whichCase')}</h2>
      {value.cases.length === 0 && <Nothing>{t('told.noCase')}</Nothing>}
      <ul>
        {value.cases.map((one) => (
          <li key={one.id} className="row">
            <strong className="mono">{one.code}</strong>
            <span className="row-middle aside">
              {house.dossiers.find(({ id }) => id === one.dossier)?.title ?? ''}
            </span>
            <span className="row-end">
              <button type="button" onClick={() => openInWindow({ id: one.id, code: one.code })}>
                {t('told.openCase', { code: one.code })}
              </button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function OfCase(): ReactElement {
  const { value, refused, waiting } = useAnswer(consentOperations.interlocutors, {})
  if (refused) return <RefusedNote refused={refused} />
  if (waiting || !value) return <Loading />
  return (
    <>
      <PeopleRows people={value.people} />
      <AddPerson />
      <Helpers helpers={value.helpers} />
    </>
  )
}

function PeopleRows({ people }: { people: ListedPeople['people'] }): ReactElement {
  const { t, number, day } = useWords()
  const { slug } = useHere()
  return (
    <section className="docket">
      <h2>
        {t('told.interlocutors')} <span className="count">{number(people.length)}</span>
      </h2>
      {people.length === 0 && <Nothing>{t('told.none')}</Nothing>}
      <ul>
        {people.map((one) => (
          <li key={one.id} className="row">
            <Link to={paths.interlocutor(slug, one.id)}>
              <strong className="mono">{one.pseudonym}</strong>{' '}
              {one.language !== '' && <span className="aside">{one.language}</span>}
            </Link>
            <span className="row-middle">
              {one.allows + one.refuses + one.withdrawn === 0 ? (
                <span className="conflict-words">{t('told.unknown')}</span>
              ) : (
                t('told.counts', {
                  allows: number(one.allows),
                  refuses: number(one.refuses),
                  withdrawn: number(one.withdrawn),
                })
              )}
            </span>
            <span className="row-end">
              {one.due !== null && <span className="due">{t('told.due', { day: day(one.due) })}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function AddPerson(): ReactElement {
  const { t } = useWords()
  const { slug } = useHere()
  const [language, setLanguage] = useState('')
  const [channel, setChannel] = useState('')
  const [hours, setHours] = useState('')
  const [risk, setRisk] = useState('')
  const { busy, send, note } = useSending()
  return (
    <Fold title={t('told.add')}>
      <form
        className="person-form"
        onSubmit={(event) => {
          event.preventDefault()
          void send(async () => {
            const body = { language, channel, hours, risk }
            const made = await call(consentOperations.addInterlocutor, { body })
            go(paths.interlocutor(slug, made.id))
          })
        }}
      >
        <p className="hint">{t('told.addWhat')}</p>
        <div className="fields">
          <TextField label={t('person.language')} value={language} onChange={setLanguage} />
          <TextField label={t('person.channel')} value={channel} onChange={setChannel} />
          <TextField label={t('person.hours')} value={hours} onChange={setHours} />
        </div>
        <TextField
          label={t('person.risk')}
          value={risk}
          onChange={setRisk}
          rows={3}
          hint={t('person.riskHint')}
        />
        <button type="submit" className="primary" disabled={busy}>
          {t('told.addMake')}
        </button>
        {note}
      </form>
    </Fold>
  )
}

function Helpers({ helpers }: { helpers: ListedPeople['helpers'] }): ReactElement {
  const { t, label, number } = useWords()
  return (
    <section className="docket">
      <h2>
        {t('told.helpers')} <span className="count">{number(helpers.length)}</span>
      </h2>
      <ul>
        {helpers.map((one) => (
          <li key={one.id}>
            <Fold
              title={
                <>
                  <strong>{one.name}</strong> <span className="aside">{label('helper-roles', one.role)}</span>
                  {one.risk !== '' && <span className="aside"> · {one.risk}</span>}
                </>
              }
            >
              <HelperForm helper={one} />
            </Fold>
          </li>
        ))}
      </ul>
      <Fold title={t('told.addHelper')}>
        <HelperForm helper={null} />
      </Fold>
    </section>
  )
}
