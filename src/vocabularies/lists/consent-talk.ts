import { vocabulary } from '../list.ts'

/**
 * What is explained before somebody decides: the heading of each part of the talk, and the words to be read aloud. They are
 * short on purpose; what is asked back is answered in other words.
 */
export const consentExplained = vocabulary(
  'consent-explained',
  '1',
  [
    ['who_we_are', 'Who we are', 'Кто мы', 'Біз кімбіз'],
    [
      'what_for',
      'What it may be used for',
      'Для чего это может пригодиться',
      'Бұл не үшін қажет болуы мүмкін',
    ],
    ['who_sees', 'Who may be given it', 'Кому это могут передать', 'Бұл кімге берілуі мүмкін'],
    ['how_named', 'How you are named in it', 'Как вас там назовут', 'Онда сізді қалай атайды'],
    ['risks', 'What could happen', 'Что может случиться', 'Не болуы мүмкін'],
    ['free_to_refuse', 'You may say no', 'Вы можете отказаться', 'Сіз бас тарта аласыз'],
    ['withdrawal', 'You may change your mind', 'Вы можете передумать', 'Сіз ойыңызды өзгерте аласыз'],
    ['not_recallable', 'What cannot be taken back', 'Чего нельзя вернуть', 'Нені қайтару мүмкін емес'],
    ['no_promise', 'What we cannot promise', 'Чего мы не можем обещать', 'Біз не уәде ете алмаймыз'],
    ['contact', 'How to reach us', 'Как с нами связаться', 'Бізге қалай хабарласуға болады'],
  ],
  {
    who_we_are: [
      'We record what happened to people and who is answerable for it. We do not work for the Government. Nobody pays you for talking to us, and you owe us nothing.',
      'Мы записываем, что произошло с людьми и кто за это отвечает. Мы не работаем на правительство. За разговор с нами не платят, и вы нам ничего не должны.',
      'Біз адамдардың басынан не өткенін және бұған кім жауапты екенін жазамыз. Біз үкімет үшін жұмыс істемейміз. Бізбен сөйлескеніңіз үшін ақы төленбейді, сіз бізге ештеңе қарыз емессіз.',
    ],
    what_for: [
      'You decide about each of these by itself. You may allow one and refuse another.',
      'О каждом из этих пунктов вы решаете отдельно. Одно можно разрешить, а в другом отказать.',
      'Осылардың әрқайсысы туралы бөлек шешесіз. Біреуіне рұқсат беріп, екіншісінен бас тартуға болады.',
    ],
    who_sees: [
      'Only those who work on your case hear it now. You decide who else may be given it, and for what.',
      'Сейчас это слышат только те, кто ведёт ваше дело. Кому ещё и для чего это передать, решаете вы.',
      'Қазір мұны ісіңізбен айналысатындар ғана естиді. Тағы кімге және не үшін беруге болатынын сіз шешесіз.',
    ],
    how_named: [
      'For each use you decide how much of you can be recognised.',
      'Для каждого случая вы решаете, насколько вас можно будет узнать.',
      'Әр жағдайда сізді қаншалықты тануға болатынын өзіңіз шешесіз.',
    ],
    risks: [
      'Somebody could find out that you spoke to us: through a leak, a seized computer, or because only you could know it. Then you or those close to you could be threatened, dismissed, questioned or hurt. Tell us what you fear; we will think about it together before anything is used.',
      'Кто-то может узнать, что вы говорили с нами: из-за утечки, изъятого компьютера или потому, что знать это могли только вы. Тогда вам или вашим близким могут угрожать, вас могут уволить, вызвать на допрос, причинить вред. Скажите, чего вы опасаетесь; мы подумаем об этом вместе, прежде чем что-либо использовать.',
      'Біреу сіздің бізбен сөйлескеніңізді біліп қоюы мүмкін: дерек сыртқа шықса, компьютер тәркіленсе немесе оны тек сіз ғана білуіңіз мүмкін болса. Сонда сізге не жақындарыңызға қоқан-лоқы жасауы, жұмыстан шығаруы, жауап алуы, зиян келтіруі мүмкін. Неден қорқатыныңызды айтыңыз; бірдеңені пайдаланбас бұрын бұл туралы бірге ойланамыз.',
    ],
    free_to_refuse: [
      'You need not answer. You may stop at any time, leave out what you want, and take time to decide. If you say no, nothing changes in how we help you.',
      'Вы не обязаны отвечать. Вы можете остановиться в любой момент, о чём-то не говорить и подумать столько, сколько нужно. Если вы откажетесь, мы будем помогать вам так же.',
      'Жауап беруге міндетті емессіз. Кез келген сәтте тоқтай аласыз, қалағаныңызды айтпай қоя аласыз, шешім қабылдауға уақыт ала аласыз. Бас тартсаңыз да, біз сізге бұрынғыдай көмектесеміз.',
    ],
    withdrawal: [
      'You may take back what you allowed, all of it or a part, at any time and without saying why. From then on we do not use it for that any more, and we ask those who have it to give it back where that is possible.',
      'Вы можете отозвать своё согласие, целиком или частью, в любое время и не объясняя почему. С этого момента мы больше не используем это для таких целей и просим вернуть тех, у кого это есть, где это возможно.',
      'Берген рұқсатыңызды толық не ішінара, кез келген уақытта, себебін айтпай қайтарып ала аласыз. Сол сәттен бастап біз оны бұл мақсатта пайдаланбаймыз және мүмкін болса, ол бар адамдардан қайтаруды сұраймыз.',
    ],
    not_recallable: [
      'What a government, a court, the press or the public has been given cannot be brought back. Think of that before you allow it.',
      'То, что передано правительству, суду, прессе или опубликовано, вернуть нельзя. Подумайте об этом, прежде чем разрешать.',
      'Үкіметке, сотқа, баспасөзге берілгенді немесе жарияланғанды қайтару мүмкін емес. Рұқсат бермес бұрын осыны ойлаңыз.',
    ],
    no_promise: [
      'We cannot promise that somebody is punished, that you get money, or that it helps you. We do promise to tell you what became of it.',
      'Мы не можем обещать, что кого-то накажут, что вам выплатят деньги или что это вам поможет. Но мы обещаем рассказать вам, что из этого вышло.',
      'Біреу жазаланады, ақша төленеді немесе бұл сізге көмектеседі деп уәде ете алмаймыз. Бірақ одан не шыққанын сізге айтуға уәде береміз.',
    ],
    contact: [
      'Here is how you reach us safely, and when. Do not write to us from a telephone that others look into.',
      'Вот как и когда с нами безопасно связаться. Не пишите нам с телефона, в который заглядывают другие.',
      'Бізге қауіпсіз жолмен қалай, қашан хабарласуға болатыны осында. Басқалар қарайтын телефоннан бізге жазбаңыз.',
    ],
  },
)

