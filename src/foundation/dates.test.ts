import { expect, test } from 'vitest'
import { dateContains, datesOverlap, parseDate } from './edtf.ts'
import { detectLanguage, detectScript, nameKey } from './languages.ts'
import { quantitiesDisjoint } from './quantity.ts'

test.each([
  ['2015-01~', '2015-01-23?', true],
  ['2015-01~', '2014-01-23', false],
  ['2015-01-19/2015-01-27', '2015-01-24?', true],
  ['2015-01-19/2015-01-27', '2015-02-24', false],
  ['2019/..', '2022', true],
  ['/2050', '2040', true],
])('D1 %s contains %s: %s', (outer, inner, holds) => expect(dateContains(outer, inner)).toBe(holds))

test.each([
  ['2019', '2021-12-29', false],
  ['2021-12', '2021-12-29', true],
  ['2022-05-02/2022-05-08~', '2022-05-05', true],
  ['2014/2015-01~', '2014-06', true],
  ['/2015-01-24?', '2015-02', false],
])('D2 %s and %s overlap: %s', (a, b, holds) => expect(datesOverlap(a, b)).toBe(holds))

test.each(['once', '2015-13', '2015-02-30', '..', '/', ''])('D3 "%s" is no date', (text) => {
  expect(() => parseDate(text)).toThrow(expect.objectContaining({ code: 'date_unreadable' }))
})

test('Q1 bounds of vague words part nothing; about reaches a tenth; an excluded bound is not shared', () => {
  const unit = 'persons'
  expect(
    quantitiesDisjoint({ lower: 200, upper: 999, vague: true, unit }, { lower: 188, upper: 188, unit }),
  ).toBe(false)
  expect(quantitiesDisjoint({ lower: 30, upper: 30, approx: true }, { lower: 20, upper: 20 })).toBe(true)
  expect(quantitiesDisjoint({ lower: 30, upper: 30, approx: true }, { lower: 28, upper: 28 })).toBe(false)
  expect(quantitiesDisjoint({ lower: null, upper: 50, upperExclusive: true }, { lower: 50, upper: 50 })).toBe(
    true,
  )
  expect(quantitiesDisjoint({ lower: null, upper: 50 }, { lower: 50, upper: 50 })).toBe(false)
})

test.each([
  ['Актау', 'Ақтау', 'Aktau', 'Aqtau'],
  ['Жанаозен', 'Жаңаөзен', 'Zhanaozen', 'Janaözen'],
  ['Токаев', 'Тоқаев', 'Tokayev', 'Toqaev'],
])('M3 one key for %s, %s, %s, %s', (...names) => expect(new Set(names.map(nameKey)).size).toBe(1))

test('F1 languages and scripts', () => {
  expect(detectLanguage('The rapporteur met members of civil society in the city.')).toBe('en')
  expect(detectLanguage('Докладчик встретился с представителями гражданского общества.')).toBe('ru')
  expect(detectLanguage('Баяндамашы азаматтық қоғам өкілдерімен кездесті.')).toBe('kk')
  expect([detectScript('Aktau'), detectScript('Ақтау'), detectScript('نعم'), detectScript('12')]).toEqual([
    'Latn',
    'Cyrl',
    'Arab',
    'Zyyy',
  ])
})
