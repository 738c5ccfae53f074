import { vocabulary } from '../list.ts'

/** What in a statement asks to be checked before it is relied on. */
export const checks = vocabulary('checks', '1', [
  [
    'superlative',
    '“first” or “most”: check it',
    '«первый» или «самый»: проверить',
    '«алғашқы» не «ең»: тексеру керек',
  ],
  ['trend', 'a trend: check it', 'тенденция: проверить', 'үрдіс: тексеру керек'],
  ['interest', 'the speaker has an interest', 'у говорящего есть интерес', 'айтушының мүддесі бар'],
  ['unit', 'what the number counts is unclear', 'неясно, что считается', 'не саналғаны анық емес'],
])
