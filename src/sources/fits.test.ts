import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { codePointsOf } from '../foundation/code-points.ts'
import { composed, toFilePoint, toReadingPoint } from './drift.ts'
import { fit, foldReading } from './fits.ts'
import { fold } from './folding.ts'
import { relocate } from './relocate.ts'

const VECTORS = new URL('../../vectors/anchors/', import.meta.url)
const NEW_READING = 'new-reading.json'
const FILE_POSITIONS = 'file-positions.json'
/** The neighbours that a passage keeps. Code points. */
const NEIGHBOURS = 32

const Case = z.strictObject({
  name: z.string(),
  text: z.string(),
  selector: z.strictObject({
    exact: z.string(),
    prefix: z.string().optional(),
    suffix: z.string().optional(),
    start: z.number().int().optional(),
    end: z.number().int().optional(),
  }),
  expect: z.discriminatedUnion('state', [
    z.strictObject({
      state: z.literal('fits'),
      start: z.number().int(),
      end: z.number().int(),
      words: z.string(),
      loose: z.boolean().optional(),
    }),
    z.strictObject({ state: z.literal('nowhere') }),
    z.strictObject({ state: z.literal('ambiguous'), places: z.number().int() }),
  ]),
})
const Again = z.strictObject({
  name: z.string(),
  before: z.string(),
  after: z.string(),
  passage: z.strictObject({ start: z.number().int(), end: z.number().int() }),
  expect: z.union([
    z.strictObject({
      state: z.enum(['intact', 'moved']),
      start: z.number().int(),
      end: z.number().int(),
      loose: z.boolean().optional(),
    }),
    z.strictObject({ state: z.literal('lost') }),
  ]),
})

function casesOf<Shape extends z.ZodType>(file: string, shape: Shape): z.infer<Shape>[] {
  const read: unknown = JSON.parse(readFileSync(new URL(file, VECTORS), 'utf8'))
  return z.object({ licence: z.literal('CC0-1.0'), cases: z.array(shape).min(1) }).parse(read).cases
}

const files = readdirSync(VECTORS).filter(
  (name) => name.endsWith('.json') && name !== NEW_READING && name !== FILE_POSITIONS,
)

describe.each(files)('P1 P2 where a quote fits: %s', (file) => {
  test.each(casesOf(file, Case))('$name', ({ text, selector, expect: expected }) => {
    const result = fit(foldReading(text), selector)
    if (expected.state !== 'fits') return expect(result).toEqual(expected)
    const { start, end, words, loose = false } = expected
    expect(result).toMatchObject({ state: 'fits', start, end })
    expect(codePointsOf(text).slice(start, end)).toBe(words)
    const differences = result.state === 'fits' ? result.loose : undefined
    expect((differences?.length ?? 0) > 0).toBe(loose)
  })
})

describe('P5 positions of a file that is not in NFC', () => {
  const inFile = Case.omit({ text: true }).extend({ file: z.string() })
  test.each(casesOf(FILE_POSITIONS, inFile))('$name', ({ file, selector, expect: expected }) => {
    if (expected.state !== 'fits') throw new Error('Each of these cases says where its words stand.')
    const { text, drift } = composed(file)
    const [start, end] = [selector.start ?? -1, selector.end ?? -1]
    const mapped = { start: toReadingPoint(drift, start), end: toReadingPoint(drift, end) }
    expect(mapped).toEqual({ start: expected.start, end: expected.end })
    expect([toFilePoint(drift, mapped.start), toFilePoint(drift, mapped.end)]).toEqual([start, end])
    expect(fit(foldReading(text), { ...selector, ...mapped })).toMatchObject({ state: 'fits', ...mapped })
    expect(codePointsOf(text).slice(mapped.start, mapped.end)).toBe(expected.words)
  })
})

describe('P3 a new reading', () => {
  test.each(casesOf(NEW_READING, Again))('$name', ({ before, after, passage, expect: expected }) => {
    const { slice } = codePointsOf(before)
    const { start, end } = passage
    const located = {
      start,
      end,
      exact: slice(start, end),
      prefix: slice(Math.max(0, start - NEIGHBOURS), start),
      suffix: slice(end, end + NEIGHBOURS),
    }
    const found = relocate({ from: foldReading(before), to: foldReading(after), passage: located })
    const { loose, ...rest } = { loose: undefined, ...expected }
    expect(found).toMatchObject(rest)
    if (found.state !== 'lost') expect((found.loose?.length ?? 0) > 0).toBe(loose ?? false)
  })
})

