import { mustBeAllowed } from '../protection/may.ts'
import type { ListedSource } from '../sources/contract.ts'
import type { KnownDossier } from '../sources/dossier.ts'
import { sourcesOfDossier } from '../sources/source-store.ts'
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
  return sources.map(({ id, source: { title, kind, date, language, publisher, fileName, unread } }) => ({
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
  }))
}
