import { type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react'
import type { SensitiveAccount } from '../../sources/interview.ts'
import { interviewOperations } from '../../sources/interview-contract.ts'
import { call, useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../router.ts'
import { Fold, TextField, useSending } from './form.tsx'
import { Link } from './link.tsx'
import { MendInterview } from './mend-interview.tsx'
import type { Interview, PersonPage } from './person-shapes.ts'
import { Loading, Nothing, RefusedNote } from './states.tsx'

/** Earlier accounts, the newest first: who was there, what was promised, what help was offered, by when they hear of it. */
export function InterviewRows({
  interviews,
  page,
}: {
  interviews: readonly Interview[]
  page: PersonPage
}): ReactElement {
  const { t } = useWords()
  if (interviews.length === 0) return <Nothing>{t('interview.none')}</Nothing>
  return (
    <ul>
      {interviews.map((one) => (
        <li key={one.id} className="interview">
          <OneInterview known={one} page={page} />
        </li>
      ))}
    </ul>
  )
}

function OneInterview({ known, page }: { known: Interview; page: PersonPage }): ReactElement {
  const { t, day } = useWords()
  const { interview } = known
  const feedback = page.tasks.filter((task) => task.interview === known.id && task.kind === 'feedback')
  const due = feedback.find(({ done }) => done === null)?.due ?? null
  return (
    <>
      <h3>
        {day(interview.on)}
        {interview.place !== '' && `, ${interview.place}`}
        {interview.language !== '' && <span className="aside"> · {interview.language}</span>}
      </h3>
      <Told interview={interview} page={page} feedback={feedback} />
      <div className="interview-acts">
        <Mend known={known} page={page} due={due} />
        {page.trained ? (
          <Sensitive id={known.id} there={interview.form !== null} />
        ) : (
          interview.form !== null && <p className="aside">{t('sensitive.there')}</p>
        )}
      </div>
    </>
  )
}

function Told({
  interview,
  page,
  feedback,
}: {
  interview: Interview['interview']
  page: PersonPage
  feedback: PersonPage['tasks']
}): ReactElement {
  const { t, label, day } = useWords()
  const { slug } = useHere()
  const helpers = new Map(page.helpers.map(({ id, name }) => [id, name]))
  const fact = (name: string, what: ReactNode) => (
    <div>
      <dt>{name}</dt>
      <dd>{what}</dd>
    </div>
  )
  return (
    <dl className="facts">
      {fact(
        t('interview.present'),
        interview.present
          .map(({ role, name, helper }) => {
            const who = name === '' ? (helpers.get(helper ?? '') ?? '') : name
            return `${label('presence-roles', role)}${who === '' ? '' : `: ${who}`}`
          })
          .join('; '),
      )}
      {interview.earlier !== null && fact(t('interview.askedAgain'), interview.earlier.why)}
      {interview.sources.length > 0 &&
        fact(
          t('interview.sources'),
          interview.sources.map((source) => (
            <Link key={source} to={paths.source(slug, source)} className="way">
              {t('interview.openSource')}
            </Link>
          )),
        )}
      {interview.referrals.length > 0 &&
        fact(
          t('interview.referrals'),
          <ul>
            {interview.referrals.map(({ kind, to, agreed, note }) => (
              <li key={kind}>
                {label('referral-kinds', kind)}
                {to !== '' && ` (${to})`}: {t(agreed ? 'interview.wanted' : 'interview.notWanted')}
                {note !== '' && <span className="aside"> · {note}</span>}
              </li>
            ))}
          </ul>,
        )}
      {interview.promised !== '' && fact(t('interview.promised'), interview.promised)}
      {interview.limits !== '' && fact(t('interview.limits'), interview.limits)}
      {feedback.map((task) => (
        <div key={task.id}>
          <dt>{t('interview.feedback')}</dt>
          <dd>
            {day(task.due)}
            {task.done !== null && (
              <span className="aside">
                {' '}
                · {day(task.done.at)}: {task.done.what}
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** The way to mend an entry; when that is over the focus is back where it began. */
function Mend({
  known,
  page,
  due,
}: {
  known: Interview
  page: PersonPage
  due: string | null
}): ReactElement {
  const { t } = useWords()
  const [step, setStep] = useState<'shown' | 'mended' | 'left' | 'saved'>('shown')
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (step === 'left' || step === 'saved') button.current?.focus()
  }, [step])
  if (step === 'mended')
    return (
      <MendInterview
        page={page}
        known={known}
        due={due}
        onEnd={(saved) => setStep(saved ? 'saved' : 'left')}
      />
    )
  return (
    <>
      <button type="button" ref={button} onClick={() => setStep('mended')}>
        {t('interview.mend')}
      </button>
      {step === 'saved' && (
        <span className="aside" role="status">
          {t('sensitive.saved')}
        </span>
      )}
    </>
  )
}

/** Opened by those alone who were trained; folded, so that nobody opens it without meaning to. */
function Sensitive({ id, there }: { id: string; there: boolean }): ReactElement {
  const { t } = useWords()
  const [wanted, setWanted] = useState(false)
  if (!wanted)
    return (
      <button type="button" onClick={() => setWanted(true)}>
        {t(there ? 'sensitive.open' : 'sensitive.write')}
      </button>
    )
  return <Opened id={id} />
}

function Opened({ id }: { id: string }): ReactElement {
  const { value, refused, waiting } = useAnswer(interviewOperations.openSensitiveForm, { params: { id } })
  if (refused) return <RefusedNote refused={refused} />
  if (waiting || !value) return <Loading />
  return <SensitiveForm id={id} known={value.account} />
}

function SensitiveForm({ id, known }: { id: string; known: SensitiveAccount | null }): ReactElement {
  const { t } = useWords()
  const [typed, setTyped] = useState(known ?? { account: '', urgent: '', wishes: '' })
  const [saved, setSaved] = useState(false)
  const { busy, send, note } = useSending()
  const set = (changed: Partial<SensitiveAccount>) => {
    setSaved(false)
    setTyped({ ...typed, ...changed })
  }
  return (
    <Fold title={t('sensitive.title')} open>
      <form
        className="person-form"
        onSubmit={(event) => {
          event.preventDefault()
          const body = { ...typed }
          void send(() => call(interviewOperations.saveSensitiveForm, { params: { id }, body })).then(
            setSaved,
          )
        }}
      >
        <p className="hint">{t('sensitive.hint')}</p>
        <TextField
          label={t('sensitive.urgent')}
          value={typed.urgent}
          onChange={(urgent) => set({ urgent })}
          rows={2}
        />
        <TextField
          label={t('sensitive.account')}
          value={typed.account}
          onChange={(account) => set({ account })}
          rows={6}
        />
        <TextField
          label={t('sensitive.wishes')}
          value={typed.wishes}
          onChange={(wishes) => set({ wishes })}
          rows={2}
        />
        <button type="submit" disabled={busy || typed.account.trim() === ''}>
          {t('action.save')}
        </button>
        {saved && (
          <span className="aside" role="status">
            {t('sensitive.saved')}
          </span>
        )}
        {note}
      </form>
    </Fold>
  )
}
