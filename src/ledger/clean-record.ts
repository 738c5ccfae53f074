import { mustBeAllowed } from '../protection/may.ts'
import {
  bytesToClean,
  CLEANS_PER_SECOND,
  type Cleaned,
  type CleaningStep,
  cleanUp,
} from '../storage/clean-up.ts'
import type { Tx } from '../storage/database.ts'
import { CLEANING } from '../storage/locks.ts'
import type { Workspace } from '../storage/workspace.ts'
import { keepRegister } from './keep-register.ts'

/** The last clean-up that came to its end. */
export interface LastCleaning extends Cleaned {
  readonly began: string
  /** Places of backups that the register of erasures could not be put beside. */
  readonly unreached: readonly string[]
}

/** How a clean-up stands. */
export interface CleaningState {
  readonly running: (CleaningStep & { readonly began: string }) | null
  readonly failed: string | null
  readonly last: LastCleaning | null
  /** Erasures whose content may still stand in files. */
  readonly waiting: number
  /** Seconds that the next one takes, about. */
  readonly estimate: number
}

/** Of an organisation `o`: something was erased since its last clean-up. */
const WAITS_FOR_CLEANING = `exists (select 1 from ledger_entry e where e.organisation = o.organisation and e.leaf like '%"type":"erasure"%'
  and e.leaf::jsonb->>'at' > coalesce((select s.value->>'began' from setting s where s.organisation = o.organisation and s.name = 'cleaning'), ''))`

interface Job {
  step: CleaningStep & { began: string }
  again: boolean
}

/** Of this process, by data folder and organisation: what runs, and why the last one failed. Each sees its own alone. */
const jobs = new Map<string, Job>()
const failures = new Map<string, string>()

/**
 * Do what an erasure promises beyond its transaction: register, originals, and the database's files. One at a time in a
 * record; people's requests to a table wait while it is written anew.
 */
export async function cleanRecord(
  workspace: Workspace,
  report: (step: CleaningStep) => void = () => undefined,
): Promise<LastCleaning> {
  const { actor, database } = workspace
  mustBeAllowed(actor, 'clean up')
  const lock = await database.owner.connect()
  try {
    await lock.query('select pg_advisory_lock($1)', [CLEANING])
    const began = new Date().toISOString()
    const { unreached } = await keepRegister(workspace)
    const done = { began, unreached, ...(await cleanUp(workspace, report)) }
    // The files are one for all organisations of a server: whoever waits for it hears of it too, and nobody else; of places
    // of backups that were not reached only how many there are.
    await lock.query(
      `insert into setting (organisation, name, value)
       select organisation, 'cleaning', case when organisation = $1 then $2::jsonb else $3::jsonb end from organisation o where organisation = $1 or ${WAITS_FOR_CLEANING}
       on conflict (organisation, name) do update set value = excluded.value`,
      [
        actor.organisation,
        JSON.stringify(done),
        JSON.stringify({ ...done, unreached: unreached.map(() => '…') }),
      ],
    )
    return done
  } finally {
    await lock.query('select pg_advisory_unlock_all()').catch(() => undefined)
    lock.release()
  }
}

/** Clean up in the background of a process that serves; asked again meanwhile, it is done once more. */
export function startCleaning(workspace: Workspace): void {
  mustBeAllowed(workspace.actor, 'clean up')
  const of = jobOf(workspace)
  const running = jobs.get(of)
  if (running) {
    running.again = true
    return
  }
  const job: Job = { step: { done: 0, of: 1, what: '', began: new Date().toISOString() }, again: false }
  jobs.set(of, job)
  failures.delete(of)
  void cleanRecord(workspace, (step) => {
    job.step = { ...step, began: job.step.began }
  })
    .catch((error: unknown) => {
      failures.set(of, error instanceof Error ? error.message : String(error))
    })
    .finally(() => {
      jobs.delete(of)
      if (job.again) startCleaning(workspace)
    })
}

function jobOf({ folder, actor }: Pick<Workspace, 'folder' | 'actor'>): string {
  return `${folder.root}\n${actor.organisation}`
}

/** Roles as the database knows them now may have changed since the session began. @throws Refusal `not_allowed` */
export async function mayCleanUp(tx: Tx): Promise<void> {
  mustBeAllowed(tx.actor, 'clean up')
}

/** How it stands, for whoever reads of erasures. */
export async function cleaningState(tx: Tx, { folder }: Pick<Workspace, 'folder'>): Promise<CleaningState> {
  mustBeAllowed(tx.actor, 'verify')
  const [row] = await tx.query<{ value: LastCleaning }>(
    "select value from setting where organisation = $1 and name = 'cleaning'",
    [tx.actor.organisation],
  )
  const [waiting] = await tx.query<{ n: number }>(
    `select count(*)::int as n from (
       select leaf from ledger_entry where organisation = $1 and leaf like '%"type":"erasure"%'
       union all select leaf from ledger_inbox where organisation = $1 and leaf like '%"type":"erasure"%') e
      where leaf::jsonb->>'at' > $2`,
    [tx.actor.organisation, row?.value.began ?? ''],
  )
  const of = jobOf({ folder, actor: tx.actor })
  const bytes = await bytesToClean(tx)
  return {
    running: jobs.get(of)?.step ?? null,
    failed: failures.get(of) ?? null,
    last: row?.value ?? null,
    waiting: waiting?.n ?? 0,
    estimate: Math.ceil(2 + bytes / CLEANS_PER_SECOND),
  }
}

/** After a start: an erasure whose clean-up was interrupted is cleaned up after, of whichever organisation it was. */
export async function resumeCleaning(workspace: Workspace): Promise<void> {
  const { database, actor } = workspace
  mustBeAllowed(actor, 'clean up')
  const { rows } = await database.owner.query<{ waiting: boolean }>(
    `select exists (select 1 from organisation o where ${WAITS_FOR_CLEANING}) as waiting`,
  )
  if (rows[0]?.waiting) startCleaning(workspace)
}
