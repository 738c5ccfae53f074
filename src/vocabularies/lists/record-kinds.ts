import { vocabulary } from '../list.ts'

/** Every noun of the record. */
export const recordKinds = vocabulary('record-kinds', '1', [
  ['dossier', 'dossier', 'досье', 'дерекнама'],
  ['source', 'source', 'источник', 'дереккөз'],
  ['reading', 'reading', 'прочтение', 'оқылым'],
  ['passage', 'passage', 'отрывок', 'үзінді'],
  ['matter', 'matter', 'предмет', 'мәселе'],
  ['aspect', 'aspect', 'аспект', 'қыр'],
  ['statement', 'statement', 'утверждение', 'мәлімдеме'],
  ['remark', 'remark', 'помета', 'ескертпе'],
  ['link', 'link', 'связь', 'байланыс'],
  ['emendation', 'emendation', 'исправление', 'түзету'],
  ['finding', 'finding', 'вывод', 'тұжырым'],
  ['tag', 'tag', 'метка', 'белгі'],
  ['membership', 'membership', 'членство', 'мүшелік'],
  ['case', 'case', 'дело', 'іс'],
  ['access', 'access', 'доступ', 'қолжетімділік'],
  ['erasure', 'erasure', 'стирание', 'өшіру'],
  ['data request', 'request of somebody concerned', 'запрос о своих данных', 'өз деректері туралы сұрау'],
  ['breach', 'breach', 'утечка', 'деректердің жылыстауы'],
  ['processing', 'lawful basis', 'правовое основание', 'құқықтық негіз'],
  ['review', 'review of keeping', 'проверка срока хранения', 'сақтау мерзімін тексеру'],
  ['draft', 'draft', 'черновик', 'қаралама'],
  ['note', 'note', 'заметка', 'жазба'],
])
