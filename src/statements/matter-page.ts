import { Refusal } from '../foundation/refusal.ts'
import type { KnownMatter } from '../matters/matter.ts'
import { mattersById, standingFor, standingOf } from '../matters/matter-store.ts'
import { titlesOf } from '../matters/titles-of.ts'
import { mustBeAllowed } from '../protection/may.ts'
import { peopleNamed } from '../protection/people-store.ts'
import type { Tx } from '../storage/database.ts'
import type { Account, AccountEntry } from './account.ts'
import { accountsIn, conflictsAndTensions, gather, groupIn, type Said } from './accounts-of.ts'
import { conflictView } from './conflict-view.ts'
import { entriesFrom, firstEntries, type Shown } from './entries-shown.ts'
import type { KnownFinding } from './finding.ts'
import { findingsOf } from './hold-finding.ts'
import type { KnownLink } from './link.ts'
import { mentionViews, tagViews } from './matter-words.ts'
import { commonGround, linkEnds, standsOn, valuesIn } from './narrative.ts'
import { originsOf } from './origins.ts'
import type { MatterPageView } from './page-shapes.ts'
import { innermost, type KnownStatement, type Statement, speakersOf } from './statement.ts'
import {
  linksAmong,
  statementsAbout,
  statementsById,
  statementsNaming,
  uncountedPassages,
} from './statement-store.ts'
import { matterRef, statementViews, valueView } from './statement-views.ts'
import type { FindingView, StatementView, TensionView } from './view-shapes.ts'

/** Values on which all agree that a page lists, and of how many the first speakers come with it. */
const GROUNDS = 100
const GROUNDS_SPOKEN = 20
/** Who take a stand on one value from elsewhere, and come with the page. */
const BESIDE = 20

/**
 * A matter with its accounts side by side: a page of entries over all accounts, or a hundred of one aspect from an offset
 * on. Counts, groups and conflicts are always those of the whole matter.
 *
 * @throws Refusal `matter_unknown`
 */
