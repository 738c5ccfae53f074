import { kindOfId } from '../foundation/ids.ts'
import { type KnownRevision, recordsNaming, revisionsOf } from '../ledger/revision-store.ts'
import type { Tx } from '../storage/database.ts'

/**
 * Every revision of everything a dossier is made of: its own records, the readings and passages of its sources, and
 * whatever these ever named: matters, those merged with them, sources of other dossiers, and the aspects of all kinds
 * of matter among them. By record and number.
 */
export async function recordsOfDossier(tx: Tx, dossier: string): Promise<KnownRevision[]> {
  const known = new Map<string, KnownRevision[]>()
  let wanted = new Set([dossier, ...(await recordsNaming(tx, 'dossier', [dossier]))])
  while (wanted.size > 0) {
    const found = await revisionsOf(tx, [...wanted])
    for (const id of wanted) known.set(id, [])
    for (const revision of found) known.get(revision.record)?.push(revision)
    const ids = [...wanted]
    const named = [
      ...found.flatMap(({ committed }) => mentioned(committed ?? '')),
      ...(
        await recordsNaming(
          tx,
          'source',
          ids.filter((id) => kindOfId(id) === 'source'),
        )
      ).filter(ofSource),
      ...(await recordsNaming(
        tx,
        'mergedInto',
        ids.filter((id) => kindOfId(id) === 'matter'),
      )),
    ]
    wanted = new Set(named.filter((id) => !known.has(id)))
    if (wanted.size === 0) wanted = await aspectsFor(tx, { dossier, known })
  }
  return [...known.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, revisions]) => revisions)
}

/** Statements and remarks on a source belong to the dossier they were made in; its readings and passages to itself. */
function ofSource(id: string): boolean {
  return ['reading', 'passage'].includes(kindOfId(id) ?? '')
}

function mentioned(committed: string): string[] {
  return committed.match(/\b(?:mat|src)_[0-9a-z]{20}\b/g) ?? []
}

async function aspectsFor(
  tx: Tx,
  { dossier, known }: { dossier: string; known: ReadonlyMap<string, KnownRevision[]> },
): Promise<Set<string>> {
  const kinds = [...known.values()].flatMap((revisions) =>
    revisions.flatMap(({ kind, state }) => (kind === 'matter' && state ? [String(state.body.kind)] : [])),
  )
  const ids = (await recordsNaming(tx, 'matterKind', [...new Set(kinds)])).filter((id) => !known.has(id))
  const fitting = (await revisionsOf(tx, ids)).filter(({ state }) => {
    const of = state?.body.dossier ?? null
    return of === null || of === dossier
  })
  return new Set(fitting.map(({ record }) => record))
}
