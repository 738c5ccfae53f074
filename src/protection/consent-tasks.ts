import { newId } from '../foundation/ids.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { Changed } from '../ledger/record-kind.ts'
import type { Tx } from '../storage/database.ts'
import { taskKind } from './consent-kinds.ts'
import {
  type CaseTasks,
  caseTasks,
  interlocutorsOf,
  type Known,
  taskById,
  tasksOf,
  type Use,
  usesOf,
} from './consent-store.ts'
import type { Task } from './grant.ts'
import { mustBeAllowed } from './may.ts'
import { mustSayWhy } from './open-case.ts'
import { peopleNamed } from './people-store.ts'
import { ofCase, theOpenCase } from './within-case.ts'

/** A task of the open case, to be recorded with what makes it. */
export function newTask(
  tx: Tx,
  wanted: Pick<Task, 'interlocutor' | 'kind' | 'due' | 'who'> &
    Partial<Pick<Task, 'note' | 'use' | 'interview'>>,
): Changed {
  const body: Task = { note: '', use: null, interview: null, ...wanted, done: null }
  return ofCase(tx, taskKind, { id: newId('task'), revision: 0, body })
}

/**
 * The day by which a person hears what became of an interview, moved: of the task that waits, or of a new one where they
 * heard already.
 */
export async function feedbackBy(
  tx: Tx,
  { interview, interlocutor, due }: { interview: string; interlocutor: string; due: string },
): Promise<Changed> {
  const waiting = (await tasksOf(tx, theOpenCase(tx))).find(
    ({ body }) => body.interview === interview && body.kind === 'feedback' && body.done === null,
  )
  if (!waiting) return newTask(tx, { interlocutor, kind: 'feedback', who: tx.actor.person, interview, due })
  const { id, revision, body } = waiting
  return ofCase(tx, taskKind, { id, revision, body: { ...body, due } })
}

/**
 * Say that a task is done, and what was done.
 *
 * @throws Refusal `case_not_open`, `task_unknown`, `task_done`, `reason_missing`
 */
export async function finishTask(tx: Tx, id: string, what: string): Promise<{ receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'consent')
  theOpenCase(tx)
  const known = await taskById(tx, id)
  if (!known)
    throw new Refusal('task_unknown', 'There is no such task in the open case; open the list again.')
  if (known.body.done !== null)
    throw new Refusal('task_done', 'This task was done before; the list says by whom and how.')
  mustSayWhy(what)
  const done = { at: new Date().toISOString(), by: tx.actor.person, what }
  const changed = ofCase(tx, taskKind, { id, revision: known.revision, body: { ...known.body, done } })
  return { receipt: await change(tx, 'finished a task', [changed]) }
}

export interface TaskView extends Omit<Task, 'use' | 'done'> {
  readonly id: string
  readonly pseudonym: string
  readonly whoName: string
  readonly use: Use | null
  readonly done: (NonNullable<Task['done']> & { readonly byName: string }) | null
}

/**
 * What is owed to people: how much and until when in each case of whoever asks; of the open case each task. Nothing of a
 * case that is not open is shown but that something waits.
 */
export async function readTasks(tx: Tx): Promise<{ cases: CaseTasks[]; tasks: TaskView[] }> {
  mustBeAllowed(tx.actor, 'read')
  const cases = await caseTasks(tx)
  const found: TaskView[] = []
  for (const open of tx.actor.cases) found.push(...(await taskViews(tx, await tasksOf(tx, open), open)))
  return { cases, tasks: found.filter(({ done }) => done === null) }
}

/** Tasks with the names of whom they are for and of who does them. */
export async function taskViews(tx: Tx, tasks: readonly Known<Task>[], caseId: string): Promise<TaskView[]> {
  const people = new Map((await interlocutorsOf(tx, caseId)).map(({ id, body }) => [id, body.pseudonym]))
  const wanted = new Set(tasks.filter(({ body }) => body.use !== null).map(({ body }) => body.interlocutor))
  const uses = new Map<string, Use>()
  for (const one of wanted) for (const use of await usesOf(tx, one)) uses.set(use.id, use)
  const names = await peopleNamed(
    tx,
    tasks.flatMap(({ body }) => [body.who, ...(body.done ? [body.done.by] : [])]),
  )
  return tasks.map(({ id, body }) => ({
    id,
    ...body,
    pseudonym: people.get(body.interlocutor) ?? '',
    whoName: names.get(body.who) ?? body.who,
    use: body.use === null ? null : (uses.get(body.use) ?? null),
    done: body.done && { ...body.done, byName: names.get(body.done.by) ?? body.done.by },
  }))
}
