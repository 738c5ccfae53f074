import { z } from 'zod'
import { codePointLength } from '../foundation/code-points.ts'
import { sha256Hex } from '../foundation/hashing.ts'
import { Refusal } from '../foundation/refusal.ts'
import type { InsideFile } from './extract.ts'
import { unpackLayout } from './layout.ts'
import type { MadeReading } from './make-reading.ts'
import { RecognisedPage } from './readers/recognised.ts'
import { Reading } from './source.ts'

/** What a shut-in reader said, in bytes. */
export interface RawAnswer {
  text: Buffer | null
  made: Buffer | null
  layout: Buffer | null
  /** Pages to be made out first, and what was made out on one. */
  pictures: Buffer | null
  recognised: Buffer | null
  readonly inside: InsideFile[]
}

const Sentence = z.strictObject({
  code: z.string().regex(/^[a-z_]{1,60}$/),
  sentence: z.string().min(1).max(600),
})
const Made = z.strictObject({
  body: Reading.omit({ source: true }),
  warnings: z.array(Sentence).max(1000),
  found: z.strictObject({
    title: z.string().max(2000).nullable(),
    date: z.string().max(40).nullable(),
  }),
  mediaType: z.string().regex(/^[a-z]+\/[a-z0-9.+-]+$/),
})

/** What readers refuse: of any other thing a reader knows nothing, and says it at nobody's asking. */
const Refused = Sentence.extend({
  code: z.enum([
    'binary_content',
    'file_damaged',
    'kind_disagrees',
    'no_text',
    'password_needed',
    'path_leaves_folder',
    'picture_too_large',
    'too_deep',
    'too_large',
    'too_many_sentences',
    'unpacks_too_large',
  ]),
})

/**
 * The reader's own reason; whatever else it says is a failure of it.
 *
 * @throws Error where it is none that readers give
 */
export function theirRefusal(payload: Buffer): Refusal {
  const { code, sentence } = Refused.parse(JSON.parse(payload.toString('utf8')))
  return new Refusal(code, sentence)
}

const Inside = z.strictObject({
  fileName: z.string().min(1).max(4096),
  captured: z
    .strictObject({
      address: z.string().min(1).max(2000),
      at: z.string().regex(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/),
    })
    .optional(),
})

/** The name of a file inside, before its bytes. @throws Error where it is none */
export function insideNamed(payload: Buffer): Omit<InsideFile, 'bytes'> {
  return Inside.parse(JSON.parse(payload.toString('utf8')))
}

/** Pages of a document that are looked at as pictures; a longer one is a folder of scans. */
const MOST_PICTURES = 2000
const Pictures = z.array(z.number().int().min(0).max(65_535)).min(1).max(MOST_PICTURES)

/** The pages that a child wants to be made out first, or null where it gave a reading. */
export function picturesIn({ pictures }: RawAnswer): readonly number[] | null {
  if (!pictures) return null
  const parsed = Pictures.safeParse(jsonOf(pictures))
  if (!parsed.success) throw unusable()
  return [...new Set(parsed.data)]
}

/** @throws Refusal `reader_failed` where it is not what was made out on this page */
export function recognisedIn({ recognised }: RawAnswer, page: number): RecognisedPage {
  const parsed = RecognisedPage.safeParse(recognised && jsonOf(recognised))
  if (!parsed.success || parsed.data.page !== page) throw unusable()
  return parsed.data
}

/**
 * What a child said, believed only where it has the shape of a reading and holds together: its text is in NFC and can be
 * stored, hash and length are the text's, and every position lies inside it.
 *
 * @throws Refusal `reader_failed`
 */
export function checkedAnswer({ text, made, layout, inside }: RawAnswer): {
  reading: MadeReading
  mediaType: string
} {
  if (!text || !made) throw unusable()
  const words = new TextDecoder('utf-8', { ignoreBOM: true }).decode(text)
  const parsed = Made.safeParse(jsonOf(made))
  if (!parsed.success) throw unusable()
  const { body, warnings, found, mediaType } = parsed.data
  const holds =
    sha256Hex(words) === body.textSha256 &&
    codePointLength(words) === body.length &&
    !words.includes('\u0000') &&
    words.normalize('NFC') === words &&
    inOrder(body) &&
    (body.structure?.layout === undefined
      ? layout === null
      : layout !== null && sha256Hex(layout) === body.structure.layout.sha256 && boxesHold(layout, body))
  if (!holds) throw unusable()
  return {
    mediaType,
    reading: {
      text: words,
      body,
      warnings,
      found,
      ...(layout ? { layout } : {}),
      ...(inside.length > 0 ? { inside } : {}),
    },
  }
}

function inOrder({
  length,
  sentences,
  marks,
  quotations,
  blocks,
  structure = {},
}: z.infer<typeof Made>['body']): boolean {
  let before = 0
  for (const [start, end] of sentences) {
    if (start < before || end <= start || end > length) return false
    before = start
  }
  const {
    headings = [],
    tables = [],
    footnotes = [],
    languages = [],
    pages = [],
    asides = [],
    mended = [],
    recognised = [],
    doubtful = [],
  } = structure
  const spans = [...marks, ...quotations, ...blocks, ...headings, ...tables, ...footnotes, ...languages]
  return (
    spans.every(({ start, end }) => 0 <= start && start <= end && end <= length) &&
    pages.every(({ start }) => start <= length) &&
    asides.every(({ at, end = at }) => at <= end && end <= length) &&
    footnotes.every(({ at }) => at === null || at <= length) &&
    [...mended, ...doubtful].every(([start, end]) => start <= end && end <= length) &&
    recognised.every(({ page }) => page <= pages.length) &&
    tables.every(({ start, end, rows }) => cells(rows) === end - start)
  )
}

/** Word boxes come in the order of the text, as many as are said, each on a page that there is. */
function boxesHold(packed: Buffer, { length, structure }: z.infer<typeof Made>['body']): boolean {
  try {
    const { words, pages } = unpackLayout(packed)
    if (pages.length !== structure?.layout?.words) return false
    let before = 0
    for (let n = 0; n < pages.length; n += 1) {
      const [start, end] = [words[n * 6] ?? -1, words[n * 6 + 1] ?? -1]
      if (start < before || end <= start || end > length || (pages[n] ?? 0) >= (structure.pages?.length ?? 0))
        return false
      before = start
    }
    return true
  } catch {
    return false
  }
}

/** Code points of a table with all that stands between its cells and rows. */
function cells(rows: readonly (readonly number[])[]): number {
  let sum = Math.max(0, rows.length - 1)
  for (const row of rows) sum += row.reduce((one, cell) => one + cell, 0) + Math.max(0, row.length - 1)
  return sum
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
}

function unusable(): Refusal {
  return new Refusal(
    'reader_failed',
    'What the reader gave of this file does not hold together, so nothing of it is believed; its original is kept: get another copy, or save it in another format.',
  )
}
