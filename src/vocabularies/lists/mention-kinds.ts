import { vocabulary } from '../list.ts'

/** In what way words name a matter. */
export const mentionKinds = vocabulary('mention-kinds', '1', [
  ['alias', 'other name', 'другое имя', 'басқа аты'],
  ['metonym', 'metonym', 'метонимия', 'метонимия'],
  ['spelling', 'spelling', 'написание', 'жазылуы'],
])
