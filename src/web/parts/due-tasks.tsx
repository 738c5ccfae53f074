import type { ReactElement } from 'react'
import type { z } from 'zod'
import { dataProtectionOperations } from '../../protection/data-protection-contract.ts'
import { useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../router.ts'
import { Link } from './link.tsx'
import { Loading, Nothing, RefusedNote } from './states.tsx'

type Task = z.output<(typeof dataProtectionOperations)['dueTasks']['answer']>['tasks'][number]
const PART = {
  request: 'requests',
  breach: 'breaches',
  review: 'basis',
  erasure: 'erasures',
  backup: 'backups',
} as const
const LIST = { request: 'request-types', review: 'retention-classes', erasure: 'record-kinds' } as const

/** What of data protection waits for whoever looks; on the desk only where something does. */
export function DueTasks({ whole = false }: { whole?: boolean }): ReactElement | null {
  const { t, number } = useWords()
  const { value, refused, waiting } = useAnswer(dataProtectionOperations.dueTasks, {})
  if (!whole && (refused || !value || value.tasks.length === 0)) return null
  if (refused) return <RefusedNote refused={refused} />
  if (waiting || !value) return <Loading />
  return (
    <section className="docket">
      <h2>
        {t('protect.due')} <span className="count">{number(value.tasks.length)}</span>
      </h2>
      {value.tasks.length === 0 && <Nothing>{t('protect.nothingDue')}</Nothing>}
      <ul className="list due-list">
        {value.tasks.map((task) => (
          <TaskLine key={`${task.what} ${task.id}`} task={task} />
        ))}
      </ul>
    </section>
  )
}

function TaskLine({ task: { what, title, due } }: { task: Task }): ReactElement {
  const { t, label, day, moment } = useWords()
  const { slug } = useHere()
  const late = due !== null && Date.parse(due) < Date.now()
  const list = what in LIST ? LIST[what as keyof typeof LIST] : null
  return (
    <li className="row">
      <Link to={paths.protection(slug, PART[what])}>
        <strong>{t(`due.${what}`)}</strong> {list === null ? title : label(list, title)}
      </Link>
      <span className={late ? 'row-end overdue' : 'row-end'}>
        {due !== null && t(late ? 'due.over' : 'due.until', { at: due.length > 10 ? moment(due) : day(due) })}
      </span>
    </li>
  )
}
