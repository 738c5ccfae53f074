import type { Aspect } from '../matters/aspect.ts'
import type { KnownMatter } from '../matters/matter.ts'
import { aspectsFor, mattersById } from '../matters/matter-store.ts'
import type { KnownSource } from '../sources/source.ts'
import { sourcesById } from '../sources/source-store.ts'
import type { Tx } from '../storage/database.ts'
import { type Account, type AccountEntry, type Conflict, groupOf, saidOn } from './account.ts'
import { comparedValue, type Decision, type MatterFacts } from './compare.ts'
import { conflictsIn } from './conflicts.ts'
import { withDocumentDates } from './document-dates.ts'
import type { KnownEmendation } from './emendation.ts'
import type { KnownLink, Link } from './link.ts'
import { type Entry, innermost, type KnownStatement } from './statement.ts'
import { emendationsOf, linksAmong } from './statement-store.ts'

/** Statements with all that is needed to set them side by side. */
export interface Said {
  readonly statements: readonly KnownStatement[]
  readonly byId: ReadonlyMap<string, KnownStatement>
  readonly links: readonly KnownLink[]
  readonly matters: ReadonlyMap<string, KnownMatter>
  readonly aspects: ReadonlyMap<string, Aspect>
  /** Each with the date of its document, entered or given by its words. */
  readonly sources: ReadonlyMap<string, KnownSource>
  readonly emendations: readonly KnownEmendation[]
  readonly facts: MatterFacts
}

/** Load what belongs to these statements: links, sources, the matters named in them, the aspects of their dossiers. */
export async function gather(tx: Tx, statements: readonly KnownStatement[]): Promise<Said> {
  const dossiers = [...new Set(statements.map(({ statement }) => statement.dossier))]
  const links = await linksAmong(
    tx,
    statements.map(({ id }) => id),
  )
  const cited = [...new Set(statements.map(({ statement }) => statement.source))]
  const sources = await withDocumentDates(tx, await sourcesById(tx, cited))
  const matters = await withParents(tx, [
    ...new Set(statements.flatMap(({ statement }) => mattersIn(statement.about))),
  ])
  const aspects = new Map<string, Aspect>()
  const emendations: KnownEmendation[] = []
  for (const dossier of dossiers) {
    const known = (await aspectsFor(tx, dossier)).map(({ aspect }) => aspect)
    // Shared ones first, so that the dossier's own stand before them.
    for (const aspect of known.sort((a, b) => Number(a.dossier !== null) - Number(b.dossier !== null))) {
      aspects.set(`${dossier}\n${aspect.matterKind}\n${aspect.name}`, aspect)
    }
    emendations.push(...(await emendationsOf(tx, dossier)))
  }
  const facts = matterFacts(matters, statements)
  const byId = new Map(statements.map((one) => [one.id, one]))
  return { statements, byId, links, sources, matters, aspects, emendations, facts }
}

/** Accounts by matter (the one that stands after merges) and aspect name. */
export function accountsIn(said: Said): Map<string, Map<string, Account>> {
  const decisions = new Map<string, Decision>(
    said.emendations.flatMap(({ emendation: { state, entries } }) =>
      entries.map(
        ({ statement, n }) => [`${statement}#${n}`, state === 'proposed' ? 'open' : state] as const,
      ),
    ),
  )
  const accounts = new Map<string, Map<string, { aspect: Aspect; entries: AccountEntry[] }>>()
  for (const { id, statement } of said.statements) {
    const asOf = saidOn(innermost(statement)) ?? said.sources.get(statement.source)?.source.date ?? null
    for (const [n, entry] of statement.about.entries()) {
      const matter = said.facts.standing(entry.matter)
      const aspects = accounts.get(matter) ?? new Map()
      accounts.set(matter, aspects)
      const account = aspects.get(entry.aspect) ?? {
        aspect: aspectOf(said, statement.dossier, entry),
        entries: [],
      }
      aspects.set(entry.aspect, account)
      const decision = decisions.get(`${id}#${n}`) ?? 'open'
      const value = comparedValue(entry, decision)
      account.entries.push({
        statement: id,
        n,
        entry,
        said: statement,
        decision,
        compared: value === null ? null : { value, asOf },
      })
    }
  }
  return new Map(
    [...accounts].map(([matter, aspects]) => [
      matter,
      new Map([...aspects].map(([name, { aspect, entries }]) => [name, { matter, aspect, entries }])),
    ]),
  )
}

