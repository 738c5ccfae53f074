import { restoreRecord } from '../ledger/restore-record.ts'
import { noteRestored } from '../protection/at-terminal.ts'
import { ALL_KINDS } from '../publication/all-kinds.ts'
import type { Command } from './command.ts'
import { Output } from './output.ts'
import { dataFolder } from './record.ts'
import { EXIT, positional, readArguments } from './usage.ts'

export const restoreCommand: Command = {
  summary: 'a backup into an empty record, verified before it opens',
  usage:
    'rapporteur restore FILE [--identity KEYFILE] [--erasures REGISTER] [--data DIR | --sample] [--json]',
  async run(args) {
    const { values, positionals } = readArguments(args, {
      identity: { type: 'string' },
      erasures: { type: 'string' },
    })
    positional(positionals, { count: 1, what: 'one backup file' })
    const output = new Output(values.json)
    const file = positionals[0] ?? ''
    const { identity, erasures } = values
    const data = dataFolder(values)
    const told = output.waiting('restoring and verifying')
    const { manifest, erasedAgain, cleaned } = await restoreRecord(
      { file, data, identity, erasures },
      { kinds: ALL_KINDS, restored: noteRestored },
    ).finally(told)
    const { program, at } = manifest
    output.object({ file, restored: data, program, at, erasedAgain, limits: cleaned?.limits ?? [] })
    output.line(`Restored what was backed up at ${at}, and verified.`)
    if (erasedAgain > 0)
      output.line(
        `Erased again, as since the backup: revisions ${erasedAgain}, out of the database's files too.`,
      )
    return EXIT.done
  },
}
