import { franc } from 'franc'

/** ISO 639-3, as franc gives it, to the ISO 639-1 that the record stores. */
const ISO_639_1: Record<string, string> = {
  eng: 'en',
  rus: 'ru',
  kaz: 'kk',
  kir: 'ky',
  uzn: 'uz',
  tgk: 'tg',
  tuk: 'tk',
  ukr: 'uk',
  arb: 'ar',
  fra: 'fr',
  spa: 'es',
  deu: 'de',
  tur: 'tr',
  zho: 'zh',
  cmn: 'zh',
  pes: 'fa',
}

/** Share of letters. */
const MARKED = 0.01
/** How much of a text is looked at: a language shows itself within a page. UTF-16 units. */
const SAMPLE = 4000

/**
 * The language of a text as ISO 639-1, or 'und' where it is too short or none of those the record works with.
 * Kazakh in Latin letters is not recognised.
 */
export function detectLanguage(text: string): string {
  const sample = text.slice(0, SAMPLE)
  const script = detectScript(sample)
  if (script === 'Cyrl' && isMarked(sample) && !/[їєґ]/iu.test(sample)) {
    const found = ISO_639_1[franc(sample, { minLength: 3, only: ['kaz', 'kir', 'ukr', 'bel'] })]
    return found ?? 'kk'
  }
  if (sample.length < 20) return 'und'
  return ISO_639_1[franc(sample, { minLength: 20, only: Object.keys(ISO_639_1) })] ?? 'und'
}

/**
 * Whether letters that Russian lacks are part of its spelling: of Kazakh they are a tenth and of Ukrainian a twentieth; a name or
 * a letter that was made out wrongly is far less.
 */
function isMarked(sample: string): boolean {
  const marked = sample.match(/[әғқңөұүһі]/giu)?.length ?? 0
  return marked > (sample.match(/\p{L}/gu)?.length ?? 0) * MARKED
}

/** Runs of letters of one script: far fewer than letters. */
const SCRIPTS = {
  Cyrl: /\p{Script=Cyrillic}+/gu,
  Arab: /\p{Script=Arabic}+/gu,
  Latn: /\p{Script=Latin}+/gu,
  Hani: /\p{Script=Han}+/gu,
}

/** The script most letters are in, as ISO 15924; 'Zyyy' where there are none. */
export function detectScript(text: string): string {
  const sample = text.slice(0, SAMPLE)
  const counts = Object.entries(SCRIPTS).map(([script, letters]): [string, number] => [
    script,
    sample.match(letters)?.join('').length ?? 0,
  ])
  const [script, count] = counts.sort(([, a], [, b]) => b - a)[0] ?? ['Zyyy', 0]
  return count > 0 ? script : 'Zyyy'
}

/** Cyrillic letters, Kazakh ones among them, by the Latin ones that most spellings agree on. */
const LATIN: Record<string, string> = {
  а: 'a',
  ә: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ғ: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  қ: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  ң: 'n',
  о: 'o',
  ө: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ұ: 'u',
  ү: 'u',
  ф: 'f',
  х: 'kh',
  һ: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'sh',
  ъ: '',
  ы: 'y',
  і: 'i',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
}

/**
 * One key for the spellings of a name in Latin, Cyrillic and Kazakh letters: Актау, Ақтау, Aktau and Aqtau are one.
 * It finds candidates; whether two names are one person is for a person to say.
 */
export function nameKey(name: string): string {
  const latin = [...name.toLowerCase().normalize('NFC')].map((letter) => LATIN[letter] ?? letter).join('')
  return latin
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ı/gu, 'i')
    .replaceAll('q', 'k')
    .replace(/j/gu, 'zh')
    .replace(/y(?=[aeou])/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
