import { type ReactElement, useState } from 'react'
import type { SensitiveAccount } from '../../sources/interview.ts'
import { interviewOperations } from '../../sources/interview-contract.ts'
import { call, useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../router.ts'
import { Fold, TextField, useSending } from './form.tsx'
import { Link } from './link.tsx'
import type { Interview } from './person-shapes.ts'
import { Loading, Nothing, RefusedNote } from './states.tsx'

/** Earlier accounts, the newest first: who was there, what was promised, what help was offered. */
export function InterviewRows({
  interviews,
  trained,
}: {
  interviews: readonly Interview[]
  trained: boolean
}): ReactElement {
  const { t } = useWords()
  if (interviews.length === 0) return <Nothing>{t('interview.none')}</Nothing>
  return (
    <ul>
      {interviews.map((one) => (
        <li key={one.id} className="interview">
          <OneInterview known={one} trained={trained} />
        </li>
      ))}
    </ul>
  )
}

function OneInterview({ known, trained }: { known: Interview; trained: boolean }): ReactElement {
  const { t, label, day } = useWords()
  const { slug } = useHere()
  const { interview } = known
  const present = interview.present.map(
    ({ role, name }) => `${label('presence-roles', role)}${name === '' ? '' : `: ${name}`}`,
  )
  return (
    <>
      <p>
        <strong>{day(interview.on)}</strong>
        {interview.place !== '' && `, ${interview.place}`}
        {interview.language !== '' && <span className="aside"> · {interview.language}</span>}
      </p>
      <p className="aside">{present.join('; ')}</p>
      {interview.earlier !== null && <p>{t('interview.askedAgain', { why: interview.earlier.why })}</p>}
      {interview.sources.length > 0 && (
        <p>
          {interview.sources.map((source) => (
            <Link key={source} to={paths.source(slug, source)} className="way">
              {t('interview.openSource')}
            </Link>
          ))}
        </p>
      )}
      {interview.referrals.map(({ kind, to, agreed }) => (
        <p key={kind} className="aside">
          {label('referral-kinds', kind)}
          {to !== '' && ` (${to})`}: {t(agreed ? 'interview.wanted' : 'interview.notWanted')}
        </p>
      ))}
      {interview.promised !== '' && <p>{t('interview.didPromise', { what: interview.promised })}</p>}
      {interview.limits !== '' && <p>{t('interview.setLimits', { what: interview.limits })}</p>}
      {trained ? (
        <Sensitive id={known.id} there={interview.form !== null} />
      ) : (
        interview.form !== null && <p className="aside">{t('sensitive.there')}</p>
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
