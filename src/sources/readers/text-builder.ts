import { codePointLength } from '../../foundation/code-points.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not stand in a text
const UNSTORABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g
const HALVES = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/** Letters and signs that are as the record keeps them, whatever stands beside them: most pieces hold nothing else. */
const AS_IT_IS = /^[ -~\u00A1-\u024F\u0400-\u0482\u048A-\u052F\u2010-\u2027]*$/

/** A piece of text as the record keeps it: in NFC, without what no text holds. */
export function storable(piece: string): string {
  if (AS_IT_IS.test(piece)) return piece
  return piece.replace(UNSTORABLE, '').replace(HALVES, '\uFFFD').normalize('NFC')
}

/** The text of a reading as it is put together, with the code points it has come to. */
export class TextBuilder {
  readonly units: [start: number, end: number][] = []
  readonly #pieces: string[] = []
  #at = 0

  /** Code points so far. */
  get at(): number {
    return this.#at
  }

  /** Adds a piece that is `storable` already. */
  put(piece: string): { start: number; end: number } {
    const start = this.#at
    this.#pieces.push(piece)
    this.#at += codePointLength(piece)
    return { start, end: this.#at }
  }

  /** Adds a paragraph or a cell: a unit that is parted into sentences by itself. An empty one is no unit. */
  unit(piece: string): { start: number; end: number } {
    const place = this.put(piece)
    if (place.end > place.start) this.units.push([place.start, place.end])
    return place
  }

  /** An empty line before what comes next, where anything stands before it. */
  paragraph(): void {
    if (this.#at > 0) this.put('\n\n')
  }

  /** The whole, ended with a line break. */
  end(): string {
    if (this.#at > 0) this.put('\n')
    return this.#pieces.join('')
  }
}
