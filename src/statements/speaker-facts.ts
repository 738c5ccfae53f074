import { contains, parseDate, tryDate } from '../foundation/edtf.ts'
import { mattersById, mergedWith } from '../matters/matter-store.ts'
import type { Tx } from '../storage/database.ts'
import { accountsIn, gather, type Said } from './accounts-of.ts'
import { type Statement, speakersOf, type Value } from './statement.ts'
import { statementsAbout, statementsValuing } from './statement-store.ts'

/** One role that somebody held, as affirmed statements tell it. */
export interface HeldRole {
  /** The matter of kind role. */
  readonly role: string
  readonly title: string
  /** EDTF; null where nobody said from when to when. */
  readonly period: string | null
}

/** What is known of those who speak, by the matter that stands for each. */
export interface SpeakerFacts {
  /** Roles held on a day; without a day, none: a role is of its time. */
  rolesOn(speaker: string, day: string | null): HeldRole[]
  /** Interests that somebody declared for the speaker. */
  interestsOf(speaker: string): string[]
}

/** Roles and declared interests of everybody who speaks in these statements, also on whose behalf. */
export async function speakerFacts(
  tx: Tx,
  statements: readonly { statement: Statement }[],
): Promise<SpeakerFacts> {
  const speakers = [...new Set(statements.flatMap(({ statement }) => speakersIn(statement)))]
  const ids = speakers.length > 0 ? await mergedWith(tx, speakers) : []
  const roleStatements = await statementsValuing(tx, { matterKind: 'role', aspect: 'person', matters: ids })
  const roles = [
    ...new Set(
      roleStatements.flatMap(({ statement }) =>
        statement.about.filter(({ aspect }) => aspect === 'person').map(({ matter }) => matter),
      ),
    ),
  ]
  const declared = ids.length > 0 ? await statementsAbout(tx, ids, 'interest') : []
  const said = await gather(tx, [...(await statementsAbout(tx, roles)), ...declared])
  const known = await mattersById(tx, ids)
  const standing = (id: string) => {
    let at = id
    for (let into = known.get(at)?.matter.mergedInto; into; into = known.get(at)?.matter.mergedInto) at = into
    return at
  }
  const held = rolesIn(said, standing)
  const interests = interestsIn(said, standing)
  return {
    rolesOn: (speaker, day) =>
      (held.get(standing(speaker)) ?? []).filter(({ period }) => wasHeld(period, day)),
    interestsOf: (speaker) => interests.get(standing(speaker)) ?? [],
  }
}

function speakersIn({ speakers }: Statement): string[] {
  return speakers.flatMap((link) =>
    speakersOf(link).flatMap(({ matter, for: onBehalf }) => [matter ?? [], onBehalf?.matter ?? []].flat()),
  )
}

function rolesIn(said: Said, standing: (id: string) => string): Map<string, HeldRole[]> {
  const held = new Map<string, HeldRole[]>()
  for (const [role, aspects] of accountsIn(said)) {
    if (said.matters.get(role)?.matter.kind !== 'role') continue
    const values = (aspect: string) =>
      (aspects.get(aspect)?.entries ?? [])
        .filter(({ said: { polarity } }) => polarity === 'affirmed')
        .flatMap(({ compared }) => (compared ? [compared.value] : []))
    const person = matterIn(values('person'))
    if (person === null) continue
    const title = values('title').find((value) => typeof value === 'string')
    const period = values('period').find((value) => typeof value === 'string')
    const one: HeldRole = {
      role,
      title: title ?? said.matters.get(role)?.matter.name ?? '',
      period: period ?? null,
    }
    held.set(standing(person), [...(held.get(standing(person)) ?? []), one])
  }
  return held
}

function interestsIn(said: Said, standing: (id: string) => string): Map<string, string[]> {
  const interests = new Map<string, string[]>()
  for (const { statement } of said.statements) {
    if (statement.polarity !== 'affirmed') continue
    for (const { matter, aspect, value } of statement.about) {
      if (aspect !== 'interest' || typeof value !== 'string') continue
      const of = standing(matter)
      interests.set(of, [...new Set([...(interests.get(of) ?? []), value])])
    }
  }
  return interests
}

function matterIn(values: readonly Value[]): string | null {
  const [first] = values.flatMap((value) =>
    value !== null && typeof value === 'object' && 'matter' in value ? [value.matter] : [],
  )
  return first ?? null
}

function wasHeld(period: string | null, day: string | null): boolean {
  if (period === null || day === null || tryDate(period) === null || tryDate(day) === null) return false
  return contains(parseDate(period), parseDate(day))
}
