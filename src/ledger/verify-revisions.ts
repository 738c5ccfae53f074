import { commitmentOf } from './commitment.ts'
import type { Findings, Owner, RevisionRow, StoredEntry } from './findings.ts'
import { erasuresIn } from './leaf.ts'
import { leafHash, rootOf } from './tree.ts'
import { LEVEL_NAMES } from './verify-rows.ts'

/** Every revision against its commitment and its entry, and back. Gives the last revision of each record. */
export async function checkRevisions(
  owner: Owner,
  {
    organisation,
    entries,
    found,
  }: { organisation: string; entries: readonly StoredEntry[]; found: Findings },
): Promise<Map<string, RevisionRow>> {
  const { rows } = await owner.query<RevisionRow>(
    `select level, "case", record, n, kind, form, entry, item, at, who, why, salt, commitment, after, erased
       from revision where organisation = $1 order by record, n`,
    [organisation],
  )
  const erasures = erasuresIn(entries.map(({ said }) => said))
  const latest = new Map<string, RevisionRow>()
  const byEntry = new Map<string, RevisionRow[]>()
  for (const row of rows) {
    checkRevision(row, { before: latest.get(row.record), erasures, found })
    latest.set(row.record, row)
    const together = byEntry.get(row.entry)
    if (together) together.push(row)
    else byEntry.set(row.entry, [row])
  }
  checkEntries(entries, { byEntry, found })
  return latest
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
    after.level === LEVEL_NAMES[row.level] &&
    after.case === row.case
  if (!same) found.add(kind, record, `Revision ${n} is not what was recorded.`)
}

function checkEntries(
  entries: readonly StoredEntry[],
  { byEntry, found }: { byEntry: Map<string, RevisionRow[]>; found: Findings },
): void {
  const known = new Set<string>()
  for (const { entry, said } of entries) {
    if (known.has(entry)) found.add('entry', entry, 'This entry stands in the ledger twice.')
    known.add(entry)
    if (!said) continue
    if (said.entry !== entry) found.add('entry', entry, 'This entry stands under another name.')
    if (said.type !== 'change') continue
    const items = (byEntry.get(entry) ?? []).sort((a, b) => a.item - b.item)
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
  for (const entry of byEntry.keys())
    if (!known.has(entry))
      found.add('entry', entry, 'Revisions name this entry, and it is not in the ledger.')
}
