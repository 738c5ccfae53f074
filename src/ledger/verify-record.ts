import { isRefusal } from '../foundation/refusal.ts'
import { mustBeAllowed } from '../protection/may.ts'
import { migrations } from '../storage/migrate.ts'
import { readOriginal } from '../storage/originals.ts'
import type { LedgerKey, Workspace } from '../storage/workspace.ts'
import { openCheckpoint } from './checkpoint.ts'
import { type Altered, Findings, type Owner, type RevisionRow } from './findings.ts'
import { erasuresIn, type Leaf } from './leaf.ts'
import { logKey } from './log-key.ts'
import type { RecordKind } from './record-kind.ts'
import { LogCheck, storedEntries } from './verify-log.ts'
import { checkEntries, checkEntryNames, checkRevisions } from './verify-revisions.ts'
import { RollCallCheck } from './verify-roll-calls.ts'
import { checkKind, checkNamed, checkSearchClasses, checkStrays } from './verify-rows.ts'

export interface VerifyResult {
  readonly state: 'intact' | 'altered' | 'cannot tell'
  readonly altered: Altered[]
  readonly erased: string[]
  /** When each record was erased, and the class of the ground. */
  readonly grounds: Readonly<Record<string, { at: string; ground: string }>>
  readonly cannotTell: string[]
  readonly limits: string[]
  readonly entries: number
  readonly records: number
  readonly rollback: 'ruled out' | 'not ruled out'
  /** The newest checkpoint, to keep outside this machine. */
  readonly checkpoint: string | null
}

/**
 * Check a record against its ledger: the tree, every tile and checkpoint, each revision and its commitment, every noun
 * row against its last revision, texts, derived rows and originals. With an earlier checkpoint also that nothing which
 * it covered was rolled back or replaced. What it does not cover is listed in docs/verify.md.
 */
export async function verifyRecord(house: Verified, options: VerifyOptions): Promise<VerifyResult> {
  const client = await house.database.owner.connect()
  try {
    // One snapshot: what people write meanwhile is either seen whole or not at all.
    await client.query('begin isolation level repeatable read read only')
    return await verifyWithin(client, house, options)
  } finally {
    await client.query('rollback').catch(() => undefined)
    client.release()
  }
}

type Verified = Pick<Workspace, 'database' | 'key' | 'actor' | 'folder'>
interface VerifyOptions {
  readonly kinds: readonly RecordKind[]
  readonly since?: string | undefined
}

/** The same inside a transaction of the owner; nothing but a round of the record is ever held in memory. */
export async function verifyWithin(
  owner: Owner,
  { key: ours, actor, folder }: Omit<Verified, 'database'>,
  { kinds, since }: VerifyOptions,
): Promise<VerifyResult> {
  mustBeAllowed(actor, 'verify')
  const found = new Findings()
  const { organisation } = actor
  const key = logKey(ours, organisation)
  const log = await LogCheck.open(owner, { organisation, key, since, found })
  const calls = new RollCallCheck(found)
  const erasures = new Map<string, string>()
  const grounds = new Map<string, { at: string; ground: string }>()
  for await (const entries of storedEntries(owner, organisation)) {
    for (const entry of entries) {
      if (entry.index !== null) log.take(entry)
      calls.take(entry)
    }
    for (const [revision, entry] of erasuresIn(entries.map(({ said }) => said))) erasures.set(revision, entry)
    for (const { said } of entries) if (said?.type === 'erasure') noteGround(said, grounds)
    await checkEntries(owner, { organisation, entries, found })
  }
  const checked = await log.finish()
  calls.finish()
  await checkEntryNames(owner, { organisation, found })
  let records = 0
  for await (const latest of checkRevisions(owner, { organisation, erasures, found })) {
    records += latest.size
    for (const kind of kinds) await checkKind(owner, { organisation, kind, latest, found })
    for (const state of latest.values()) await checkOriginal(folder, state, found)
  }
  await checkStrays(owner, { organisation, kinds, found })
  await checkSearchClasses(owner, { organisation, kinds, found })
  await checkNamed(owner, { organisation, found })
  await checkHouse(owner, { organisation, key: ours, found })
  return {
    state: found.state,
    altered: found.altered,
    erased: found.erased,
    grounds: Object.fromEntries(grounds),
    cannotTell: found.cannotTell,
    limits: found.limits,
    entries: log.size,
    records,
    ...checked,
  }
}

function noteGround(
  { at, ground = '', erased = [] }: Leaf,
  into: Map<string, { at: string; ground: string }>,
): void {
  for (const { record } of erased) into.set(record, { at, ground })
}

/**
 * The organisations that work here, and the migrations of this program. A further organisation has a ledger of its own,
 * under its own name, which is verified by itself; rows of any other are nobody's who works here.
 */
async function checkHouse(
  owner: Owner,
  { organisation, key, found }: { organisation: string; key: LedgerKey; found: Findings },
): Promise<void> {
  const { rows: others } = await owner.query<{ organisation: string }>(
    `select organisation from organisation where organisation <> $1
     union select organisation from revision where organisation <> $1
     union select organisation from ledger_entry where organisation <> $1`,
    [organisation],
  )
  for (const other of others) {
    const { rows: newest } = await owner.query<{ note: string }>(
      'select note from ledger_checkpoint where organisation = $1 order by size desc limit 1',
      [other.organisation],
    )
    const [checkpoint] = newest
    if (checkpoint && openCheckpoint(checkpoint.note, logKey(key, other.organisation))) continue
    found.add(
      'organisation',
      other.organisation,
      'There are rows of an organisation that does not work here.',
    )
  }
  const { rows: done } = await owner.query<{ number: number; name: string; sha256: string }>(
    'select number, name, sha256 from migration order by number',
  )
  for (const [place, { number, name, sha256 }] of migrations().entries()) {
    const row = done[place]
    if (row?.number !== number || row.name !== name || row.sha256 !== sha256)
      found.add('migration', String(number), 'This migration is not the one that made the tables.')
  }
}

async function checkOriginal(
  folder: Workspace['folder'],
  { kind, record, after }: RevisionRow,
  found: Findings,
): Promise<void> {
  const original = kind === 'source' && after ? after.body.original : null
  if (typeof original !== 'object' || original === null || !('sha256' in original)) return
  try {
    await readOriginal(folder, String(original.sha256))
  } catch (error) {
    if (!isRefusal(error)) throw error
    found.add('original', record, error.message)
  }
}
