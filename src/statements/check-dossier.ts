import { mustBeAllowed } from '../protection/may.ts'
import type { KnownDossier } from '../sources/dossier.ts'
import { passagesById } from '../sources/source-store.ts'
import type { Tx } from '../storage/database.ts'
import type { ConflictBy } from './account.ts'
import { accountsIn, conflictsAndTensions, gather } from './accounts-of.ts'
import { hidesSpeaker } from './statement.ts'
import { remarksOf, statementsOfDossier } from './statement-store.ts'

/** The state of a dossier, in the names of the coding format: keys of matters, ids of items. */
export interface CheckResult {
  /** Anchors, one an item and passage. */
  readonly passages: { readonly intact: number; readonly moved: number; readonly lost: number }
  readonly conflicts: { matter: string; aspect: string; by: ConflictBy; items: string[] }[]
  readonly tensions: { from: string; rel: string; to: string; note: string | null }[]
  /** No speaker was coded. */
  readonly speakerless: string[]
  /** The source hides who says it. */
  readonly hiddenSpeakers: string[]
  /** Duties whose day has passed. Filled when clocks exist. */
  readonly overdue: string[]
}

export async function checkDossier(tx: Tx, dossier: KnownDossier): Promise<CheckResult> {
  mustBeAllowed(tx.actor, 'read', {
    organisation: tx.actor.organisation,
    level: dossier.level,
    dossier: dossier.id,
  })
  const statements = await statementsOfDossier(tx, dossier.id)
  const remarks = await remarksOf(tx, { dossier: dossier.id })
  const cited = [
    ...statements.map(({ statement }) => statement),
    ...remarks.map(({ remark }) => remark),
  ].flatMap(({ passages }) => passages)
  const passages = await passagesById(tx, [...new Set(cited)])
  const states = { intact: 0, moved: 0, lost: 0 }
  for (const id of cited) states[passages.get(id)?.passage.state ?? 'lost'] += 1

  const said = await gather(tx, statements)
  const { conflicts, tensions } = conflictsAndTensions(said, accountsIn(said))
  const itemOf = new Map(statements.map(({ id, statement }) => [id, statement.item]))
  const keyOf = (id: string) => said.matters.get(id)?.matter.key ?? id
  const items = (ids: readonly string[]) => ids.map((id) => itemOf.get(id) ?? id)
  return {
    passages: states,
    conflicts: conflicts
      .map(({ matter, aspect, by, statements: among }) => ({
        matter: keyOf(matter),
        aspect,
        by,
        items: items(among).sort(naturally),
      }))
      .sort(
        (a, b) => naturally(a.matter, b.matter) || naturally(a.aspect, b.aspect) || naturally(a.by, b.by),
      ),
    tensions: tensions
      .map(({ link: { from, rel, to, note } }) => ({
        from: itemOf.get(from) ?? from,
        rel,
        to: itemOf.get(to) ?? to,
        note,
      }))
      .sort((a, b) => naturally(a.from, b.from) || naturally(a.to, b.to) || naturally(a.rel, b.rel)),
    speakerless: items(
      statements.filter(({ statement }) => statement.speakers.length === 0).map(({ id }) => id),
    ).sort(naturally),
    hiddenSpeakers: items(
      statements.filter(({ statement }) => hidesSpeaker(statement)).map(({ id }) => id),
    ).sort(naturally),
    overdue: [],
  }
}

const collator = new Intl.Collator('en', { numeric: true })

/** A9 before A10. */
export function naturally(a: string, b: string): number {
  return collator.compare(a, b)
}
