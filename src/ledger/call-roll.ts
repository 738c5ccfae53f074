import { sha256Hex } from '../foundation/hashing.ts'
import { newId } from '../foundation/ids.ts'
import { canonicalJson } from '../foundation/json.ts'
import type { Workspace } from '../storage/workspace.ts'
import type { ProcessLog } from './process-log.ts'

type Log = Pick<Workspace, 'database' | 'actor'>

/**
 * Answer for this process's changes: a roll call goes into the inbox for whatever was settled since the one before.
 * The last call of a process that ends in order says so; without it nobody can know whether more was changed.
 */
export async function callRoll(log: Log, process: ProcessLog, { last = false } = {}): Promise<void> {
  if (process.unsure) await findOut(log, process)
  for (let answer = process.toAnswer(); answer; answer = process.toAnswer()) {
    await call(log, process, { ...answer, last })
  }
  if (last && process.used && !process.saidItEnds)
    await call(log, process, { upTo: process.upTo, void: [], last })
}

async function call(
  { database, actor }: Log,
  process: ProcessLog,
  { upTo, void: gone, last }: { upTo: number; void: number[]; last: boolean },
): Promise<void> {
  const number = process.next()
  const entry = newId('entry')
  const leaf = canonicalJson({
    v: 1,
    type: 'roll call',
    entry,
    at: new Date(process.clock.now()).toISOString(),
    process: process.process,
    number,
    upTo,
    void: gone,
    previous: process.lastCall,
    ...(last ? { last } : {}),
  })
  process.unsure = { entry, leaf, number, upTo }
  await database.owner.query(
    'insert into ledger_inbox (organisation, entry, process, number, leaf) values ($1, $2, $3, $4, $5)',
    [actor.organisation, entry, process.process, number, leaf],
  )
  accept(process, { last })
}

/** The call is in the ledger. It answers for itself in the next one; alone it is no reason for another. */
function accept(process: ProcessLog, { last }: { last: boolean }): void {
  const { unsure } = process
  if (!unsure) return
  process.unsure = null
  process.settle(unsure.number, 'committed')
  process.answered(unsure.upTo)
  if (process.toAnswer()?.upTo === unsure.number) process.answered(unsure.number)
  process.lastCall = sha256Hex(unsure.leaf)
  process.saidItEnds = last
}

/** Whether a call that was interrupted reached the ledger after all; the next one must name the right call before. */
async function findOut({ database, actor }: Log, process: ProcessLog): Promise<void> {
  const { unsure } = process
  if (!unsure) return
  const { rows } = await database.owner.query(
    `select 1 from ledger_inbox where organisation = $1 and entry = $2
     union all select 1 from ledger_entry where organisation = $1 and entry = $2`,
    [actor.organisation, unsure.entry],
  )
  if (rows.length > 0) return accept(process, { last: false })
  process.unsure = null
  process.settle(unsure.number, 'void')
}
