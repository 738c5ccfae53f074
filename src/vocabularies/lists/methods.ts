import { vocabulary } from '../list.ts'

/** By which method an act was done. Ours. */
export const methods = vocabulary('methods', '1', [
  ['beating', 'beating', 'избиение', 'ұрып-соғу'],
  ['shooting', 'shooting', 'стрельба', 'оқ ату'],
  ['stun or gas', 'stun weapons or gas', 'спецсредства или газ', 'арнайы құрал не газ'],
  ['restraint', 'restraint', 'удержание, связывание', 'байлап ұстау'],
  ['suffocation', 'suffocation', 'удушение', 'тұншықтыру'],
  ['burning', 'burning', 'прижигание или поджог', 'күйдіру не өртеу'],
  [
    'deprivation',
    'deprivation of food, sleep or care',
    'лишение пищи, сна или помощи',
    'тамақтан, ұйқыдан не көмектен айыру',
  ],
  ['threat', 'threat', 'угроза', 'қорқыту'],
  [
    'following',
    'following on foot or by car',
    'слежение пешком или на машине',
    'жаяу не көлікпен ізіне түсу',
  ],
  ['photography', 'photography or filming', 'фото- или видеосъёмка', 'суретке не бейнеге түсіру'],
  ['interception', 'interception of communications', 'перехват сообщений', 'хабарламаны ұстап алу'],
  ['raid', 'raid or search', 'рейд или обыск', 'рейд не тінту'],
  [
    'blocking',
    'blocking of access or network',
    'блокировка доступа или сети',
    'қолжетімділікті не желіні бұғаттау',
  ],
  ['decree', 'law or decree', 'закон или указ', 'заң не жарлық'],
  [
    'refusal',
    'refusal or delay of a decision',
    'отказ или затягивание решения',
    'шешімнен бас тарту не созу',
  ],
  ['prosecution', 'prosecution', 'уголовное преследование', 'қылмыстық қудалау'],
  ['fine', 'fine or fee', 'штраф или сбор', 'айыппұл не алым'],
  ['denunciation', 'public denunciation', 'публичная дискредитация', 'көпшілік алдында қаралау'],
  ['unknown', 'unknown method', 'способ неизвестен', 'тәсілі белгісіз'],
])
