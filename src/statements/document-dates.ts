import { tryDate } from '../foundation/edtf.ts'
import type { KnownSource } from '../sources/source.ts'
import type { Tx } from '../storage/database.ts'
import { sourceFactsOf } from './statement-store.ts'

/**
 * Sources with the date of each document: its own where somebody entered it, else the one that its words give
 * (a SourceFact `document date`); of several the one that leaves the fewest days open.
 */
export async function withDocumentDates(
  tx: Tx,
  sources: ReadonlyMap<string, KnownSource>,
): Promise<Map<string, KnownSource>> {
  const undated = [...sources.values()].filter(({ source }) => source.date === null).map(({ id }) => id)
  const facts = undated.length > 0 ? await sourceFactsOf(tx, undated, 'document date') : []
  const dates = new Map<string, string>()
  for (const { source, value } of facts) {
    if (typeof value !== 'string' || tryDate(value) === null) continue
    const before = dates.get(source)
    if (before === undefined || daysOpen(value) < daysOpen(before)) dates.set(source, value)
  }
  return new Map(
    [...sources].map(([id, known]) => {
      const date = dates.get(id)
      return [id, date === undefined ? known : { ...known, source: { ...known.source, date } }]
    }),
  )
}

function daysOpen(text: string): number {
  const { earliest, latest } = tryDate(text)?.reach ?? { earliest: null, latest: null }
  return earliest === null || latest === null ? Number.POSITIVE_INFINITY : latest - earliest
}
