import { Refusal } from '../foundation/refusal.ts'
import { searchRecord } from '../search/search-record.ts'
import { findDossier } from '../sources/dossier.ts'
import { sourcesById } from '../sources/source-store.ts'
import { readAs } from '../storage/database.ts'
import type { Command } from './command.ts'
import { Output } from './output.ts'
import { withRecord } from './record.ts'
import { EXIT, positional, readArguments, UsageError } from './usage.ts'

export const search: Command = {
  summary: 'find words in everything you may see',
  usage: 'rapporteur search QUERY [--dossier SLUG] [--limit N] [--offset N] [--data DIR] [--json]',
  async run(args) {
    const { values, positionals } = readArguments(args, {
      dossier: { type: 'string' },
      limit: { type: 'string', default: '20' },
      offset: { type: 'string', default: '0' },
    })
    positional(positionals, { count: 1, what: 'one question; put several words in quotation marks' })
    const limit = wholeNumber(values.limit, 'limit')
    const offset = wholeNumber(values.offset, 'offset')
    const output = new Output(values.json)
    return withRecord(values.data, async ({ database, actor }) => {
      const found = await readAs(database, actor, async (tx) => {
        const dossier = values.dossier === undefined ? null : await findDossier(tx, values.dossier)
        if (values.dossier !== undefined && !dossier) {
          throw new Refusal('dossier_unknown', `There is no dossier "${values.dossier}" in this record.`)
        }
        const answer = await searchRecord(tx, {
          typed: positionals[0] ?? '',
          dossier: dossier?.id,
          limit,
          offset,
        })
        const sources = answer.hits.flatMap(({ source }) => (source === null ? [] : [source]))
        return { answer, sources: await sourcesById(tx, sources) }
      })
      const { answer, sources } = found
      const hits = answer.hits.map((hit, n) => ({
        place: offset + n + 1,
        ...hit,
        title: hit.source === null ? null : (sources.get(hit.source)?.source.title ?? null),
        date: hit.source === null ? null : (sources.get(hit.source)?.source.date ?? null),
      }))
      output.object({ query: positionals[0], total: answer.total, hits, facets: answer.facets })
      output.line(`${answer.total} found.`)
      for (const { place, text, title, record } of hits) {
        output.line(
          `${String(place).padStart(3)}. ${text.replace(/\s+/g, ' ')}\n     ${title ?? 'a matter'} · ${record}`,
        )
      }
      return EXIT.done
    })
  },
}

function wholeNumber(text: string, option: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new UsageError(`--${option} takes a whole number, not "${text}".`)
  return Number(text)
}
