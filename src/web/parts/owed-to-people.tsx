import type { ReactElement } from 'react'
import { consentOperations } from '../../protection/consent-contract.ts'
import { useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { openInWindow, useOpenedCase } from '../open-case.ts'
import { RefusedNote } from './states.tsx'
import { TaskRows } from './task-rows.tsx'

/** On the Desk: what is owed to the people of one's cases; of cases that are not open only how much, and until when. */
export function OwedToPeople(): ReactElement | null {
  const { t, number, day } = useWords()
  const { dossier } = useHere()
  const opened = useOpenedCase()
  const { value, refused } = useAnswer(consentOperations.consentTasks, {})
  if (refused) return <RefusedNote refused={refused} />
  if (!value) return null
  const cases = value.cases.filter((one) => one.dossier === dossier.id && one.id !== opened?.id)
  const tasks = opened === null ? [] : value.tasks
  if (cases.length + tasks.length === 0) return null
  return (
    <section className="docket">
      <h2>
        {t('desk.owed')}{' '}
        <span className="count">{number(cases.reduce((sum, { open }) => sum + open, tasks.length))}</span>
      </h2>
      <TaskRows tasks={tasks} named />
      <ul>
        {cases.map((one) => (
          <li key={one.id} className="row">
            <strong className="mono">{one.code}</strong>
            <span className="row-middle">
              {t('desk.owedIn', { n: number(one.open) })}{' '}
              <span className="due">{t('told.due', { day: day(one.due) })}</span>
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
