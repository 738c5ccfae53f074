import { createHash } from 'node:crypto'
import type { Conflict } from './account.ts'
import { groupOf } from './account.ts'
import { aspectOf, groupIn, type Said } from './accounts-of.ts'
import { comparedValue, type Decision } from './compare.ts'
import { innermost, type KnownStatement, speakersOf } from './statement.ts'
import { matterRef, valueView } from './statement-views.ts'
import type { ConflictSide, ConflictView } from './view-shapes.ts'

/** Sides that a row shows; an account in which twenty disagree is read on its own page. */
const MOST_SIDES = 6

/** A conflict's short name: the same as long as matter, aspect and reason stay the same. */
export function conflictId({ matter, aspect, by }: Pick<Conflict, 'matter' | 'aspect' | 'by'>): string {
  return `C-${createHash('sha256').update(`${matter}\n${aspect}\n${by}`).digest('hex').slice(0, 4)}`
}

export function conflictView(conflict: Conflict, said: Said): ConflictView {
  return {
    id: conflictId(conflict),
    matter: matterRef(said, conflict.matter),
    aspect: conflict.aspect,
    by: conflict.by,
    statements: [...conflict.statements],
    groups: [...new Set(conflict.statements.map((one) => groupIn(said, one)))],
    sides: sidesOf(conflict, said),
  }
}

/** What stands against what, in short: each value once for each speaker who gives it. */
function sidesOf(conflict: Conflict, said: Said): ConflictSide[] {
  const sides = new Map<string, ConflictSide>()
  for (const statement of conflict.statements) {
    const known = said.byId.get(statement)
    if (!known) continue
    const side = sideOf(known, conflict, said)
    const same = `${side.group}\n${side.speaker}\n${side.polarity}\n${side.text}`
    if (!sides.has(same)) sides.set(same, side)
    if (sides.size === MOST_SIDES) break
  }
  return [...sides.values()]
}

function sideOf({ id, statement }: KnownStatement, { matter, aspect }: Conflict, said: Said): ConflictSide {
  const publisher = said.sources.get(statement.source)?.source.publisher ?? null
  const last = innermost(statement)
  const own = last !== null && 'own' in last ? (publisher?.name ?? '') : ''
  const entry = statement.about.find(
    (one) => one.aspect === aspect && said.facts.standing(one.matter) === matter,
  )
  const value = entry ? comparedValue(entry, decisionOn(said, id, statement.about.indexOf(entry))) : null
  const view =
    entry && value !== null
      ? valueView(said, value, aspectOf(said, statement.dossier, entry).valueType)
      : null
  return {
    statement: id,
    item: statement.item,
    source: statement.source,
    group: groupOf(statement, publisher?.group ?? 'unknown'),
    speaker: (last === null ? '' : speakersOf(last)[0]?.name) ?? own,
    polarity: statement.polarity,
    text: view?.text ?? entry?.asStated ?? '',
    quoted: view === null,
  }
}

function decisionOn(said: Said, statement: string, n: number): Decision {
  const state = said.emendations.find(({ emendation }) =>
    emendation.entries.some((one) => one.statement === statement && one.n === n),
  )?.emendation.state
  return state === undefined || state === 'proposed' ? 'open' : state
}
