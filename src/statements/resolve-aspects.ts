import { newId } from '../foundation/ids.ts'
import { canonicalJson, toJson } from '../foundation/json.ts'
import type { Changed } from '../ledger/record-kind.ts'
import type { Aspect, ValueType } from '../matters/aspect.ts'
import { knownAspect } from '../matters/known-aspects.ts'
import { aspectKind } from '../matters/matter-kinds.ts'
import { aspectsFor, type KnownAspect } from '../matters/matter-store.ts'
import type { KnownDossier } from '../sources/dossier.ts'
import type { Tx } from '../storage/database.ts'
import type { CodingAspect } from './coding-format.ts'
import type { Value } from './statement.ts'

/**
 * The aspects a coding file uses: what the installation knows stays as it is, and is recorded when it is first used;
 * what a file defines otherwise, or nobody has defined, becomes the dossier's own and stands before it there.
 */
export class AspectResolver {
  readonly #dossier: KnownDossier
  readonly #own = new Map<string, KnownAspect>()
  readonly #shared = new Map<string, KnownAspect>()
  readonly #changed = new Map<string, Changed>()

  private constructor(dossier: KnownDossier) {
    this.#dossier = dossier
  }

  static async open(
    tx: Tx,
    dossier: KnownDossier,
    declared: Readonly<Record<string, Readonly<Record<string, CodingAspect>>>>,
  ): Promise<AspectResolver> {
    const resolver = new AspectResolver(dossier)
    for (const known of await aspectsFor(tx, dossier.id)) {
      const { aspect } = known
      const aspects = aspect.dossier === null ? resolver.#shared : resolver.#own
      aspects.set(keyOf(aspect.matterKind, aspect.name), known)
    }
    for (const [matterKind, aspects] of Object.entries(declared)) {
      for (const [name, aspect] of Object.entries(aspects)) resolver.#declare(matterKind, name, aspect)
    }
    return resolver
  }

  get changes(): Changed[] {
    return [...this.#changed.values()]
  }

  /** The aspect of a matter of this kind; made after the value's own type where nobody defined it. */
  resolve(matterKind: string, name: string, given: Given): Aspect {
    const key = keyOf(matterKind, name)
    const own = this.#own.get(key)
    if (own) return own.aspect
    const recorded = this.#shared.get(key)?.aspect
    const shipped = knownAspect(matterKind, name)
    if (recorded && takes(recorded, given)) return recorded
    if (!recorded && shipped && takes(shipped, given)) {
      this.#keep({ id: newId('aspect'), revision: 0, aspect: shipped })
      return shipped
    }
    const aspect: Aspect = {
      dossier: this.#dossier.id,
      matterKind,
      name,
      valueType: typeOf(given.value),
      holds: 'many',
      definition: '',
      conflict: null,
      terms: [],
    }
    this.#keep({ id: newId('aspect'), revision: 0, aspect })
    return aspect
  }

  #declare(matterKind: string, name: string, declared: CodingAspect): void {
    const key = keyOf(matterKind, name)
    const own = this.#own.get(key)
    const wanted: Aspect = {
      dossier: this.#dossier.id,
      matterKind,
      name,
      valueType: declared.valueType,
      holds: declared.holds,
      definition: declared.definition,
      conflict: declared.conflict ?? null,
      terms: [...declared.terms],
    }
    if (own) {
      const terms = [...new Set([...own.aspect.terms, ...wanted.terms])]
      // A later file may add terms; it may not turn a closed list into an open one, nor change what is compared.
      const closed = own.aspect.terms.length > 0
      if (closed && terms.length > own.aspect.terms.length)
        this.#keep({ ...own, aspect: { ...own.aspect, terms } })
      return
    }
    const shared = this.#shared.get(key)
    if (!shared || ruleOf(shared.aspect) !== ruleOf(wanted)) {
      this.#keep({ id: newId('aspect'), revision: 0, aspect: wanted })
    }
  }

  #keep(known: KnownAspect): void {
    const isShared = known.aspect.dossier === null
    const aspects = isShared ? this.#shared : this.#own
    aspects.set(keyOf(known.aspect.matterKind, known.aspect.name), known)
    this.#changed.set(known.id, {
      kind: aspectKind,
      revision: known.revision,
      state: {
        id: known.id,
        level: 'organisation',
        case: null,
        body: toJson(known.aspect),
      },
    })
  }
}

/** A value, and whether words of it stand in scare quotes in its source. */
interface Given {
  readonly value: Value | undefined
  readonly scareQuoted: boolean
}

function keyOf(matterKind: string, name: string): string {
  return `${matterKind}\n${name}`
}

/** What of an aspect decides how values are read and compared; its definition may be worded in many ways. */
function ruleOf({ valueType, holds, conflict, terms }: Aspect): string {
  return canonicalJson({ valueType, holds, conflict, terms: [...terms].sort() })
}

/** Whether a value can stand in an aspect that the file does not declare. Where it cannot, the file means another one. */
function takes({ valueType, terms }: Aspect, { value, scareQuoted }: Given): boolean {
  if (value === undefined || value === null) return true
  // A date that cannot be read is refused as such; it turns no aspect of dates into one of texts.
  if (typeof value === 'string') {
    return valueType === 'text' || valueType === 'date' || (valueType === 'term' && scareQuoted)
  }
  if (typeOf(value) !== valueType) return false
  return !('term' in value) || terms.length === 0 || terms.includes(value.term)
}

function typeOf(value: Value | undefined): ValueType {
  if (value === undefined || value === null || typeof value === 'string') return 'text'
  if ('term' in value) return 'term'
  return 'matter' in value ? 'matter' : 'quantity'
}
