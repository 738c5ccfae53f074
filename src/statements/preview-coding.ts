import type { Actor } from '../protection/actor.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { KnownDossier } from '../sources/dossier.ts'
import { passagesById } from '../sources/source-store.ts'
import { asActor, type Database, type Tx } from '../storage/database.ts'
import { accountsIn, conflictsAndTensions, gather } from './accounts-of.ts'
import { applyCoding, type CodingOutcome } from './apply-coding.ts'
import type { CodingHead } from './coding-format.ts'
import { conflictView } from './conflict-view.ts'
import { itemsInRecord, statementsAbout, statementsById } from './statement-store.ts'
import { type Suggestions, suggestionsFor } from './suggest.ts'
import type { ConflictView } from './view-shapes.ts'

interface Preview {
  readonly outcome: CodingOutcome
  readonly conflicts: ConflictView[]
  readonly suggestions: Suggestions
}

class NothingIsKept extends Error {}

/**
 * What a coding file would bring: applied whole, looked at, and taken back, so that the preview cannot differ from the
 * real thing. The conflicts are those in which its own statements would stand; the
 * suggestions are what their words give.
 */
export async function previewCoding(
  { database, actor }: { database: Database; actor: Actor },
  dossier: KnownDossier,
  file: CodingHead,
): Promise<Preview> {
  // What the dossier asks for is asked by applyCoding, once the database said what this person is on.
  mustBeAllowed(actor, 'code')
  let seen: Preview | null = null
  try {
    await asActor(database, actor, async (tx) => {
      const outcome = await applyCoding(tx, dossier, file)
      seen = { outcome, ...(await consequencesOf(tx, dossier, outcome)) }
      throw new NothingIsKept()
    })
  } catch (error) {
    if (!(error instanceof NothingIsKept)) throw error
  }
  if (!seen) throw new Error('A coding file was applied without an outcome.')
  return seen
}

async function consequencesOf(
  tx: Tx,
  dossier: KnownDossier,
  outcome: CodingOutcome,
): Promise<Pick<Preview, 'conflicts' | 'suggestions'>> {
  const names = outcome.items.filter((one) => one.outcome !== 'refused').map(({ item }) => item)
  const items = [...(await itemsInRecord(tx, dossier.id, names)).values()]
  const own = new Set(items.filter(({ kind }) => kind === 'statement').map(({ id }) => id))
  const statements = await statementsById(tx, [...own])
  const matters = [
    ...new Set(statements.flatMap(({ statement }) => statement.about.map(({ matter }) => matter))),
  ]
  const said = await gather(tx, await statementsAbout(tx, matters))
  const { conflicts } = conflictsAndTensions(said, accountsIn(said))
  const concerned = conflicts.filter((conflict) => conflict.statements.some((one) => own.has(one)))
  const cited = statements.flatMap(({ statement }) => statement.passages)
  const passages = await passagesById(tx, [...new Set(cited)])
  return {
    conflicts: concerned.map((conflict) => conflictView(conflict, said)),
    suggestions: await suggestionsFor(tx, said, { wanted: statements, passages }),
  }
}
