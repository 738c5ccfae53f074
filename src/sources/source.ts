import { z } from 'zod'
import { tryDate } from '../foundation/edtf.ts'
import { AnyJson } from '../foundation/json.ts'
import { Drift } from './drift.ts'
import { Structure } from './structure.ts'

/** Who put a source out. `group` is what its own voice counts as beside others. */
export const Publisher = z.strictObject({
  name: z.string().min(1),
  key: z.string().optional(),
  group: z.string().default('unknown'),
  matter: z.string().optional(),
})
export type Publisher = z.infer<typeof Publisher>

/** How a source reached us and what interest stands behind it; every member may be unknown (absent). */
export const Provenance = z.strictObject({
  /** Where it was put out, where that is not its publisher. */
  outlet: z.string().optional(),
  occasion: z.string().optional(),
  /** How it reached us. */
  obtained: z.string().optional(),
  /** Whether a party to the matter supplied it, and which. */
  suppliedByParty: z.boolean().optional(),
  suppliedBy: z.string().optional(),
  /** What may be done with its words. */
  rights: z.string().optional(),
  /** Whose its pictures are, and what may be done with them. */
  credit: z.string().optional(),
  licence: z.string().optional(),
  interest: z.string().optional(),
  /** A note on independence; shown wherever the source is cited. */
  independence: z.string().optional(),
  url: z.string().optional(),
  /** When an archive of the web took it, as the archive says: ISO 8601, UTC. */
  captured: z.string().optional(),
})
export type Provenance = z.infer<typeof Provenance>

/** What whoever takes a source in knows of it beside its bytes. */
export const SourceFacts = z.strictObject({
  kind: z.string().min(1).optional(),
  title: z.string().min(1).optional(),
  date: z
    .string()
    .refine(
      (text) => tryDate(text) !== null,
      'this is no date; write the year first, such as 2015-01-23 or 2015-01',
    )
    .optional(),
  /** ISO 639-1. */
  language: z.string().optional(),
  publisher: Publisher.nullable().optional(),
  provenance: Provenance.optional(),
})
export type SourceFacts = z.infer<typeof SourceFacts>

/** Something that says something. */
export const Source = z.strictObject({
  dossier: z.string(),
  kind: z.string().min(1),
  title: z.string().min(1),
  fileName: z.string().nullable(),
  mediaType: z.string(),
  original: z.strictObject({ sha256: z.string().length(64), size: z.number().int().nonnegative() }),
  publisher: Publisher.nullable(),
  /** Its own date, EDTF. */
  date: z.string().nullable(),
  language: z.string().nullable(),
  script: z.string().nullable(),
  provenance: Provenance,
  /** The reading in use; null while it is unread. */
  reading: z.string().nullable(),
  unread: z.strictObject({ code: z.string(), reason: z.string() }).nullable(),
  /** For what was typed here: which form it was typed in, and its fields. */
  note: z.strictObject({ template: z.string(), fields: z.record(z.string(), AnyJson) }).nullable(),
  /** The source that it came inside of: a mail, an archive. */
  within: z.string().optional(),
  /** The document (a matter) that this source is, where others cite it. */
  holds: z.string().nullable(),
})
export type Source = z.infer<typeof Source>

export interface KnownSource {
  readonly id: string
  readonly revision: number
  readonly source: Source
}

const span = z.tuple([z.number().int(), z.number().int()])
/** A stretch of a reading that is not its own text: navigation, or words that stand elsewhere in it already. */
export const Mark = z.strictObject({
  kind: z.enum(['boilerplate', 'repeat']),
  start: z.number().int(),
  end: z.number().int(),
  of: span.optional(),
  rule: z.string().optional(),
})
export type Mark = z.infer<typeof Mark>

/** What a named tool, or a named person, made of an original. All positions count code points of its NFC text. */
export const Reading = z.strictObject({
  source: z.string(),
  by: z.union([
    z.strictObject({ tool: z.string(), version: z.string() }),
    z.strictObject({ person: z.string() }),
  ]),
  charset: z.string().nullable(),
  language: z.string().nullable(),
  script: z.string().nullable(),
  textSha256: z.string(),
  length: z.number().int(),
  /** Where its positions part from the file's; absent where they do not, and for HTML, whose file has others altogether. */
  drift: Drift.optional(),
  sentences: z.array(span),
  marks: z.array(Mark),
  /** Parts that have a place of their own: a turn of an interview, with whoever speaks in it. */
  blocks: z.array(
    z.strictObject({
      kind: z.string(),
      start: z.number().int(),
      end: z.number().int(),
      speaker: z.string().optional(),
    }),
  ),
  /** Long quotations of other documents, as proposals. */
  quotations: z.array(
    z.strictObject({
      start: z.number().int(),
      end: z.number().int(),
      rule: z.string(),
      words: z.number().int(),
    }),
  ),
  /** What the reader had to say: the charset it guessed, what it could not decode. */
  notes: z.array(z.string()),
  /** Pages, tables, notes and boxes, for formats that have them. */
  structure: Structure.optional(),
})
export type Reading = z.infer<typeof Reading>

/** Exact words of a reading: W3C Web Annotation quote and position. */
export const Passage = z.strictObject({
  source: z.string(),
  reading: z.string(),
  start: z.number().int(),
  end: z.number().int(),
  exact: z.string(),
  prefix: z.string(),
  suffix: z.string(),
  state: z.enum(['intact', 'moved', 'lost']),
  /** Anchored on letters and digits alone; what differed. */
  loose: z.array(z.string()).optional(),
  /** Stands in boilerplate or a repeat: may be cited, never counts as an origin. */
  marked: z.enum(['boilerplate', 'repeat']).optional(),
  /** Where it is printed: page, from 1, and a box a line (left, top, right, bottom, in points from the upper left corner). */
  regions: z
    .array(
      z.strictObject({
        page: z.number().int().positive(),
        box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
      }),
    )
    .optional(),
  /** Who looked at a moved or lost one, and said that so it is. A later reading asks again. */
  settled: z.strictObject({ by: z.string(), at: z.string(), reason: z.string() }).optional(),
})
export type Passage = z.infer<typeof Passage>

export interface KnownPassage {
  readonly id: string
  readonly revision: number
  readonly passage: Passage
}
