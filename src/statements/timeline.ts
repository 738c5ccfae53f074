import { mustBeAllowed } from '../protection/may.ts'
import type { KnownDossier } from '../sources/dossier.ts'
import type { Tx } from '../storage/database.ts'
import { groupOf } from './account.ts'
import { accountsIn, aspectOf, conflictsAndTensions, gather } from './accounts-of.ts'
import { conflictId } from './conflict-view.ts'
import type { TimelineView } from './page-shapes.ts'
import { innermost, speakersOf } from './statement.ts'
import { statementsOfDossier } from './statement-store.ts'
import { dateView, matterRef, sourceRef } from './statement-views.ts'

type Point = TimelineView['lanes'][number]['points'][number]

/** Every dated value of a dossier, by matter; lanes in the order of their earliest day. */
export async function timelineOf(tx: Tx, dossier: KnownDossier): Promise<TimelineView> {
  mustBeAllowed(tx.actor, 'read', {
    organisation: tx.actor.organisation,
    level: dossier.level,
    dossier: dossier.id,
  })
  const said = await gather(tx, await statementsOfDossier(tx, dossier.id))
  const { conflicts } = conflictsAndTensions(said, accountsIn(said))
  const conflictOf = new Map(
    conflicts.flatMap((conflict) =>
      conflict.statements.map(
        (one) => [`${conflict.matter} ${conflict.aspect} ${one}`, conflictId(conflict)] as const,
      ),
    ),
  )
  const accepted = new Set(
    said.emendations
      .filter(({ emendation }) => emendation.state === 'accepted')
      .flatMap(({ emendation }) => emendation.entries.map(({ statement, n }) => `${statement}#${n}`)),
  )
  const lanes = new Map<string, Point[]>()
  for (const { id, statement } of said.statements) {
    const source = said.sources.get(statement.source)
    const publisher = source?.source.publisher ?? null
    const last = innermost(statement)
    const speaker = last === null ? '' : (speakersOf(last)[0]?.name ?? publisher?.name ?? '')
    for (const [n, entry] of statement.about.entries()) {
      if (aspectOf(said, statement.dossier, entry).valueType !== 'date') continue
      const value = typeof entry.value === 'string' ? dateView(entry.value) : null
      const other = typeof entry.normalised === 'string' ? dateView(entry.normalised) : null
      const date = value ?? other
      if (!date) continue
      const { id: matter } = matterRef(said, entry.matter)
      const point: Point = {
        statement: id,
        aspect: entry.aspect,
        asStated: entry.asStated ?? null,
        date,
        corrected: value && other ? other : null,
        accepted: accepted.has(`${id}#${n}`),
        group: groupOf(statement, publisher?.group ?? 'unknown'),
        speaker,
        source: sourceRef(statement.source, source),
        conflict: conflictOf.get(`${matter} ${entry.aspect} ${id}`) ?? null,
      }
      lanes.set(matter, [...(lanes.get(matter) ?? []), point])
    }
  }
  const earliest = (points: readonly Point[]) =>
    Math.min(...points.map(({ date }) => date.earliest ?? date.latest ?? 0))
  return {
    lanes: [...lanes]
      .sort(([, a], [, b]) => earliest(a) - earliest(b))
      .map(([matter, points]) => ({ matter: matterRef(said, matter), points })),
  }
}
