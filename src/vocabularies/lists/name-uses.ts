import { vocabulary } from '../list.ts'

/** In what way a name is a matter's. */
export const nameUses = vocabulary('name-uses', '1', [
  ['alias', 'other name', 'другое имя', 'басқа аты'],
  ['metonym', 'metonym', 'метонимия', 'метонимия'],
  ['spelling', 'spelling', 'написание', 'жазылуы'],
  ['former', 'former name', 'прежнее название', 'бұрынғы атауы'],
  ['dated', 'name of its time', 'название своего времени', 'сол кездегі атауы'],
])
