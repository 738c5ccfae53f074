import { nameKey } from '../foundation/languages.ts'
import { type Level, levelOf } from '../protection/actor.ts'
import type { Tx } from '../storage/database.ts'
import { Aspect } from './aspect.ts'
import { type KnownMatter, Matter } from './matter.ts'

export interface KnownAspect {
  readonly id: string
  readonly revision: number
  readonly aspect: Aspect
}

interface Row {
  id: string
  revision: number
  body: unknown
  level: number
}

function toMatter(row: Row): KnownMatter & { level: Level } {
  return { id: row.id, revision: row.revision, matter: Matter.parse(row.body), level: levelOf(row.level) }
}

/** Matters by id, in no order; ids that are not there are left out. */
export async function mattersById(tx: Tx, ids: readonly string[]): Promise<Map<string, KnownMatter>> {
  const rows = await tx.query<Row>(
    'select id, revision, body, level from matter where organisation = $1 and id = any($2)',
    [tx.actor.organisation, ids],
  )
  return new Map(rows.map((row) => [row.id, toMatter(row)]))
}

/** Matters that were first needed in a dossier and stand for themselves, whether anything speaks of them yet or not. */
export async function mattersFirstIn(tx: Tx, dossier: string): Promise<Map<string, KnownMatter>> {
  const rows = await tx.query<Row>(
    `select id, revision, body, level from matter
      where organisation = $1 and body->>'dossier' = $2 and body->>'mergedInto' is null`,
    [tx.actor.organisation, dossier],
  )
  return new Map(rows.map((row) => [row.id, toMatter(row)]))
}

/** Matters by key. A team or a case may have a key that stands outside it too: within, its own is meant. */
export async function mattersByKey(tx: Tx, keys: readonly string[]): Promise<Map<string, KnownMatter>> {
  const rows = await tx.query<Row & { key: string }>(
    'select id, revision, body, level, key from matter where organisation = $1 and key = any($2) order by level, id',
    [tx.actor.organisation, keys],
  )
  return new Map(rows.map((row) => [row.key, toMatter(row)]))
}

/** Named matters under any of these names, in any of the three scripts; for a person or a rule to choose from. */
export async function mattersByName(tx: Tx, names: readonly string[]): Promise<Map<string, KnownMatter[]>> {
  const folded = new Map(names.map((name) => [name, nameKey(name)]))
  const rows = await tx.query<Row & { folded: string }>(
    `select m.id, m.revision, m.body, m.level, n.folded
       from name_index n join matter m on m.organisation = n.organisation and m.id = n.matter
      where n.organisation = $1 and n.folded = any($2) order by m.id`,
    [tx.actor.organisation, [...new Set(folded.values())]],
  )
  return new Map(
    names.map((name) => [name, rows.filter((row) => row.folded === folded.get(name)).map(toMatter)]),
  )
}

/**
 * Matters whose names hold what was typed, in any of three scripts; for type-ahead. For one that was merged, the matter
 * that stands for it. At most `limit`.
 */
export async function mattersLike(tx: Tx, typed: string, limit: number): Promise<KnownMatter[]> {
  const folded = nameKey(typed).replace(/[\\%_]/g, '\\$&')
  const rows = await tx.query<Row>(
    `with recursive hit as (
       select m.id, m.merged_into from matter m where m.organisation = $1 and exists (
         select 1 from name_index n where n.organisation = $1 and n.matter = m.id and n.folded like $2)
       union select m.id, m.merged_into from matter m join hit on m.organisation = $1 and m.id = hit.merged_into)
     select m.id, m.revision, m.body, m.level from matter m
      where m.organisation = $1 and m.id in (select id from hit where merged_into is null)
      order by m.name limit $3`,
    [tx.actor.organisation, `%${folded}%`, limit],
  )
  return rows.map(toMatter)
}

/** The aspects a dossier works with: its own, and those the installation has recorded as known to all. */
export async function aspectsFor(tx: Tx, dossier: string): Promise<KnownAspect[]> {
  const rows = await tx.query<Row>(
    "select id, revision, body, level from aspect where organisation = $1 and dossier in ('', $2) order by id",
    [tx.actor.organisation, dossier],
  )
  return rows.map((row) => ({ id: row.id, revision: row.revision, aspect: Aspect.parse(row.body) }))
}

/** Ids of a matter and of all that were merged into it, also through another one; itself first. */
export async function standingFor(tx: Tx, id: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `with recursive standing as (
       select id from matter where organisation = $1 and merged_into = $2
       union select m.id from matter m join standing s on m.organisation = $1 and m.merged_into = s.id)
     select id from standing order by id`,
    [tx.actor.organisation, id],
  )
  return [id, ...rows.map((row) => row.id)]
}

/** The matter that stands for this one, after all merges; itself where nobody merged it. */
export async function standingOf(tx: Tx, id: string): Promise<string> {
  const [root] = await tx.query<{ id: string }>(
    `with recursive up as (
       select id, merged_into from matter where organisation = $1 and id = $2
       union select m.id, m.merged_into from matter m join up on m.organisation = $1 and m.id = up.merged_into)
     select id from up where merged_into is null`,
    [tx.actor.organisation, id],
  )
  return root?.id ?? id
}

/** These matters and all that a person has said to be one with any of them, in no order. */
export async function mergedWith(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `with recursive up as (
       select id, merged_into from matter where organisation = $1 and id = any($2)
       union select m.id, m.merged_into from matter m join up on m.organisation = $1 and m.id = up.merged_into),
     down as (
       select id from up
       union select m.id from matter m join down on m.organisation = $1 and m.merged_into = down.id)
     select id from down`,
    [tx.actor.organisation, ids],
  )
  return rows.map((row) => row.id)
}
