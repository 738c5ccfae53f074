import type { ReactElement } from 'react'
import { consentOperations } from '../../protection/consent-contract.ts'
import { interviewOperations } from '../../sources/interview-contract.ts'
import { useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { useOpenedCase } from '../open-case.ts'
import { ConsentForm } from '../parts/consent-form.tsx'
import { ConsentTable, UsesTable } from '../parts/consent-tables.tsx'
import { Fold, FoldedForm } from '../parts/form.tsx'
import { InterviewForm } from '../parts/interview-form.tsx'
import { InterviewRows } from '../parts/interview-rows.tsx'
import { Link } from '../parts/link.tsx'
import { PersonConcerns } from '../parts/person-concerns.tsx'
import { PersonFacts } from '../parts/person-facts.tsx'
import type { Interview, PersonPage } from '../parts/person-shapes.ts'
import { PublicReasons } from '../parts/public-reasons.tsx'
import { RefusedPage } from '../parts/refused-page.tsx'
import { Loading, Nothing } from '../parts/states.tsx'
import { TaskRows } from '../parts/task-rows.tsx'
import { WithdrawForm } from '../parts/withdraw-form.tsx'
import { paths } from '../router.ts'
import { WhichCase } from './consent.tsx'

/** One person who tells us something: what they allow stands first. */
export function InterlocutorDoor({ id }: { id: string }): ReactElement {
  const opened = useOpenedCase()
  if (opened === null)
    return (
      <div className="page told">
        <WhichCase />
      </div>
    )
  return <Opened key={opened.id} id={id} />
}

function Opened({ id }: { id: string }): ReactElement {
  const params = { id }
  const { value: page, refused, waiting } = useAnswer(consentOperations.interlocutor, { params })
  const { value: told } = useAnswer(interviewOperations.interviews, { params })
  if (refused) return <RefusedPage refused={refused} />
  if (waiting || !page) return <Loading />
  return <Page page={page} interviews={told?.interviews ?? null} />
}

function Page({
  page,
  interviews,
}: {
  page: PersonPage
  interviews: readonly Interview[] | null
}): ReactElement {
  const { t, number } = useWords()
  const { slug } = useHere()
  const open = page.tasks.filter(({ done }) => done === null)
  const done = page.tasks.filter((task) => task.done !== null)
  const standing = page.grants.filter(({ state }) => !['withdrawn', 'replaced', 'refused'].includes(state))
  return (
    <div className="with-panel person">
      <div className="page told">
        <header className="page-head">
          <h1 className="mono">{page.person.pseudonym}</h1>
          <p className="aside">
            <Link to={paths.consent(slug)}>{t('door.consent')}</Link> ·{' '}
            <Link to={paths.talk(slug)}>{t('told.talk')}</Link>
          </p>
        </header>
        <section className="docket">
          <h2>{t('person.consent')}</h2>
          {page.grants.length === 0 && <Nothing>{t('person.nothingKnown')}</Nothing>}
          <ConsentTable grants={page.grants} />
          <FoldedForm title={t('consent.give')}>
            {(recorded) => <ConsentForm page={page} onRecorded={recorded} />}
          </FoldedForm>
          {standing.length > 0 && (
            <Fold title={t('consent.withdraw')}>
              <WithdrawForm page={page} standing={standing} />
            </Fold>
          )}
        </section>
        {open.length > 0 && (
          <section className="docket">
            <h2>
              {t('person.owed')} <span className="count">{number(open.length)}</span>
            </h2>
            <TaskRows tasks={open} named={false} />
          </section>
        )}
        <section className="docket">
          <h2>
            {t('person.uses')} <span className="count">{number(page.uses.length)}</span>
          </h2>
          {page.uses.length === 0 && <Nothing>{t('person.noUse')}</Nothing>}
          <UsesTable uses={page.uses} />
        </section>
        <section className="docket">
          <h2>
            {t('person.interviews')} <span className="count">{number(interviews?.length ?? 0)}</span>
          </h2>
          {interviews !== null && <InterviewRows interviews={interviews} page={page} />}
          {interviews !== null && (
            <FoldedForm title={t('interview.new')}>
              {(recorded) => <InterviewForm page={page} earlier={interviews} onRecorded={recorded} />}
            </FoldedForm>
          )}
        </section>
        {done.length > 0 && (
          <section className="docket">
            <h2>{t('person.doneTasks')}</h2>
            <TaskRows tasks={done} named={false} />
          </section>
        )}
      </div>
      <aside className="side">
        <section className="panel">
          <h2>{t('person.about')}</h2>
          <PersonFacts key={page.revision} page={page} />
        </section>
        <section className="panel">
          <h2>{t('person.concerns')}</h2>
          <PersonConcerns page={page} />
        </section>
        <section className="panel">
          <h2>{t('reason.title')}</h2>
          <PublicReasons page={page} />
        </section>
      </aside>
    </div>
  )
}
