import type { Language } from './list.ts'

/** What a rule reckons from: the day of the document, or the thing that the words follow on. */
export type Anchor = 'document' | 'told'
export type Unit = 'day' | 'week' | 'month' | 'year'

/**
 * How a date is reckoned. `shift`: the unit that lies so many units away. `span`: from so many units away up to the
 * anchor, or from the anchor so far on; approximate, for the words name no bound. `since`: from there on.
 */
export type RelativeRule =
  | { readonly kind: 'shift'; readonly unit: Unit; readonly by: number | 'earlier' | 'later' }
  | { readonly kind: 'span'; readonly unit: Unit; readonly by: number }
  | { readonly kind: 'month named'; readonly month: number }
  | { readonly kind: 'weekday named'; readonly weekday: number }

export interface RelativePhrase {
  /** The rule's name, a term of the list date-rules. */
  readonly name: string
  readonly anchor: Anchor
  readonly rule: RelativeRule
  readonly pattern: RegExp
}

/** The version of the tables below; it goes with every date that is proposed by them. */
export const RELATIVE_WORDS_VERSION = '1'

const shift = (unit: Unit, by: number | 'earlier' | 'later'): RelativeRule => ({ kind: 'shift', unit, by })
const span = (unit: Unit, by: number): RelativeRule => ({ kind: 'span', unit, by })

/** By the rule's name. `earlier` and `later`: as many as the words say. */
const RULES = {
  'same day': shift('day', 0),
  'day before': shift('day', -1),
  'two days before': shift('day', -2),
  'day after': shift('day', 1),
  'same week': shift('week', 0),
  'week before': shift('week', -1),
  'week after': shift('week', 1),
  'same month': shift('month', 0),
  'month before': shift('month', -1),
  'month after': shift('month', 1),
  'same year': shift('year', 0),
  'year before': shift('year', -1),
  'year after': shift('year', 1),
  'days ago': shift('day', 'earlier'),
  'weeks ago': shift('week', 'earlier'),
  'months ago': shift('month', 'earlier'),
  'years ago': shift('year', 'earlier'),
  'days later': shift('day', 'later'),
  'weeks later': shift('week', 'later'),
  'months later': shift('month', 'later'),
  'years later': shift('year', 'later'),
  recent: span('month', -3),
  'following days': span('day', 7),
  'following weeks': span('week', 4),
  'following months': span('month', 6),
} as const satisfies Record<string, RelativeRule>

type Listed = readonly [anchor: Anchor, rule: keyof typeof RULES, words: string]

