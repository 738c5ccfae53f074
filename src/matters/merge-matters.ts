import { parseDate } from '../foundation/edtf.ts'
import { toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { Tx } from '../storage/database.ts'
import type { KnownMatter, Matter } from './matter.ts'
import { matterKind } from './matter-kinds.ts'
import { mattersById } from './matter-store.ts'

/**
 * Say that two matters are one: `merged` keeps its record and its statements, and `into` stands for it until they
 * are split again. Only a person does this; nothing merges by name.
 *
 * @throws Refusal `matter_unknown`, `merge_with_itself`, `merge_of_kinds`, `merged_already`, `reason_missing`
 */
export async function mergeMatters(
  tx: Tx,
  { merged, into, reason }: { merged: string; into: string; reason: string },
): Promise<Receipt> {
  mustBeAllowed(tx.actor, 'code')
  mustHaveReason(reason)
  if (merged === into) throw new Refusal('merge_with_itself', 'Choose two different matters to merge.')
  const found = await mattersById(tx, [merged, into])
  const [one, other] = [found.get(merged), found.get(into)]
  if (!one || !other) throw unknown()
  if (one.matter.kind !== other.matter.kind) {
    throw new Refusal(
      'merge_of_kinds',
      `A ${one.matter.kind} and a ${other.matter.kind} cannot be one matter; correct the kind of one of them first.`,
    )
  }
  if (one.matter.mergedInto || other.matter.mergedInto) {
    throw new Refusal('merged_already', 'One of the two stands for another matter already; split that first.')
  }
  return update(tx, `merged into ${other.matter.name}: ${reason}`, one, { mergedInto: into })
}

/**
 * Undo a merge: both matters stand for themselves again, each with its own statements.
 *
 * @throws Refusal `matter_unknown`, `not_merged`, `reason_missing`
 */
export async function splitMatter(
  tx: Tx,
  { matter, reason }: { matter: string; reason: string },
): Promise<Receipt> {
  mustBeAllowed(tx.actor, 'code')
  mustHaveReason(reason)
  const known = (await mattersById(tx, [matter])).get(matter)
  if (!known) throw unknown()
  if (!known.matter.mergedInto) throw new Refusal('not_merged', 'This matter stands for itself already.')
  return update(tx, `split again: ${reason}`, known, { mergedInto: null })
}

/**
 * Change what we ourselves say of a matter: its neutral title, its spellings, our note, what it is part of. `revision`
 * is the one that was on screen when the change was made.
 *
 * @throws Refusal `matter_unknown`, `changed_meanwhile`
 */
export async function describeMatter(
  tx: Tx,
  id: string,
  changes: Partial<Pick<Matter, 'name' | 'names' | 'note' | 'parent' | 'named'>>,
  revision?: number,
): Promise<Receipt> {
  mustBeAllowed(tx.actor, 'code')
  const known = (await mattersById(tx, [id])).get(id)
  if (!known) throw unknown()
  for (const { from, to } of changes.names ?? []) for (const day of [from, to]) if (day) parseDate(day)
  if (changes.parent) await mustStandAbove(tx, changes.parent, id)
  return update(tx, 'described the matter anew', { ...known, revision: revision ?? known.revision }, changes)
}

/** @throws Refusal `matter_unknown`, `parent_in_circle` */
async function mustStandAbove(tx: Tx, parent: string, id: string): Promise<void> {
  for (let above: string | null = parent; above !== null; ) {
    const found: KnownMatter | undefined = (await mattersById(tx, [above])).get(above)
    if (!found) throw unknown()
    if (above === id)
      throw new Refusal('parent_in_circle', 'A matter cannot be part of itself; choose what it is part of.')
    above = found.matter.parent
  }
}

async function update(tx: Tx, why: string, known: KnownMatter, changes: Partial<Matter>): Promise<Receipt> {
  return change(tx, why, [
    {
      kind: matterKind,
      revision: known.revision,
      state: {
        id: known.id,
        level: 'organisation',
        case: null,
        body: toJson({ ...known.matter, ...changes }),
      },
    },
  ])
}

function mustHaveReason(reason: string): void {
  if (reason.trim() === '') {
    throw new Refusal('reason_missing', 'Say in a sentence why; whoever reads the record later will ask.')
  }
}

function unknown(): Refusal {
  return new Refusal('matter_unknown', 'That matter is not there; choose it from the list again.')
}
