import { codePointLength } from '../foundation/code-points.ts'
import { sha256Hex } from '../foundation/hashing.ts'
import { detectLanguage, detectScript } from '../foundation/languages.ts'
import { Refusal } from '../foundation/refusal.ts'
import type { DecodingNote } from './decode.ts'
import { composed } from './drift.ts'
import type { Extract, InsideFile, Reader } from './extract.ts'
import { languagesIn } from './languages-in.ts'
import { packLayout } from './layout.ts'
import { marksOf } from './marks.ts'
import { quotationsIn } from './quotations.ts'
import { sentencesIn, sentencesOf } from './sentences.ts'
import type { Mark, Reading } from './source.ts'

/** A reading as a reader made it; the source it belongs to is added by whoever records it. */
export interface MadeReading {
  readonly text: string
  readonly body: Omit<Reading, 'source'>
  /** What its notes say, for whoever takes it in. */
  readonly warnings: readonly DecodingNote[]
  /** What the original says of itself. */
  readonly found: { readonly title: string | null; readonly date: string | null }
  /** Word boxes, packed; the body holds their SHA-256. */
  readonly layout?: Uint8Array
  /** Files inside the original, which become sources of their own. */
  readonly inside?: readonly InsideFile[]
}

/** Sentences of one reading: what a page can be made of, and what is recorded within a minute. */
const MOST_SENTENCES = 500_000

/**
 * What holds for every format: the text in NFC, its language by block, sentences, marks and quotations.
 *
 * @param passed hears now and then how many UTF-16 units of the text are parted into sentences, and of how many
 * @throws Refusal `no_text`, `too_many_sentences`
 */
export function makeReading(
  extract: Extract,
  {
    reader: { tool, version },
    language: given,
    passed = () => undefined,
  }: {
    reader: Pick<Reader, 'tool' | 'version'>
    language?: string | undefined
    passed?: ((done: number, total: number) => void) | undefined
  },
): MadeReading {
  const { text, drift } = nfcOf(extract)
  if (text.trim() === '')
    throw new Refusal(
      'no_text',
      'There are no words in this file; if it is a picture of words, it must be read another way.',
    )
  const language = given ?? extract.language?.slice(0, 2).toLowerCase() ?? detectLanguage(text)
  const limits = { atMost: MOST_SENTENCES, passed: (units: number) => passed(units, text.length) }
  const sentences = extract.units
    ? sentencesIn(text, language, { ...limits, units: extract.units })
    : sentencesOf(text, language, limits)
  if (!sentences)
    throw new Refusal(
      'too_many_sentences',
      `This file has more than ${MOST_SENTENCES} sentences, more than one source can show; its original is kept: split the file and take in its parts.`,
    )
  const layout = extract.layout ? packLayout(extract.layout) : null
  const languages = extract.units ? languagesIn(text, language, extract.units) : []
  const body: MadeReading['body'] = {
    by: { tool, version },
    charset: extract.charset,
    language,
    script: detectScript(text),
    textSha256: sha256Hex(text),
    length: codePointLength(text),
    ...(drift && extract.isFileText ? { drift } : {}),
    sentences,
    marks: withFurniture(marksOf(text, sentences), extract),
    blocks: [],
    quotations: quotationsIn(text),
    notes: extract.warnings.map(({ sentence }) => sentence),
    ...(extract.structure ? { structure: { ...extract.structure } } : {}),
  }
  if (body.structure && languages.length > 0) body.structure.languages = languages
  if (body.structure && layout && extract.layout)
    body.structure.layout = { sha256: sha256Hex(layout), words: extract.layout.pages.length }
  return {
    text,
    body,
    found: { title: extract.title, date: extract.date },
    warnings: extract.warnings,
    ...(layout ? { layout } : {}),
    ...(extract.inside ? { inside: extract.inside } : {}),
  }
}

/** @throws Error where a reader gave positions in a text that is not in NFC, for then they count another one */
function nfcOf({ text, units }: Extract): ReturnType<typeof composed> {
  if (!units) return composed(text.startsWith('\uFEFF') ? text.slice(1) : text)
  if (text.normalize('NFC') !== text) throw new Error('A reader gave a text that is not in NFC.')
  return { text }
}

/** What belongs to the page is marked once, as what it is, and not as a line that repeats another. */
function withFurniture(
  marks: readonly Mark[],
  { furniture = [], furnitureIs: rule = 'running head' }: Extract,
): Mark[] {
  if (furniture.length === 0) return [...marks]
  const heads = furniture.map(([start, end]): Mark => ({ kind: 'boilerplate', start, end, rule }))
  const ranges = [...furniture].sort(([a], [b]) => a - b)
  const isInside = ({ start, end }: Mark) => {
    let [low, high] = [0, ranges.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ranges[middle]?.[1] ?? 0) <= start) low = middle + 1
      else high = middle
    }
    return (ranges[low]?.[0] ?? Number.POSITIVE_INFINITY) < end
  }
  return [...marks.filter((mark) => !isInside(mark)), ...heads].sort((a, b) => a.start - b.start)
}
