import { vocabulary } from '../list.ts'

/** Forms in which a note is typed here. */
export const noteTemplates = vocabulary('note-templates', '1', [
  ['note', 'note', 'заметка', 'жазба'],
  ['interview', 'interview record', 'запись интервью', 'сұхбат жазбасы'],
  ['incident', 'incident', 'инцидент', 'оқиға'],
])

/** The head of an interview record. */
export const interviewFields = vocabulary('interview-fields', '1', [
  ['occasion', 'Occasion', 'Повод', 'Себебі'],
  ['place', 'Place', 'Место', 'Орны'],
  ['present', 'Present', 'Присутствовали', 'Қатысқандар'],
])

/** An incident in eight fields. */
export const incidentFields = vocabulary('incident-fields', '1', [
  ['what', 'What happened', 'Что произошло', 'Не болды'],
  ['when', 'When', 'Когда', 'Қашан'],
  ['where', 'Where', 'Где', 'Қайда'],
  ['harmed', 'Who was harmed', 'Кто пострадал', 'Кім зардап шекті'],
  ['by', 'By whom', 'Кем совершено', 'Кім жасады'],
  ['known', 'How this is known', 'Откуда известно', 'Қайдан белгілі'],
  ['risk', 'Risk', 'Риск', 'Қауіп'],
  ['next', 'Next step', 'Следующий шаг', 'Келесі қадам'],
])
