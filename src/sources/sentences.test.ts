import { expect, test } from 'vitest'
import { codePointsOf } from '../foundation/code-points.ts'
import { sentencesOf } from './sentences.ts'

const SENTENCES = [
  'The witness said so again.',
  'Mr. Doe of the U.N. office left at 5 p.m. on Monday (as he had said).',
  'Свидетели говорили об этом в 2014 г. и позже.',
  '“Was it so?” she asked 👍🏽 twice!',
  `A long one ${'and on '.repeat(1200)}ends here.`,
]

test('S1 a long paragraph has the sentences that its parts have, however many and however long', () => {
  const parts = Array.from({ length: 400 }, (_, n) => SENTENCES[(n * 7) % SENTENCES.length] ?? '')
  const text = parts.join(' ')
  const { slice } = codePointsOf(text)
  const found = sentencesOf(text, 'en').map(([start, end]) => slice(start, end))
  const alone = parts.flatMap((part) => {
    const points = codePointsOf(part)
    return sentencesOf(part, 'en').map(([start, end]) => points.slice(start, end))
  })
  expect(found).toEqual(alone)
})

test('S1 a file of a hundred thousand sentences in one line is read as they stand', () => {
  const sentence = 'The witness said so again. '
  const found = sentencesOf(sentence.repeat(100_000), 'en')
  expect(found.length).toBe(100_000)
  expect(found[99_999]).toEqual([99_999 * sentence.length, 99_999 * sentence.length + sentence.length - 1])
})

test('S1 a sentence goes on over lines that were wrapped, or that broke a word, and ends with any other', () => {
  const text = [
    'The witness said on the third day that nobody had asked her name',
    'and that she had left. She came back.',
    'Harbour notes',
    'of a demon-',
    'stration there.',
    'A list -',
    'of things',
    '',
    'and nothing else',
  ].join('\n')
  expect(sentencesOf(text, 'en').map(([start, end]) => text.slice(start, end))).toEqual([
    'The witness said on the third day that nobody had asked her name\nand that she had left.',
    'She came back.',
    'Harbour notes',
    'of a demon-\nstration there.',
    'A list -',
    'of things',
    'and nothing else',
  ])
})
