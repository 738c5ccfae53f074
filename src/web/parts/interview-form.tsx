import { type ReactElement, useState } from 'react'
import type { InterviewFacts } from '../../sources/interview.ts'
import { interviewOperations } from '../../sources/interview-contract.ts'
import { call } from '../api.ts'
import { useWords } from '../language.tsx'
import { DayField, dayAfter } from './choice.tsx'
import { TextField, useSending } from './form.tsx'
import { InterviewFields } from './interview-fields.tsx'
import type { Interview, PersonPage } from './person-shapes.ts'

/** When somebody hears what became of what they told, where nobody says otherwise. Days. */
const FEEDBACK_WITHIN = 90

/** A new interview. Whoever told it before is not asked again unseen: the earlier accounts stand first. */
export function InterviewForm({
  page,
  earlier,
  onRecorded,
}: {
  page: PersonPage
  earlier: readonly Interview[]
  onRecorded: () => void
}): ReactElement {
  const { t, number } = useWords()
  const [facts, setFacts] = useState<InterviewFacts>({
    on: dayAfter(0),
    place: '',
    language: page.person.language,
    present: [{ role: 'interviewer', person: null, helper: null, name: '' }],
    sources: [],
    referrals: [],
    promised: '',
    limits: '',
  })
  const [whyAgain, setWhyAgain] = useState('')
  const [due, setDue] = useState(dayAfter(FEEDBACK_WITHIN))
  const { busy, send, note } = useSending()
  return (
    <form
      className="person-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send(async () => {
          const seen = earlier.map(({ id }) => id)
          const body = { facts, seen, whyAgain, feedback: { due, note: '' } }
          await call(interviewOperations.recordInterview, { params: { id: page.id }, body })
        }).then((done) => done && onRecorded())
      }}
    >
      {earlier.length > 0 && (
        <div className="warning" role="note">
          <p>
            <strong>{t('interview.again', { n: number(earlier.length) })}</strong> {t('interview.againWhat')}
          </p>
          <TextField label={t('interview.whyAgain')} value={whyAgain} onChange={setWhyAgain} rows={2} />
        </div>
      )}
      <InterviewFields page={page} facts={facts} onChange={setFacts} />
      <DayField
        label={t('interview.feedback')}
        value={due}
        onChange={setDue}
        hint={t('interview.feedbackHint')}
      />
      <button type="submit" className="primary" disabled={busy}>
        {t('interview.record')}
      </button>
      {note}
    </form>
  )
}
