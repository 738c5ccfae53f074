import { codePointSlice } from '../foundation/code-points.ts'
import type { KnownSource } from '../sources/source.ts'
import { passagesById, readingsWithQuotations } from '../sources/source-store.ts'
import type { Tx } from '../storage/database.ts'
import type { KnownRemark } from './statement-store.ts'

/** A long quotation of another document that is not among the sources. Positions in code points. */
export interface Citation {
  readonly source: string
  readonly start: number
  readonly end: number
  readonly words: number
  /** Its first words. */
  readonly begins: string
  /** What a person wrote who asked for the document. */
  readonly asked: string | null
}

/** Code points of a quotation that are shown. */
const SHOWN = 90

/**
 * Citations that wait: long quotations that a reading shows, and words whose document a person asked for (a remark
 * `cited-not-held`). One is settled where a remark on its words says that a person looked and no document is missing
 * (`credit`), or that the words stand in a document we hold (`duplicate` of `sha256:…`).
 */
export async function citationsIn(
  tx: Tx,
  {
    dossier,
    sources,
    remarks,
  }: { dossier: string; sources: readonly KnownSource[]; remarks: readonly KnownRemark[] },
): Promise<Citation[]> {
  const held = new Set(sources.map(({ source }) => `sha256:${source.original.sha256}`))
  const noted = remarks.flatMap(({ remark }) => (remark.type === 'Remark' ? [remark] : []))
  const answers = noted.filter(
    ({ remark, duplicateOf }) =>
      remark === 'credit' || (remark === 'duplicate' && held.has(duplicateOf ?? '')),
  )
  const asked = noted.filter(({ remark }) => remark === 'cited-not-held')
  const passages = await passagesById(tx, [...new Set([...answers, ...asked].flatMap((one) => one.passages))])
  const placesOf = (one: (typeof noted)[number]) =>
    one.passages.flatMap((id) => {
      const passage = passages.get(id)?.passage
      return passage ? [passage] : []
    })
  const covers =
    (source: string, { start, end }: { start: number; end: number }) =>
    (one: (typeof noted)[number]) =>
      one.source === source && placesOf(one).some((place) => place.start < end && start < place.end)
  const found: Citation[] = []
  const readings = await readingsWithQuotations(tx, dossier)
  for (const { source, text, quotations } of readings) {
    const slice = codePointSlice(text)
    for (const { start, end, words } of quotations) {
      if (answers.some(covers(source, { start, end }))) continue
      const request = asked.find(covers(source, { start, end }))
      const begins = slice(start, Math.min(end, start + SHOWN))
      found.push({ source, start, end, words, begins, asked: request ? (request.text ?? '') : null })
    }
  }
  for (const one of asked) {
    const [place] = placesOf(one)
    if (!place || answers.some(covers(one.source, place))) continue
    const { source, text } = one
    if (
      readings.some(
        (reading) =>
          reading.source === source &&
          reading.quotations.some((q) => q.start < place.end && place.start < q.end),
      )
    )
      continue
    const { start, end, exact } = place
    const begins = [...exact].slice(0, SHOWN).join('')
    found.push({ source, start, end, words: exact.split(/\s+/).length, begins, asked: text ?? '' })
  }
  return found
}
