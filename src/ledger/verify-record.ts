import { sha256Hex } from '../foundation/hashing.ts'
import { isRefusal } from '../foundation/refusal.ts'
import { mustBeAllowed } from '../protection/may.ts'
import { readOriginal } from '../storage/originals.ts'
import type { Workspace } from '../storage/workspace.ts'
import { openCheckpoint } from './checkpoint.ts'
import { commitmentOf } from './commitment.ts'
import { type Altered, Findings, type Owner, type RevisionRow } from './findings.ts'
import type { RecordKind } from './record-kind.ts'
import { GrowingTree, leafHash, rootOf } from './tree.ts'
import { checkKind } from './verify-rows.ts'

export interface VerifyResult {
  readonly state: 'intact' | 'altered' | 'cannot tell'
  readonly altered: Altered[]
  readonly erased: string[]
  readonly cannotTell: string[]
  readonly entries: number
  readonly records: number
  readonly rollback: 'ruled out' | 'not ruled out'
  /** The newest checkpoint, to keep outside this machine. */
  readonly checkpoint: string | null
}

/**
 * Check a record against its ledger: the tree, every checkpoint, each revision and its commitment, every noun row
 * against its last revision, texts, derived rows and originals. With an earlier checkpoint also that nothing which
 * it covered was rolled back or replaced.
 */
export async function verifyRecord(
  { database, key, actor, folder }: Pick<Workspace, 'database' | 'key' | 'actor' | 'folder'>,
  { kinds, since }: { kinds: readonly RecordKind[]; since?: string | undefined },
): Promise<VerifyResult> {
  mustBeAllowed(actor, 'verify')
  const found = new Findings()
  const { owner } = database
  const { organisation } = actor
  const { rows: entries } = await owner.query<EntryRow>(
    'select index::int, entry, leaf from ledger_entry where organisation = $1 order by index',
    [organisation],
  )
  const roots = rootsBySize(entries, found)
  const newest = await checkCheckpoints(owner, { organisation, key, roots, found })
  const rollback = since === undefined ? 'not ruled out' : checkSince(since, { key, roots, found })
  const { rows: waiting } = await owner.query<{ entry: string; leaf: string }>(
    'select entry, leaf from ledger_inbox where organisation = $1',
    [organisation],
  )
  checkRollCalls([...entries, ...waiting], found)
  const latest = await checkRevisions(owner, { organisation, entries: [...entries, ...waiting], found })
  for (const kind of kinds) await checkKind(owner, { organisation, kind, latest, found })
  for (const state of latest.values()) {
    const original = state.kind === 'source' && state.after ? state.after.body.original : null
    if (original && typeof original === 'object' && 'sha256' in original)
      await checkOriginal(folder, { id: state.record, sha256: String(original.sha256) }, found)
  }
  const altered = found.altered
  const state = altered.length > 0 ? 'altered' : found.cannotTell.length > 0 ? 'cannot tell' : 'intact'
  return {
    state,
    altered,
    erased: found.erased,
    cannotTell: found.cannotTell,
    entries: entries.length,
    records: latest.size,
    rollback,
    checkpoint: newest,
  }
}

interface EntryRow {
  index: number
  entry: string
  leaf: string
}
function rootsBySize(entries: readonly EntryRow[], found: Findings): Map<number, string> {
  const tree = new GrowingTree()
  const roots = new Map([[0, tree.root().toString('base64')]])
  for (const [place, { index, entry, leaf }] of entries.entries()) {
    if (index !== place)
      found.add(
        'entry',
        entry,
        `The entry at place ${index} should stand at place ${place}: one is missing or was moved.`,
      )
    tree.append(leafHash(leaf))
    roots.set(place + 1, tree.root().toString('base64'))
  }
  return roots
}

async function checkCheckpoints(
  owner: Owner,
  {
    organisation,
    key,
    roots,
    found,
  }: { organisation: string; key: Workspace['key']; roots: Map<number, string>; found: Findings },
): Promise<string | null> {
  const { rows } = await owner.query<{ size: string; note: string }>(
    'select size, note from ledger_checkpoint where organisation = $1 order by size',
    [organisation],
  )
  for (const { size, note } of rows) {
    const checkpoint = openCheckpoint(note, key)
    if (!checkpoint)
      found.add('checkpoint', size, `The checkpoint of size ${size} does not carry this ledger's signature.`)
    else if (
      checkpoint.size !== Number(size) ||
      roots.get(checkpoint.size) !== checkpoint.root.toString('base64')
    ) {
      found.add(
        'checkpoint',
        size,
        `The entries up to ${size} are not those that its checkpoint was signed over.`,
      )
    }
  }
  const last = rows.at(-1)
  const entries = roots.size - 1
  if (entries > 0 && Number(last?.size ?? 0) !== entries)
    found.add('checkpoint', String(entries), 'The newest entries have no checkpoint over them.')
  return last?.note ?? null
}

