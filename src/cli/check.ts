import { theDossier } from '../sources/dossier.ts'
import { type CheckResult, checkDossier } from '../statements/check-dossier.ts'
import { readAs } from '../storage/database.ts'
import type { Command } from './command.ts'
import { Output } from './output.ts'
import { withRecord } from './record.ts'
import { dossierSlug } from './slug.ts'
import { EXIT, IN_CASE, positional, readArguments } from './usage.ts'

export const check: Command = {
  summary: 'passages, conflicts, tensions and missing speakers of a dossier',
  usage: 'rapporteur check --dossier SLUG [--strict] [--case CODE] [--data DIR | --sample] [--json]',
  async run(args) {
    const { values, positionals } = readArguments(args, {
      ...IN_CASE,
      dossier: { type: 'string' },
      strict: { type: 'boolean', default: false },
    })
    positional(positionals, { count: 0, what: 'no file, only --dossier' })
    const slug = dossierSlug(values.dossier)
    const output = new Output(values.json)
    return withRecord({ ...values, doing: 'check' }, async ({ database, actor }) => {
      const result = await readAs(database, actor, async (tx) => checkDossier(tx, await theDossier(tx, slug)))
      output.object(result)
      for (const line of readable(result)) output.line(line)
      return values.strict && findings(result) > 0 ? EXIT.refused : EXIT.done
    })
  },
}

/** What --strict counts: every list, and passages that moved or were lost. */
function findings({
  passages,
  conflicts,
  tensions,
  speakerless,
  hiddenSpeakers,
  overdue,
}: CheckResult): number {
  const lists = [conflicts, tensions, speakerless, hiddenSpeakers, overdue]
  return lists.reduce((sum, list) => sum + list.length, passages.moved + passages.lost)
}

function readable(result: CheckResult): string[] {
  const { passages, conflicts, tensions, speakerless, hiddenSpeakers, overdue } = result
  return [
    `Passages: ${passages.intact} intact, ${passages.moved} moved, ${passages.lost} lost.`,
    `Conflicts: ${conflicts.length}`,
    ...conflicts.map(
      ({ matter, aspect, by, items }) => `  ${matter} / ${aspect}: ${items.join(', ')} (by ${by})`,
    ),
    `Tensions: ${tensions.length}`,
    ...tensions.map(({ from, rel, to }) => `  ${from} ${rel} ${to}`),
    `Without a coded speaker: ${speakerless.length}${speakerless.length > 0 ? `: ${speakerless.join(', ')}` : ''}`,
    `Speaker hidden by the source: ${hiddenSpeakers.length}${hiddenSpeakers.length > 0 ? `: ${hiddenSpeakers.join(', ')}` : ''}`,
    `Overdue: ${overdue.length}`,
  ]
}
