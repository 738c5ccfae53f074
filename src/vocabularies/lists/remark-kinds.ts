import { vocabulary } from '../list.ts'

/** Our own notes on words. */
export const remarkKinds = vocabulary('remark-kinds', '1', [
  ['sic', 'sic', 'так в источнике', 'дереккөзде осылай'],
  ['duplicate', 'duplicate', 'повтор', 'қайталану'],
  ['boilerplate', 'boilerplate', 'служебный текст', 'қызметтік мәтін'],
  ['heading', 'heading', 'заголовок', 'тақырыпша'],
  ['garbled', 'garbled', 'искажено', 'бұрмаланған'],
  ['unit', 'unit in question', 'сомнительная единица', 'күмәнді өлшем бірлігі'],
  ['contested authenticity', 'authenticity contested', 'подлинность оспаривается', 'түпнұсқалығы даулы'],
  ['tainted', 'tainted', 'получено с нарушением', 'заң бұзып алынған'],
  ['credit', 'credit', 'указание авторства', 'авторын көрсету'],
  ['cited-not-held', 'cited, not held', 'цитируется, у нас нет', 'сілтеме бар, өзі жоқ'],
])
