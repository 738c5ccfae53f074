import { z } from 'zod'
import { LINK_RELS } from './statement.ts'

export { LINK_RELS }

/** One statement beside another, put there by a coder or by a named person. */
export const Link = z.strictObject({
  dossier: z.string(),
  from: z.string(),
  rel: z.enum(LINK_RELS),
  to: z.string(),
  note: z.string().nullable(),
})
export type Link = z.infer<typeof Link>

export interface KnownLink {
  readonly id: string
  readonly link: Link
}