export async function matterPage(
  tx: Tx,
  wanted: string,
  { aspect: only, offset = 0 }: { aspect?: string | undefined; offset?: number } = {},
): Promise<MatterPageView> {
  mustBeAllowed(tx.actor, 'read')
  const known = (await mattersById(tx, [wanted])).get(wanted)
  if (!known) throw new Refusal('matter_unknown', 'That matter is not there; choose it from the list again.')
  const id = await standingOf(tx, wanted)
  const ids = await standingFor(tx, id)
  const about = await statementsAbout(tx, ids)
  const dossiers = new Set([known.matter.dossier ?? '', ...about.map(({ statement }) => statement.dossier)])
  const naming = await statementsNaming(tx, ids, [...dossiers])
  const said = await gather(tx, await withBeside(tx, [...about, ...naming]))
  const here = accountsIn(said).get(id) ?? new Map<string, Account>()
  const { conflicts, tensions } = conflictsAndTensions(said, new Map([[id, here]]))
  const accounts = [...here.values()].filter((account) => only === undefined || account.aspect.name === only)
  const shown = await withValues(
    tx,
    said,
    only === undefined
      ? firstEntries(accounts, conflicts)
      : accounts.map((account) => entriesFrom(account, offset)),
  )
  const ground = commonGround(here.values(), {
    facts: said.facts,
    links: linkEnds(said.links),
    groupOf: (statement) => groupIn(said, statement),
  }).slice(0, GROUNDS)
  const spokenOf = new Set(about.map((one) => one.id))
  const ownTensions = tensions.filter(({ link }) => spokenOf.has(link.from) || spokenOf.has(link.to))
  const findings = await findingsOf(tx, { matter: id })
  const needed = new Set([
    ...shown.flatMap(({ entries }) => entries.map(({ statement }) => statement)),
    ...shown.flatMap(({ values }) =>
      values.flatMap(({ stands }) => stands.map(({ statement }) => statement)),
    ),
    ...findings.flatMap(({ finding }) => [...finding.for, ...finding.against]),
    ...ground.slice(0, GROUNDS_SPOKEN).flatMap(({ first }) => first),
  ])
  // A tension brings both its ends itself.
  const ends = new Set(ownTensions.flatMap(({ link }) => [link.from, link.to]))
  const views = await statementViews(
    tx,
    said,
    said.statements.filter((one) => needed.has(one.id) || ends.has(one.id)),
  )
  const matters = await mattersById(tx, ids)
  return {
    ...describe(matters.get(id) ?? known, said),
    merged: ids.slice(1).map((one) => {
      const matter = matters.get(one)?.matter
      return {
        id: one,
        name: matter?.name ?? '',
        titles: matter ? titlesOf(matter) : {},
        kind: known.matter.kind,
      }
    }),
    counts: {
      statements: about.length,
      conflicts: conflicts.length,
      speakers: new Set(about.flatMap(({ statement }) => namesIn(statement, said))).size,
    },
    groups: [...new Set(about.map((one) => groupIn(said, one.id)))],
    accounts: shown.map(({ account, entries, next, values, origins }) => ({
      aspect: account.aspect.name,
      valueType: account.aspect.valueType,
      holds: account.aspect.holds,
      definition: account.aspect.definition,
      total: account.entries.length,
      origins,
      entries: entries.map(({ statement, n }) => ({ statement, n })),
      next,
      values,
    })),
    statements: Object.fromEntries([...views].filter(([one]) => needed.has(one))),
    conflicts: conflicts.map((conflict) => conflictView(conflict, said)),
    tensions: tensionViews(ownTensions, views),
    commonGround: ground.map(({ aspect, entries }) => ({
      aspect,
      text: valueView(said, entries[0]?.compared?.value ?? null, 'text')?.text ?? '',
      statements: entries.map(({ statement }) => statement).filter((one) => needed.has(one)),
    })),
    findings: await findingViews(tx, findings, said),
    tags: await tagViews(tx, [...ids, ...needed]),
    linked: linkedTo(id, said, [...about, ...naming]),
    mentions: await mentionViews(tx, ids),
  }
}

/** Statements, and those that a link joins to them from elsewhere: they take a stand on what is said here. */
async function withBeside(tx: Tx, statements: readonly KnownStatement[]): Promise<KnownStatement[]> {
  const own = new Map(statements.map((one) => [one.id, one]))
  const links = await linksAmong(tx, [...own.keys()])
  const others = new Set(links.flatMap(({ link }) => [link.from, link.to]).filter((one) => !own.has(one)))
  return [...own.values(), ...(others.size > 0 ? await statementsById(tx, [...others]) : [])]
}

/** What is shown, with who stands how to each value of it, and from how many places the whole of it comes. */
async function withValues(tx: Tx, said: Said, shown: readonly Shown[]) {
  const cited = shown.flatMap(({ account }) => account.entries.flatMap((entry) => entry.said.passages))
  const uncounted = await uncountedPassages(tx, [...new Set(cited)])
  const facts = {
    ...said,
    uncounted,
    links: said.links.filter(({ link }) => link.rel === 'repeats' || link.rel === 'quotes'),
  }
  const origins = (entries: readonly AccountEntry[]) => {
    const held = entries.filter(
      ({ said: { polarity } }) => polarity === 'affirmed' || polarity === 'not denied',
    )
    return originsOf(held, facts).length
  }
  const links = linkEnds(said.links)
  return shown.map(({ account, entries, next }) => {
    const here = new Set(entries.map(({ statement }) => statement))
    const unshown = new Set(account.entries.map(({ statement }) => statement).filter((one) => !here.has(one)))
    return {
      account,
      entries,
      next,
      origins: origins(account.entries),
      values: valuesIn(account.entries, said.facts)
        .filter((same) => same.some(({ statement }) => here.has(statement)))
        .map((same) => {
          const stands = standsOn(same, links).filter(({ statement }) => !unshown.has(statement))
          const ours = stands.filter(({ statement }) => here.has(statement))
          const beside = stands.filter(({ statement }) => !here.has(statement)).slice(0, BESIDE)
          return {
            text: valueView(said, same[0]?.compared?.value ?? null, account.aspect.valueType)?.text ?? '',
            total: same.length,
            stands: [...ours, ...beside],
            origins: origins(same),
          }
        }),
    }
  })
}

