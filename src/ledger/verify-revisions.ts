import { commitmentOf } from './commitment.ts'
import type { Findings, Owner, RevisionRow, StoredEntry } from './findings.ts'
import { leafHash, rootOf } from './tree.ts'
import { LEVEL_NAMES } from './verify-rows.ts'

/** Revisions read at once; a record's are never parted. */
const ROUND = 1000

/**
 * Every revision against its commitment, a round of records at a time, so that no record is too large to be verified.
 * Gives the last revision of each record of the round.
 */
export async function* checkRevisions(
  owner: Owner,
  {
    organisation,
    erasures,
    found,
  }: { organisation: string; erasures: ReadonlyMap<string, string>; found: Findings },
): AsyncGenerator<Map<string, RevisionRow>> {
  for await (const rows of revisionRounds(owner, organisation)) {
    const latest = new Map<string, RevisionRow>()
    for (const row of rows) {
      checkRevision(row, { before: latest.get(row.record), erasures, found })
      latest.set(row.record, row)
    }
    yield latest
  }
}

async function* revisionRounds(owner: Owner, organisation: string): AsyncGenerator<RevisionRow[]> {
  const columns =
    'level, "case", record, n, kind, form, entry, item, at, who, why, salt, commitment, after, erased'
  let after = ''
  for (;;) {
    const { rows } = await owner.query<RevisionRow>(
      `select ${columns} from revision where organisation = $1 and record > $2 order by record, n limit $3`,
      [organisation, after, ROUND],
    )
    const last = rows.at(-1)
    if (!last) return
    if (rows.length < ROUND) return yield rows
    // The last record may go on behind the limit: it comes whole with the next round, or alone.
    const whole = rows.filter(({ record }) => record !== last.record)
    if (whole.length > 0) yield whole
    else {
      const { rows: one } = await owner.query<RevisionRow>(
        `select ${columns} from revision where organisation = $1 and record = $2 order by n`,
        [organisation, last.record],
      )
      yield one
    }
    after = whole.at(-1)?.record ?? last.record
  }
}

function checkRevision(
  row: RevisionRow,
  {
    before,
    erasures,
    found,
  }: { before: RevisionRow | undefined; erasures: ReadonlyMap<string, string>; found: Findings },
): void {
  const { record, n, kind, form, why, salt, after } = row
  if (n !== (before?.n ?? 0) + 1) found.add(kind, record, `Revision ${(before?.n ?? 0) + 1} is missing.`)
  if (!salt || !after) {
    if (!salt && !after && erasures.has(`${record}#${n}`)) found.erased.push(record)
    else found.add(kind, record, `The content of revision ${n} is gone without an erasure in the ledger.`)
    return
  }
  if (row.erased) found.add(kind, record, `Revision ${n} is marked as erased and is still there.`)
  const previous = before?.commitment.toString('hex') ?? null
  const same =
    commitmentOf(salt, { form, kind, n, state: after, previous, why }).equals(row.commitment) &&
    after.id === record &&
    kind === (before?.kind ?? kind) &&
    after.level === LEVEL_NAMES[row.level] &&
    after.case === row.case
  if (!same) found.add(kind, record, `Revision ${n} is not what was recorded.`)
}

type Item = Pick<RevisionRow, 'record' | 'n' | 'kind' | 'entry' | 'item' | 'at' | 'who' | 'commitment'>

/** Entries against the revisions that they are about. */
export async function checkEntries(
  owner: Owner,
  {
    organisation,
    entries,
    found,
  }: { organisation: string; entries: readonly StoredEntry[]; found: Findings },
): Promise<void> {
  const { rows } = await owner.query<Item>(
    `select record, n, kind, entry, item, at, who, commitment from revision
      where organisation = $1 and entry = any($2) order by item`,
    [organisation, entries.map(({ entry }) => entry)],
  )
  const byEntry = new Map<string, Item[]>()
  for (const row of rows) {
    const together = byEntry.get(row.entry)
    if (together) together.push(row)
    else byEntry.set(row.entry, [row])
  }
  for (const { entry, said } of entries) {
    if (!said) continue
    if (said.entry !== entry) found.add('entry', entry, 'This entry stands under another name.')
    if (said.type !== 'change') continue
    const items = byEntry.get(entry) ?? []
    const root = rootOf(items.map(({ commitment }) => leafHash(commitment))).toString('hex')
    if (items.length !== said.items || items.some(({ item }, n) => item !== n))
      found.add('entry', entry, `This entry is about ${said.items} records and ${items.length} are there.`)
    else if (root !== said.root) {
      const names = items.map(({ record }) => record).slice(0, 3)
      found.add(
        'entry',
        entry,
        `The revisions of this entry are not those it was made for (${names.join(', ')}${items.length > 3 ? ', …' : ''}).`,
      )
    }
    for (const { kind, record, n, at, who } of items)
      if (at.toISOString() !== said.at || who !== said.who)
        found.add(kind, record, `Who made revision ${n}, or when, is not what its entry says.`)
  }
}

/** Entries that stand twice, and revisions of entries that stand nowhere. */
export async function checkEntryNames(
  owner: Owner,
  { organisation, found }: { organisation: string; found: Findings },
): Promise<void> {
  const { rows: twice } = await owner.query<{ entry: string }>(
    `select entry from (
       select entry from ledger_entry where organisation = $1 and entry in (select entry from ledger_inbox)
       union all select entry from ledger_inbox where organisation = $1) e
      group by entry having count(*) > 1`,
    [organisation],
  )
  for (const { entry } of twice) found.add('entry', entry, 'This entry stands in the ledger twice.')
  const { rows: nowhere } = await owner.query<{ entry: string }>(
    `select distinct entry from revision r where organisation = $1
        and not exists (select 1 from ledger_entry e where e.organisation = $1 and e.entry = r.entry)
        and not exists (select 1 from ledger_inbox i where i.organisation = $1 and i.entry = r.entry)`,
    [organisation],
  )
  for (const { entry } of nowhere)
    found.add('entry', entry, 'Revisions name this entry, and it is not in the ledger.')
}
