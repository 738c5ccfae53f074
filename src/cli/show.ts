import { Refusal } from '../foundation/refusal.ts'
import { withReceipts } from '../ledger/receipt.ts'
import { showRecord } from '../statements/show-record.ts'
import { readAs } from '../storage/database.ts'
import type { Command } from './command.ts'
import { Output } from './output.ts'
import { withRecord } from './record.ts'
import { EXIT, positional, readArguments } from './usage.ts'

export const show: Command = {
  summary: 'anything on record, with where it comes from',
  usage:
    'rapporteur show ID [--data DIR | --sample] [--json]   (an id, an item of a coding file, a matter key, or sha256:…)',
  async run(args) {
    const { values, positionals } = readArguments(args, {})
    positional(positionals, { count: 1, what: 'one id' })
    const wanted = positionals[0] ?? ''
    const output = new Output(values.json)
    return withRecord(values, async ({ database, actor, key }) => {
      const shown = await readAs(database, actor, async (tx) => {
        const record = await showRecord(tx, wanted)
        return record && { ...record, history: await withReceipts(tx, key, record.history) }
      })
      if (!shown) throw new Refusal('not_there', `There is nothing called "${wanted}" in this record.`)
      output.object(shown)
      output.line(`${shown.kind} ${shown.id}`)
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
