import { Refusal } from '../foundation/refusal.ts'
import { type FoldedReading, fit, foldReading, type Selector } from './fits.ts'
import { type Layout, regionsOf } from './layout.ts'
import type { Mark, Passage } from './source.ts'

/** How many code points of neighbouring words a passage keeps on each side. */
const NEIGHBOURS = 32
/** Lines of a passage whose place on the page is kept: some pages; a longer one is found by its first lines. */
const MOST_REGIONS = 200

/** Words that found their place: the reading's own words at its own code points. */
export type FittedWords = Pick<
  Passage,
  'start' | 'end' | 'exact' | 'prefix' | 'suffix' | 'loose' | 'marked' | 'regions'
>

/** A reading in which words can be cited, folded once for many quotes. */
export class CitableText {
  /** The reading's id. */
  readonly reading: string
  readonly text: string
  readonly #folded: FoldedReading
  readonly #marks: readonly Mark[]
  readonly #layout: Layout | null

  constructor(text: string, marks: readonly Mark[], reading: string, layout: Layout | null = null) {
    this.text = text
    this.reading = reading
    this.#marks = marks
    this.#layout = layout
    this.#folded = foldReading(text)
  }

  /** In code points. */
  get length(): number {
    return this.#folded.points.length
  }

  get folded(): FoldedReading {
    return this.#folded
  }

  /** @throws Refusal `nowhere`, `ambiguous` */
  fit(selector: Selector): FittedWords {
    const found = fit(this.#folded, selector)
    if (found.state === 'nowhere') {
      throw new Refusal(
        'nowhere',
        `These words stand nowhere in the source: "${shortened(selector.exact)}"; copy them from its reading.`,
      )
    }
    if (found.state === 'ambiguous') {
      throw new Refusal(
        'ambiguous',
        `These words stand at ${found.places} places: "${shortened(selector.exact)}"; add the words before and after, or a position.`,
        { places: found.places },
      )
    }
    const { start, end, loose } = found
    return { ...this.wordsAt(start, end), ...(loose ? { loose: [...loose] } : {}) }
  }

  /** The words between two positions, with their neighbours and the mark they stand in. */
  wordsAt(start: number, end: number): FittedWords {
    const { slice } = this.#folded.points
    const marked = this.#marks.find((mark) => mark.start <= start && end <= mark.end)
    const regions = this.#layout ? regionsOf(this.#layout, start, end).slice(0, MOST_REGIONS) : []
    return {
      start,
      end,
      exact: slice(start, end),
      prefix: slice(Math.max(0, start - NEIGHBOURS), start),
      suffix: slice(end, end + NEIGHBOURS),
      ...(marked ? { marked: marked.kind } : {}),
      ...(regions.length > 0 ? { regions } : {}),
    }
  }
}

function shortened(words: string): string {
  const points = [...words.replace(/\s+/g, ' ')]
  return points.length > 60 ? `${points.slice(0, 59).join('')}…` : points.join('')
}
