import { vocabulary } from '../list.ts'

/** How officials answer for an act. Codes: HURIDOCS MT28. */
export const officialAnswers = vocabulary('official-answers', '1', [
  ['acknowledges', 'acknowledges the act', 'признаёт деяние', 'әрекетті мойындайды', { huridocs: '0101' }],
  ['denies the act', 'denies the act', 'отрицает деяние', 'әрекетті жоққа шығарады', { huridocs: '0102' }],
  [
    'denies responsibility',
    'acknowledges the act, denies responsibility',
    'признаёт деяние, отрицает ответственность',
    'әрекетті мойындап, жауапкершіліктен бас тартады',
    { huridocs: '0103' },
  ],
  [
    'explains otherwise',
    'acknowledges the act, explains it otherwise',
    'признаёт деяние, объясняет иначе',
    'әрекетті мойындап, басқаша түсіндіреді',
    { huridocs: '0104' },
  ],
  [
    'accepts responsibility',
    'accepts responsibility',
    'признаёт ответственность',
    'жауапкершілікті мойнына алады',
    { huridocs: '0105' },
  ],
  ['no answer', 'gives no answer', 'не отвечает', 'жауап бермейді'],
])
