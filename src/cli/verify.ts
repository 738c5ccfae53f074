import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../foundation/refusal.ts'
import { settle } from '../ledger/settle.ts'
import { verifyRecord } from '../ledger/verify-record.ts'
import { ALL_KINDS } from '../publication/all-kinds.ts'
import type { Command } from './command.ts'
import { Output } from './output.ts'
import { withRecord } from './record.ts'
import { EXIT, positional, readArguments } from './usage.ts'

export const verify: Command = {
  summary: 'check a record against its ledger, offline',
  usage: 'rapporteur verify DIR [--since CHECKPOINT] [--json]',
  async run(args) {
    const { values, positionals } = readArguments(args, { since: { type: 'string' } })
    positional(positionals, { count: 1, what: 'the data folder of a record' })
    const output = new Output(values.json)
    const since = values.since === undefined ? undefined : await checkpointText(values.since)
    const data = positionals[0] ?? ''
    // Opening would make a record where there is none, and an empty record is always intact.
    if (!existsSync(join(data, 'rapporteur.json'))) {
      const sentence = `There is no record in ${data}; name the data folder of one.`
      output.aside(`cannot tell: ${sentence}`)
      output.object({ state: 'cannot tell', altered: [], erased: [], cannotTell: [sentence] })
      return EXIT.cannotTell
    }
    return withRecord(data, async (workspace) => {
      await settle(workspace)
      const result = await verifyRecord(workspace, { kinds: ALL_KINDS, since })
      output.object(result)
      for (const { what, id, sentence } of result.altered) output.line(`altered: ${what} ${id}: ${sentence}`)
      for (const id of result.erased) output.line(`erased: ${id}`)
      for (const sentence of result.cannotTell) output.line(`cannot tell: ${sentence}`)
      output.line(
        `${result.state}: ${result.entries} entries, ${result.records} records; rollback ${result.rollback}.`,
      )
      if (result.checkpoint) output.line(`Newest checkpoint, to keep elsewhere:\n${result.checkpoint}`)
      if (result.state === 'altered') return EXIT.refused
      return result.state === 'intact' ? EXIT.done : EXIT.cannotTell
    })
  },
}

/** A checkpoint given as a file, or as its text. */
async function checkpointText(given: string): Promise<string> {
  if (given.includes('\n')) return given
  try {
    return await readFile(given, 'utf8')
  } catch (cause) {
    throw new Refusal(
      'file_unreadable',
      `The checkpoint file ${given} cannot be read; check its name.`,
      {},
      { cause },
    )
  }
}
