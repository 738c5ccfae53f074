import { isRefusal } from '../foundation/refusal.ts'
import { mustBeAllowed } from '../protection/may.ts'
import { migrations } from '../storage/migrate.ts'
import { readOriginal } from '../storage/originals.ts'
import type { Workspace } from '../storage/workspace.ts'
import { type Altered, Findings, type Owner, type RevisionRow } from './findings.ts'
import type { RecordKind } from './record-kind.ts'
import { checkLog, checkRollCalls, storedEntries } from './verify-log.ts'
import { checkRevisions } from './verify-revisions.ts'
import { checkDerived, checkKind, checkSearchClasses } from './verify-rows.ts'

export interface VerifyResult {
  readonly state: 'intact' | 'altered' | 'cannot tell'
  readonly altered: Altered[]
  readonly erased: string[]
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
export async function verifyRecord(
  { database, key, actor, folder }: Pick<Workspace, 'database' | 'key' | 'actor' | 'folder'>,
  { kinds, since }: { kinds: readonly RecordKind[]; since?: string | undefined },
): Promise<VerifyResult> {
  mustBeAllowed(actor, 'verify')
  const found = new Findings()
  const { owner } = database
  const { organisation } = actor
  const { placed, waiting } = await storedEntries(owner, organisation)
  const log = await checkLog(owner, { organisation, key, placed, since, found })
  const entries = [...placed, ...waiting]
  checkRollCalls(entries, found)
  const latest = await checkRevisions(owner, { organisation, entries, found })
  for (const kind of kinds) await checkKind(owner, { organisation, kind, latest, found })
  await checkDerived(owner, { organisation, kinds, found })
  await checkSearchClasses(owner, { organisation, kinds, found })
  await checkHouse(owner, { organisation, found })
  for (const state of latest.values()) await checkOriginal(folder, state, found)
  return {
    state: found.state,
    altered: found.altered,
    erased: found.erased,
    cannotTell: found.cannotTell,
    limits: found.limits,
    entries: placed.length,
    records: latest.size,
    ...log,
  }
}

/** One organisation, and the migrations of this program: rows beside them are nobody's who works here. */
async function checkHouse(
  owner: Owner,
  { organisation, found }: { organisation: string; found: Findings },
): Promise<void> {
  const { rows: others } = await owner.query<{ organisation: string }>(
    `select organisation from organisation where organisation <> $1
     union select organisation from revision where organisation <> $1
     union select organisation from ledger_entry where organisation <> $1`,
    [organisation],
  )
  for (const other of others)
    found.add(
      'organisation',
      other.organisation,
      'There are rows of an organisation that does not work here.',
    )
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
