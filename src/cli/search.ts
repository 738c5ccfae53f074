import { searchPage } from '../search/search-page.ts'
import { readAs } from '../storage/database.ts'
import type { Command } from './command.ts'
import { Output } from './output.ts'
import { withRecord } from './record.ts'
import { dossierSlug } from './slug.ts'
import { EXIT, IN_CASE, positional, readArguments, UsageError } from './usage.ts'

export const search: Command = {
  summary: 'find words in everything you may see',
  usage:
    'rapporteur search QUERY [--dossier SLUG] [--limit N] [--offset N] [--case CODE] [--data DIR | --sample] [--json]',
  async run(args) {
    const { values, positionals } = readArguments(args, {
      ...IN_CASE,
      dossier: { type: 'string' },
      limit: { type: 'string', default: '20' },
      offset: { type: 'string', default: '0' },
    })
    positional(positionals, { count: 1, what: 'one question; put several words in quotation marks' })
    const limit = wholeNumber(values.limit, 'limit')
    const offset = wholeNumber(values.offset, 'offset')
    const slug = values.dossier === undefined ? undefined : dossierSlug(values.dossier)
    const output = new Output(values.json)
    return withRecord({ ...values, doing: 'search' }, async ({ database, actor }) => {
      const answer = await readAs(database, actor, (tx) =>
        searchPage(tx, { typed: positionals[0] ?? '', slug, limit, offset }),
      )
      const hits = answer.hits.map((hit, n) => ({ place: offset + n + 1, ...hit }))
      output.object({ query: positionals[0], total: answer.total, hits, facets: answer.facets })
      output.line(`${answer.total} found.`)
      for (const { place, text, alsoAs, title, record, independence } of hits) {
        output.line(
          `${String(place).padStart(3)}. ${[text.replace(/\s+/g, ' '), ...alsoAs].join(' · ')}\n     ${title ?? 'a matter'}${independence ? ` (${independence})` : ''} · ${record}`,
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
