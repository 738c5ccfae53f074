import { type ReactElement, useState } from 'react'
import { consentOperations } from '../../protection/consent-contract.ts'
import { call } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../router.ts'
import { Fold, TextField, useSending } from './form.tsx'
import { Link } from './link.tsx'
import type { Task } from './person-shapes.ts'

/** What is owed to people, each with a place to say what was done. */
export function TaskRows({ tasks, named }: { tasks: readonly Task[]; named: boolean }): ReactElement {
  const { t, label, day } = useWords()
  const { slug } = useHere()
  return (
    <ul>
      {tasks.map((task) => (
        <li key={task.id} className="row task">
          <span>
            {named && (
              <>
                <Link to={paths.interlocutor(slug, task.interlocutor)}>
                  <strong className="mono">{task.pseudonym}</strong>
                </Link>{' '}
              </>
            )}
            {task.use?.recallable === false ? t('task.inform') : label('consent-tasks', task.kind)}
            {task.note !== '' && <span className="aside"> · {task.note}</span>}
            {task.use !== null && (
              <span className="aside">
                {' '}
                · {task.use.output}, {label('consent-recipients', task.use.recipient)}{' '}
                {task.use.recipientName !== '' && `(${task.use.recipientName}) `}·{' '}
                {t(task.use.recallable ? 'use.recallable' : 'use.notRecallable')}
              </span>
            )}
          </span>
          <span className="row-middle aside">{t('task.who', { name: task.whoName })}</span>
          <span className="row-end">
            {task.done === null ? (
              <span className={task.due < new Date().toISOString().slice(0, 10) ? 'conflict-words' : 'due'}>
                {t('told.due', { day: day(task.due) })}
              </span>
            ) : (
              <span className="aside">{day(task.done.at)}</span>
            )}
          </span>
          <div className="row-below">
            {task.done === null ? (
              <Done id={task.id} />
            ) : (
              <p className="aside">{t('task.done', { name: task.done.byName, what: task.done.what })}</p>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}

function Done({ id }: { id: string }): ReactElement {
  const { t } = useWords()
  const [what, setWhat] = useState('')
  const { busy, send, note } = useSending()
  return (
    <Fold title={t('task.finish')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void send(() => call(consentOperations.finishTask, { params: { id }, body: { what } }))
        }}
      >
        <TextField label={t('task.what')} value={what} onChange={setWhat} rows={2} />
        <button type="submit" disabled={busy}>
          {t('task.record')}
        </button>
        {note}
      </form>
    </Fold>
  )
}
