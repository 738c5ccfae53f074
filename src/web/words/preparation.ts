/** The words of what is written down before anything is collected, in three languages with the same keys. */

export const preparationEn = {
  'desk.notWritten': 'not written yet',
  'desk.preparation': 'Before collecting',
  'desk.takenBefore': 'Sources taken in before both were there: {n}',
  'notes.plan': 'Plan',
  'notes.risks': 'Security assessment',
}

type PreparationWords = Readonly<Record<keyof typeof preparationEn, string>>

export const preparationRu: PreparationWords = {
  'desk.notWritten': 'ещё нет',
  'desk.preparation': 'До сбора',
  'desk.takenBefore': 'Источников принято до того, как были оба: {n}',
  'notes.plan': 'План',
  'notes.risks': 'Оценка безопасности',
}

export const preparationKk: PreparationWords = {
  'desk.notWritten': 'әлі жазылмаған',
  'desk.preparation': 'Жинауға дейін',
  'desk.takenBefore': 'Екеуі болмай тұрып алынған дереккөздер: {n}',
  'notes.plan': 'Жоспар',
  'notes.risks': 'Қауіпсіздікті бағалау',
}