/** Who says it: its innermost speakers; in its own voice, the publisher. */
function namesIn(statement: Statement, said: Said): string[] {
  const last = innermost(statement)
  if (last === null) return []
  if ('own' in last) return [said.sources.get(statement.source)?.source.publisher?.name ?? '']
  return speakersOf(last).map(({ name }) => name)
}

function describe({ id, revision, matter }: KnownMatter, said: Said): Pick<MatterPageView, 'matter'> {
  const { kind, name, names, note, key, named, parent } = matter
  return {
    matter: {
      id,
      kind,
      name,
      titles: titlesOf(matter),
      key,
      named,
      note,
      revision,
      names: names.map(({ text, language, use, from, to }) => ({
        text,
        language,
        use,
        from: from ?? null,
        to: to ?? null,
      })),
      parent: parent === null ? null : matterRef(said, parent),
    },
  }
}

/** Tensions with both their ends; one whose end is not there any more is left out. */
export function tensionViews(
  tensions: readonly KnownLink[],
  views: ReadonlyMap<string, StatementView>,
): TensionView[] {
  return tensions.flatMap(({ id, link: { from, to, rel, note } }) => {
    const [start, end] = [views.get(from), views.get(to)]
    return start && end ? [{ id, from: start, to: end, rel, note }] : []
  })
}

/** Findings as pages show them, with the names of who proposed and read them. */
export async function findingViews(
  tx: Tx,
  findings: readonly KnownFinding[],
  said: Said,
): Promise<FindingView[]> {
  const people = findings.flatMap(({ finding }) => [
    finding.proposedBy,
    finding.secondedBy ?? '',
    finding.withdrawn?.by ?? '',
    ...finding.dissent.map(({ by }) => by),
  ])
  const names = await peopleNamed(tx, people.filter(Boolean))
  const nameOf = (id: string) => names.get(id) ?? id
  return findings.map(({ id, finding }) => {
    const { matter, aspect, proposition, standard, met, reasons, state, proposedBy, proposedAt, secondedBy } =
      finding
    return {
      id,
      matter: matterRef(said, matter),
      aspect,
      proposition,
      standard,
      met,
      reasons,
      for: finding.for,
      against: finding.against,
      state,
      proposedBy: nameOf(proposedBy),
      proposedAt,
      mine: proposedBy === tx.actor.person,
      secondedBy: secondedBy === null ? null : nameOf(secondedBy),
      attestedIn: finding.attestedIn,
      withdrawn: finding.withdrawn ? { ...finding.withdrawn, by: nameOf(finding.withdrawn.by) } : null,
      dissent: finding.dissent.map(({ by, at, reason }) => ({ by: nameOf(by), at, reason })),
    }
  })
}

/** Matters that are values here, or of which this one is a value, most often named first. */
function linkedTo(id: string, said: Said, statements: readonly KnownStatement[]): MatterPageView['linked'] {
  const counts = new Map<string, Set<string>>()
  const note = (matter: string, aspect: string) => {
    const standing = said.facts.standing(matter)
    if (standing !== id) counts.set(standing, (counts.get(standing) ?? new Set()).add(aspect))
  }
  for (const { statement } of statements) {
    for (const { matter, aspect, value } of statement.about) {
      const other = value !== null && typeof value === 'object' && 'matter' in value ? value.matter : null
      if (said.facts.standing(matter) === id && other !== null) note(other, aspect)
      else note(matter, aspect)
    }
  }
  return [...counts]
    .sort((a, b) => b[1].size - a[1].size)
    .slice(0, 24)
    .map(([matter, aspects]) => ({ ...matterRef(said, matter), aspects: [...aspects] }))
}
