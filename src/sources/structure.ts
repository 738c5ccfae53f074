import { z } from 'zod'

const place = z.number().int().nonnegative()
const span = z.strictObject({ start: place, end: place })

/** A page as it was printed: where its own words begin in the reading, and its size in points. */
const Page = z.strictObject({ start: place, width: z.number(), height: z.number() })

/**
 * A table whose cells are addressable: rows from the top, in each the length of every cell in code points. Cells of a row
 * stand one code point apart in the reading, rows too, so that a cell's place is a sum and nothing is written twice.
 */
const Table = span.extend({ name: z.string().optional(), rows: z.array(z.array(place)) })

/** A note of the document's own: its words, and the place in the text that calls for it, where that was found. */
const Footnote = span.extend({
  kind: z.enum(['footnote', 'endnote']),
  label: z.string(),
  at: place.nullable(),
})

/** What stands beside a text and is none of it: somebody's comment, or a change that was proposed and is still marked. */
const Aside = z.strictObject({
  kind: z.enum(['comment', 'insertion', 'deletion']),
  at: place,
  /** For an insertion: how far it reaches in the reading. */
  end: place.optional(),
  /** For comments and deletions: the words, which are not in the reading. */
  text: z.string().optional(),
  by: z.string().optional(),
  date: z.string().optional(),
})

/** What a reader finds in an original beside its words. All of it may be missing; positions count code points of the reading. */
export const Structure = z.strictObject({
  pages: z.array(Page).optional(),
  headings: z.array(span.extend({ level: z.number().int().min(1).max(9) })).optional(),
  tables: z.array(Table).optional(),
  footnotes: z.array(Footnote).optional(),
  asides: z.array(Aside).optional(),
  /** Where the reading differs from what is printed, and what stands there: words parted at a line's end, ligatures. */
  mended: z.array(z.tuple([place, place, z.string()])).optional(),
  /** Pages, from 1, whose words were made out in a picture, and how sure that is: 0 to 100. */
  recognised: z.array(z.strictObject({ page: place.min(1), confidence: place.max(100) })).optional(),
  /** Words that were made out with little confidence, of 100. */
  doubtful: z.array(z.tuple([place, place, place.max(100)])).optional(),
  /** What the file says of itself: author, program, dates; as it stands there, believed by nobody. */
  about: z.record(z.string(), z.string()).optional(),
  /** Blocks in another language than the reading's. */
  languages: z.array(span.extend({ language: z.string() })).optional(),
  /** The word boxes kept beside the reading: their SHA-256, and how many. */
  layout: z.strictObject({ sha256: z.string().length(64), words: place }).optional(),
})
export type Structure = z.infer<typeof Structure>
