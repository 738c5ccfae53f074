import { z } from 'zod'
import { mustBeAllowed } from '../protection/may.ts'
import type { ListedSource } from '../sources/contract.ts'
import type { KnownDossier } from '../sources/dossier.ts'
import type { KnownSource } from '../sources/source.ts'
import { type SourcePlace, sourcesBehind, sourcesOfDossier } from '../sources/source-store.ts'
import type { Tx } from '../storage/database.ts'
import { statementCounts } from './statement-store.ts'

/** The sources of a dossier, by title, with how much was coded in each. */
export async function sourceList(tx: Tx, dossier: KnownDossier): Promise<ListedSource[]> {
  mustBeAllowed(tx.actor, 'read', {
    organisation: tx.actor.organisation,
    level: dossier.level,
    dossier: dossier.id,
  })
  const counts = await statementCounts(tx, dossier.id)
  const sources = await sourcesOfDossier(tx, dossier.id)
  return sources.map((one) => listed(one, counts))
}

/** One page of them, and where the next one begins. */
export async function sourcePages(
  tx: Tx,
  dossier: KnownDossier,
  {
    sort,
    typed,
    after,
    limit,
  }: { sort: 'title' | 'date'; typed: string; after: string | undefined; limit: number },
): Promise<{ sources: ListedSource[]; next: string | null }> {
  mustBeAllowed(tx.actor, 'read', {
    organisation: tx.actor.organisation,
    level: dossier.level,
    dossier: dossier.id,
  })
  const found = await sourcesBehind(tx, dossier.id, { sort, typed, after: placeOf(after), limit: limit + 1 })
  const page = found.slice(0, limit)
  const counts = await statementCounts(
    tx,
    dossier.id,
    page.map(({ id }) => id),
  )
  const last = page.at(-1)
  return {
    sources: page.map((one) => listed(one, counts)),
    next: found.length > limit && last ? JSON.stringify([last.place.by, last.place.id]) : null,
  }
}

const Place = z.tuple([z.string(), z.string()])

/** A place as the page before gave it; anything else is the beginning. */
function placeOf(after: string | undefined): SourcePlace | null {
  if (after === undefined || !after.startsWith('[')) return null
  try {
    const [by, id] = Place.parse(JSON.parse(after))
    return { by, id }
  } catch {
    return null
  }
}

function listed({ id, source }: KnownSource, counts: ReadonlyMap<string, number>): ListedSource {
  const { title, kind, date, language, publisher, fileName, unread } = source
  return {
    id,
    title,
    kind,
    date,
    language,
    publisher: publisher?.name ?? null,
    group: publisher?.group ?? 'unknown',
    fileName,
    unread: unread?.reason ?? null,
    statements: counts.get(id) ?? 0,
  }
}
