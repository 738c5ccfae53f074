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

/** What a person looked at and found to be no such claim. */
export const checksDismissed = vocabulary('checks-dismissed', '1', [
  [
    'superlative',
    'no claim to be first or most',
    'не претендует быть первым или самым',
    'алғашқы не ең деп айтпайды',
  ],
  ['trend', 'tells no trend', 'не говорит о тенденции', 'үрдіс туралы айтпайды'],
])