/** The group under which one of these statements stands. */
export function groupIn(said: Pick<Said, 'byId' | 'sources'>, id: string): string {
  const statement = said.byId.get(id)?.statement
  if (!statement) return 'unknown'
  return groupOf(statement, said.sources.get(statement.source)?.source.publisher?.group ?? 'unknown')
}

/** All conflicts among the accounts, and the links between statements that no conflict holds already: tensions. */
export function conflictsAndTensions(
  said: Said,
  accounts: ReadonlyMap<string, ReadonlyMap<string, Account>>,
): { conflicts: Conflict[]; tensions: KnownLink[] } {
  const contradictions = new Map<string, Link[]>()
  for (const { link } of said.links) {
    if (link.rel !== 'contradicts') continue
    const others = contradictions.get(link.from)
    if (others) others.push(link)
    else contradictions.set(link.from, [link])
  }
  const conflicts: Conflict[] = []
  for (const aspects of accounts.values()) {
    for (const account of aspects.values()) {
      const among = account.entries.flatMap(({ statement }) => contradictions.get(statement) ?? [])
      conflicts.push(
        ...conflictsIn(account, {
          contradictions: [...new Set(among)],
          containers: aspects,
          facts: said.facts,
        }),
      )
    }
  }
  const among = new Map<string, Set<Conflict>>()
  for (const conflict of conflicts)
    for (const one of conflict.statements) among.set(one, (among.get(one) ?? new Set()).add(conflict))
  const held = ({ from, to }: Link) => [...(among.get(from) ?? [])].some((one) => among.get(to)?.has(one))
  const tensions = said.links.filter(
    ({ link }) => link.rel === 'in tension with' || (link.rel === 'contradicts' && !held(link)),
  )
  return { conflicts, tensions }
}

/** The aspect an entry speaks to; one that nobody declared is text that never conflicts by itself. */
export function aspectOf(said: Said, dossier: string, entry: Entry): Aspect {
  const kind = said.matters.get(entry.matter)?.matter.kind ?? ''
  return (
    said.aspects.get(`${dossier}\n${kind}\n${entry.aspect}`) ?? {
      dossier: null,
      matterKind: kind,
      name: entry.aspect,
      valueType: 'text',
      holds: 'many',
      definition: '',
      conflict: null,
      terms: [],
    }
  )
}

function mattersIn(about: readonly Entry[]): string[] {
  return about.flatMap(({ matter, value, normalised }) => [
    matter,
    ...[value, normalised].flatMap((one) =>
      one !== null && typeof one === 'object' && 'matter' in one ? [one.matter] : [],
    ),
  ])
}

/** Matters with all that stands for them or around them. */
async function withParents(tx: Tx, ids: readonly string[]): Promise<Map<string, KnownMatter>> {
  const all = new Map<string, KnownMatter>()
  let wanted = [...ids]
  while (wanted.length > 0) {
    const found = await mattersById(tx, wanted)
    for (const [id, matter] of found) all.set(id, matter)
    wanted = [...found.values()]
      .flatMap(({ matter }) => [matter.parent, matter.mergedInto])
      .filter((id): id is string => id !== null && !all.has(id))
  }
  return all
}

/** Merges and containment: a matter's parent, and what affirmed statements say it is part of. */
function matterFacts(
  matters: ReadonlyMap<string, KnownMatter>,
  statements: readonly KnownStatement[],
): MatterFacts {
  const standing = (id: string): string => {
    const into = matters.get(id)?.matter.mergedInto
    return into ? standing(into) : id
  }
  const around = new Map<string, Set<string>>()
  const put = (inner: string, outer: string) => around.set(inner, (around.get(inner) ?? new Set()).add(outer))
  for (const [id, { matter }] of matters) if (matter.parent) put(standing(id), standing(matter.parent))
  for (const { statement } of statements) {
    if (statement.polarity !== 'affirmed') continue
    for (const { matter, aspect, value } of statement.about) {
      if (aspect === 'part of' && value !== null && typeof value === 'object' && 'matter' in value) {
        put(standing(matter), standing(value.matter))
      }
    }
  }
  const contains = (outer: string, inner: string, seen = new Set<string>()): boolean => {
    for (const next of around.get(inner) ?? []) {
      if (next === outer) return true
      if (!seen.has(next) && contains(outer, next, seen.add(next))) return true
    }
    return false
  }
  return { standing, contains: (outer, inner) => contains(outer, inner) }
}
