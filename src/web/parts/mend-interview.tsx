import { type ReactElement, useState } from 'react'
import { interviewOperations } from '../../sources/interview-contract.ts'
import { call } from '../api.ts'
import { useWords } from '../language.tsx'
import { DayField } from './choice.tsx'
import { useSending } from './form.tsx'
import { InterviewFields } from './interview-fields.tsx'
import type { Interview, PersonPage } from './person-shapes.ts'

/** What is told of an interview, mended or completed; whoever changed it meanwhile is not overwritten. */
export function MendInterview({
  page,
  known,
  due,
  onEnd,
}: {
  page: PersonPage
  known: Interview
  /** Until when the person hears what became of it; null where nothing waits any more. */
  due: string | null
  onEnd: (saved: boolean) => void
}): ReactElement {
  const { t } = useWords()
  // What was on screen when this was opened, whatever the page learns meanwhile.
  const [was] = useState({ ...known, due })
  const { interlocutor: _, earlier: __, form: ___, recordedBy: ____, ...told } = was.interview
  const [facts, setFacts] = useState(told)
  const [day, setDay] = useState(due ?? '')
  const { busy, send, note } = useSending()
  return (
    <form
      className="person-form"
      onSubmit={(event) => {
        event.preventDefault()
        const feedback = was.due === null || day === was.due ? {} : { feedback: { due: day } }
        const body = { ...facts, ...feedback, revision: was.revision }
        void send(() => call(interviewOperations.describeInterview, { params: { id: was.id }, body })).then(
          (done) => done && onEnd(true),
        )
      }}
    >
      <InterviewFields page={page} facts={facts} onChange={setFacts} />
      {was.due !== null && <DayField label={t('interview.feedback')} value={day} onChange={setDay} />}
      <p className="buttons">
        <button type="submit" className="primary" disabled={busy || (was.due !== null && day === '')}>
          {t('action.save')}
        </button>
        <button type="button" disabled={busy} onClick={() => onEnd(false)}>
          {t('interview.leave')}
        </button>
      </p>
      {note}
    </form>
  )
}
