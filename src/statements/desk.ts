import { mustBeAllowed } from '../protection/may.ts'
import type { KnownDossier } from '../sources/dossier.ts'
import { passagesById, sourcesOfDossier } from '../sources/source-store.ts'
import type { Tx } from '../storage/database.ts'
import { accountsIn, conflictsAndTensions, gather, type Said } from './accounts-of.ts'
import { citationsIn } from './citations.ts'
import { conflictView } from './conflict-view.ts'
import { findingsOf } from './hold-finding.ts'
import { findingViews, tensionViews } from './matter-page.ts'
import type { DeskView } from './page-shapes.ts'
import { preparationOf } from './preparation.ts'
import { hidesSpeaker, type KnownStatement } from './statement.ts'
import { remarksOf, statementsOfDossier } from './statement-store.ts'
import { matterRef, passageView, sourceRef, statementViews, valueView } from './statement-views.ts'
import { checksOf, suggestionsFor } from './suggest.ts'
import { tagsOn } from './tag-record.ts'

/** As many of one kind as a person goes through at a sitting. */
const LISTED = 100

/** What waits in a dossier: conflicts, tensions, proposals for a second reader, documents cited and not held, lost words. */
export async function deskOf(tx: Tx, dossier: KnownDossier): Promise<DeskView> {
  mustBeAllowed(tx.actor, 'read', {
    organisation: tx.actor.organisation,
    level: dossier.level,
    dossier: dossier.id,
  })
  const statements = await statementsOfDossier(tx, dossier.id)
  const sources = await sourcesOfDossier(tx, dossier.id)
  const remarks = await remarksOf(tx, { dossier: dossier.id })
  const said = await gather(tx, statements)
  const accounts = accountsIn(said)
  const { conflicts, tensions } = conflictsAndTensions(said, accounts)
  const speakerless = statements.filter(({ statement }) => statement.speakers.length === 0)
  const hidden = statements.filter(({ statement }) => hidesSpeaker(statement))
  const named = new Set([
    ...tensions.flatMap(({ link }) => [link.from, link.to]),
    ...[...speakerless, ...hidden].map(({ id }) => id),
  ])
  const cited = [...statements.map(({ statement }) => statement), ...remarks.map(({ remark }) => remark)]
  const passages = await passagesById(tx, [...new Set(cited.flatMap((one) => one.passages))])
  const { dates, checks } = await suggestionsFor(tx, said, { wanted: statements, passages })
  const suggestions = { dates: dates.slice(0, LISTED), checks: checks.slice(0, LISTED) }
  const toCheck = await markedToCheck(tx, statements)
  for (const { id } of toCheck) named.add(id)
  const views = await statementViews(
    tx,
    said,
    statements.filter(({ id }) => named.has(id)),
  )
  const viewsOf = (known: readonly { id: string }[]) =>
    known.flatMap(({ id }) => {
      const view = views.get(id)
      return view ? [view] : []
    })
  const findings = (await findingsOf(tx, { dossier: dossier.id })).filter(
    ({ finding }) => finding.state === 'proposed',
  )
  const counts = { intact: 0, moved: 0, lost: 0 }
  for (const { passage } of passages.values()) counts[passage.state] += 1
  const sourceOf = new Map(sources.map((source) => [source.id, source]))
  return {
    conflicts: conflicts.map((conflict) => conflictView(conflict, said)),
    tensions: tensionViews(tensions, views),
    findings: await findingViews(tx, findings, said),
    proposals: proposalsOf(said),
    normalisations: unacceptedIn(said),
    cited: (await citationsIn(tx, { dossier: dossier.id, sources, remarks })).map((one) => ({
      ...one,
      source: sourceRef(one.source, sourceOf.get(one.source)),
    })),
    speakerless: viewsOf(speakerless),
    hidden: viewsOf(hidden),
    unsettled: [...passages.values()]
      .filter(({ passage }) => passage.state !== 'intact' && !passage.settled)
      .map(({ id, passage }) => ({
        ...passageView(id, passage),
        source: sourceRef(passage.source, sourceOf.get(passage.source)),
      })),
    unread: sources
      .filter(({ source }) => source.unread !== null)
      .map((source) => ({
        source: sourceRef(source.id, source),
        sentence: source.source.unread?.reason ?? '',
      })),
    preparation: await preparationOf(tx, sources),
    passages: counts,
    counts: { sources: sources.length, statements: statements.length, matters: accounts.size },
    suggestions,
    toCheck: viewsOf(toCheck),
  }
}

/** Statements that their coder, or somebody since, marked as needing a check. */
async function markedToCheck(tx: Tx, statements: readonly KnownStatement[]): Promise<KnownStatement[]> {
  const tags = await tagsOn(
    tx,
    statements.map(({ id }) => id),
  )
  return statements.filter((known) => checksOf(known, tags).length > 0).slice(0, LISTED)
}

/** Groups of slips that wait for a decision. */
function proposalsOf(said: Said): DeskView['proposals'] {
  const byId = new Map(said.statements.map(({ id, statement }) => [id, statement]))
  return said.emendations
    .filter(({ emendation }) => emendation.state === 'proposed')
    .map(({ id, emendation }) => ({
      id,
      name: emendation.name,
      reason: emendation.reason,
      entries: emendation.entries.flatMap(({ statement, n }) => {
        const entry = byId.get(statement)?.about[n]
        if (!entry) return []
        const text = (value: typeof entry.value) => valueView(said, value ?? null, 'date')?.text ?? null
        return [
          {
            statement,
            n,
            matter: matterRef(said, entry.matter),
            aspect: entry.aspect,
            asStated: entry.asStated ?? null,
            value: text(entry.value),
            normalised: text(entry.normalised),
          },
        ]
      }),
    }))
}

function unacceptedIn(said: Said): number {
  const decided = new Set(
    said.emendations
      .filter(({ emendation }) => emendation.state !== 'proposed')
      .flatMap(({ emendation }) => emendation.entries.map(({ statement, n }) => `${statement}#${n}`)),
  )
  return said.statements.reduce(
    (sum, { id, statement }) =>
      sum +
      statement.about.filter(
        (entry, n) =>
          (entry.normalised ?? null) !== null && entry.emendation === undefined && !decided.has(`${id}#${n}`),
      ).length,
    0,
  )
}
