import { mustBeAllowed } from '../protection/may.ts'
import type { Tx } from '../storage/database.ts'
import type { Aspect } from './aspect.ts'
import { KNOWN_ASPECTS } from './known-aspects.ts'
import type { KnownMatter, MatterName } from './matter.ts'
import { aspectsFor, mattersLike } from './matter-store.ts'
import { titlesOf } from './titles-of.ts'

/** A matter in a dossier's list, with how much has been said of it and by how many sides. */
export interface ListedMatter {
  readonly id: string
  readonly name: string
  /** By language, where a name in it is recorded. */
  readonly titles: Readonly<Record<string, string>>
  readonly kind: string
  readonly statements: number
  readonly sources: number
}

/** The matters of a dossier that still stand for themselves, those most spoken of first. */
export async function mattersOfDossier(tx: Tx, dossier: string): Promise<ListedMatter[]> {
  mustBeAllowed(tx.actor, 'read')
  const rows = await tx.query<Omit<ListedMatter, 'titles'> & { names: MatterName[] }>(
    `with recursive standing(id, root) as (
       select id, id from matter where organisation = $1 and merged_into is null
       union all
       select m.id, s.root from matter m join standing s on m.organisation = $1 and m.merged_into = s.id)
     select m.id, m.name, m.body->>'kind' as kind, m.body->'names' as names,
            count(distinct e.statement)::int as statements, count(distinct s.source)::int as sources
       from matter m
       join standing said on said.root = m.id
       join entry_index e on e.organisation = m.organisation and e.matter = said.id
       join statement s on s.organisation = m.organisation and s.id = e.statement
      where m.organisation = $1 and m.merged_into is null and s.dossier = $2
      group by m.id, m.name, m.body->>'kind', m.body->'names'
      order by statements desc, m.name`,
    [tx.actor.organisation, dossier],
  )
  return rows.map(({ names, ...row }) => ({ ...row, titles: titlesOf({ names }) }))
}

/** As many as fit under a field without scrolling for long. */
const OFFERED = 12

/** Matters to choose from while a name is being typed, in any of three scripts. */
export async function mattersOffered(tx: Tx, typed: string): Promise<KnownMatter[]> {
  mustBeAllowed(tx.actor, 'read')
  return mattersLike(tx, typed, OFFERED)
}

/** An aspect with the units in which amounts of it are on record, the most used first. */
export interface ListedAspect extends Aspect {
  readonly units: readonly string[]
}

/** The aspects a dossier works with: its own first, then those on record for all, then those that are shipped. */
export async function aspectsOfDossier(tx: Tx, dossier: string): Promise<ListedAspect[]> {
  mustBeAllowed(tx.actor, 'read')
  const recorded = (await aspectsFor(tx, dossier)).map(({ aspect }) => aspect)
  const own = recorded.sort((a, b) => Number(a.dossier === null) - Number(b.dossier === null))
  const units = await unitsInUse(tx, dossier)
  const seen = new Set<string>()
  return [...own, ...KNOWN_ASPECTS].flatMap((aspect) => {
    const key = `${aspect.matterKind}\n${aspect.name}`
    if (seen.has(key)) return []
    seen.add(key)
    return [{ ...aspect, units: units.get(key) ?? [] }]
  })
}

/** Units of the amounts on record in a dossier, by kind of matter and aspect; the most used first. */
async function unitsInUse(tx: Tx, dossier: string): Promise<Map<string, string[]>> {
  const rows = await tx.query<{ kind: string; aspect: string; unit: string }>(
    `select m.body->>'kind' as kind, e.aspect, s.body->'about'->e.n->'value'->>'unit' as unit
       from entry_index e
       join matter m on m.organisation = e.organisation and m.id = e.matter
       join statement s on s.organisation = e.organisation and s.id = e.statement
      where e.organisation = $1 and e.dossier = $2
        and s.body->'about'->e.n->'value'->>'unit' is not null
      group by 1, 2, 3 order by count(*) desc, 3`,
    [tx.actor.organisation, dossier],
  )
  const units = new Map<string, string[]>()
  for (const { kind, aspect, unit } of rows) {
    const key = `${kind}\n${aspect}`
    units.set(key, [...(units.get(key) ?? []), unit])
  }
  return units
}
