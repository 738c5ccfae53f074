import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDossier } from '../src/sources/dossier.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { applyCoding, type CodingOutcome } from '../src/statements/apply-coding.ts'
import { readCodingFile } from '../src/statements/coding-format.ts'
import { asActor } from '../src/storage/database.ts'
import type { Workspace } from '../src/storage/workspace.ts'

/** The real material beside a checkout; null where it is absent, and tests that need it skip. */
export const SHARED =
  [join(fileURLToPath(new URL('../..', import.meta.url)), 'shared')].find((path) => existsSync(path)) ?? null

const PUBLISHERS = {
  '000_ab21944ffe5e0852.txt': { name: 'Crossroads Asia', key: 'crossroads-asia', group: 'press' },
  '002_f43dfa6b71305ae3.txt': { name: 'Geneva Solutions', key: 'geneva-solutions', group: 'press' },
}

export function seedText(name: string): string {
  return readFileSync(join(SHARED ?? '', 'seeds', name), 'utf8')
}

/** Take in both articles as they are. */
export async function takeInSeeds(workspace: Workspace, slug: string): Promise<void> {
  const dossier = await asActor(workspace.database, workspace.actor, (tx) => openDossier(tx, slug))
  await takeIn(
    workspace,
    dossier,
    Object.entries(PUBLISHERS).map(([fileName, publisher]) => ({
      fileName,
      bytes: readFileSync(join(SHARED ?? '', 'seeds', fileName)),
      facts: { publisher },
    })),
  )
}

export async function codeSeeds(workspace: Workspace, slug: string): Promise<CodingOutcome> {
  const file = readCodingFile(seedText('coding.json'))
  return asActor(workspace.database, workspace.actor, async (tx) =>
    applyCoding(tx, await openDossier(tx, slug), file),
  )
}
