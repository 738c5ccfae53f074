import { z } from 'zod'

export const VALUE_TYPES = ['date', 'quantity', 'term', 'matter', 'text'] as const
export type ValueType = (typeof VALUE_TYPES)[number]

/** The part of a matter that a statement speaks to. `conflict` is the rule in words; see comparison.ts for how it is read. */
export const Aspect = z.strictObject({
  /** Null for what the whole installation knows; else the dossier whose own it is. */
  dossier: z.string().nullable(),
  matterKind: z.string().min(1),
  name: z.string().min(1),
  valueType: z.enum(VALUE_TYPES),
  holds: z.enum(['one', 'many', 'one at a time']),
  definition: z.string(),
  conflict: z.string().nullable(),
  terms: z.array(z.string()),
  /** Of the shipped aspects, the version that was recorded. */
  version: z.string().optional(),
})
export type Aspect = z.infer<typeof Aspect>

/** What must agree before two values of an aspect are compared, and which difference cannot stand. */
export interface Comparison {
  /** Values merely apart cannot both hold. False for aspects that hold many, and for text. */
  readonly apart: boolean
  /** Quantities: a different unit is itself a conflict, where scope and as-of agree. */
  readonly unitMatters: boolean
  readonly sameScope: boolean
  readonly sameAsOf: boolean
  /** Matters: apart only where neither contains the other. */
  readonly containment: boolean
  /** The aspect of the same matter within whose value this one must lie. */
  readonly within: string | null
}

/**
 * Read an aspect's rule. The words of `conflict` decide where they say something; else the value type does:
 * dates that do not overlap, quantities with disjoint bounds, terms and matters that differ; text never by itself.
 */
export function comparisonOf(aspect: Aspect): Comparison {
  const words = (aspect.conflict ?? '').toLowerCase()
  const within = /\b(?:within|inside)\b.*?["“'«]([^"”'»]+)["”'»]/u.exec(aspect.conflict ?? '')?.[1] ?? null
  const quantity = aspect.valueType === 'quantity'
  const holdsOne = aspect.holds !== 'many'
  const onlyByStance = words.includes('asserted') && !words.includes('differ') && !words.includes('disjoint')
  return {
    apart: holdsOne && aspect.valueType !== 'text' && !onlyByStance && within === null,
    unitMatters: quantity && /different unit/.test(words),
    sameScope: quantity && (words === '' || /scope/.test(words)),
    sameAsOf: aspect.holds === 'one at a time' || /as-of|as of/.test(words) || (quantity && words === ''),
    containment: aspect.valueType === 'matter' && /contain/.test(words),
    within,
  }
}
