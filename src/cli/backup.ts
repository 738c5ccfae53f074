import { backUpRecord } from '../ledger/back-up-record.ts'
import type { Command } from './command.ts'
import { destination } from './destination.ts'
import { Output } from './output.ts'
import { atTerminal } from './record.ts'
import { EXIT, positional, readArguments } from './usage.ts'

export const backupCommand: Command = {
  summary: 'the whole record in one file, while people work',
  usage: 'rapporteur backup --to FILE [--recipient age1…]… [--data DIR | --sample] [--json]',
  async run(args) {
    const { values, positionals } = readArguments(args, {
      to: { type: 'string' },
      recipient: { type: 'string', multiple: true, default: [] },
    })
    positional(positionals, { count: 0, what: 'only --to FILE' })
    const file = destination(values.to)
    const output = new Output(values.json)
    return atTerminal(values, async (workspace) => {
      const { recipient: recipients } = values
      const { manifest, unreached } = await backUpRecord(workspace, file, { recipients })
      const { members, rows: _, signature: __, ...about } = manifest
      output.object({
        file,
        members: Object.keys(members).length,
        recipients: recipients.length,
        unreached,
        ...about,
      })
      const holds = `${file}: ${Object.keys(members).length} members.`
      output.line(
        recipients.length > 0
          ? `${holds} It opens with the secret keys of its recipients alone (${recipients.length}).`
          : `${holds} It holds the record and its key: keep it where nobody else can read it.`,
      )
      for (const place of unreached)
        output.aside(
          `${place} is not there now: put rapporteur-erasures.jsonl beside the backups that are kept there.`,
        )
      return EXIT.done
    })
  },
}
