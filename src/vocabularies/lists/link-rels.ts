import { vocabulary } from '../list.ts'

/** How one statement stands to another. */
export const linkRels = vocabulary('link-rels', '1', [
  ['quotes', 'quotes', 'цитирует', 'дәйексөз келтіреді'],
  ['repeats', 'repeats', 'повторяет', 'қайталайды'],
  ['answers', 'answers', 'отвечает на', 'жауап береді'],
  ['endorses', 'endorses', 'поддерживает', 'қолдайды'],
  ['concedes', 'concedes', 'признаёт', 'мойындайды'],
  ['disputes', 'disputes', 'оспаривает', 'дауға салады'],
  ['contradicts', 'contradicts', 'противоречит', 'қайшы келеді'],
  ['supports', 'supports', 'подтверждает', 'дәлелдейді'],
  ['in tension with', 'is in tension with', 'не согласуется с', 'үйлеспейді'],
  ['supersedes', 'supersedes', 'заменяет', 'алмастырады'],
])
