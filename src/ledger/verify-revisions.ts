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
  const held = await heldBack(owner, organisation)
  for await (const rows of revisionRounds(owner, organisation)) {
    const latest = new Map<string, RevisionRow>()
    for (const row of rows) {
      checkRevision(row, { before: latest.get(row.record), erasures, found })
      latest.set(row.record, row)
    }
    checkGuards(rows, { held, found })
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
    kind === (before?.kind ?? kind)
  if (!same) found.add(kind, record, `Revision ${n} is not what was recorded.`)
}

/** Who may see a revision, as its row says. */
type RowGuard = Pick<RevisionRow, 'level' | 'case'>

/** Earlier revisions that went with something else that was raised, with where they went, as the changes say that did it. */
async function heldBack(owner: Owner, organisation: string): Promise<Map<string, RowGuard[]>> {
  const { rows } = await owner.query<RowGuard & { record: string; n: number }>(
    `select h.record, h.n, r.level, r."case" from revision r
       cross join lateral jsonb_to_recordset(r.after->'body'->'heldBack') as h(record text, n integer)
      where r.organisation = $1 and r.kind = 'level change' and r.n = 1`,
    [organisation],
  )
  const held = new Map<string, RowGuard[]>()
  for (const { record, n, level, case: caseId } of rows)
    held.set(`${record}#${n}`, [...(held.get(`${record}#${n}`) ?? []), { level, case: caseId }])
  return held
}

/**
 * A revision is seen by whom it was recorded for; raised since, by whom the highest of the changes says that raised its
 * record, or that held it back. A row that says anything else was altered.
 */
function checkGuards(
  rows: readonly RevisionRow[],
  { held, found }: { held: ReadonlyMap<string, readonly RowGuard[]>; found: Findings },
): void {
  let later: RowGuard[] = []
  let record: string | undefined
  for (const row of [...rows].reverse()) {
    if (row.record !== record) later = []
    record = row.record
    const own = row.after && {
      level: LEVEL_NAMES.indexOf(row.after.level),
      case: row.after.case,
    }
    const said = [...(own ? [own] : []), ...later, ...(held.get(`${row.record}#${row.n}`) ?? [])]
    const highest = Math.max(...said.map(({ level }) => level))
    const right =
      own === null ||
      (own.level === highest
        ? row.level === own.level && row.case === own.case
        : said.some(({ level, case: of }) => level === highest && row.level === level && row.case === of))
    if (!right) found.add(row.kind, row.record, `Who may see revision ${row.n} was altered.`)
    later.push(own ?? { level: row.level, case: row.case })
  }
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
