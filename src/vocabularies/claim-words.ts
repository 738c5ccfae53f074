import type { Language } from './list.ts'

/** The version of the tables below. */
export const CLAIM_WORDS_VERSION = '1'

/** What a word asks to be checked for: terms of the list `checks`. */
export type ClaimCheck = 'superlative' | 'trend'

const SUPERLATIVE: Readonly<Record<Language, string>> = {
  en: 'first|for the first time|most|(?:larg|bigg|high|low|great|strong|weak|old|young)est|worst|best|only|unprecedented|never before|record',
  ru: 'перв(?:ый|ая|ое|ые|ого|ой|ому|ым|ых|ую)|впервые|сам(?:ый|ая|ое|ые|ого|ой|ую|ых)|наиболее|(?:крупн|худ|луч|высо|больш|сильн)(?:ейш|ш|чайш)\\p{L}+|единственн\\p{L}+|беспрецедентн\\p{L}+|рекордн\\p{L}+|никогда прежде',
  kk: 'алғаш(?:қы|ында|ғы)?|тұңғыш|бірінші|ең|жалғыз|бұрын-соңды|теңдессіз|рекордтық',
}
const TREND: Readonly<Record<Language, string>> = {
  en: 'increas(?:e|ed|es|ing|ingly)|growing|grown|rising|risen|more and more|fewer and fewer|declin(?:e|ed|es|ing)|deteriorat(?:e|ed|es|ing|ion)|worsen(?:ed|s|ing)?|improv(?:e|ed|es|ing|ement)|escalat(?:e|ed|es|ing|ion)|fallen|trend',
  ru: 'раст[её]т|рост|увелич\\p{L}+|снижа\\p{L}+|снизил\\p{L}+|сокраща\\p{L}+|ухудш\\p{L}+|улучш\\p{L}+|вс[её] (?:чаще|больше|меньше|реже)|тенденци\\p{L}+',
  kk: 'артып|артты|өсіп|өсуде|өсті|көбейіп|көбейді|азайып|азайды|төмендеп|төмендеді|нашарлап|нашарлады|жақсарып|жақсарды|барған сайын|үрдіс\\p{L}*',
}

const compiled = (words: Readonly<Record<Language, string>>): Record<Language, RegExp> => {
  const whole = (language: Language) =>
    new RegExp(`(?<![\\p{L}\\p{N}])(?:${words[language].replaceAll(' ', '\\s+')})(?![\\p{L}\\p{N}])`, 'iu')
  return { en: whole('en'), ru: whole('ru'), kk: whole('kk') }
}
const TABLES: readonly (readonly [ClaimCheck, Record<Language, RegExp>])[] = [
  ['superlative', compiled(SUPERLATIVE)],
  ['trend', compiled(TREND)],
]

/** Words that claim to be first or most, or that tell a trend; a person says whether they do. One a check at most. */
export function claimsIn(words: string, language: Language): { check: ClaimCheck; word: string }[] {
  const said = words.normalize('NFC')
  return TABLES.flatMap(([check, patterns]) => {
    const [word] = patterns[language].exec(said) ?? []
    return word === undefined ? [] : [{ check, word }]
  })
}
