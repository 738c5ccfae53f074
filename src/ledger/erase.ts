import type { PoolClient } from 'pg'
import { kindOfId, newId } from '../foundation/ids.ts'
import { canonicalJson } from '../foundation/json.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { Tx } from '../storage/database.ts'
import type { RegisteredErasure } from '../storage/erasure-register.ts'
import type { Workspace } from '../storage/workspace.ts'
import { type ProcessLog, processLog } from './process-log.ts'

/** Revisions that one entry names at most, so that its leaf stays under the 64 KB of an entry bundle. */
const MOST_NAMED = 1000

/** What an erasure took out. */
export interface Erased {
  readonly entries: readonly string[]
  readonly revisions: number
  readonly drafts: number
  /** SHA-256 of originals that no source needs any more. */
  readonly originals: readonly string[]
}

interface Gone {
  readonly items: readonly { record: string; n: number; level: number; case: string | null }[]
  readonly originals: readonly string[]
  readonly drafts: number
}

interface Writing {
  readonly organisation: string
  readonly person: string
  readonly ground: string
  readonly at: string
  readonly log: ProcessLog
}

/**
 * Erase what a request names, when two people have decided it: the database looks at that itself. Content, salt, rows and
 * lines of search are gone with the caller's transaction, and entries of the ledger say which revisions, when and on what
 * ground; nothing of what stood there. Records of different compartments are named in different entries.
 */
export async function eraseConfirmed(
  tx: Tx,
  { request, ground, at }: { request: string; ground: string; at: string },
): Promise<Erased> {
  mustBeAllowed(tx.actor, 'confirm erasure')
  const [row] = await tx.query<{ gone: Gone }>('select erase_confirmed($1) as gone', [request])
  if (!row) throw new Error('An erasure was run without an answer.')
  const { organisation, person } = tx.actor
  const log = processLog(organisation)
  const writing = writeEntries(row.gone, { organisation, person, ground, at, log })
  tx.afterCommit(() => writing.settle('committed'))
  tx.afterRollback(() => writing.settle('void'))
  for (const values of writing.rows) await tx.query(INTO_INBOX, values)
  return { entries: writing.entries, revisions: row.gone.items.length, ...rest(row.gone) }
}

/**
 * Do again, in a record that an earlier backup was restored into, what was erased since. As the owner, before anybody is
 * served, and as a process of its own: this one may be at work in the record that the backup is of.
 */
export async function eraseAgain(
  { database, actor }: Pick<Workspace, 'database' | 'actor'>,
  { erasures, process }: { erasures: readonly RegisteredErasure[]; process: ProcessLog },
): Promise<Erased> {
  mustBeAllowed(actor, 'backup')
  const all = { entries: [] as string[], revisions: 0, drafts: 0, originals: new Set<string>() }
  for (const { ground, at, erased } of erasures) {
    const client = await database.owner.connect()
    try {
      const targets = await stillThere(client, { organisation: actor.organisation, erased })
      if (targets.length === 0) continue
      await client.query('begin')
      const { rows } = await client.query<{ gone: Gone; people: Gone['items'] }>(
        'select erase_records($1, $2, false, $3) as gone, erase_people($1, $4) as people',
        [
          actor.organisation,
          targets.filter((one) => kindOfId(one) !== 'person'),
          JSON.stringify({ ground, at }),
          targets.filter((one) => kindOfId(one) === 'person'),
        ],
      )
      const done = rows[0]?.gone ?? { items: [], originals: [], drafts: 0 }
      const gone = { ...done, items: [...done.items, ...(rows[0]?.people ?? [])] }
      const { organisation, person } = actor
      const writing = writeEntries(gone, {
        organisation,
        person,
        ground,
        at: new Date().toISOString(),
        log: process,
      })
      for (const values of writing.rows) await client.query(INTO_INBOX, values)
      await client.query('commit')
      writing.settle('committed')
      all.entries.push(...writing.entries)
      all.revisions += gone.items.length
      all.drafts += gone.drafts
      for (const one of gone.originals) all.originals.add(one)
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      throw error
    } finally {
      client.release()
    }
  }
  return { ...all, originals: [...all.originals] }
}

async function stillThere(
  client: PoolClient,
  { organisation, erased }: { organisation: string } & Pick<RegisteredErasure, 'erased'>,
): Promise<string[]> {
  const { rows } = await client.query<{ record: string }>(
    `select distinct record from revision where organisation = $1 and record = any($2) and after is not null
     union select id from person where organisation = $1 and id = any($2) and name is not null`,
    [organisation, [...new Set(erased.map(({ record }) => record))]],
  )
  return rows.map(({ record }) => record)
}

const INTO_INBOX =
  'insert into ledger_inbox (organisation, entry, process, number, leaf) values ($1, $2, $3, $4, $5)'

function rest({ drafts, originals }: Gone): Pick<Erased, 'drafts' | 'originals'> {
  return { drafts, originals }
}

function writeEntries(
  { items }: Gone,
  { organisation, person, ground, at, log }: Writing,
): { entries: string[]; rows: unknown[][]; settle(how: 'committed' | 'void'): void } {
  const numbers: number[] = []
  const entries: string[] = []
  const rows = parted(items).map((together) => {
    const [entry, number] = [newId('entry'), log.next()]
    entries.push(entry)
    numbers.push(number)
    const leaf = canonicalJson({
      v: 1,
      type: 'erasure',
      entry,
      at,
      who: person,
      process: log.process,
      number,
      ground,
      erased: together.map(({ record, n }) => ({ record, n })),
    })
    return [organisation, entry, log.process, number, leaf]
  })
  const settle = (how: 'committed' | 'void') => {
    for (const number of numbers) log.settle(number, how)
  }
  return { entries, rows, settle }
}

/** By compartment, and so many at a time. */
function parted(items: Gone['items']): Gone['items'][number][][] {
  const groups = new Map<string, Gone['items'][number][]>()
  for (const item of items) {
    const group = groups.get(item.case ?? '')
    if (group) group.push(item)
    else groups.set(item.case ?? '', [item])
  }
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / MOST_NAMED) }, (_, n) =>
      group.slice(n * MOST_NAMED, (n + 1) * MOST_NAMED),
    ),
  )
}