/** Words as regular expressions without their edges; `#` stands for a number in figures or letters. The longer come first. */
const LISTED: Readonly<Record<Language, readonly Listed[]>> = {
  en: [
    ['document', 'two days before', 'the day before yesterday'],
    ['document', 'day before', 'yesterday'],
    ['document', 'same day', 'today'],
    ['document', 'day after', 'tomorrow'],
    ['document', 'days ago', '# days? ago'],
    ['document', 'weeks ago', '# weeks? ago'],
    ['document', 'months ago', '# months? ago'],
    ['document', 'years ago', '# years? ago'],
    ['told', 'days later', '# days? (?:later|after(?:wards)?)'],
    ['told', 'weeks later', '# weeks? (?:later|after(?:wards)?)'],
    ['told', 'months later', '# months? (?:later|after(?:wards)?)'],
    ['told', 'years later', '# years? (?:later|after(?:wards)?)'],
    ['told', 'following days', '(?:in |over )?the (?:following|next few) days|in the days that followed'],
    ['told', 'following weeks', '(?:in |over )?the (?:following|next few) weeks|in the weeks that followed'],
    [
      'told',
      'following months',
      '(?:in |over )?the (?:following|next few) months|in the months that followed',
    ],
    ['told', 'day after', 'the (?:next|following) day'],
    ['told', 'day before', 'the (?:day before|previous day)'],
    ['document', 'week before', '(?:last|the past|the previous) week'],
    ['document', 'month before', '(?:last|the past|the previous) month'],
    ['document', 'year before', '(?:last|the past|the previous) year'],
    ['document', 'week after', 'next week'],
    ['document', 'month after', 'next month'],
    ['document', 'year after', 'next year'],
    ['document', 'same week', '(?:earlier |later )?this week'],
    ['document', 'same month', '(?:earlier |later )?this month'],
    ['document', 'same year', '(?:earlier |later )?this year'],
    ['document', 'recent', 'recent(?:ly)?|in recent (?:weeks|months)'],
  ],
  ru: [
    ['document', 'two days before', 'позавчера'],
    ['document', 'day before', 'вчера'],
    ['document', 'same day', 'сегодня'],
    ['document', 'day after', 'завтра'],
    ['document', 'days ago', '# (?:день|дня|дней) назад'],
    ['document', 'weeks ago', '# недел(?:ю|и|ь) назад'],
    ['document', 'months ago', '# месяц(?:а|ев)? назад'],
    ['document', 'years ago', '# (?:год|года|лет) назад'],
    ['told', 'days later', '(?:через |спустя )# (?:день|дня|дней)|# (?:день|дня|дней) спустя'],
    ['told', 'weeks later', '(?:через |спустя )# недел(?:ю|и|ь)|# недел(?:ю|и|ь) спустя'],
    ['told', 'months later', '(?:через |спустя )# месяц(?:а|ев)?|# месяц(?:а|ев)? спустя'],
    ['told', 'years later', '(?:через |спустя )# (?:год|года|лет)|# (?:год|года|лет) спустя'],
    ['told', 'following days', 'в (?:последующие|следующие|ближайшие) дни'],
    ['told', 'following weeks', 'в (?:последующие|следующие|ближайшие) недели'],
    ['told', 'following months', 'в (?:последующие|следующие|ближайшие) месяцы'],
    ['told', 'day after', 'на следующий день|днём позже'],
    ['told', 'day before', 'накануне|днём ранее'],
    ['document', 'week before', '(?:на )?(?:прошлой|минувшей) неделе'],
    ['document', 'month before', '(?:в )?(?:прошлом|минувшем) месяце'],
    ['document', 'year before', '(?:в )?(?:прошлом|минувшем) году'],
    ['document', 'week after', '(?:на )?следующей неделе'],
    ['document', 'month after', '(?:в )?следующем месяце'],
    ['document', 'year after', '(?:в )?следующем году'],
    ['document', 'same week', '(?:на )?этой неделе'],
    ['document', 'same month', '(?:в )?этом месяце'],
    ['document', 'same year', '(?:в )?этом году'],
    ['document', 'recent', 'недавн(?:о|ий|яя|ее|ие|его|ей|их|ем|им|ими|юю)|в последнее время'],
  ],
  kk: [
    ['document', 'two days before', 'алдыңғы күні'],
    ['document', 'day before', 'кеше'],
    ['document', 'same day', 'бүгін'],
    ['document', 'day after', 'ертең'],
    ['document', 'days ago', '# күн бұрын'],
    ['document', 'weeks ago', '# апта бұрын'],
    ['document', 'months ago', '# ай бұрын'],
    ['document', 'years ago', '# жыл бұрын'],
    ['told', 'days later', '# күннен (?:кейін|соң)'],
    ['told', 'weeks later', '# аптадан (?:кейін|соң)'],
    ['told', 'months later', '# айдан (?:кейін|соң)'],
    ['told', 'years later', '# жылдан (?:кейін|соң)'],
    ['told', 'following days', '(?:келесі|кейінгі) күндері'],
    ['told', 'following weeks', '(?:келесі|кейінгі) апталарда'],
    ['told', 'following months', '(?:келесі|кейінгі) айларда'],
    ['told', 'day after', '(?:келесі|ертеңгі) күні|ертесіне'],
    ['told', 'day before', 'қарсаңында'],
    ['document', 'week before', 'өткен аптада(?:н)?'],
    ['document', 'month before', 'өткен айда(?:н)?'],
    ['document', 'year before', 'өткен жылы|былтыр'],
    ['document', 'week after', 'келесі аптада|келер аптада'],
    ['document', 'month after', 'келесі айда|келер айда'],
    ['document', 'year after', 'келесі жылы|келер жылы'],
    ['document', 'same week', 'осы аптада'],
    ['document', 'same month', 'осы айда'],
    ['document', 'same year', 'осы жылы|биыл'],
    ['document', 'recent', 'жақында|таяуда|соңғы кезде|соңғы уақытта'],
  ],
}

