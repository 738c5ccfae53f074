import type { Language } from './list.ts'

/** The bounds we set to a word that names no number; `upper` null: no bound above. */
export interface VagueBounds {
  readonly lower: number
  readonly upper: number | null
}

/** The version of the table below; it goes with every bound that is shown. */
export const VAGUE_WORDS_VERSION = '1'

const HANDFUL = { lower: 3, upper: 9 }
const SEVERAL = { lower: 3, upper: null }
const FEW = { lower: 2, upper: 9 }
const DOZENS = { lower: 24, upper: 99 }
const SCORES = { lower: 40, upper: 199 }
const TENS = { lower: 20, upper: 99 }
const HUNDREDS = { lower: 200, upper: 999 }
const THOUSANDS = { lower: 2000, upper: 9999 }
const TENS_OF_THOUSANDS = { lower: 20_000, upper: 99_999 }
const HUNDREDS_OF_THOUSANDS = { lower: 200_000, upper: 999_999 }
const MILLIONS = { lower: 2_000_000, upper: 9_999_999 }
const SEVERAL_HUNDRED = { lower: 300, upper: 999 }
const SEVERAL_THOUSAND = { lower: 3000, upper: 9999 }

/** Phrases as they are said, the longer before the shorter that they hold. Lower case; an asterisk stands for an ending. */
const PHRASES: Readonly<Record<Language, readonly (readonly [phrase: string, bounds: VagueBounds])[]>> = {
  en: [
    ['hundreds of thousands', HUNDREDS_OF_THOUSANDS],
    ['tens of thousands', TENS_OF_THOUSANDS],
    ['several thousand', SEVERAL_THOUSAND],
    ['several hundred', SEVERAL_HUNDRED],
    ['a few thousand', SEVERAL_THOUSAND],
    ['a few hundred', SEVERAL_HUNDRED],
    ['millions', MILLIONS],
    ['thousands', THOUSANDS],
    ['hundreds', HUNDREDS],
    ['dozens', DOZENS],
    ['scores', SCORES],
    ['tens', TENS],
    ['a handful', HANDFUL],
    ['several', SEVERAL],
    ['a number of', SEVERAL],
    ['a few', FEW],
    ['a couple', { lower: 2, upper: 3 }],
  ],
  ru: [
    ['сотни тысяч', HUNDREDS_OF_THOUSANDS],
    ['сотен тысяч', HUNDREDS_OF_THOUSANDS],
    ['десятки тысяч', TENS_OF_THOUSANDS],
    ['десятков тысяч', TENS_OF_THOUSANDS],
    ['несколько тысяч', SEVERAL_THOUSAND],
    ['нескольких тысяч', SEVERAL_THOUSAND],
    ['несколько сотен', SEVERAL_HUNDRED],
    ['несколько сот', SEVERAL_HUNDRED],
    ['нескольких сотен', SEVERAL_HUNDRED],
    ['несколько десятков', { lower: 30, upper: 99 }],
    ['нескольких десятков', { lower: 30, upper: 99 }],
    ['миллионы', MILLIONS],
    ['миллионов', MILLIONS],
    ['тысячи', THOUSANDS],
    ['тысяч', THOUSANDS],
    ['сотни', HUNDREDS],
    ['сотен', HUNDREDS],
    ['десятки', TENS],
    ['десятков', TENS],
    ['дюжины', DOZENS],
    ['горстк*', HANDFUL],
    ['несколько', SEVERAL],
    ['нескольких', SEVERAL],
    ['ряд', SEVERAL],
    ['пара', { lower: 2, upper: 3 }],
  ],
  kk: [
    ['жүздеген мың', HUNDREDS_OF_THOUSANDS],
    ['ондаған мың', TENS_OF_THOUSANDS],
    ['бірнеше мың', SEVERAL_THOUSAND],
    ['бірнеше жүз', SEVERAL_HUNDRED],
    ['бірнеше он', { lower: 30, upper: 99 }],
    ['миллиондаған', MILLIONS],
    ['мыңдаған', THOUSANDS],
    ['жүздеген', HUNDREDS],
    ['ондаған', TENS],
    ['бір уыс', HANDFUL],
    ['бірнеше', SEVERAL],
    ['бірқатар', SEVERAL],
    ['санаулы', FEW],
    ['екі-үш', { lower: 2, upper: 3 }],
  ],
}

/** "more than", "at least" before a vague word: only the lower bound is left. */
const MORE: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:more than|over|at least|many)\s+$/u,
  ru: /(?:более|больше|свыше|не менее|многие)\s+$/u,
  kk: /(?:кемінде|астам)\s+$/u,
}

/**
 * The bounds of a vague word, looked up in the language of the words first and then in the others, since a source may
 * speak another language than its reader. Conventional, shown as ours, never a value, never a ground of conflict.
 */
export function vagueBounds(words: string, language: Language): VagueBounds | null {
  const said = words.normalize('NFC').toLowerCase()
  const order: Language[] = [language, ...(['en', 'ru', 'kk'] as const).filter((one) => one !== language)]
  for (const tongue of order) {
    for (const [phrase, bounds] of PHRASES[tongue]) {
      const at = place(said, phrase)
      if (at === null) continue
      return MORE[tongue].test(said.slice(0, at)) ? { lower: bounds.lower, upper: null } : bounds
    }
  }
  return null
}

/** Where a phrase stands as whole words; an asterisk at its end allows any ending. */
function place(said: string, phrase: string): number | null {
  const open = phrase.endsWith('*')
  const stem = open ? phrase.slice(0, -1) : phrase
  const pattern = stem.replace(/\s+/gu, '\\s+')
  const found = new RegExp(
    `(?<![\\p{L}\\p{N}])${pattern}${open ? '\\p{L}*' : '(?![\\p{L}\\p{N}])'}`,
    'u',
  ).exec(said)
  return found ? found.index : null
}
