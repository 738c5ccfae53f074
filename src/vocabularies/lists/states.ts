import { vocabulary } from '../list.ts'

/** What became of a passage in a later reading. */
export const passageStates = vocabulary('passage-states', '1', [
  ['intact', 'intact', 'на месте', 'орнында'],
  ['moved', 'moved', 'сместилось', 'жылжыған'],
  ['lost', 'lost', 'утрачено', 'жоғалған'],
])

/** What became of a correction. */
export const emendationStates = vocabulary('emendation-states', '1', [
  ['proposed', 'proposed', 'предложено', 'ұсынылды'],
  ['accepted', 'accepted', 'принято', 'қабылданды'],
  ['rejected', 'rejected', 'отклонено', 'қабылданбады'],
])

/** How far a finding is ours. */
export const findingStates = vocabulary('finding-states', '1', [
  [
    'proposed',
    'proposed, waits for a second reader',
    'предложен, ждёт второго читателя',
    'ұсынылды, екінші оқушыны күтуде',
  ],
  ['held', 'held', 'принят', 'қабылданған'],
  [
    'attested',
    'attested by an outside reader',
    'засвидетельствован внешним читателем',
    'сырттан оқыған адам растаған',
  ],
  ['withdrawn', 'withdrawn', 'отозван', 'қайтарып алынған'],
])

/** Why values of an account cannot all hold. */
export const conflictGrounds = vocabulary('conflict-grounds', '1', [
  ['values', 'values apart', 'значения расходятся', 'мәндер алшақ'],
  [
    'polarity',
    'affirmed and denied or doubted',
    'утверждается и отрицается или ставится под сомнение',
    'расталады әрі жоққа шығарылады не күмән келтіріледі',
  ],
  [
    'link',
    'a person says that they contradict',
    'человек указал на противоречие',
    'адам қайшылықты көрсетті',
  ],
  ['containment', 'outside what contains it', 'вне того, что это охватывает', 'қамтитын шектен тыс'],
])

/** What an aspect's values are. */
export const valueTypes = vocabulary('value-types', '1', [
  ['date', 'date', 'дата', 'күн'],
  ['quantity', 'quantity', 'количество', 'сан'],
  ['term', 'term of a list', 'термин из списка', 'тізімдегі термин'],
  ['matter', 'matter', 'предмет', 'мәселе'],
  ['text', 'text', 'текст', 'мәтін'],
])

/** How many values of an aspect may hold. */
export const holdings = vocabulary('holdings', '1', [
  ['one', 'one', 'одно', 'біреу'],
  ['many', 'many', 'несколько', 'бірнеше'],
  ['one at a time', 'one at a time', 'одно в каждый момент', 'бір мезетте біреу'],
])
