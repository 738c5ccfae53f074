import { vocabulary } from '../list.ts'

/** Forms in which a note is typed here. */
export const noteTemplates = vocabulary('note-templates', '2', [
  ['note', 'note', 'заметка', 'жазба'],
  ['interview', 'interview record', 'запись интервью', 'сұхбат жазбасы'],
  ['incident', 'incident', 'инцидент', 'оқиға'],
  ['plan', 'plan', 'план', 'жоспар'],
  ['risks', 'security assessment', 'оценка безопасности', 'қауіпсіздікті бағалау'],
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

/** A plan, before anything is looked for. */
export const planFields = vocabulary('plan-fields', '1', [
  ['question', 'What is to be found out', 'Что нужно выяснить', 'Нені анықтау керек'],
  [
    'scope',
    'What belongs to it, and what does not',
    'Что сюда входит и что нет',
    'Бұған не кіреді, не кірмейді',
  ],
  [
    'sources',
    'Where we look, and whom we ask',
    'Где ищем и кого спрашиваем',
    'Қайдан іздейміз және кімнен сұраймыз',
  ],
  ['roles', 'Who does what', 'Кто что делает', 'Кім не істейді'],
  [
    'rules',
    'Standard of proof, and the rules we keep to',
    'Стандарт доказывания и правила, которых мы держимся',
    'Дәлелдеу стандарты және біз ұстанатын ережелер',
  ],
  [
    'stop',
    'When we stop or change course',
    'Когда мы остановимся или изменим ход',
    'Қашан тоқтаймыз не бағытты өзгертеміз',
  ],
])

/** What looking may do to people, and what is done about it. */
export const riskFields = vocabulary('risk-fields', '1', [
  [
    'talkers',
    'Risks to people who talk to us',
    'Риски для тех, кто говорит с нами',
    'Бізбен сөйлесетін адамдарға төнетін қауіп',
  ],
  [
    'others',
    'Risks to others who are named or shown',
    'Риски для других, кто назван или виден',
    'Аты аталған не көрініп тұрған басқа адамдарға төнетін қауіп',
  ],
  [
    'ours',
    'Risks to ourselves and to those close to us',
    'Риски для нас и наших близких',
    'Өзімізге және жақындарымызға төнетін қауіп',
  ],
  [
    'record',
    'Risks to devices and to what we keep',
    'Риски для устройств и того, что мы храним',
    'Құрылғыларға және сақтайтынымызға төнетін қауіп',
  ],
  [
    'traces',
    'What our looking gives away',
    'Что выдаёт сам наш поиск',
    'Іздеуіміздің өзі нені білдіріп қояды',
  ],
  [
    'burden',
    'What it does to those who look at it',
    'Как это действует на тех, кто с этим работает',
    'Онымен жұмыс істейтіндерге қалай әсер етеді',
  ],
  ['measures', 'What we do about it', 'Что мы делаем', 'Біз не істейміз'],
  [
    'rest',
    'What risk is left, and who accepts it',
    'Какой риск остаётся и кто его принимает',
    'Қандай қауіп қалады және оны кім қабылдайды',
  ],
  ['review', 'When we look at this anew', 'Когда пересмотрим', 'Қашан қайта қараймыз'],
])
