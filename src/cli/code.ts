import { readFile } from 'node:fs/promises'
import { Refusal } from '../foundation/refusal.ts'
import { receiptOf } from '../ledger/receipt.ts'
import { openDossier } from '../sources/dossier.ts'
import { applyCoding } from '../statements/apply-coding.ts'
import { readCodingFile } from '../statements/coding-format.ts'
import { asActor } from '../storage/database.ts'
import type { Command } from './command.ts'
import { Output } from './output.ts'
import { withRecord } from './record.ts'
import { dossierSlug } from './slug.ts'
import { EXIT, IN_CASE, positional, readArguments } from './usage.ts'

export const code: Command = {
  summary: 'apply a coding file: statements at their words',
  usage: 'rapporteur code FILE.json --dossier SLUG [--case CODE] [--data DIR | --sample] [--json]',
  async run(args) {
    const { values, positionals } = readArguments(args, { ...IN_CASE, dossier: { type: 'string' } })
    positional(positionals, { count: 1, what: 'one coding file' })
    const slug = dossierSlug(values.dossier)
    const output = new Output(values.json)
    const text = await readText(positionals[0] ?? '')
    const file = readCodingFile(text)
    return withRecord({ ...values, doing: 'code' }, async ({ database, actor, key }) => {
      const outcome = await asActor(database, actor, async (tx) =>
        applyCoding(tx, await openDossier(tx, slug), file),
      )
      const { items, receipt, notes, ...counts } = outcome
      const refused = items.filter((item) => item.outcome === 'refused')
      const warned = items.filter((item) => item.warnings.length > 0)
      for (const { code, sentence } of notes)
        output.aside(`the head of the file: note (${code}): ${sentence}`)
      for (const { item, code, sentence } of refused) output.aside(`${item}: refused (${code}): ${sentence}`)
      for (const { item, warnings } of warned) {
        for (const warning of warnings) output.aside(`${item}: note (${warning.code}): ${warning.sentence}`)
      }
      output.line(
        `${counts.added} added, ${counts.changed} changed, ${counts.unchanged} there already, ${counts.refused} refused.`,
      )
      output.object({
        ...counts,
        notes,
        items: [...new Set([...refused, ...warned])],
        entry: receipt?.entry ?? null,
        receipt: receipt && receiptOf(receipt, key),
      })
      return counts.refused + counts.linksRefused > 0 ? EXIT.refused : EXIT.done
    })
  },
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new Refusal(
      'file_unreadable',
      `The file ${path} cannot be read; check its name and your rights.`,
      {},
      { cause },
    )
  }
}