function checkSince(
  since: string,
  { key, roots, found }: { key: Workspace['key']; roots: Map<number, string>; found: Findings },
): 'ruled out' | 'not ruled out' {
  const checkpoint = openCheckpoint(since.endsWith('\n') ? since : `${since}\n`, key)
  if (!checkpoint) {
    found.cannotTell.push('The checkpoint given was not signed by this ledger.')
    return 'not ruled out'
  }
  if (roots.get(checkpoint.size) !== checkpoint.root.toString('base64')) {
    found.add(
      'ledger',
      String(checkpoint.size),
      `The ledger does not continue the checkpoint of size ${checkpoint.size}: it was rolled back or replaced.`,
    )
  }
  return 'ruled out'
}

function checkRollCalls(entries: readonly { entry: string; leaf: string }[], found: Findings): void {
  const numbers = new Map<string, Set<number>>()
  const leaves = entries.flatMap(({ entry, leaf }) => {
    try {
      return [{ entry, leaf, said: JSON.parse(leaf) as Record<string, unknown> }]
    } catch {
      found.add('entry', entry, 'This entry cannot be read.')
      return []
    }
  })
  for (const { said } of leaves) {
    const process = String(said.process)
    numbers.set(process, (numbers.get(process) ?? new Set()).add(Number(said.number)))
  }
  const lastCalls = new Map<string, string | null>()
  for (const { entry, leaf, said } of leaves) {
    if (said.type !== 'roll call') continue
    const process = String(said.process)
    if ((lastCalls.get(process) ?? null) !== said.previous)
      found.add('roll call', entry, 'This roll call does not follow the one before it.')
    lastCalls.set(process, sha256Hex(leaf))
    const gone = new Set(Array.isArray(said.void) ? said.void : [])
    for (let number = 1; number <= Number(said.upTo); number += 1) {
      if (!gone.has(number) && !numbers.get(process)?.has(number)) {
        found.add(
          'entry',
          `${process}#${number}`,
          `Change ${number} of process ${process} was answered for and is not in the ledger.`,
        )
      }
    }
  }
}

async function checkRevisions(
  owner: Owner,
  {
    organisation,
    entries,
    found,
  }: { organisation: string; entries: readonly { entry: string; leaf: string }[]; found: Findings },
): Promise<Map<string, RevisionRow>> {
  const { rows } = await owner.query<RevisionRow>(
    'select record, n, kind, form, entry, item, salt, commitment, after, erased from revision where organisation = $1 order by record, n',
    [organisation],
  )
  const latest = new Map<string, RevisionRow>()
  const byEntry = new Map<string, RevisionRow[]>()
  for (const row of rows) {
    const before = latest.get(row.record)
    if (row.n !== (before?.n ?? 0) + 1)
      found.add(row.kind, row.record, `Revision ${(before?.n ?? 0) + 1} is missing.`)
    if (row.erased) found.erased.push(row.record)
    else if (!row.salt || !row.after)
      found.add(row.kind, row.record, `The content of revision ${row.n} is gone without an erasure.`)
    else {
      const previous = before?.commitment.toString('hex') ?? null
      const committed = commitmentOf(row.salt, {
        form: row.form,
        kind: row.kind,
        n: row.n,
        state: row.after,
        previous,
      })
      if (!committed.equals(row.commitment))
        found.add(row.kind, row.record, `Revision ${row.n} is not what was recorded.`)
    }
    latest.set(row.record, row)
    byEntry.set(row.entry, [...(byEntry.get(row.entry) ?? []), row])
  }
  checkEntries(entries, { byEntry, found })
  return latest
}

function checkEntries(
  entries: readonly { entry: string; leaf: string }[],
  { byEntry, found }: { byEntry: Map<string, RevisionRow[]>; found: Findings },
): void {
  const known = new Set<string>()
  for (const { entry, leaf } of entries) {
    known.add(entry)
    let said: { type?: unknown; items?: unknown; root?: unknown; entry?: unknown }
    try {
      said = JSON.parse(leaf)
    } catch {
      continue
    }
    if (said.entry !== entry) found.add('entry', entry, 'This entry stands under another name.')
    if (said.type !== 'change') continue
    const items = (byEntry.get(entry) ?? []).sort((a, b) => a.item - b.item)
    const root = rootOf(items.map(({ commitment }) => leafHash(commitment))).toString('hex')
    if (items.length !== said.items || items.some(({ item }, n) => item !== n)) {
      found.add(
        'entry',
        entry,
        `This entry is about ${String(said.items)} records and ${items.length} are there.`,
      )
    } else if (root !== said.root) {
      const names = items.map(({ record }) => record).slice(0, 3)
      found.add(
        'entry',
        entry,
        `The revisions of this entry are not those it was made for (${names.join(', ')}${items.length > 3 ? ', …' : ''}).`,
      )
    }
  }
  for (const entry of byEntry.keys())
    if (!known.has(entry))
      found.add('entry', entry, 'Revisions name this entry, and it is not in the ledger.')
}

async function checkOriginal(
  folder: Workspace['folder'],
  { id, sha256 }: { id: string; sha256: string },
  found: Findings,
): Promise<void> {
  try {
    await readOriginal(folder, sha256)
  } catch (error) {
    if (!isRefusal(error)) throw error
    found.add('original', id, error.message)
  }
}
