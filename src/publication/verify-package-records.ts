import { sha256, sha256Hex } from '../foundation/hashing.ts'
import type { Findings } from '../ledger/findings.ts'
import { erasuresIn } from '../ledger/leaf.ts'
import { MEMBER, originalMember, PackagedRevision, readingMember } from './package-format.ts'
import { hashBytes, parsedLines, type ReadMember } from './package-reader.ts'
import type { CheckedEntry } from './verify-package-log.ts'

interface RecordsCheck {
  readonly entries: ReadonlyMap<string, CheckedEntry>
  /** The dossier that the manifest names. */
  readonly dossier: string
  readonly names: readonly string[]
  readonly read: ReadMember
  readonly found: Findings
}

/** What the committed text of a revision says. */
type Committed = Readonly<Record<string, unknown>>

/** Every revision against its entry and its commitment, every text and original against its record. */
export function checkPackagedRecords(check: RecordsCheck): number {
  const { entries, dossier, names, read, found } = check
  const erasures = erasuresIn([...entries.values()].map(({ said }) => said))
  const records = new Set<string>()
  const files = new Map<string, { record: string; sha256: string }>()
  let before: PackagedRevision | null = null
  for (const [place, row] of parsedLines(read(MEMBER.records), PackagedRevision).entries()) {
    if (!row) {
      found.add('record', `line ${place + 1}`, 'This revision cannot be read.')
      continue
    }
    const previous: PackagedRevision | null = before?.record === row.record ? before : null
    if (!previous && records.has(row.record))
      found.add(row.kind, row.record, 'The revisions of this record do not stand together.')
    records.add(row.record)
    checkEntry(row, check)
    const said = checkContent(row, { previous, erasures, found })
    if (said) for (const [name, sha256] of filesOf(said)) files.set(name, { record: row.record, sha256 })
    before = row
  }
  if (!records.has(dossier)) found.add('dossier', dossier, 'The record of the dossier is missing.')
  checkFiles(files, { names, read, found })
  return records.size
}

function checkEntry(row: PackagedRevision, { entries, found }: RecordsCheck): void {
  const { kind, record, n, item, at, who, commitment } = row
  const entry = entries.get(row.entry)
  if (entry?.said.type !== 'change')
    found.add(kind, record, `Revision ${n} names an entry that is not in the package.`)
  else if (entry.commitments[item] !== commitment)
    found.add(kind, record, `Revision ${n} is not one that its entry was made for.`)
  else if (entry.said.at !== at || entry.said.who !== who)
    found.add(kind, record, `Who made revision ${n}, or when, is not what its entry says.`)
}

function checkContent(
  row: PackagedRevision,
  {
    previous,
    erasures,
    found,
  }: { previous: PackagedRevision | null; erasures: ReadonlyMap<string, string>; found: Findings },
): Committed | null {
  const { kind, record, n, salt, committed, commitment } = row
  if (n !== (previous?.n ?? 0) + 1) found.add(kind, record, `Revision ${(previous?.n ?? 0) + 1} is missing.`)
  if (salt === null || committed === null) {
    if (salt === null && committed === null && erasures.has(`${record}#${n}`)) found.erased.push(record)
    else if (salt === null && committed === null && row.withheld === true) found.withheld += 1
    else found.add(kind, record, `The content of revision ${n} is gone without an erasure in the ledger.`)
    return null
  }
  const said = parsed(committed)
  const bytes = hashBytes(salt)
  const same =
    bytes !== null &&
    sha256(bytes, committed).toString('hex') === commitment &&
    said?.id === record &&
    said.kind === kind &&
    said.n === n &&
    said.previous === (previous?.commitment ?? null)
  if (same) return said
  found.add(kind, record, `Revision ${n} is not what was recorded.`)
  return null
}

function parsed(committed: string): Committed | null {
  try {
    const said: unknown = JSON.parse(committed)
    return typeof said === 'object' && said !== null ? (said as Committed) : null
  } catch {
    return null
  }
}

/** The members that a revision stands on, with the SHA-256 that it commits to. */
function filesOf({ kind, id, body }: Committed): [name: string, sha256: string][] {
  const { original, textSha256 } = body as { original?: { sha256?: unknown }; textSha256?: unknown }
  if (kind === 'source' && typeof original?.sha256 === 'string')
    return [[originalMember(original.sha256), original.sha256]]
  if (kind === 'reading' && typeof textSha256 === 'string') return [[readingMember(String(id)), textSha256]]
  return []
}

function checkFiles(
  files: ReadonlyMap<string, { record: string; sha256: string }>,
  { names, read, found }: { names: readonly string[]; read: ReadMember; found: Findings },
): void {
  for (const [name, { record, sha256: wanted }] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const what = name.startsWith(MEMBER.originals) ? 'original' : 'reading'
    const bytes = read(name)
    if (!bytes) found.add(what, record, `${name} is missing.`)
    else if (sha256Hex(bytes) !== wanted)
      found.add(what, record, `${name} is not what this record stands on.`)
  }
  for (const name of names)
    if (/^(originals|readings)\//.test(name) && !files.has(name))
      found.add('member', name, 'No record stands on this member.')
}
