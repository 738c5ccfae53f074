import { vocabulary } from '../list.ts'

/** What says something. */
export const sourceKinds = vocabulary('source-kinds', '2', [
  ['article', 'article', 'статья', 'мақала'],
  ['report', 'report', 'доклад', 'баяндама'],
  ['letter', 'letter', 'письмо', 'хат'],
  ['law', 'law', 'закон', 'заң'],
  ['decision', 'decision of a court or body', 'решение суда или органа', 'сот не орган шешімі'],
  ['speech', 'speech', 'выступление', 'сөйленген сөз'],
  ['press release', 'press release', 'пресс-релиз', 'баспасөз хабарламасы'],
  ['note', 'note', 'заметка', 'жазба'],
  ['interview record', 'interview record', 'запись интервью', 'сұхбат жазбасы'],
  ['incident', 'incident record', 'запись об инциденте', 'оқиға жазбасы'],
  ['plan', 'plan of an inquiry', 'план расследования', 'зерттеу жоспары'],
  ['security assessment', 'security assessment', 'оценка безопасности', 'қауіпсіздікті бағалау'],
  ['recording', 'recording', 'аудио- или видеозапись', 'дыбыс не бейне жазба'],
  ['picture', 'picture', 'изображение', 'сурет'],
  ['web page', 'web page', 'веб-страница', 'веб-бет'],
  ['dataset', 'dataset', 'набор данных', 'деректер жиыны'],
  [
    'attestation',
    'signed paper of an outside reader',
    'подписанное заключение внешнего читателя',
    'сырттан оқыған адам қол қойған қағаз',
  ],
  ['document', 'document', 'документ', 'құжат'],
])
