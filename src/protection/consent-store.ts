import type { Tx } from '../storage/database.ts'
import { Grant, PublicReason, Task } from './grant.ts'
import { Concern, Helper, Interlocutor, Training } from './interlocutor.ts'

interface Row {
  id: string
  revision: number
  body: unknown
}
export interface Known<Body> {
  readonly id: string
  readonly revision: number
  readonly body: Body
}

async function rowsOf(tx: Tx, table: string, where: string, values: readonly unknown[]): Promise<Row[]> {
  return tx.query<Row & Record<string, unknown>>(
    `select id, revision, body from ${table} where organisation = $1 and ${where}`,
    [tx.actor.organisation, ...values],
  )
}

function known<Body>(shape: { parse(body: unknown): Body }): (row: Row) => Known<Body> {
  return ({ id, revision, body }) => ({ id, revision, body: shape.parse(body) })
}

/** People of a case, by pseudonym. */
export async function interlocutorsOf(tx: Tx, caseId: string): Promise<Known<Interlocutor>[]> {
  return (await rowsOf(tx, 'interlocutor', '"case" = $2 order by pseudonym', [caseId])).map(
    known(Interlocutor),
  )
}

export async function interlocutorById(tx: Tx, id: string): Promise<Known<Interlocutor> | null> {
  const [row] = await rowsOf(tx, 'interlocutor', 'id = $2', [id])
  return row ? known(Interlocutor)(row) : null
}

export async function pseudonymTaken(tx: Tx, caseId: string, pseudonym: string): Promise<boolean> {
  return (await rowsOf(tx, 'interlocutor', '"case" = $2 and pseudonym = $3', [caseId, pseudonym])).length > 0
}

export async function helpersOf(tx: Tx, caseId: string): Promise<Known<Helper>[]> {
  return (await rowsOf(tx, 'helper', `"case" = $2 order by body->>'name', id`, [caseId])).map(known(Helper))
}

export async function helperById(tx: Tx, id: string): Promise<Known<Helper> | null> {
  const [row] = await rowsOf(tx, 'helper', 'id = $2', [id])
  return row ? known(Helper)(row) : null
}

/** What these people allowed and refused, the newest word first. */
export async function grantsOf(tx: Tx, interlocutors: readonly string[]): Promise<Known<Grant>[]> {
  return (
    await rowsOf(tx, 'consent_grant', `interlocutor = any($2) order by body->>'recordedAt' desc, id desc`, [
      interlocutors,
    ])
  ).map(known(Grant))
}

/** The same, held until the transaction ends: whatever would leave by them meanwhile waits. */
export async function grantsHeld(tx: Tx, interlocutor: string): Promise<Known<Grant>[]> {
  return (await rowsOf(tx, 'consent_grant', 'interlocutor = $2 order by id for update', [interlocutor])).map(
    known(Grant),
  )
}

export async function publicReasonsOf(tx: Tx, interlocutor: string): Promise<Known<PublicReason>[]> {
  return (
    await rowsOf(tx, 'public_reason', `interlocutor = $2 order by body->>'at', id`, [interlocutor])
  ).map(known(PublicReason))
}

export async function publicReasonById(tx: Tx, id: string): Promise<Known<PublicReason> | null> {
  const [row] = await rowsOf(tx, 'public_reason', 'id = $2', [id])
  return row ? known(PublicReason)(row) : null
}

export async function concernsOf(tx: Tx, interlocutor: string): Promise<Known<Concern>[]> {
  return (await rowsOf(tx, 'concern', 'interlocutor = $2 and ended is null order by id', [interlocutor])).map(
    known(Concern),
  )
}

export async function concernById(tx: Tx, id: string): Promise<Known<Concern> | null> {
  const [row] = await rowsOf(tx, 'concern', 'id = $2', [id])
  return row ? known(Concern)(row) : null
}

/** All that concerns a person, computed from the record. */
export async function whatConcerns(tx: Tx, interlocutor: string): Promise<string[]> {
  const rows = await tx.query<{ record: string }>('select record from what_concerns($1) as record', [
    interlocutor,
  ])
  return rows.map(({ record }) => record)
}

export async function tasksOf(tx: Tx, caseId: string): Promise<Known<Task>[]> {
  return (await rowsOf(tx, 'consent_task', '"case" = $2 order by due, id', [caseId])).map(known(Task))
}

export async function taskById(tx: Tx, id: string): Promise<Known<Task> | null> {
  const [row] = await rowsOf(tx, 'consent_task', 'id = $2', [id])
  return row ? known(Task)(row) : null
}

export interface CaseTasks {
  readonly id: string
  readonly code: string
  readonly dossier: string
  readonly open: number
  readonly due: string
}

/** How much waits in the cases of whoever asks, opened or not. */
export async function caseTasks(tx: Tx): Promise<CaseTasks[]> {
  return tx.query<CaseTasks & Record<string, string | number>>('select * from my_case_tasks()')
}

/** One thing that left the record. */
export interface Use {
  readonly id: number
  readonly at: string
  readonly person: string
  readonly interlocutor: string
  readonly grant: string | null
  readonly reason: string | null
  readonly exit: string
  readonly purpose: string
  readonly recipient: string
  readonly recipientName: string
  readonly identifiability: string
  readonly output: string
  readonly sha256: string | null
  readonly records: number
  readonly recallable: boolean
}

/** What left the record of one person, the newest first. */
export async function usesOf(tx: Tx, interlocutor: string): Promise<Use[]> {
  const rows = await tx.query<Omit<Use, 'at'> & { at: Date }>(
    `select id::int, at, person, interlocutor, "grant", reason, exit, purpose, recipient,
            recipient_name as "recipientName", identifiability, output, output_sha256 as sha256, records, recallable
       from consent_use where organisation = $1 and interlocutor = $2 order by id desc`,
    [tx.actor.organisation, interlocutor],
  )
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }))
}

/** Whether somebody here has ever recorded this, and whoever asks may see it. */
export async function isOnRecord(tx: Tx, record: string): Promise<boolean> {
  const rows = await tx.query('select 1 from revision where organisation = $1 and record = $2 limit 1', [
    tx.actor.organisation,
    record,
  ])
  return rows.length > 0
}

/** The level of a record as it stands, or null where it is not there for whoever asks. */
export async function levelOfRecord(tx: Tx, record: string): Promise<number | null> {
  const [row] = await tx.query<{ level: number }>(
    'select level from revision where organisation = $1 and record = $2 order by n desc limit 1',
    [tx.actor.organisation, record],
  )
  return row?.level ?? null
}

/** Everybody who is or was marked as trained. */
export async function allTraining(tx: Tx): Promise<Known<Training>[]> {
  return (await rowsOf(tx, 'training', 'true order by person', [])).map(known(Training))
}

export async function isTrained(tx: Tx): Promise<boolean> {
  const [row] = await tx.query<{ trained: boolean }>('select is_trained() as trained')
  return row?.trained ?? false
}

export interface LeaveAnswer {
  readonly missing: readonly { readonly interlocutor: string; readonly pseudonym: string }[]
  readonly conditions: readonly { readonly pseudonym: string; readonly conditions: string }[]
  /** Something is missing of a person whose case is not opened. */
  readonly hidden: boolean
  readonly uses: number
}

/** Ask the database whether these records may leave; it writes the uses where they may. */
export async function askLeave(tx: Tx, asked: object): Promise<LeaveAnswer> {
  const [row] = await tx.query<{ answer: LeaveAnswer }>('select leave_by($1) as answer', [
    JSON.stringify(asked),
  ])
  if (!row) throw new Error('The database answered nothing where something would leave.')
  return row.answer
}
