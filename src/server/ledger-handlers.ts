import { Refusal } from '../foundation/refusal.ts'
import { programVersion } from '../foundation/version.ts'
import type { ledgerOperations } from '../ledger/contract.ts'
import { entriesBefore, ledgerState, recentChanges } from '../ledger/ledger-page.ts'
import { verifierLine } from '../ledger/note.ts'
import { settle } from '../ledger/settle.ts'
import { verifyRecord } from '../ledger/verify-record.ts'
import { peopleNamed } from '../protection/people-store.ts'
import { ALL_KINDS } from '../publication/all-kinds.ts'
import type { houseOperations } from '../publication/contract.ts'
import { tourOf } from '../publication/tour.ts'
import type { searchOperations } from '../search/contract.ts'
import { searchRecord } from '../search/search-record.ts'
import { allDossiers } from '../sources/dossier.ts'
import { sourcesById } from '../sources/source-store.ts'
import { showRecord } from '../statements/show-record.ts'
import type { Handlers } from './handlers.ts'
import { theDossier } from './source-handlers.ts'

export const ledgerHandlers: Handlers<typeof ledgerOperations> = {
  async ledger({ house, read, query: { before, limit } }) {
    return read(async (tx) => {
      const entries = await entriesBefore(tx, before ?? null, limit)
      const names = await peopleNamed(
        tx,
        entries.flatMap(({ who }) => (who === null ? [] : [who])),
      )
      return {
        ...(await ledgerState(tx)),
        key: verifierLine(house.key),
        entries: entries.map((one) => ({
          ...one,
          who: one.who === null ? null : (names.get(one.who) ?? one.who),
        })),
      }
    })
  },
  async verify({ house, body: { since } }) {
    const began = performance.now()
    await settle(house)
    const { erased, ...result } = await verifyRecord(house, { kinds: ALL_KINDS, since })
    return { ...result, milliseconds: Math.round(performance.now() - began) }
  },
  async changes({ read, query: { limit } }) {
    return read(async (tx) => {
      const changes = await recentChanges(tx, limit)
      const names = await peopleNamed(
        tx,
        changes.map(({ who }) => who),
      )
      return { changes: changes.map((one) => ({ ...one, who: names.get(one.who) ?? one.who })) }
    })
  },
  async record({ read, params: { id } }) {
    return read(async (tx) => {
      const shown = await showRecord(tx, id)
      if (!shown) throw new Refusal('not_there', `There is nothing called "${id}" in this record.`)
      const names = await peopleNamed(
        tx,
        shown.history.map(({ who }) => who),
      )
      return {
        ...shown,
        words: [...shown.words],
        history: shown.history.map((one) => ({ ...one, who: names.get(one.who) ?? one.who })),
      }
    })
  },
}

export const searchHandlers: Handlers<typeof searchOperations> = {
  async search({ read, query: { q, dossier: slug, ...filters } }) {
    return read(async (tx) => {
      const dossier = slug === undefined ? undefined : (await theDossier(tx, slug)).id
      const { total, hits, facets } = await searchRecord(tx, { typed: q, dossier, ...filters })
      const wanted = [...hits.flatMap(({ source }) => source ?? []), ...Object.keys(facets.source)]
      const sources = await sourcesById(tx, [...new Set(wanted)])
      return {
        total,
        facets: { kind: { ...facets.kind }, language: { ...facets.language }, source: { ...facets.source } },
        sources: Object.fromEntries([...sources].map(([id, { source }]) => [id, source.title])),
        hits: hits.map(({ record, kind, source, language, start, text }) => {
          const from = source === null ? undefined : sources.get(source)?.source
          return {
            record,
            kind,
            source,
            language,
            start,
            text,
            title: from?.title ?? null,
            publisher: from?.publisher?.name ?? null,
            group: from?.publisher?.group ?? 'unknown',
            date: from?.date ?? null,
          }
        }),
      }
    })
  },
}

export const houseHandlers: Handlers<typeof houseOperations> = {
  async house({ house, read }) {
    return read(async (tx) => {
      const { size, waiting, at } = await ledgerState(tx)
      const people = await peopleNamed(tx, [house.actor.person])
      return {
        version: programVersion(),
        sample: house.sample,
        person: people.get(house.actor.person) ?? '',
        folder: house.folder.root,
        dossiers: (await allDossiers(tx)).map(({ id, dossier: { slug, title } }) => ({ id, slug, title })),
        ledger: { size, waiting, at },
        tour: house.sample ? await tourOf(tx) : [],
      }
    })
  },
}
