import { webPaths } from '../display/paths.ts'
import { mattersByKey } from '../matters/matter-store.ts'
import { mustBeAllowed } from '../protection/may.ts'
import { findDossier } from '../sources/dossier.ts'
import { itemsInRecord, statementsById } from '../statements/statement-store.ts'
import type { Tx } from '../storage/database.ts'
import { readSampleDossier, readTour, type TourPlace, type TourStep } from './sample.ts'

/** A step as the web shows it: its words, and a path that stands in this record. */
export interface LaidStep extends Omit<TourStep, 'place'> {
  readonly path: string
}

let shipped: { slug: string; steps: TourStep[] } | undefined

/** The guided tour through the sample in this record. Steps to what is no longer there are left out. */
export async function tourOf(tx: Tx): Promise<LaidStep[]> {
  mustBeAllowed(tx.actor, 'read')
  shipped ??= { slug: readSampleDossier().slug, steps: readTour() }
  const { slug, steps } = shipped
  const dossier = await findDossier(tx, slug)
  if (!dossier) return []
  const places = steps.map(({ place }) => place)
  const matters = await mattersByKey(
    tx,
    places.flatMap((place) => (place.door === 'matter' ? [place.matter] : [])),
  )
  const items = await itemsInRecord(
    tx,
    dossier.id,
    places.flatMap((place) => (place.door === 'source' ? [place.item] : [])),
  )
  const statements = await statementsById(
    tx,
    [...items.values()].map(({ id }) => id),
  )
  const pathTo = (place: TourPlace): string | null => {
    if (place.door === 'search') return webPaths.search(slug, place.typed)
    if (place.door === 'matter') {
      const found = matters.get(place.matter)
      return found ? webPaths.matter(slug, found.matter.mergedInto ?? found.id, place.aspect) : null
    }
    if (place.door === 'source') {
      const found = statements.find(({ id }) => id === items.get(place.item)?.id)
      return found ? webPaths.source(slug, found.statement.source, found.id) : null
    }
    return webPaths[place.door](slug)
  }
  return steps.flatMap(({ place, ...step }) => {
    const path = pathTo(place)
    return path === null ? [] : [{ ...step, path }]
  })
}
