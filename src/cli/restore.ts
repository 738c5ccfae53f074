import { verifyRecord } from '../ledger/verify-record.ts'
import { organisationsIn } from '../protection/at-terminal.ts'
import { ALL_KINDS } from '../publication/all-kinds.ts'
import { restore } from '../storage/restore.ts'
import type { Command } from './command.ts'
import { Output } from './output.ts'
import { dataFolder } from './record.ts'
import { EXIT, positional, readArguments } from './usage.ts'

export const restoreCommand: Command = {
  summary: 'a backup into an empty record, verified before it opens',
  usage: 'rapporteur restore FILE [--data DIR | --sample] [--json]',
  async run(args) {
    const { values, positionals } = readArguments(args, {})
    positional(positionals, { count: 1, what: 'one backup file' })
    const output = new Output(values.json)
    const file = positionals[0] ?? ''
    const manifest = await restore({ file, data: dataFolder(values) }, async (workspace) => {
      const altered: { sentence: string }[] = []
      for (const { organisation } of await organisationsIn(workspace)) {
        const actor = { ...workspace.actor, organisation }
        const found = await verifyRecord({ ...workspace, actor }, { kinds: ALL_KINDS, since: undefined })
        altered.push(...found.altered)
      }
      return altered
    })
    output.object({ file, restored: dataFolder(values), program: manifest.program, at: manifest.at })
    output.line(`Restored what was backed up at ${manifest.at}, and verified.`)
    return EXIT.done
  },
}
