import { settle } from '../ledger/settle.ts'
import { backup } from '../storage/backup.ts'
import type { Command } from './command.ts'
import { destination } from './destination.ts'
import { Output } from './output.ts'
import { atTerminal } from './record.ts'
import { EXIT, positional, readArguments } from './usage.ts'

export const backupCommand: Command = {
  summary: 'the whole record in one file, while people work',
  usage: 'rapporteur backup --to FILE [--data DIR | --sample] [--json]',
  async run(args) {
    const { values, positionals } = readArguments(args, { to: { type: 'string' } })
    positional(positionals, { count: 0, what: 'only --to FILE' })
    const file = destination(values.to)
    const output = new Output(values.json)
    return atTerminal(values, async (workspace) => {
      await settle(workspace)
      const { members, ...manifest } = await backup(workspace, file)
      output.object({ file, members: Object.keys(members).length, ...manifest })
      output.line(
        `${file}: ${Object.keys(members).length} members. It holds the record and its key: keep it where nobody else can read it.`,
      )
      return EXIT.done
    })
  },
}
