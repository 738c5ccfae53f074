import { vocabulary } from '../list.ts'

/** Kinds of inquiry, never merged: an independent probe is not an international one. */
export const inquiryTypes = vocabulary('inquiry-types', '1', [
  ['internal police', 'internal police inquiry', 'служебная проверка полиции', 'полицияның ішкі тексеруі'],
  ['prosecutorial', 'inquiry by prosecutors', 'прокурорское расследование', 'прокурорлық тергеу'],
  ['special prosecutor', 'special prosecutor', 'специальный прокурор', 'арнайы прокурор'],
  [
    'anti-corruption body',
    'anti-corruption body',
    'антикоррупционный орган',
    'сыбайлас жемқорлыққа қарсы орган',
  ],
  ['parliamentary', 'parliamentary inquiry', 'парламентское расследование', 'парламенттік тергеу'],
  ['public commission', 'public commission', 'общественная комиссия', 'қоғамдық комиссия'],
  [
    'independent',
    'independent inquiry, composition not stated',
    'независимое расследование, состав не указан',
    'тәуелсіз тергеу, құрамы айтылмаған',
  ],
  [
    'independent national',
    'independent national inquiry',
    'независимое национальное расследование',
    'тәуелсіз ұлттық тергеу',
  ],
  ['hybrid', 'hybrid inquiry', 'смешанное расследование', 'аралас тергеу'],
  ['international', 'international inquiry', 'международное расследование', 'халықаралық тергеу'],
  [
    'international fact-finding',
    'international fact-finding',
    'международное установление фактов',
    'фактілерді халықаралық анықтау',
  ],
  [
    'international commission of inquiry',
    'international commission of inquiry',
    'международная следственная комиссия',
    'халықаралық тергеу комиссиясы',
  ],
  [
    'special procedure',
    'special procedure of the Human Rights Council',
    'специальная процедура Совета по правам человека',
    'Адам құқықтары кеңесінің арнайы рәсімі',
  ],
  ['treaty body', 'treaty body inquiry', 'расследование договорного органа', 'шарттық органның тергеуі'],
  ['regional court', 'regional court', 'региональный суд', 'өңірлік сот'],
  ['icc', 'International Criminal Court', 'Международный уголовный суд', 'Халықаралық қылмыстық сот'],
  ['truth commission', 'truth commission', 'комиссия по установлению истины', 'ақиқатты анықтау комиссиясы'],
])
