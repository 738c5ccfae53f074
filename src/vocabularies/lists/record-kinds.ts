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
  ['level change', 'level change', 'изменение уровня', 'деңгей өзгерісі'],
  ['draft', 'draft', 'черновик', 'қаралама'],
  ['note', 'note', 'заметка', 'жазба'],
])
