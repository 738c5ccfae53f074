import { drill } from '../ledger/drill.ts'
import { ALL_KINDS } from '../publication/all-kinds.ts'
import type { Command } from './command.ts'
import { Output } from './output.ts'
import { EXIT, positional, readArguments } from './usage.ts'

export const drillCommand: Command = {
  summary: 'restore a backup on an empty folder, compare, and throw that away',
  usage: 'rapporteur drill FILE [--identity KEYFILE] [--json]',
  async run(args) {
    const { values, positionals } = readArguments(args, { identity: { type: 'string' } })
    positional(positionals, { count: 1, what: 'one backup file' })
    const output = new Output(values.json)
    const told = output.waiting('restoring on an empty folder, and comparing')
    const file = positionals[0] ?? ''
    const drilled = await drill({ file, identity: values.identity }, ALL_KINDS).finally(told)
    const { holds, root, otherCounts, tables, rows, originals, erasedAgain, milliseconds } = drilled
    output.object(drilled)
    output.line(`root of the tree: ${root.backup === root.restored ? 'the same' : 'another one'}`)
    output.line(`tables: ${tables} with ${rows} rows, ${otherCounts.length} with another number of rows`)
    output.line(`originals: ${originals}, each the bytes that its name says`)
    if (erasedAgain > 0) output.line(`erased again, as since the backup: revisions ${erasedAgain}`)
    output.line(
      `${holds ? 'This backup restores' : 'This backup does not restore what it says'} (${(milliseconds / 1000).toFixed(1)} s).`,
    )
    return holds ? EXIT.done : EXIT.refused
  },
}
