import { Refusal } from '../foundation/refusal.ts'
import { makePackage } from '../publication/make-package.ts'
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
    'rapporteur package --dossier SLUG --to FILE.zip [--profile court|partner|public] [--case CODE] [--data DIR | --sample] [--json]',
  async run(args) {
    const { values, positionals } = readArguments(args, {
      ...IN_CASE,
      dossier: { type: 'string' },
      to: { type: 'string' },
      profile: { type: 'string', default: 'court' },
    })
    positional(positionals, { count: 0, what: 'only --dossier SLUG and --to FILE.zip' })
    const slug = dossierSlug(values.dossier)
    const file = destination(values.to)
    mustBeBuilt(values.profile)
    const output = new Output(values.json)
    return withRecord({ ...values, doing: 'package' }, async (workspace) => {
      const dossier = await readAs(workspace.database, workspace.actor, (tx) => theDossier(tx, slug))
      const { manifest, ...made } = await makePackage(workspace, dossier, file)
      const { members, ...about } = manifest
      output.object({ file, ...about, members: members.length + 1, ...made })
      output.line(
        `${file}: ${made.records} records, ${made.entries} ledger entries, ${members.length + 1} members. It holds everything of the dossier: give it only to those who may see all of it.`,
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
