import { theDossier } from '../sources/dossier.ts'
import { readOriginalAgain } from '../sources/read-again.ts'
import { sourcesToRead } from '../sources/sources-to-read.ts'
import { readAs } from '../storage/database.ts'
import type { Command } from './command.ts'
import { Output } from './output.ts'
import { withRecord } from './record.ts'
import { dossierSlug } from './slug.ts'
import { EXIT, IN_CASE, readArguments } from './usage.ts'

export const read: Command = {
  summary: 'read originals once more: what is unread, or what is named',
  usage:
    'rapporteur read --dossier SLUG [ID...] [--case CODE] [--data DIR | --sample] [--json]\n\nWithout an ID every source of the dossier that was kept and could not be read.',
  async run(args) {
    const { values, positionals } = readArguments(args, { ...IN_CASE, dossier: { type: 'string' } })
    const slug = dossierSlug(values.dossier)
    const output = new Output(values.json)
    return withRecord(values, async (workspace) => {
      const { database, actor } = workspace
      const wanted = await readAs(database, actor, async (tx) =>
        sourcesToRead(tx, await theDossier(tx, slug), positionals),
      )
      const progress = output.progress('files', wanted.length)
      let refused = 0
      for (const [n, { id, known }] of wanted.entries()) {
        const name = known?.source.fileName ?? id
        const { failed, passages } = known
          ? await readOriginalAgain(workspace, id)
          : { failed: { code: 'source_unknown', sentence: `${slug} has no source ${id}.` }, passages: null }
        if (failed) refused += 1
        output.object({
          source: id,
          fileName: name,
          outcome: failed ? 'refused' : 'read',
          ...failed,
          passages,
        })
        output.line(`${name}: ${failed ? `refused (${failed.code}): ${failed.sentence}` : 'read'}`)
        progress(n + 1)
      }
      return refused > 0 ? EXIT.refused : EXIT.done
    })
  },
}
