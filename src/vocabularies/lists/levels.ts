import { vocabulary } from '../list.ts'

/** Who may see a record. What access depends on is code; these are its names. */
export const levels = vocabulary('levels', '1', [
  ['public', 'public', 'открыто', 'жария'],
  ['organisation', 'organisation', 'организация', 'ұйым'],
  ['team', 'team', 'команда', 'топ'],
  ['case', 'case', 'дело', 'іс'],
  ['sealed', 'sealed', 'запечатано', 'мөрленген'],
])
