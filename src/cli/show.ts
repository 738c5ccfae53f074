import { z } from 'zod'
import { Refusal } from '../foundation/refusal.ts'
import { withReceipts } from '../ledger/receipt.ts'
import { withGuards } from '../protection/guards-shown.ts'
import { type ShownRecord, showRecord } from '../statements/show-record.ts'
import { readAs } from '../storage/database.ts'
import type { Command } from './command.ts'
import { Output } from './output.ts'
import { withRecord } from './record.ts'
import { EXIT, IN_CASE, positional, readArguments } from './usage.ts'

const EntryBody = z.object({
  type: z.string(),
  items: z.number(),
  records: z.array(
    z.object({ kind: z.string(), record: z.string(), n: z.number(), title: z.string().nullable() }),
  ),
})

export const show: Command = {
  summary: 'anything on record, with where it comes from',
  usage:
    'rapporteur show ID [--case CODE] [--data DIR | --sample] [--json]   (an id, also of a ledger entry, an item of a coding file, a matter key, or sha256:…)',
  async run(args) {
    const { values, positionals } = readArguments(args, IN_CASE)
    positional(positionals, { count: 1, what: 'one id' })
    const wanted = positionals[0] ?? ''
    const output = new Output(values.json)
    return withRecord({ ...values, doing: 'show' }, async ({ database, actor, key }) => {
      const shown = await readAs(database, actor, async (tx) => {
        const record = await showRecord(tx, wanted)
        if (!record) return null
        const { guards, ...rest } = await withGuards(tx, record)
        const level = guards[record.id] ?? 'organisation'
        return { ...rest, level, history: await withReceipts(tx, key, record.history) }
      })
      if (!shown) throw new Refusal('not_there', `There is nothing called "${wanted}" in this record.`)
      output.object(shown)
      output.line(
        `${shown.kind} ${shown.id}${shown.level === 'organisation' ? '' : ` (${shown.level} only)`}`,
      )
      if (shown.kind === 'entry') {
        for (const line of entryLines(shown)) output.line(line)
        return EXIT.done
      }
      for (const { exact, state } of shown.words) output.line(`  “${exact}” (${state})`)
      if (shown.source) {
        const { title, publisher, date, sha256, independence } = shown.source
        output.line(
          `  in ${title}${publisher ? `, ${publisher}` : ''}${date ? `, ${date}` : ''}; sha256 ${sha256}`,
        )
        if (independence) output.line(`  on its independence: ${independence}`)
      }
      output.line(JSON.stringify(shown.body, null, 2))
      for (const { n, at, why, who, index } of shown.history) {
        output.line(
          `  revision ${n}, ${at}: ${why} (${who}; ledger ${index === null ? 'waiting' : `entry ${index}`})`,
        )
      }
      return EXIT.done
    })
  },
}

/** Records that a line each is given to; --json has more. */
const LISTED = 30

function entryLines({ body, history }: Pick<ShownRecord, 'body' | 'history'>): string[] {
  const { type, items, records } = EntryBody.parse(body)
  const [written] = history
  const state =
    written?.index === null || written === undefined
      ? 'It waits for its place in the tree; its receipt is a signed promise.'
      : `It stands at place ${written.index} of the tree; its receipt holds the proof (--json).`
  const more = items - Math.min(records.length, LISTED)
  return [
    ...(written ? [`  ${written.why} (${written.who}, ${written.at}; ${type})`] : []),
    `  ${state}`,
    `  ${items} ${items === 1 ? 'record' : 'records'}:`,
    ...records
      .slice(0, LISTED)
      .map(
        ({ kind, record, n, title }) => `    ${kind} ${record}, revision ${n}${title ? `: ${title}` : ''}`,
      ),
    ...(more > 0 ? [`    and ${more} more`] : []),
  ]
}
