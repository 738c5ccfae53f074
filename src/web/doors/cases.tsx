import { type ReactElement, useState } from 'react'
import { accountOperations } from '../../protection/accounts-contract.ts'
import { protectionOperations } from '../../protection/contract.ts'
import { levelOperations } from '../../protection/levels-contract.ts'
import { call, useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { openInWindow, useOpenedCase } from '../open-case.ts'
import { AccessList, ChoosePerson } from '../parts/access-list.tsx'
import { Fold, TextField, useSending } from '../parts/form.tsx'
import { Link } from '../parts/link.tsx'
import { RefusedPage } from '../parts/refused-page.tsx'
import { Loading, Nothing, RefusedNote } from '../parts/states.tsx'
import { paths } from '../router.ts'

/** The cases that one may open, and the team of the dossier: who may see what, by name. */
export function Cases(): ReactElement {
  const { t } = useWords()
  const { dossier } = useHere()
  const opened = useOpenedCase()
  const { value, refused, waiting } = useAnswer(protectionOperations.cases, {})
  if (refused) return <RefusedPage refused={refused} />
  if (waiting || !value) return <Loading />
  const here = value.cases.filter((one) => one.dossier === dossier.id)
  const elsewhere = value.cases.filter((one) => one.dossier !== dossier.id)
  return (
    <div className="with-panel cases">
      <div className="page">
        <header className="page-head">
          <h1>{t('door.cases')}</h1>
          <p className="aside">{t('cases.what')}</p>
        </header>
        {here.length === 0 && <Nothing>{t('cases.none')}</Nothing>}
        <CaseRows cases={here} />
        {elsewhere.length > 0 && (
          <>
            <h2>{t('cases.elsewhere')}</h2>
            <CaseRows cases={elsewhere} />
          </>
        )}
        {opened !== null && <CasePage key={opened.id} id={opened.id} />}
      </div>
      <aside className="side">
        <section className="panel">
          <NewCase />
        </section>
        <Team />
      </aside>
    </div>
  )
}

function CaseRows({
  cases,
}: {
  cases: readonly { readonly id: string; readonly code: string; readonly dossier: string }[]
}): ReactElement {
  const { t } = useWords()
  const { house } = useHere()
  const opened = useOpenedCase()
  return (
    <ul className="list">
      {cases.map((one) => (
        <li key={one.id} className="row">
          <strong className="mono">{one.code}</strong>
          <span className="row-middle aside">
            {house.dossiers.find(({ id }) => id === one.dossier)?.title ?? ''}
          </span>
          <span className="row-end">
            {opened?.id === one.id ? (
              <button type="button" onClick={() => openInWindow(null)}>
                {t('case.leave')}
              </button>
            ) : (
              <button type="button" onClick={() => openInWindow({ id: one.id, code: one.code })}>
                {t('case.open')}
              </button>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** What an opened case is called, and who is on it. */
function CasePage({ id }: { id: string }): ReactElement {
  const { t } = useWords()
  const { slug } = useHere()
  const { value, refused, waiting } = useAnswer(protectionOperations.readCase, { params: { id } })
  if (refused) return <RefusedNote refused={refused} />
  if (waiting || !value) return <Loading />
  return (
    <section className="panel opened-case">
      <h2>
        <span className="mono">{value.case.code}</span> {value.case.title}
      </h2>
      <p className="aside">
        {t('case.onIt')}{' '}
        <Link to={paths.sources(slug)} className="way">
          {t('door.sources')}
        </Link>
      </p>
      <AccessList compartment={id} access={value.access} />
    </section>
  )
}

function NewCase(): ReactElement {
  const { t } = useWords()
  const { dossier } = useHere()
  const [title, setTitle] = useState('')
  const [reason, setReason] = useState('')
  const { busy, send, note } = useSending()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void send(async () => {
          const body = { dossier: dossier.id, title, reason }
          const { id, code } = await call(protectionOperations.openCase, { body })
          setTitle('')
          setReason('')
          openInWindow({ id, code })
        })
      }}
    >
      <h2>{t('case.new')}</h2>
      <p className="aside">{t('case.newWhat')}</p>
      <TextField label={t('case.title')} value={title} onChange={setTitle} hint={t('case.titleHint')} />
      <TextField label={t('decide.reason')} value={reason} onChange={setReason} rows={2} />
      <button type="submit" className="primary" disabled={busy || title.trim() === ''}>
        {t('case.newMake')}
      </button>
      {note}
    </form>
  )
}

/** The people named on the dossier; records can be raised to them, or all of it. */
function Team(): ReactElement {
  const { t } = useWords()
  const { slug, dossier } = useHere()
  const { value, refused } = useAnswer(levelOperations.team, { params: { slug } })
  return (
    <section className="panel">
      <h2>{t('team.title')}</h2>
      {refused && <RefusedNote refused={refused} />}
      {value && !value.stands && <NameTeam />}
      {value?.stands && value.access === null && <p className="aside">{t('team.notOnIt')}</p>}
      {value?.access && (
        <>
          <p className="aside">
            {t(dossier.level === 'team' ? 'team.whole' : 'team.some')}{' '}
            <Link to={paths.record(slug, dossier.id)} className="way">
              {t('level.who')}
            </Link>
          </p>
          <AccessList compartment={dossier.id} access={value.access} />
        </>
      )}
    </section>
  )
}

function NameTeam(): ReactElement {
  const { t } = useWords()
  const { slug } = useHere()
  const [people, setPeople] = useState<readonly string[]>([])
  const [next, setNext] = useState('')
  const [reason, setReason] = useState('')
  const { busy, send, note } = useSending()
  const { value: found } = useAnswer(accountOperations.people, {})
  const nameOf = (id: string) => found?.people.find((one) => one.person === id)?.name ?? id
  const add = (id: string) => {
    if (id !== '') setPeople([...people, id])
    setNext('')
  }
  return (
    <Fold title={t('team.name')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void send(() =>
            call(levelOperations.nameTeam, { params: { slug }, body: { people: [...people], reason } }),
          )
        }}
      >
        <p className="aside">{t('team.nameWhat')}</p>
        {people.length > 0 && (
          <ul className="chosen">
            {people.map((id) => (
              <li key={id}>
                {nameOf(id)}{' '}
                <button type="button" onClick={() => setPeople(people.filter((one) => one !== id))}>
                  {t('team.without')}
                </button>
              </li>
            ))}
          </ul>
        )}
        <ChoosePerson value={next} onChange={add} without={people} />
        <TextField label={t('decide.reason')} value={reason} onChange={setReason} rows={2} />
        <button type="submit" disabled={busy}>
          {t('team.nameMake')}
        </button>
        {note}
      </form>
    </Fold>
  )
}
