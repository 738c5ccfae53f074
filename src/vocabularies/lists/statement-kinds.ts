import { vocabulary } from '../list.ts'

/** By key: English, Russian, Kazakh. Each says what tells the kind from those beside it. */
const DEFINITIONS: Readonly<Record<string, readonly [string, string, string]>> = {
  report: [
    'A fact passed on without saying how it is known.',
    'Факт передан без указания, откуда он известен.',
    'Дерек қайдан белгілі екені айтылмай жеткізіледі.',
  ],
  observation: [
    'The speaker saw, heard or counted it, on site or in documents.',
    'Говорящий сам видел, слышал или подсчитал это, на месте или по документам.',
    'Айтушы мұны өзі көрді, естіді не санады, орнында не құжаттан.',
  ],
  testimony: [
    'Somebody tells what happened to them or before their eyes.',
    'Человек рассказывает, что было с ним или у него на глазах.',
    'Адам өз басынан өткенін не көз алдында болғанын айтады.',
  ],
  inference: [
    'Derived by the speaker from other facts, not seen.',
    'Выведено говорящим из других фактов, а не увидено.',
    'Айтушы басқа деректерден шығарған, өзі көрмеген.',
  ],
  allegation: [
    'Says that somebody did wrong; not established so far.',
    'Говорится, что кто-то совершил нарушение; пока не установлено.',
    'Біреудің құқық бұзғаны айтылады; әзірге анықталмаған.',
  ],
  belief: [
    'The speaker holds it to be true and gives no ground.',
    'Говорящий считает это верным, но оснований не приводит.',
    'Айтушы мұны рас деп біледі, бірақ негізін келтірмейді.',
  ],
  opinion: [
    'A judgement of taste or value that no fact can settle.',
    'Суждение о ценности или вкусе, которое фактами не решить.',
    'Дерекпен шешілмейтін құндылық не талғам туралы пікір.',
  ],
  forecast: [
    'Says what will or may happen.',
    'Говорится, что произойдёт или может произойти.',
    'Не болатыны не болуы мүмкін екені айтылады.',
  ],
  conclusion: [
    'The result of an inquiry, a trial or a review, drawn by whoever led it.',
    'Итог расследования, суда или обзора, подведённый тем, кто его вёл.',
    'Тергеудің, соттың не шолудың оны жүргізген тарап шығарған қорытындысы.',
  ],
  'official claim': [
    'An authority states it as a fact.',
    'Орган власти утверждает это как факт.',
    'Билік органы мұны дерек ретінде мәлімдейді.',
  ],
  denial: [
    'Says that something did not happen or is not so.',
    'Говорится, что этого не было или это не так.',
    'Бұл болған жоқ немесе олай емес деп айтылады.',
  ],
  justification: [
    'Admits an act and says why it was right.',
    'Действие признаётся, и говорится, почему оно было правильным.',
    'Әрекет мойындалып, неге дұрыс болғаны айтылады.',
  ],
  position: [
    'How a speaker stands to a matter: for, against, undecided.',
    'Как говорящий относится к предмету: за, против, не решил.',
    'Айтушының мәселеге қатысты ұстанымы: жақтайды, қарсы, шешпеген.',
  ],
  commitment: [
    'The speaker promises to do something.',
    'Говорящий обещает что-то сделать.',
    'Айтушы бірдеңе істеуге уәде береді.',
  ],
  recommendation: [
    'Advises somebody to do something; they are free not to.',
    'Кому-то советуют что-то сделать; следовать совету не обязательно.',
    'Біреуге бірдеңе істеу ұсынылады; орындау міндетті емес.',
  ],
  demand: [
    'Requires somebody to do something.',
    'От кого-то требуют что-то сделать.',
    'Біреуден бірдеңе істеу талап етіледі.',
  ],
  announcement: [
    'Makes a decision, an event or a plan known.',
    'Сообщается о решении, событии или плане.',
    'Шешім, оқиға не жоспар жария етіледі.',
  ],
  assessment: [
    'Weighs how good, serious or effective something is, on stated grounds.',
    'Взвешивается, насколько что-то хорошо, серьёзно или действенно, с указанием оснований.',
    'Бірдеңенің қаншалықты жақсы, ауыр не тиімді екені негізімен таразыланады.',
  ],
  question: [
    'Asks; it claims nothing.',
    'Спрашивается; ничего не утверждается.',
    'Сұралады; ештеңе бекітілмейді.',
  ],
}

/** What a statement is, from a plain fact in the source's own voice to a question. */
export const statementKinds = vocabulary(
  'statement-kinds',
  '2',
  [
    ['report', 'report', 'сообщение', 'хабарлама'],
    ['observation', 'observation', 'наблюдение', 'бақылау'],
    ['testimony', 'testimony', 'свидетельство', 'куәлік'],
    ['inference', 'inference', 'умозаключение', 'ой қорытындысы'],
    ['allegation', 'allegation', 'утверждение о нарушении', 'айыптау'],
    ['belief', 'belief', 'убеждение', 'сенім'],
    ['opinion', 'opinion', 'мнение', 'пікір'],
    ['forecast', 'forecast', 'прогноз', 'болжам'],
    ['conclusion', 'conclusion', 'заключение', 'тұжырым'],
    ['official claim', 'official claim', 'официальное заявление', 'ресми мәлімдеме'],
    ['denial', 'denial', 'отрицание', 'жоққа шығару'],
    ['justification', 'justification', 'оправдание', 'ақтау'],
    ['position', 'position', 'позиция', 'ұстаным'],
    ['commitment', 'commitment', 'обязательство', 'міндеттеме'],
    ['recommendation', 'recommendation', 'рекомендация', 'ұсыным'],
    ['demand', 'demand', 'требование', 'талап'],
    ['announcement', 'announcement', 'объявление', 'жариялау'],
    ['assessment', 'assessment', 'оценка', 'бағалау'],
    ['question', 'question', 'вопрос', 'сұрақ'],
  ],
  DEFINITIONS,
)
