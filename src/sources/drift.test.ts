import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codePointLength } from '../foundation/code-points.ts'
import { composed, toFilePoint, toReadingPoint } from './drift.ts'
import { readOriginalBytes } from './read-original.ts'

/** Letters apart from their marks, marks alone, jamo, letters that NFC takes apart, line ends, and any other text. */
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 3 }),
  fc.string({ unit: 'grapheme', maxLength: 3 }).map((text) => text.normalize('NFD')),
  fc.constantFrom(
    ...[
      '\u0438\u0306',
      '\u0435\u0308',
      '\u0306',
      '\u0323\u0302',
      'e\u0302\u0323',
      '\u1103\u1175\u11bd',
      '\u1103',
    ],
    ...[
      '\u1175',
      '\u11a8',
      '\u0958',
      '\u2126',
      '\ufb2c',
      '\u{1d15e}',
      '\u{11099}\u{110ba}',
      '\u09c7\u09be',
      '\u200d',
    ],
    ...[
      'a',
      ' ',
      '\r\n',
      '\n',
      '\u0308\u0301',
      'ё',
      '\u00e5\u0327',
      '\u{1f469}\u200d\u{1f680}',
      '\u0915\u094d\u0937',
    ],
  ),
)
const texts = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''))

describe('P5 the drift of a reading', () => {
  test('P5 texts are composed as NFC composes them, and parted positions end at both ends', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { text: whole, drift } = composed(text)
        expect(whole).toBe(text.normalize('NFC'))
        expect(toReadingPoint(drift, codePointLength(text))).toBe(codePointLength(whole))
        expect(toFilePoint(drift, codePointLength(whole))).toBe(codePointLength(text))
      }),
      { numRuns: 2000 },
    )
  })

  test('P5 both mappings never go back, and at ends of characters each undoes the other', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { text: whole, drift } = composed(text)
        const inFile = Array.from({ length: codePointLength(text) + 1 }, (_, n) => toReadingPoint(drift, n))
        const inReading = Array.from({ length: codePointLength(whole) + 1 }, (_, n) => toFilePoint(drift, n))
        for (const places of [inFile, inReading]) expect(places).toEqual([...places].sort((a, b) => a - b))
        let [file, reading] = [0, 0]
        for (const { segment } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)) {
          file += codePointLength(segment)
          reading += codePointLength(segment.normalize('NFC'))
          expect([inFile[file], inReading[reading]]).toEqual([reading, file])
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('P5 only a difference is kept, only where it changes, and never for a page', async () => {
    const bodyOf = async (text: string, fileName: string) =>
      (await readOriginalBytes(new TextEncoder().encode(text), { fileName })).reading.body
    const text = 'Чайка и й.'.normalize('NFD')
    expect((await bodyOf(text, 'a.txt')).drift).toEqual([
      [4, 3],
      [11, 9],
    ])
    expect((await bodyOf(text, 'a.md')).drift).toEqual((await bodyOf(text, 'a.txt')).drift)
    expect(await bodyOf(`<p>${text}</p>`, 'a.html')).not.toHaveProperty('drift')
    expect(await bodyOf(text.normalize('NFC'), 'a.txt')).not.toHaveProperty('drift')
    // Two marks in another order are as many characters.
    expect(await bodyOf('q\u0307\u0323', 'a.txt')).not.toHaveProperty('drift')
  })
})
