import { changeByDatabase } from '../ledger/change.ts'
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
  readonly id: string
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
  /** What left: a source, a dossier, a record. Null where that was not written down. */
  readonly thing: string | null
  /** What that is called now, or the name that whoever sent it gave the file; empty where it is gone. */
  readonly output: string
  readonly sha256: string | null
  readonly records: number
  readonly recallable: boolean
}

/** What left the record of one person, the newest first. */
export async function usesOf(tx: Tx, interlocutor: string): Promise<Use[]> {
  return usesWhere(tx, 'interlocutor = $2', [interlocutor])
}

/** Uses that carried any of these records, as far as whoever asks has the case open: their people's, of these or of a whole dossier. */
export async function usesThatCarried(tx: Tx, records: readonly string[]): Promise<Use[]> {
  return usesWhere(
    tx,
    `interlocutor in (select i.id from interlocutor i where i.organisation = $1
        and (i.id = any($2) or exists (select 1 from what_concerns(i.id) w(record) where w.record = any($2))))
      and (interlocutor = any($2) or body->>'thing' = any($2) or body->>'exit' = 'package')`,
    [records],
  )
}

async function usesWhere(tx: Tx, where: string, values: readonly unknown[]): Promise<Use[]> {
  return tx.query<Use & Record<string, unknown>>(
    `select u.id, u.body->>'at' as at, u.body->>'person' as person, interlocutor, "grant", reason, u.body->>'exit' as exit,
            u.body->>'purpose' as purpose, u.body->>'recipient' as recipient, u.body->>'recipientName' as "recipientName",
            u.body->>'identifiability' as identifiability, u.body->>'thing' as thing, u.body->>'sha256' as sha256,
            coalesce(nullif(u.body->>'output', ''), (
              select left(coalesce(r.after->'body'->>'fileName', r.after->'body'->>'title', r.after->'body'->>'name', r.after->'body'->>'item', r.record), 160)
                from revision r where r.organisation = $1 and r.record = u.body->>'thing' and r.after is not null order by r.n desc limit 1), '') as output,
            (u.body->>'records')::int as records, (u.body->>'recallable')::boolean as recallable
       from consent_use u where organisation = $1 and ${where} order by u.body->>'at' desc, u.id`,
    [tx.actor.organisation, ...values],
  )
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
  /** Commitments of the uses that it wrote, in hexadecimal. */
  readonly written: readonly string[]
}

/** Ask the database whether these records may leave; it writes the uses where they may, under one entry of the ledger. */
export async function askLeave(tx: Tx, asked: object): Promise<LeaveAnswer> {
  const answers: LeaveAnswer[] = []
  await changeByDatabase(tx, async (entry) => {
    const rows = await tx.query<{ answer: LeaveAnswer }>('select leave_by($1) as answer', [
      JSON.stringify({ ...asked, ...entry }),
    ])
    answers.push(...rows.map(({ answer }) => answer))
    return answers.flatMap(({ written = [] }) => written).map((one) => Buffer.from(one, 'hex'))
  })
  const [answer] = answers
  if (!answer) throw new Error('The database answered nothing where something would leave.')
  return answer
}
