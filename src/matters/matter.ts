import { z } from 'zod'

/** One way a matter is written. `from` and `to` are EDTF dates for names that were in use for a time. */
export const MatterName = z.strictObject({
  text: z.string().min(1),
  /** ISO 639-1, or 'und'. */
  language: z.string().default('und'),
  use: z.enum(['alias', 'metonym', 'spelling', 'former', 'dated']).default('alias'),
  from: z.string().optional(),
  to: z.string().optional(),
})
export type MatterName = z.infer<typeof MatterName>

/**
 * What is spoken of. `name` is our neutral title, never a label that one side gave. A matter that is not `named`
 * (an unknown man, "various officials") is never matched by name: two of them stay two until a person merges them.
 */
export const Matter = z.strictObject({
  kind: z.string().min(1),
  name: z.string().min(1),
  /** A stable handle for coding files; unique in an organisation. */
  key: z.string().nullable(),
  named: z.boolean(),
  names: z.array(MatterName),
  note: z.string().nullable(),
  /** The dossier in which it was first needed. */
  dossier: z.string().nullable(),
  /** What it is part of: a body's parent, the place around a place. */
  parent: z.string().nullable(),
  /** The matter that stands for this one since a person merged the two; undone by setting null. */
  mergedInto: z.string().nullable(),
})
export type Matter = z.infer<typeof Matter>

export interface KnownMatter {
  readonly id: string
  readonly revision: number
  readonly matter: Matter
}

/** Every spelling under which a matter may be looked up, its title first. */
export function allNames(matter: Matter): string[] {
  return [matter.name, ...matter.names.map((name) => name.text)]
}

/** A key from a name, for matters that come without one: Latin letters and digits of the folded name. */
export function keyFromName(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
}
