import { describe, expect, test } from 'vitest'
import { tryDate } from '../src/foundation/edtf.ts'
import { relativeDate } from '../src/statements/relative-date.ts'
import { claimsIn } from '../src/vocabularies/claim-words.ts'
import { RELATIVE_PHRASES } from '../src/vocabularies/relative-words.ts'
import { hasTerm } from '../src/vocabularies/vocabulary.ts'

/** A Thursday, and a month of which no day is known. */
const DAY = { document: '2031-05-15', told: '2031-03-30' }
const MONTH = { document: '2031-05', told: '2031-03-28/2031-04-02' }

describe('relative dates', () => {
  test.each([
    ['last week', 'en', DAY, '2031-05-05/2031-05-11', 'week before'],
    ['since last week', 'en', DAY, '2031-05-05/..', 'week before'],
    ['last month', 'en', DAY, '2031-04', 'month before'],
    ['last month', 'en', MONTH, '2031-04', 'month before'],
    ['Last Year', 'en', DAY, '2030', 'year before'],
    ['in a recent speech', 'en', DAY, '2031-02~/2031-05-15', 'recent'],
    ['recently', 'en', MONTH, '2031-02~/2031-05~', 'recent'],
    ['In the following days', 'en', DAY, '2031-03-31~/2031-04-06~', 'following days'],
    ['two days later', 'en', DAY, '2031-04-01', 'days later'],
    ['two days later', 'en', MONTH, '[2031-03-30..2031-04-04]', 'days later'],
    ['a month after', 'en', DAY, '2031-04', 'months later'],
    ['three weeks ago', 'en', DAY, '2031-04-21/2031-04-27', 'weeks ago'],
    ['10 years ago', 'en', DAY, '2021', 'years ago'],
    ['the day before yesterday', 'en', DAY, '2031-05-13', 'two days before'],
    ['yesterday', 'en', MONTH, '[2031-04-30..2031-05-30]', 'day before'],
    ['on Monday', 'en', DAY, '2031-05-12', 'weekday named'],
    ['January', 'en', DAY, '2031-01', 'month named'],
    ['November', 'en', DAY, '2030-11', 'month named'],
    ['since November', 'en', DAY, '2030-11/..', 'month named'],
    ['на прошлой неделе', 'ru', DAY, '2031-05-05/2031-05-11', 'week before'],
    ['в прошлом месяце', 'ru', DAY, '2031-04', 'month before'],
    ['недавно', 'ru', DAY, '2031-02~/2031-05-15', 'recent'],
    ['через два дня', 'ru', DAY, '2031-04-01', 'days later'],
    ['в последующие дни', 'ru', DAY, '2031-03-31~/2031-04-06~', 'following days'],
    ['пять лет назад', 'ru', DAY, '2026', 'years ago'],
    ['в январе', 'ru', DAY, '2031-01', 'month named'],
    ['өткен аптада', 'kk', DAY, '2031-05-05/2031-05-11', 'week before'],
    ['өткен аптадан бері', 'kk', DAY, '2031-05-05/..', 'week before'],
    ['өткен айда', 'kk', DAY, '2031-04', 'month before'],
    ['жақында', 'kk', DAY, '2031-02~/2031-05-15', 'recent'],
    ['екі күннен кейін', 'kk', DAY, '2031-04-01', 'days later'],
    ['үш ай бұрын', 'kk', DAY, '2031-02', 'months ago'],
    ['былтыр', 'kk', DAY, '2030', 'year before'],
    ['сейсенбіде', 'kk', DAY, '2031-05-13', 'weekday named'],
  ] as const)('D1 “%s” (%s)', (words, language, anchors, edtf, rule) => {
    expect(relativeDate(words, language, anchors)).toMatchObject({ edtf, rule, version: '1' })
    expect(tryDate(edtf)).not.toBeNull()
  })

  test('D1 what no rule reads, or what is reckoned from a day nobody knows, resolves to nothing', () => {
    for (const words of ['on 3 May 2031', 'January 2031', 'they may go', 'once', 'decently'])
      expect([words, relativeDate(words, 'en', DAY)]).toEqual([words, null])
    expect(relativeDate('two days later', 'en', { document: '2031-05-15', told: null })).toBeNull()
    expect(relativeDate('last week', 'en', { document: '2031/..', told: null })).toBeNull()
    expect(relativeDate('on Monday', 'en', MONTH)).toBeNull()
  })

  test('D1 every rule has its name in three languages', () => {
    const names = Object.values(RELATIVE_PHRASES).flatMap((phrases) => phrases.map(({ name }) => name))
    expect([...new Set(names)].filter((name) => !hasTerm('date-rules', name))).toEqual([])
  })
})

describe('claims to be checked', () => {
  test.each([
    ['the first law of its kind', 'en', ['superlative']],
    ['the most peaceful town', 'en', ['superlative']],
    ['arrests are increasing', 'en', ['trend']],
    ['the worst year, and worsening', 'en', ['superlative', 'trend']],
    ['almost all boats', 'en', []],
    ['впервые за годы', 'ru', ['superlative']],
    ['крупнейший порт', 'ru', ['superlative']],
    ['число арестов растёт', 'ru', ['trend']],
    ['алғашқы заң', 'kk', ['superlative']],
    ['ең тыныш қала', 'kk', ['superlative']],
    ['қамау саны артып келеді', 'kk', ['trend']],
    ['кеңес өтті', 'kk', []],
  ] as const)('D2 “%s” (%s)', (words, language, checks) => {
    expect(claimsIn(words, language).map(({ check }) => check)).toEqual(checks)
  })
})
