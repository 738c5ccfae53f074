import type { z } from 'zod'
import { mustBeAllowed } from '../protection/may.ts'
import { theDossier } from '../sources/dossier.ts'
import { sourcesById } from '../sources/source-store.ts'
import type { Tx } from '../storage/database.ts'
import type { searchOperations } from './contract.ts'
import { type SearchQuestion, searchRecord } from './search-record.ts'

export type SearchPage = Omit<z.input<(typeof searchOperations)['search']['answer']>, 'guards'>

/**
 * What was found, each hit with the source it stands in.
 *
 * @throws Refusal `dossier_unknown`
 */
export async function searchPage(
  tx: Tx,
  { slug, ...question }: Omit<SearchQuestion, 'dossier'> & { slug?: string | undefined },
): Promise<SearchPage> {
  mustBeAllowed(tx.actor, 'search')
  const within = slug === undefined ? undefined : (await theDossier(tx, slug)).id
  const { total, hits, facets } = await searchRecord(tx, { ...question, dossier: within })
  const wanted = [...hits.flatMap(({ source }) => source ?? []), ...Object.keys(facets.source)]
  const sources = await sourcesById(tx, [...new Set(wanted)])
  return {
    total,
    facets: { kind: { ...facets.kind }, language: { ...facets.language }, source: { ...facets.source } },
    sources: Object.fromEntries([...sources].map(([id, { source }]) => [id, source.title])),
    hits: hits.map(({ record, kind, source, dossier, language, start, text, rank, alsoAs }) => {
      const from = source === null ? undefined : sources.get(source)?.source
      return {
        record,
        kind,
        source,
        dossier,
        language,
        rank,
        start,
        text,
        alsoAs: [...alsoAs],
        title: from?.title ?? null,
        publisher: from?.publisher?.name ?? null,
        group: from?.publisher?.group ?? 'unknown',
        date: from?.date ?? null,
        independence: from?.provenance.independence ?? null,
      }
    }),
  }
}
