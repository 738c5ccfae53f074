import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codePointsOf } from '../foundation/code-points.ts'
import { fit, foldReading } from './fits.ts'
import { relocate } from './relocate.ts'

/** Text, quote, and the words that must be found; null where nothing may anchor. */
const CASES: [name: string, text: string, exact: string, found: string | null][] = [
  [
    'curly quotes made straight',
    'He gave a “confession” there.',
    'a "confession" there',
    'a “confession” there',
  ],
  ['single quotes stay single', 'Kazakhstan’s word', "Kazakhstan's word", 'Kazakhstan’s word'],
  ['guillemets as double quotes', 'Он сказал «да» вслух.', 'сказал "да" вслух', 'сказал «да» вслух'],
  ['dashes all alike', 'one – two', 'one - two', 'one – two'],
  ['white space runs', 'many\n  words\there', 'many words here', 'many\n  words\there'],
  ['no-break space', 'No\u00a012 of May', 'No 12 of May', 'No\u00a012 of May'],
  ['ligature', 'the o\ufb03ce door', 'the office door', 'the o\ufb03ce door'],
  ['soft hyphen', 'inves\u00adtigation', 'investigation', 'inves\u00adtigation'],
  [
    'hyphen at a line end',
    'an investi-\ngation began',
    'an investigation began',
    'an investi-\ngation began',
  ],
  ['combining marks', 'the re\u0301sume\u0301'.normalize('NFC'), 'the re\u0301sume\u0301', 'the résumé'],
  ['decomposed Cyrillic', 'новый дом', 'новыи\u0306 дом', 'новый дом'],
  ['Kazakh letters', 'Қазақстан әкімі', 'Қазақстан әкімі', 'Қазақстан әкімі'],
  ['right to left', 'قال الوزير «نعم» أمس', 'الوزير "نعم" أمس', 'الوزير «نعم» أمس'],
  ['emoji before', '👩‍👩‍👧 left at noon', 'left at noon', 'left at noon'],
  ['case counts while the words fit', 'The Mayor said', 'The Mayor', 'The Mayor'],
  ['a corrected slip', 'representative no the Council', 'representative on the Council', null],
  ['another number', 'on 23 January 2014', 'on 23 January 2015', null],
]

describe('P1 where a quote fits', () => {
  test.each(CASES)('%s', (_, text, exact, found) => {
    const reading = foldReading(text)
    const result = fit(reading, { exact })
    if (found === null) expect(result.state).toBe('nowhere')
    else {
      expect(result.state).toBe('fits')
      if (result.state === 'fits') expect(codePointsOf(text).slice(result.start, result.end)).toBe(found)
    }
  })

  test('P2 letters and digits alone anchor loosely, with what differs', () => {
    const result = fit(foldReading('The head of the Office; he left.'), { exact: 'the office, he left' })
    expect(result).toMatchObject({ state: 'fits' })
    if (result.state === 'fits') expect(result.loose?.length).toBeGreaterThan(0)
  })

  test('neighbours choose between places, then the position; without either it is ambiguous', () => {
    const reading = foldReading('red boat, blue boat, red boat')
    expect(fit(reading, { exact: 'boat' })).toEqual({ state: 'ambiguous', places: 3 })
    expect(fit(reading, { exact: 'boat', prefix: 'blue ' })).toMatchObject({ state: 'fits', start: 15 })
    expect(fit(reading, { exact: 'boat', prefix: 'red ', start: 25, end: 29 })).toMatchObject({
      state: 'fits',
      start: 25,
    })
  })

  test('any stretch of any text fits at its own place', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
        fc.nat(),
        fc.nat(),
        (raw, from, size) => {
          const text = raw.normalize('NFC')
          const points = codePointsOf(text)
          const start = from % points.length
          const end = Math.min(points.length, start + 1 + (size % 20))
          const exact = points.slice(start, end)
          fc.pre(/[\p{L}\p{N}]/u.test(exact) && exact === exact.trim() && exact === exact.normalize('NFC'))
          const result = fit(foldReading(text), { exact, start, end })
          expect(result.state).toBe('fits')
          if (result.state === 'fits')
            expect(points.slice(result.start, result.end).replace(/\s/g, '')).toContain(
              exact.replace(/\s/g, '').slice(0, 1),
            )
        },
      ),
      { numRuns: 300 },
    )
  })
})

test('P3 words that stood once are found again where they moved, and lost where they changed', () => {
  const from = foldReading('First line. The man was shown. Last line.')
  const passage = {
    exact: 'The man was shown',
    prefix: 'First line. ',
    suffix: '. Last line.',
    start: 12,
    end: 29,
  }
  const to = (text: string) => relocate({ from, to: foldReading(text), passage })
  expect(to('First line. The man was shown. Last line.')).toMatchObject({ state: 'intact', start: 12 })
  expect(to('A new line. First line. The man was shown. Last line.')).toMatchObject({
    state: 'moved',
    start: 24,
  })
  expect(to('First line. The wrong man was shown. Last line.')).toEqual({ state: 'lost' })
})
