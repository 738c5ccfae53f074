import { vocabulary } from '../list.ts'

/** What a person's words are used for. What access depends on is code; these are its names. */
export const consentPurposes = vocabulary('consent-purposes', '1', [
  ['internal_analysis', 'our own analysis', 'наш собственный анализ', 'өзіміздің талдауымыз'],
  ['statistics', 'statistics', 'статистика', 'статистика үшін сандар'],
  [
    'un_letter_to_government',
    'a letter of UN experts to the Government',
    'письмо экспертов ООН правительству',
    'БҰҰ сарапшыларының үкіметке хаты',
  ],
  ['un_public_report', 'a public report of the UN', 'публичный доклад ООН', 'БҰҰ-ның жария баяндамасы'],
  [
    'un_reprisals_report',
    'the UN report on reprisals',
    'доклад ООН о преследованиях за сотрудничество',
    'БҰҰ-ның ынтымақтастық үшін қудалау туралы баяндамасы',
  ],
  ['treaty_body', 'a UN treaty body', 'договорный орган ООН', 'БҰҰ-ның шарттық органы'],
  [
    'upr_submission',
    'the Universal Periodic Review',
    'Универсальный периодический обзор',
    'Әмбебап кезеңдік шолу',
  ],
  ['national_complaint', 'a complaint in this country', 'жалоба внутри страны', 'ел ішіндегі шағым'],
  ['court', 'a court', 'суд', 'сот'],
  ['media', 'the press', 'пресса', 'баспасөз'],
  ['public_report', 'our public report', 'наш публичный доклад', 'біздің жария баяндамамыз'],
  ['exhibition', 'an exhibition', 'выставка', 'көрме'],
  ['training', 'training of others', 'обучение других', 'басқаларды оқыту'],
  ['research', 'research', 'исследование', 'ғылыми зерттеу'],
])

/** Who is given it. */
export const consentRecipients = vocabulary('consent-recipients', '1', [
  ['case_team', 'those who work on this case', 'те, кто ведёт это дело', 'осы іспен айналысатындар'],
  ['organisation', 'others in our organisation', 'другие в нашей организации', 'ұйымымыздағы басқалар'],
  ['lawyer', 'a lawyer', 'адвокат', 'адвокат (қорғаушы)'],
  ['partner', 'a partner organisation', 'организация-партнёр', 'серіктес ұйым'],
  [
    'national_institution',
    'the ombudsman or human rights institution',
    'омбудсмен или правозащитное учреждение',
    'омбудсмен не құқық қорғау мекемесі',
  ],
  [
    'government',
    'the Government and its offices',
    'правительство и его органы',
    'үкімет және оның органдары',
  ],
  ['court', 'a court and the parties before it', 'суд и стороны процесса', 'сот және ондағы тараптар'],
  ['un', 'the United Nations', 'Организация Объединённых Наций', 'Біріккен Ұлттар Ұйымы'],
  ['media', 'journalists', 'журналисты', 'журналистер'],
  ['researchers', 'researchers', 'исследователи', 'зерттеушілер'],
  ['public', 'everybody', 'все', 'барлық адам'],
])

/** How far a person can be recognised. */
export const identifiabilities = vocabulary(
  'identifiabilities',
  '1',
  [
    ['full_identity', 'full name', 'полное имя', 'толық аты-жөні'],
    ['initials', 'initials', 'инициалы', 'аты-жөнінің бас әріптері'],
    ['pseudonym', 'another name', 'другое имя', 'басқа есім'],
    ['anonymised_story', 'the story without a name', 'история без имени', 'атсыз оқиға'],
    ['aggregate_only', 'only a number among others', 'только число среди других', 'тек жалпы сан ішінде'],
    ['none', 'not at all', 'никак', 'мүлде болмайды'],
  ],
  {
    full_identity: [
      'Your name and all you told stand there. Anybody who reads it knows that it was you.',
      'Там стоят ваше имя и всё, что вы рассказали. Любой, кто прочтёт, узнает, что это были вы.',
      'Онда атыңыз және айтқандарыңыздың бәрі тұрады. Оқыған әр адам оның сіз екеніңізді біледі.',
    ],
    initials: [
      'The first letters of your name stand there. People who know you can guess that it was you.',
      'Там стоят первые буквы вашего имени. Те, кто вас знает, могут догадаться, что это вы.',
      'Онда атыңыздың бас әріптері тұрады. Сізді білетіндер оның сіз екеніңізді болжай алады.',
    ],
    pseudonym: [
      'A made-up name stands there, and your story. Those who were there may still recognise it.',
      'Там стоит вымышленное имя и ваша история. Те, кто был там, всё же могут её узнать.',
      'Онда ойдан алынған есім мен оқиғаңыз тұрады. Сол жерде болғандар бәрібір тануы мүмкін.',
    ],
    anonymised_story: [
      'No name, and places, days and ages are made less exact. Who did it to you may still know.',
      'Без имени; места, дни и возраст названы неточно. Тот, кто это сделал, всё же может узнать.',
      'Аты жоқ; жері, күні, жасы дәл айтылмайды. Мұны істеген адам бәрібір білуі мүмкін.',
    ],
    aggregate_only: [
      'You are counted together with others. Nothing of your story is told.',
      'Вас считают вместе с другими. Из вашей истории ничего не рассказывают.',
      'Сіз басқалармен бірге саналасыз. Оқиғаңыздан ештеңе айтылмайды.',
    ],
    none: [
      'It is not used for this at all.',
      'Для этого ваши слова не используют вовсе.',
      'Бұл үшін сөзіңіз мүлде пайдаланылмайды.',
    ],
  },
)

