import { z } from 'zod'
import { newId } from '../foundation/ids.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change } from '../ledger/change.ts'
import type { RecordKind } from '../ledger/record-kind.ts'
import { type Level, levelOf } from '../protection/actor.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { Tx } from '../storage/database.ts'

/** One situation with its record. */
export const Dossier = z.strictObject({
  slug: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  title: z.string().min(1),
  description: z.string().nullable(),
})
export type Dossier = z.infer<typeof Dossier>

export interface KnownDossier {
  readonly id: string
  readonly revision: number
  readonly level: Level
  readonly dossier: Dossier
}

export const dossierKind: RecordKind = { name: 'dossier', table: 'dossier', form: 'dossier/1', derived: [] }

/** The dossier under this slug, or null where there is none. */
export async function findDossier(tx: Tx, slug: string): Promise<KnownDossier | null> {
  mustBeAllowed(tx.actor, 'read')
  const [row] = await tx.query<{ id: string; revision: number; level: number; body: unknown }>(
    'select id, revision, level, body from dossier where organisation = $1 and slug = $2 order by level desc, id limit 1',
    [tx.actor.organisation, slug],
  )
  return row
    ? { id: row.id, revision: row.revision, level: levelOf(row.level), dossier: Dossier.parse(row.body) }
    : null
}

/** How many dossiers a refusal names, for who mistyped one. */
const NAMED = 5

/** @throws Refusal `dossier_unknown` */
export async function theDossier(tx: Tx, slug: string): Promise<KnownDossier> {
  const dossier = await findDossier(tx, slug)
  if (!dossier) {
    const slugs = (await allDossiers(tx)).map((one) => one.dossier.slug)
    const there = slugs.length > 0 ? `; it has ${slugs.slice(0, NAMED).join(', ')}` : ', nor any other'
    throw new Refusal('dossier_unknown', `There is no dossier "${slug}" in this record${there}.`)
  }
  return dossier
}

export async function dossierById(tx: Tx, id: string): Promise<KnownDossier | null> {
  return (await allDossiers(tx)).find((one) => one.id === id) ?? null
}

export async function allDossiers(tx: Tx): Promise<KnownDossier[]> {
  mustBeAllowed(tx.actor, 'read')
  const rows = await tx.query<{ id: string; revision: number; level: number; body: unknown }>(
    'select id, revision, level, body from dossier where organisation = $1 order by slug',
    [tx.actor.organisation],
  )
  return rows.map((row) => ({
    id: row.id,
    revision: row.revision,
    level: levelOf(row.level),
    dossier: Dossier.parse(row.body),
  }))
}

/** @throws Refusal `slug_unreadable` */
export function mustBeSlug(slug: string): void {
  if (Dossier.shape.slug.safeParse(slug).success) return
  throw new Refusal(
    'slug_unreadable',
    `A dossier's slug is small Latin letters, digits and single hyphens, such as "kazakhstan-2022"; "${slug}" is not.`,
  )
}

/**
 * The dossier under this slug, made if it is not there yet.
 *
 * @throws Refusal `slug_unreadable`
 */
export async function openDossier(tx: Tx, slug: string, title?: string): Promise<KnownDossier> {
  mustBeAllowed(tx.actor, 'import')
  const known = await findDossier(tx, slug)
  if (known) return known
  mustBeSlug(slug)
  // Two who open it at once: the second waits here, and finds what the first made.
  await tx.query('select pg_advisory_xact_lock($1, hashtext($2))', [OPENING, slug])
  const opened = await findDossier(tx, slug)
  if (opened) return opened
  const dossier: Dossier = { slug, title: title?.trim() || titleFromSlug(slug), description: null }
  const state = { id: newId('dossier'), level: 'organisation' as const, case: null, body: dossier }
  await change(tx, 'opened the dossier', [{ kind: dossierKind, state, revision: 0 }])
  return { id: state.id, revision: 1, level: 'organisation', dossier }
}

/** First half of the advisory lock under which a dossier is opened. */
const OPENING = 73_000_31

function titleFromSlug(slug: string): string {
  const words = slug.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
