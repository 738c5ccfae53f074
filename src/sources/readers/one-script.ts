import type { RecognisedLine } from './recognised.ts'

/** Letters that are printed alike in both alphabets, at the same places. */
const LATIN = 'aceijopsxyABCEHIJKMOPSTXY'
const CYRILLIC = 'асеіјорѕхуАВСЕНІЈКМОРЅТХУ'
const TO_LATIN = new Map([...CYRILLIC].map((letter, n) => [letter, [...LATIN][n] ?? letter]))
const TO_CYRILLIC = new Map([...LATIN].map((letter, n) => [letter, [...CYRILLIC][n] ?? letter]))
const IS_LATIN = /\p{Script=Latin}/gu
const IS_CYRILLIC = /\p{Script=Cyrillic}/gu

/**
 * Letters that look alike, as letters of the alphabet they stand among: a recogniser of several languages guesses, and a word
 * spelt in two alphabets is never found again. Only words all of whose foreign letters have a likeness are respelt.
 */
export function inOneScript(lines: readonly RecognisedLine[]): RecognisedLine[] {
  return lines.map((line) => {
    const isLatin = leans(line.words.map(({ text }) => text).join(''))
    return {
      ...line,
      words: line.words.map((word) => ({
        ...word,
        text: respelt(word.text, leans(sure(word.text)) ?? isLatin),
      })),
    }
  })
}

/** Whether more letters are Latin than Cyrillic; null where as many are. */
function leans(text: string): boolean | null {
  const [latin, cyrillic] = [text.match(IS_LATIN)?.length ?? 0, text.match(IS_CYRILLIC)?.length ?? 0]
  return latin === cyrillic ? null : latin > cyrillic
}

/** Only the letters that look like no other. */
function sure(text: string): string {
  return [...text].filter((letter) => !TO_LATIN.has(letter) && !TO_CYRILLIC.has(letter)).join('')
}

function respelt(text: string, isLatin: boolean | null): string {
  if (isLatin === null) return text
  const likeness = isLatin ? TO_LATIN : TO_CYRILLIC
  const spelt = [...text].map((letter) => likeness.get(letter) ?? letter).join('')
  const foreign = isLatin ? IS_CYRILLIC : IS_LATIN
  return spelt.match(foreign) ? text : spelt
}