/** Numbers in letters, and the article that stands for one. */
export const NUMBER_WORDS: Readonly<Record<Language, readonly (readonly [words: string, value: number])[]>> =
  {
    en: [
      ['an?|one', 1],
      ['two', 2],
      ['three', 3],
      ['four', 4],
      ['five', 5],
      ['six', 6],
      ['seven', 7],
      ['eight', 8],
      ['nine', 9],
      ['ten', 10],
    ],
    ru: [
      ['один|одну', 1],
      ['два|две', 2],
      ['три', 3],
      ['четыре', 4],
      ['пять', 5],
      ['шесть', 6],
      ['семь', 7],
      ['восемь', 8],
      ['девять', 9],
      ['десять', 10],
    ],
    kk: [
      ['бір', 1],
      ['екі', 2],
      ['үш', 3],
      ['төрт', 4],
      ['бес', 5],
      ['алты', 6],
      ['жеті', 7],
      ['сегіз', 8],
      ['тоғыз', 9],
      ['он', 10],
    ],
  }

/** Months by their stems, January first. */
const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'january',
    'february',
    'march',
    'april',
    'may',
    'june',
    'july',
    'august',
    'september',
    'october',
    'november',
    'december',
  ],
  ru: [
    'январ[ьяе]',
    'феврал[ьяе]',
    'март[ае]?',
    'апрел[ьяе]',
    'ма[йяе]',
    'июн[ьяе]',
    'июл[ьяе]',
    'август[ае]?',
    'сентябр[ьяе]',
    'октябр[ьяе]',
    'ноябр[ьяе]',
    'декабр[ьяе]',
  ],
  kk: [
    'қаңтар(?:да)?',
    'ақпан(?:да)?',
    'наурыз(?:да)?',
    'сәуір(?:де)?',
    'мамыр(?:да)?',
    'маусым(?:да)?',
    'шілде(?:де)?',
    'тамыз(?:да)?',
    'қыркүйек(?:те)?',
    'қазан(?:да)?',
    'қараша(?:да)?',
    'желтоқсан(?:да)?',
  ],
}

/** Days of the week, Monday first. */
const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  en: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map(
    (day) => `(?:on )?${day}`,
  ),
  ru: [
    '(?:в )?понедельник',
    '(?:во )?вторник',
    '(?:в )?сред[ау]',
    '(?:в )?четверг',
    '(?:в )?пятниц[ау]',
    '(?:в )?суббот[ау]',
    '(?:в )?воскресенье',
  ],
  kk: [
    'дүйсенбі(?:де)?',
    'сейсенбі(?:де)?',
    'сәрсенбі(?:де)?',
    'бейсенбі(?:де)?',
    'жұма(?:да)?',
    'сенбі(?:де)?',
    'жексенбі(?:де)?',
  ],
}

/** "since", "from", right before the words; in Kazakh right after them: the words name where something begins. */
export const SINCE: Readonly<Record<Language, { readonly before?: RegExp; readonly after?: RegExp }>> = {
  en: { before: /(?:^|\s)(?:since|from)\s+$/u },
  ru: { before: /(?:^|\s)(?:с|со|начиная с)\s+$/u },
  kk: { after: /^\s+бері(?!\p{L})/u },
}

function phrasesOf(language: Language): RelativePhrase[] {
  const number = `(\\d{1,3}|${NUMBER_WORDS[language].map(([words]) => words).join('|')})`
  const listed = LISTED[language].map(([anchor, rule, words]) => ({
    name: rule,
    anchor,
    rule: RULES[rule],
    pattern: whole(words.replaceAll('#', number)),
  }))
  const months = MONTHS[language].map((words, n) => ({
    name: 'month named',
    anchor: 'document' as const,
    rule: { kind: 'month named' as const, month: n + 1 },
    // Alone, for a month with its year is no relative date, and "may" is a verb too.
    pattern: new RegExp(`^(?:(?:in|last|since|в|с) )?(?:${words})$`, 'u'),
  }))
  const weekdays = WEEKDAYS[language].map((words, n) => ({
    name: 'weekday named',
    anchor: 'document' as const,
    rule: { kind: 'weekday named' as const, weekday: n },
    pattern: whole(words),
  }))
  return [...listed, ...months, ...weekdays]
}

function whole(words: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.replaceAll(' ', '\\s+')})(?![\\p{L}\\p{N}])`, 'u')
}

/** Words that name a date by another one, by language. */
export const RELATIVE_PHRASES: Readonly<Record<Language, readonly RelativePhrase[]>> = {
  en: phrasesOf('en'),
  ru: phrasesOf('ru'),
  kk: phrasesOf('kk'),
}
