import { vocabulary } from '../list.ts'

/** What a statement is, from a plain fact in the source's own voice to a question. */
export const statementKinds = vocabulary('statement-kinds', '1', [
  ['report', 'report', 'сообщение', 'хабарлама'],
  ['observation', 'observation', 'наблюдение', 'бақылау'],
  ['testimony', 'testimony', 'свидетельство', 'куәлік'],
  ['inference', 'inference', 'умозаключение', 'ой қорытындысы'],
  ['allegation', 'allegation', 'утверждение о нарушении', 'айыптау'],
  ['belief', 'belief', 'убеждение', 'сенім'],
  ['opinion', 'opinion', 'мнение', 'пікір'],
  ['forecast', 'forecast', 'прогноз', 'болжам'],
  ['conclusion', 'conclusion', 'заключение', 'тұжырым'],
  ['official claim', 'official claim', 'официальное заявление', 'ресми мәлімдеме'],
  ['denial', 'denial', 'отрицание', 'жоққа шығару'],
  ['justification', 'justification', 'оправдание', 'ақтау'],
  ['position', 'position', 'позиция', 'ұстаным'],
  ['commitment', 'commitment', 'обязательство', 'міндеттеме'],
  ['recommendation', 'recommendation', 'рекомендация', 'ұсыным'],
  ['demand', 'demand', 'требование', 'талап'],
  ['announcement', 'announcement', 'объявление', 'жариялау'],
  ['assessment', 'assessment', 'оценка', 'бағалау'],
  ['question', 'question', 'вопрос', 'сұрақ'],
])