export const consentMethods = vocabulary('consent-methods', '1', [
  ['written', 'in writing', 'письменно', 'жазбаша'],
  ['audio', 'recorded aloud', 'вслух, с записью', 'дауыспен жазылған'],
  ['oral', 'aloud, noted by us', 'устно, записано нами', 'ауызша, біз жазып алдық'],
])

export const consentGivers = vocabulary('consent-givers', '1', [
  ['self', 'the person', 'сам человек', 'адамның өзі'],
  ['guardian', 'a guardian', 'опекун', 'қамқоршы'],
  ['family', 'the family', 'семья', 'отбасы'],
  ['representative', 'a representative', 'представитель', 'өкіл'],
])

/** What a word of a person is worth today. */
export const grantStates = vocabulary('grant-states', '1', [
  ['stands', 'allowed', 'разрешено', 'рұқсат етілген'],
  ['refused', 'refused', 'отказано', 'рұқсат етілмеген'],
  ['withdrawn', 'withdrawn', 'отозвано', 'қайтарып алынған'],
  ['expired', 'over', 'срок истёк', 'мерзімі өткен'],
  ['not yet', 'not yet in force', 'ещё не действует', 'әлі күшіне енбеген'],
  ['replaced', 'replaced by a newer word', 'заменено более новым', 'жаңасымен ауыстырылған'],
])

export const helperRoles = vocabulary('helper-roles', '1', [
  ['interpreter', 'interpreter', 'переводчик', 'аудармашы'],
  ['driver', 'driver', 'водитель', 'жүргізуші'],
  ['national_staff', 'national staff', 'местный сотрудник', 'жергілікті қызметкер'],
  ['other', 'somebody else', 'кто-то ещё', 'басқа біреу'],
])

/** What is owed to a person. */
export const consentTasks = vocabulary('consent-tasks', '1', [
  ['feedback', 'Tell them what became of it', 'Сообщить, что из этого вышло', 'Одан не шыққанын айту'],
  ['contact', 'Get in touch again', 'Снова связаться', 'Қайта хабарласу'],
  ['recall', 'Call this use back', 'Отозвать это использование', 'Осы пайдалануды қайтарып алу'],
  [
    'tell',
    'Tell them what can be called back and what cannot',
    'Сказать, что можно отозвать, а что нет',
    'Нені қайтарып алуға болатынын, нені болмайтынын айту',
  ],
])

export const referralKinds = vocabulary('referral-kinds', '1', [
  ['medical', 'medical help', 'медицинская помощь', 'медициналық көмек'],
  ['psychosocial', 'psychosocial support', 'психосоциальная поддержка', 'психоәлеуметтік қолдау'],
  ['legal', 'legal aid', 'юридическая помощь', 'заң көмегі'],
  ['shelter', 'shelter', 'убежище', 'баспана'],
])

export const presenceRoles = vocabulary('presence-roles', '1', [
  ['interviewer', 'asked the questions', 'задавал вопросы', 'сұрақ қойған'],
  ['interpreter', 'interpreted', 'переводил', 'аударған'],
  ['lawyer', 'lawyer', 'адвокат', 'адвокат (қорғаушы)'],
  ['family', 'family', 'родные', 'туыстары'],
  ['guardian', 'guardian', 'опекун', 'қамқоршы'],
  ['other', 'somebody else', 'кто-то ещё', 'басқа біреу'],
])

/** Ways in which content leaves the record. */
export const exits = vocabulary('exits', '1', [
  ['package', 'package', 'пакет', 'пакет (файл)'],
  ['lowering', 'shown to all who work here', 'показано всем сотрудникам', 'барлық қызметкерге көрсетілді'],
  ['original', 'original of a source', 'оригинал источника', 'дереккөздің түпнұсқасы'],
])
