import { newId } from '../foundation/ids.ts'
import { canonicalJson, toJson } from '../foundation/json.ts'
import type { Changed } from '../ledger/record-kind.ts'
import type { KnownDossier } from '../sources/dossier.ts'
import type { Tx } from '../storage/database.ts'
import type { Emendation, KnownEmendation } from './emendation.ts'
import type { Entry } from './statement.ts'
import { emendationKind } from './statement-kinds.ts'
import { emendationsOf } from './statement-store.ts'

/** The groups of slips that a coding file names, gathered from its entries. A decided group is not reopened by a file. */
export class EmendationGroups {
  readonly #dossier: KnownDossier
  readonly #person: string
  readonly #known: Map<string, KnownEmendation>
  readonly #groups = new Map<string, Emendation>()

  private constructor(dossier: KnownDossier, person: string, known: KnownEmendation[]) {
    this.#dossier = dossier
    this.#person = person
    this.#known = new Map(known.map((one) => [one.emendation.name, one]))
  }

  static async open(tx: Tx, dossier: KnownDossier): Promise<EmendationGroups> {
    return new EmendationGroups(dossier, tx.actor.person, await emendationsOf(tx, dossier.id))
  }

  note(statement: string, about: readonly Entry[]): void {
    for (const [n, { emendation: name, reason }] of about.entries()) {
      if (name === undefined) continue
      const group = this.#groups.get(name) ?? this.#known.get(name)?.emendation ?? this.#start(name)
      const have = group.entries.some((entry) => entry.statement === statement && entry.n === n)
      this.#groups.set(name, {
        ...group,
        reason: group.reason ?? reason ?? null,
        entries: have ? group.entries : [...group.entries, { statement, n }],
      })
    }
  }

  get changes(): Changed[] {
    const changes: Changed[] = []
    for (const [name, group] of this.#groups) {
      const known = this.#known.get(name)
      if (known && canonicalJson(known.emendation) === canonicalJson(group)) continue
      changes.push({
        kind: emendationKind,
        revision: known?.revision ?? 0,
        state: {
          id: known?.id ?? newId('emendation'),
          level: 'organisation',
          case: null,
          body: toJson(group),
        },
      })
    }
    return changes
  }

  #start(name: string): Emendation {
    return {
      dossier: this.#dossier.id,
      name,
      state: 'proposed',
      entries: [],
      reason: null,
      evidence: [],
      proposedBy: this.#person,
      decidedBy: null,
      decidedAt: null,
      decision: null,
    }
  }
}