/** What else stands on the paper. */
export const consentTalk = vocabulary('consent-talk', '1', [
  ['title', 'Before you decide', 'Прежде чем вы решите', 'Шешім қабылдамас бұрын'],
  [
    'lead',
    'This paper is read aloud to you. Ask whatever you want to know. You need not decide today.',
    'Этот лист вам прочитают вслух. Спрашивайте обо всём, что хотите знать. Решать сегодня не обязательно.',
    'Бұл парақ сізге дауыстап оқылады. Білгіңіз келгеннің бәрін сұраңыз. Бүгін шешу міндетті емес.',
  ],
  ['reach', 'You reach us by', 'Связаться с нами', 'Бізге хабарласу'],
  ['hours', 'Safe days and hours', 'Безопасные дни и часы', 'Қауіпсіз күндер мен сағаттар'],
  ['decision', 'What you allow', 'Что вы разрешаете', 'Нені рұқсат етесіз'],
  [
    'decisionWhat',
    'One line for each use. What does not stand here is not allowed.',
    'Одна строка для каждого случая. Чего здесь нет, то не разрешено.',
    'Әр жағдайға бір жол. Мұнда жоқ нәрсеге рұқсат жоқ.',
  ],
  ['for', 'For what', 'Для чего', 'Не үшін'],
  ['to', 'To whom', 'Кому', 'Кімге'],
  ['named', 'How named', 'Как назвать', 'Қалай атау'],
  ['conditions', 'On what condition', 'При каком условии', 'Қандай шартпен'],
  ['until', 'Until', 'До какого дня', 'Қай күнге дейін'],
  [
    'understood',
    'All of this was explained to me in a language that I understand. I could ask, and had time to decide. I may change my mind.',
    'Всё это мне объяснили на понятном мне языке. Я могу задавать вопросы, и у меня было время решить. Я могу передумать.',
    'Мұның бәрі маған түсінікті тілде айтылды. Сұрақ қоя алдым, шешуге уақытым болды. Ойымды өзгерте аламын.',
  ],
  ['code', 'Your code with us', 'Ваш код у нас', 'Біздегі кодыңыз'],
  ['sign', 'Your sign or signature', 'Ваш знак или подпись', 'Белгіңіз не қолыңыз'],
  ['day', 'Day', 'День', 'Күні'],
  ['place', 'Place', 'Место', 'Жері'],
  ['spoke', 'Who spoke with you', 'Кто с вами говорил', 'Сізбен кім сөйлесті'],
  ['interpreted', 'Who interpreted', 'Кто переводил', 'Кім аударды'],
])
