import { Refusal } from '../foundation/refusal.ts'
import { readLeaving } from '../protection/exits.ts'
import { FOR_A_COURT, makePackage } from '../publication/make-package.ts'
import { PROFILES } from '../publication/package-format.ts'
import { theDossier } from '../sources/dossier.ts'
import { readAs } from '../storage/database.ts'
import type { Command } from './command.ts'
import { destination } from './destination.ts'
import { Output } from './output.ts'
import { withRecord } from './record.ts'
import { dossierSlug } from './slug.ts'
import { EXIT, IN_CASE, positional, readArguments, UsageError } from './usage.ts'

export const packageCommand: Command = {
  summary: 'the whole record of a dossier in one file that proves itself',
  usage:
    'rapporteur package --dossier SLUG --to FILE.zip [--profile court|partner|public] [--for PURPOSE] [--to-whom RECIPIENT] [--recipient NAME] [--named IDENTIFIABILITY] [--conditions-read] [--case CODE] [--data DIR | --sample] [--json]',
  async run(args) {
    const { values, positionals } = readArguments(args, {
      ...IN_CASE,
      dossier: { type: 'string' },
      to: { type: 'string' },
      profile: { type: 'string', default: 'court' },
      for: { type: 'string' },
      'to-whom': { type: 'string' },
      recipient: { type: 'string' },
      named: { type: 'string' },
      'conditions-read': { type: 'boolean', default: false },
    })
    positional(positionals, { count: 0, what: 'only --dossier SLUG and --to FILE.zip' })
    const slug = dossierSlug(values.dossier)
    const file = destination(values.to)
    mustBeBuilt(values.profile)
    const asked = { purpose: values.for, recipient: values['to-whom'], identifiability: values.named }
    const given = {
      ...asked,
      to: values.recipient,
      conditions: values['conditions-read'] ? 'read' : undefined,
    }
    const leaving = readLeaving(given, FOR_A_COURT)
    const output = new Output(values.json)
    // What stands in a case goes along only where the case is opened, which is written down.
    return withRecord({ ...values, doing: 'package' }, async (workspace) => {
      const dossier = await readAs(workspace.database, workspace.actor, (tx) => theDossier(tx, slug))
      const { manifest, ...made } = await makePackage(workspace, dossier, file, leaving)
      const { members, ...about } = manifest
      output.object({ file, ...about, members: members.length + 1, ...made })
      output.line(
        `${file}: ${made.records} records, ${made.entries} ledger entries, ${members.length + 1} members. It holds everything of the dossier: give it only to those who may see all of it.`,
      )
      if (made.uses > 0)
        output.line(
          `It uses what people allowed, which is on record: ${made.uses} of them, for ${leaving.purpose}.`,
        )
      output.line(`Its checkpoint, to hand over by another way than the file:\n${made.checkpoint}`)
      return EXIT.done
    })
  },
}

/** A package for somebody who may not see everything needs consent and levels, which do not exist yet. */
function mustBeBuilt(profile: string): void {
  if (!PROFILES.some((known) => known === profile))
    throw new UsageError(`--profile takes ${PROFILES.join(', ')}, not "${profile}".`)
  if (profile !== 'court')
    throw new Refusal(
      'profile_not_built',
      `A package for "${profile}" cannot be made by this version, because it could not leave out what must not leave; use --profile court for those who may see everything.`,
    )
}
