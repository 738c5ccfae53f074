import { PlainZipReader } from '../foundation/plain-zip.ts'
import { type Checkpoint, openCheckpoint } from '../ledger/checkpoint.ts'
import { type Altered, Findings } from '../ledger/findings.ts'
import { parseVerifierLine, type VerifyingKey } from '../ledger/note.ts'
import { notContinued } from '../ledger/verify-log.ts'
import { MEMBER, PACKAGE_FORMAT } from './package-format.ts'
import { type ReadMember, utf8 } from './package-reader.ts'
import { checkPackagedLog } from './verify-package-log.ts'
import { checkManifest } from './verify-package-members.ts'
import { checkPackagedRecords } from './verify-package-records.ts'

export interface VerifiedPackage {
  readonly state: 'intact' | 'altered' | 'cannot tell'
  readonly altered: Altered[]
  readonly erased: string[]
  readonly cannotTell: string[]
  readonly limits: string[]
  readonly entries: number
  readonly records: number
  readonly rollback: 'ruled out' | 'not ruled out'
  readonly checkpoint: string | null
  /** Whose signature it carries, to be compared with a key that is known from elsewhere. */
  readonly key: string | null
}

/** Every package says what it is within its first bytes, more than once. Bytes. */
const HEAD = 4096
const LIMIT =
  'Cannot tell whether this is all that was on record: a package holds one dossier as its maker signed it.'

/**
 * Check a package, offline and with nothing but the file: that the zip is spelt as the format writes it, that its
 * members are those signed, that its entries stand in the tree under the signed checkpoint, and that every revision,
 * text and original is what its entry committed to.
 */
export function verifyPackage(path: string, since?: string): VerifiedPackage {
  const found = new Findings()
  const zip = new PlainZipReader(path)
  try {
    return check(zip, { found, since })
  } finally {
    zip.close()
  }
}

/** Whether a file says of itself that it is a package; a damaged one says so too. */
export function isPackage(head: Buffer): boolean {
  return head.subarray(0, HEAD).includes('rapporteur-package')
}

interface Checked {
  readonly entries?: number
  readonly records?: number
  readonly checkpoint?: string | null
  readonly key?: string | null
  readonly rollback?: 'ruled out' | 'not ruled out'
}

function check(
  zip: PlainZipReader,
  { found, since }: { found: Findings; since: string | undefined },
): VerifiedPackage {
  const result = (rest: Checked = {}): VerifiedPackage => ({
    state: found.state,
    altered: found.altered,
    erased: found.erased,
    cannotTell: found.cannotTell,
    limits: found.state === 'intact' ? [LIMIT, ...withheldIn(found)] : [],
    entries: 0,
    records: 0,
    rollback: 'not ruled out',
    checkpoint: null,
    key: null,
    ...rest,
  })
  if (!isPackage(zip.bytes(0, HEAD))) {
    found.cannotTell.push(`This is no package of the format ${PACKAGE_FORMAT}.`)
    return result()
  }
  for (const { member, sentence } of zip.problems) found.add('container', member, sentence)
  if (!zip.whole) return result()
  const read: ReadMember = (name) => {
    const member = zip.members.find((one) => one.name === name)
    return member ? zip.read(member) : null
  }
  const line = utf8(read(MEMBER.key)) ?? ''
  const key = line.endsWith('\n') ? parseVerifierLine(line.slice(0, -1)) : null
  if (!key) found.add('key', MEMBER.key, 'The key of the ledger cannot be read.')
  const manifest = checkManifest(zip, { key, found, read })
  if (!manifest || !key) return result()
  const checkpointNote = utf8(read(MEMBER.checkpoint))
  const checkpoint = checkpointNote === null ? null : openCheckpoint(checkpointNote, key)
  if (!checkpoint) {
    found.add(
      'checkpoint',
      MEMBER.checkpoint,
      "The checkpoint does not carry the signature of this ledger's key.",
    )
    return result({ key: line.trim() })
  }
  const names = zip.members.map(({ name }) => name)
  const log = checkPackagedLog({ checkpoint, names, read, found })
  const records = checkPackagedRecords({
    entries: log.entries,
    dossier: manifest.dossier.id,
    names,
    read,
    found,
  })
  const rollback =
    since === undefined ? 'not ruled out' : checkSince(since, { key, checkpoint, found, rootAt: log.rootAt })
  return result({
    entries: log.entries.size,
    records,
    checkpoint: checkpointNote,
    key: line.trim(),
    rollback,
  })
}

function withheldIn({ withheld }: Findings): string[] {
  if (withheld === 0) return []
  return [
    `Of ${withheld} ${withheld === 1 ? 'revision' : 'revisions'} the proof alone is here: whoever made the package may not see what they say.`,
  ]
}

function checkSince(
  since: string,
  {
    key,
    checkpoint,
    found,
    rootAt,
  }: {
    key: VerifyingKey
    checkpoint: Checkpoint
    found: Findings
    rootAt: ((size: number) => Buffer) | null
  },
): 'ruled out' | 'not ruled out' {
  const earlier = openCheckpoint(since.endsWith('\n') ? since : `${since}\n`, key)
  if (!earlier) {
    found.cannotTell.push('The checkpoint given was not signed by this ledger.')
    return 'not ruled out'
  }
  if (!rootAt) return 'not ruled out'
  if (earlier.size > checkpoint.size || !rootAt(earlier.size).equals(earlier.root))
    found.add(...notContinued(earlier.size))
  return 'ruled out'
}