/** Texts of letters, marks, blanks, dashes, quotation marks, ligatures and emoji, so that every rule of the folding is met. */
const piece = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }),
  fc.constantFrom(
    ...[
      'a',
      'b',
      'Я',
      'қ',
      'é',
      '-',
      '–',
      ' ',
      '  ',
      '\n',
      '\r\n',
      '\u00ad',
      '\u00ad\n',
      '-\n',
      'ﬃ',
      'ﷺ',
      '“',
      '”',
      '’',
    ],
    ...["'", '"', '«', '\u200b', '\u00a0', '👍🏽', '𐐀', 'قَ', '1', '.', ';'],
  ),
)
const anyText = fc
  .array(piece, { minLength: 1, maxLength: 30 })
  .map((pieces) => pieces.join('').normalize('NFC'))

describe('P1 whatever the text', () => {
  test('any stretch of it that begins and ends with a letter or digit fits at its own place', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.nat(), (text, from, size) => {
        const points = codePointsOf(text)
        const start = from % points.length
        const end = Math.min(points.length, start + 1 + (size % 20))
        const exact = points.slice(start, end)
        fc.pre(
          /^[\p{L}\p{N}]/u.test(exact) && /[\p{L}\p{N}]$/u.test(exact) && exact === exact.normalize('NFC'),
        )
        expect(fit(foldReading(text), { exact, start, end })).toEqual({ state: 'fits', start, end })
      }),
      { numRuns: 2000 },
    )
  })

  test('the folding leads back to where each of its units came from', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = fold(text)
        let last = 0
        for (let index = 0; index < folded.folded.length; index += 1) {
          const [start, end] = [folded.startOf(index), folded.endOf(index)]
          expect(start).toBeGreaterThanOrEqual(folded.isBoundary(index) ? last : 0)
          expect(end).toBeGreaterThan(start)
          if (folded.isBoundary(index + 1)) last = end
          const here = folded.folded[index] ?? ''
          const there = text.slice(start, end)
          // A unit is itself, or its piece folds to something with it inside.
          if (there !== here) expect(fold(there).folded).toContain(here)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('folding twice is folding once, so that a quote of a folded text fits too', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = fold(text).folded
        expect(fold(once).folded).toBe(once)
      }),
      { numRuns: 2000 },
    )
  })

  test('words stay where they are, however their white space, hyphens, dashes and marks are dressed', () => {
    const blank = fc.constantFrom(
      ' ',
      '  ',
      '\n',
      '\r\n',
      '\u00a0',
      '\t',
      ' \n ',
      '\u202f',
      '\u200b ',
      '\u2003',
    )
    const joint = fc.oneof(
      blank.map((dressed) => [' ', dressed] as const),
      fc.constantFrom(
        ['-', '–'],
        [' - ', ' — '],
        ['-', '-\n'],
        ['-', '\u00ad-'],
        [' "', ' “'],
        ["'", '’'],
        [', ', ',\n'],
      ),
    )
    const inside = fc.constantFrom('', '\u00ad', '-\n', '\u00ad\n', '\u200b')
    const words = fc.array(fc.tuple(joint, inside), { minLength: 3, maxLength: 12 })
    fc.assert(
      fc.property(words, fc.nat(), fc.nat(), (dressing, from, size) => {
        const first = from % (dressing.length - 1)
        const last = Math.min(dressing.length - 1, first + 1 + (size % 4))
        let [text, quote, start, end] = ['', '', 0, 0]
        dressing.forEach(([[plain, dressed], within], n) => {
          if (n > 0) text += dressed
          if (n > first && n <= last) quote += plain
          if (n === first) start = text.length
          text += `wo${within}rd${String.fromCharCode(97 + n)}`
          if (n >= first && n <= last) quote += `word${String.fromCharCode(97 + n)}`
          if (n === last) end = text.length
        })
        expect(fit(foldReading(text), { exact: quote })).toEqual({ state: 'fits', start, end })
      }),
      { numRuns: 2000 },
    )
  })
})
