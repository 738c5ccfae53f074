import { mustBeAllowed } from '../protection/may.ts'
import type { Tx } from '../storage/database.ts'
import type { KnownDossier } from './dossier.ts'
import type { KnownSource } from './source.ts'
import { sourcesOfDossier } from './source-store.ts'

/** Sources of a dossier to be read once more: those named, else all that were kept and could not be read. */
export async function sourcesToRead(
  tx: Tx,
  dossier: KnownDossier,
  named: readonly string[],
): Promise<{ id: string; known: KnownSource | null }[]> {
  mustBeAllowed(tx.actor, 'import', {
    organisation: tx.actor.organisation,
    level: dossier.level,
    dossier: dossier.id,
  })
  const sources = await sourcesOfDossier(tx, dossier.id)
  if (named.length > 0)
    return named.map((id) => ({ id, known: sources.find((one) => one.id === id) ?? null }))
  return sources.filter(({ source }) => source.reading === null).map((known) => ({ id: known.id, known }))
}
