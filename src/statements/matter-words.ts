import { peopleNamed } from '../protection/people-store.ts'
import { passagesById, sourcesById } from '../sources/source-store.ts'
import type { Tx } from '../storage/database.ts'
import type { MatterPageView } from './page-shapes.ts'
import { mentionsOf } from './statement-store.ts'
import { tagsOn } from './tag-record.ts'

/** Words by which sources name a matter: an alias, a metonym, a spelling; each at its place. */
export async function mentionViews(tx: Tx, matters: readonly string[]): Promise<MatterPageView['mentions']> {
  const mentions = await mentionsOf(tx, matters)
  const passages = await passagesById(tx, [...new Set(mentions.flatMap(({ remark }) => remark.passages))])
  const sources = await sourcesById(tx, [...new Set(mentions.map(({ remark }) => remark.source))])
  return mentions.map(({ id, remark }) => ({
    id,
    words: remark.passages.map((one) => passages.get(one)?.passage.exact ?? '').join(' … '),
    as: remark.as,
    source: { id: remark.source, title: sources.get(remark.source)?.source.title ?? '' },
  }))
}

/** Tags on these records, each with who set it. */
export async function tagViews(tx: Tx, subjects: readonly string[]): Promise<MatterPageView['tags']> {
  const tags = await tagsOn(tx, subjects)
  const names = await peopleNamed(tx, [...new Set(tags.map(({ by }) => by))])
  return tags.map(({ subject, scheme, term, version, by }) => ({
    subject,
    scheme,
    term,
    version: version ?? null,
    by: names.get(by) ?? by,
  }))
}
