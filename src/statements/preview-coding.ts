import type { Actor } from '../protection/actor.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { KnownDossier } from '../sources/dossier.ts'
import { asActor, type Database, type Tx } from '../storage/database.ts'
import { accountsIn, conflictsAndTensions, gather } from './accounts-of.ts'
import { applyCoding, type CodingOutcome } from './apply-coding.ts'
import type { CodingHead } from './coding-format.ts'
import { conflictView } from './matter-page.ts'
import { itemsInRecord, statementsAbout, statementsById } from './statement-store.ts'
import { statementViews } from './statement-views.ts'
import type { ConflictView } from './view-shapes.ts'

class NothingIsKept extends Error {}

/**
 * What a coding file would bring: applied whole, looked at, and taken back, so that the preview cannot differ from the
 * real thing. The conflicts are those in which its own statements would stand.
 */
export async function previewCoding(
  { database, actor }: { database: Database; actor: Actor },
  dossier: KnownDossier,
  file: CodingHead,
): Promise<{ outcome: CodingOutcome; conflicts: ConflictView[] }> {
  mustBeAllowed(actor, 'code', {
    organisation: actor.organisation,
    level: dossier.level,
    dossier: dossier.id,
  })
  const seen: { outcome?: CodingOutcome; conflicts: ConflictView[] } = { conflicts: [] }
  try {
    await asActor(database, actor, async (tx) => {
      seen.outcome = await applyCoding(tx, dossier, file)
      seen.conflicts = await conflictsOf(tx, dossier, seen.outcome)
      throw new NothingIsKept()
    })
  } catch (error) {
    if (!(error instanceof NothingIsKept)) throw error
  }
  if (!seen.outcome) throw new Error('A coding file was applied without an outcome.')
  return { outcome: seen.outcome, conflicts: seen.conflicts }
}

async function conflictsOf(tx: Tx, dossier: KnownDossier, outcome: CodingOutcome): Promise<ConflictView[]> {
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
  const shown = new Set(concerned.flatMap((conflict) => conflict.statements))
  const views = await statementViews(
    tx,
    said,
    said.statements.filter(({ id }) => shown.has(id)),
  )
  return concerned.map((conflict) => conflictView(conflict, said, views))
}
