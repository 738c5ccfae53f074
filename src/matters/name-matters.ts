import { toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { Tx } from '../storage/database.ts'
import type { MatterName } from './matter.ts'
import { matterKind } from './matter-kinds.ts'
import { mattersByKey } from './matter-store.ts'

/** What is said of one matter, under its key: how it is written, and the key of what it is part of. */
export interface Naming {
  readonly names: readonly MatterName[]
  readonly parent?: string | undefined
}

/**
 * Give many matters their spellings, with language, use and time, and their place in a whole: one entry for all.
 * Names that a matter has already stay. Null where nothing changes.
 *
 * @throws Refusal `matter_unknown`
 */
export async function nameMatters(
  tx: Tx,
  namings: Readonly<Record<string, Naming>>,
): Promise<Receipt | null> {
  mustBeAllowed(tx.actor, 'code', { organisation: tx.actor.organisation, level: 'organisation' })
  const parents = Object.values(namings).flatMap(({ parent }) => parent ?? [])
  const known = await mattersByKey(tx, [...new Set([...Object.keys(namings), ...parents])])
  const matterOf = (key: string) => {
    const found = known.get(key)
    if (!found)
      throw new Refusal('matter_unknown', `There is no matter "${key}"; code it first, then name it.`)
    return found
  }
  const changes = Object.entries(namings).flatMap(([key, { names, parent }]) => {
    const { id, revision, matter } = matterOf(key)
    const have = new Set(matter.names.map(placeOf))
    const more = names.filter((name) => !have.has(placeOf(name)))
    const partOf = parent === undefined ? matter.parent : matterOf(parent).id
    if (more.length === 0 && partOf === matter.parent) return []
    const body = toJson({ ...matter, names: [...matter.names, ...more], parent: partOf })
    return [{ kind: matterKind, revision, state: { id, level: 'organisation' as const, case: null, body } }]
  })
  return changes.length > 0 ? change(tx, 'named the matters in three scripts', changes) : null
}

/** One name may stand twice, for two times or two uses. */
function placeOf({ text, language, use, from }: MatterName): string {
  return [text, language, use, from ?? ''].join('\n')
}
