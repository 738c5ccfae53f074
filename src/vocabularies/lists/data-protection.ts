import { vocabulary } from '../list.ts'

/** Class of the ground of an erasure: GDPR, article 17 (1), and national law. */
export const erasureGrounds = vocabulary('erasure-grounds', '1', [
  ['consent_withdrawn', 'consent withdrawn', 'согласие отозвано', 'келісім қайтарып алынды'],
  ['objection', 'objection', 'возражение', 'қарсылық'],
  ['not_needed', 'not needed any more', 'больше не нужно', 'енді қажет емес'],
  ['unlawful', 'kept unlawfully', 'хранилось незаконно', 'заңсыз сақталған'],
  ['court_order', 'order of a court or authority', 'решение суда или органа', 'сот не орган шешімі'],
  ['minor', 'data of a minor', 'данные несовершеннолетнего', 'кәмелетке толмағанның деректері'],
  ['other_law', 'other law', 'иной закон', 'өзге заң'],
])
export const erasureAskers = vocabulary('erasure-askers', '1', [
  ['subject', 'the person concerned', 'сам человек', 'адамның өзі'],
  ['representative', 'their representative', 'представитель', 'өкілі'],
  ['authority', 'a court or authority', 'суд или орган', 'сот не орган'],
  ['ourselves', 'ourselves, after a review', 'мы сами, после проверки', 'тексеруден соң өзіміз'],
])
/** Why it is not erased: GDPR, article 17 (3). */
export const erasureExceptions = vocabulary('erasure-exceptions', '1', [
  [
    'expression',
    'freedom of expression and information',
    'свобода выражения мнения и информации',
    'пікір мен ақпарат бостандығы',
  ],
  ['legal_obligation', 'a law obliges us to keep it', 'закон обязывает хранить', 'заң сақтауға міндеттейді'],
  [
    'legal_claims',
    'needed for legal claims',
    'нужно для правовых требований',
    'құқықтық талаптар үшін керек',
  ],
  [
    'archive',
    'archive in the public interest',
    'архив в общественных интересах',
    'қоғам мүддесіндегі мұрағат',
  ],
  ['not_theirs', 'not about whoever asks', 'не о том, кто просит', 'сұраушы туралы емес'],
  ['mistaken', 'proposed by mistake', 'предложено по ошибке', 'қателікпен ұсынылған'],
])
export const requestTypes = vocabulary('request-types', '1', [
  ['access', 'access (art. 15)', 'доступ (ст. 15)', 'қол жеткізу (15-бап)'],
  ['rectification', 'rectification (art. 16)', 'исправление (ст. 16)', 'түзету (16-бап)'],
  ['erasure', 'erasure (art. 17)', 'стирание (ст. 17)', 'өшіру (17-бап)'],
  ['restriction', 'restriction (art. 18)', 'ограничение (ст. 18)', 'шектеу (18-бап)'],
  ['portability', 'portability (art. 20)', 'перенос (ст. 20)', 'тасымалдау (20-бап)'],
  ['objection', 'objection (art. 21)', 'возражение (ст. 21)', 'қарсылық (21-бап)'],
])
export const requestOutcomes = vocabulary('request-outcomes', '1', [
  ['done', 'done as asked', 'выполнено', 'орындалды'],
  ['partly', 'done in part', 'выполнено частично', 'ішінара орындалды'],
  ['refused', 'refused, with reasons', 'отказано, с объяснением', 'себебі айтылып бас тартылды'],
])
export const breachClasses = vocabulary('breach-classes', '1', [
  ['names', 'names', 'имена', 'есімдер'],
  ['contacts', 'contact data', 'контакты', 'байланыс деректері'],
  ['testimony', 'testimony', 'свидетельства', 'айғақтар'],
  ['health', 'health', 'здоровье', 'денсаулық'],
  ['violence', 'violence suffered', 'пережитое насилие', 'бастан кешкен зорлық'],
  ['children', 'children', 'дети', 'балалар'],
  ['views', 'views and beliefs', 'взгляды и убеждения', 'көзқарас пен сенім'],
  ['location', 'whereabouts', 'местонахождение', 'жүрген жері'],
  ['credentials', 'passwords and keys', 'пароли и ключи', 'құпиясөздер мен кілттер'],
  ['other', 'other', 'иное', 'өзге'],
])
export const breachRisks = vocabulary('breach-risks', '1', [
  ['unlikely', 'a risk to people is unlikely', 'риск для людей маловероятен', 'адамдарға қауіп екіталай'],
  ['risk', 'a risk to people', 'риск для людей', 'адамдарға қауіп бар'],
  ['high', 'a high risk to people', 'высокий риск для людей', 'адамдарға қауіп жоғары'],
])
/** GDPR, article 6 (1). */
export const lawfulBases = vocabulary('lawful-bases', '1', [
  ['consent', 'consent (art. 6 (1) a)', 'согласие (ст. 6 (1) a)', 'келісім (6-бап (1) a)'],
  ['contract', 'contract (art. 6 (1) b)', 'договор (ст. 6 (1) b)', 'шарт (6-бап (1) b)'],
  [
    'legal_obligation',
    'legal obligation (art. 6 (1) c)',
    'обязанность по закону (ст. 6 (1) c)',
    'заң жүктеген міндет (6-бап (1) c)',
  ],
  [
    'vital_interests',
    'vital interests (art. 6 (1) d)',
    'жизненные интересы (ст. 6 (1) d)',
    'өмірлік мүдделер (6-бап (1) d)',
  ],
  [
    'public_task',
    'task in the public interest (art. 6 (1) e)',
    'задача в общественных интересах (ст. 6 (1) e)',
    'қоғам мүддесіндегі міндет (6-бап (1) e)',
  ],
  [
    'legitimate_interests',
    'legitimate interests (art. 6 (1) f)',
    'законные интересы (ст. 6 (1) f)',
    'заңды мүдделер (6-бап (1) f)',
  ],
])
/** GDPR, articles 9 (2) and 85. */
export const specialBases = vocabulary('special-bases', '1', [
  [
    'none_kept',
    'no special categories are kept',
    'особые категории не хранятся',
    'ерекше санаттар сақталмайды',
  ],
  [
    'explicit_consent',
    'explicit consent (art. 9 (2) a)',
    'явное согласие (ст. 9 (2) a)',
    'айқын келісім (9-бап (2) a)',
  ],
  [
    'vital_interests',
    'vital interests (art. 9 (2) c)',
    'жизненные интересы (ст. 9 (2) c)',
    'өмірлік мүдделер (9-бап (2) c)',
  ],
  [
    'not_for_profit_body',
    'members and contacts of an association (art. 9 (2) d)',
    'члены и контакты объединения (ст. 9 (2) d)',
    'бірлестік мүшелері мен байланыстары (9-бап (2) d)',
  ],
  [
    'made_public',
    'made public by the person (art. 9 (2) e)',
    'обнародовано самим человеком (ст. 9 (2) e)',
    'адамның өзі жария еткен (9-бап (2) e)',
  ],
  [
    'legal_claims',
    'legal claims (art. 9 (2) f)',
    'правовые требования (ст. 9 (2) f)',
    'құқықтық талаптар (9-бап (2) f)',
  ],
  [
    'substantial_public_interest',
    'substantial public interest (art. 9 (2) g)',
    'существенный общественный интерес (ст. 9 (2) g)',
    'елеулі қоғамдық мүдде (9-бап (2) g)',
  ],
  [
    'archive_research',
    'archive, research (art. 9 (2) j)',
    'архив, исследование (ст. 9 (2) j)',
    'мұрағат, зерттеу (9-бап (2) j)',
  ],
  [
    'expression',
    'freedom of expression (art. 85)',
    'свобода выражения мнения (ст. 85)',
    'пікір бостандығы (85-бап)',
  ],
])
/** Kazakhstan: Law No. 94-V of 21 May 2013 on personal data and their protection. */
export const nationalBases = vocabulary('national-bases', '1', [
  ['none', 'no other law is relied on', 'иной закон не применяется', 'өзге заңға сүйенілмейді'],
  ['kz_consent', 'Kazakhstan: consent', 'Казахстан: согласие', 'Қазақстан: келісім'],
  [
    'kz_rights',
    'Kazakhstan: rights and freedoms, where consent is impossible',
    'Казахстан: права и свободы, если согласие невозможно',
    'Қазақстан: құқық пен бостандық, келісім алу мүмкін болмаса',
  ],
  [
    'kz_journalism',
    'Kazakhstan: journalism, research, creative work',
    'Казахстан: журналистика, наука, творчество',
    'Қазақстан: журналистика, ғылым, шығармашылық',
  ],
  ['kz_other', 'Kazakhstan: another provision', 'Казахстан: иная норма', 'Қазақстан: өзге норма'],
  ['other', 'another country', 'другая страна', 'басқа ел'],
])
export const storagePlaces = vocabulary('storage-places', '1', [
  ['own_machine', 'a machine of our own', 'наш компьютер', 'өз компьютеріміз'],
  ['own_server', 'a server of our own', 'наш сервер', 'өз серверіміз'],
  ['provider', "a provider's server", 'сервер поставщика', 'провайдер сервері'],
])
export const retentionClasses = vocabulary('retention-classes', '1', [
  ['interview', 'interview record', 'запись интервью', 'сұхбат жазбасы'],
  [
    'unused_source',
    'source that nothing cites',
    'источник, на который ничто не ссылается',
    'ешнәрсе сүйенбейтін дереккөз',
  ],
  ['case', 'case, since its last change', 'дело, с последнего изменения', 'іс, соңғы өзгерістен бері'],
  [
    'dossier',
    'dossier, since its last change',
    'досье, с последнего изменения',
    'іс жинағы, соңғы өзгерістен бері',
  ],
  ['answered_request', 'answered request', 'отвеченный запрос', 'жауап берілген сұрау'],
])
export const retentionReasons = vocabulary('retention-reasons', '1', [
  ['ongoing', 'the work goes on', 'работа продолжается', 'жұмыс жалғасуда'],
  [
    'legal_claims',
    'needed for legal claims',
    'нужно для правовых требований',
    'құқықтық талаптар үшін керек',
  ],
  [
    'archive',
    'archive in the public interest',
    'архив в общественных интересах',
    'қоғам мүддесіндегі мұрағат',
  ],
  ['wish', 'the person concerned wishes it', 'этого хочет сам человек', 'адамның өз қалауы'],
  ['other', 'another reason', 'иная причина', 'басқа себеп'],
])
/** What a clean-up cannot do. */
export const cleaningLimits = vocabulary('cleaning-limits', '1', [
  [
    'old_readers',
    'somebody was reading an earlier state of a table; clean up again',
    'кто-то читал прежнее состояние таблицы; повторите очистку',
    'біреу кестенің бұрынғы күйін оқып жатты; тазалауды қайталаңыз',
  ],
  [
    'checkpoint',
    'the server does not let us write a checkpoint; its administrator can',
    'сервер не даёт записать контрольную точку; это может его администратор',
    'сервер бақылау нүктесін жазғызбайды; оны әкімшісі істей алады',
  ],
  [
    'log_segments',
    'the server does not let us renew its log of changes; its administrator can',
    'сервер не даёт обновить журнал изменений; это может его администратор',
    'сервер өзгерістер журналын жаңартқызбайды; оны әкімшісі істей алады',
  ],
  [
    'engine_log',
    "the server's own log files are out of reach; its administrator empties them",
    'файлы журналов сервера недоступны; их очищает его администратор',
    'сервер журналының файлдары қолжетімсіз; оларды әкімшісі тазалайды',
  ],
  [
    'statistics',
    "the planner's samples could not be written anew; the administrator can",
    'выборки планировщика не удалось переписать; это может администратор',
    'жоспарлаушы үлгілерін қайта жазу мүмкін болмады; оны әкімші істей алады',
  ],
  [
    'elsewhere',
    'replicas, archives and backups of the server are out of reach; ask whoever runs it',
    'реплики, архивы и копии сервера недоступны; обратитесь к тому, кто его ведёт',
    'сервердің көшірмелері мен мұрағаттары қолжетімсіз; оны жүргізушіге айтыңыз',
  ],
])
