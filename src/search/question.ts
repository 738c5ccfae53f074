/**
 * What was typed, taken apart. Words are joined by "and"; "or", a leading minus and "quoted phrases" mean what they
 * mean elsewhere. A word is looked up by its stem in English and Russian, and in languages without a stemmer (Kazakh
 * above all) by its beginning, so that an ending never hides a hit.
 */

/** One word, or several that stand together; `or` joins it to the one before instead of `and`. */
export type Term = { readonly words: string[]; readonly not: boolean; readonly or: boolean }

/** The terms of a question in order. Broken quotes and lone operators are read as plain words or left out. */
export function termsOf(typed: string): Term[] {
  const terms: Term[] = []
  let or = false
  for (const match of typed.replace(UNSEEN, '').matchAll(/(-?)"([^"]*)"|(-?)([^\s"]+)/gu)) {
    const quoted = match[2]
    const bare = match[4] ?? ''
    const not = (quoted === undefined ? match[3] : match[1]) === '-'
    if (quoted === undefined && /^(or|или|немесе|\|)$/iu.test(bare)) {
      or = terms.length > 0
      continue
    }
    if (quoted === undefined && /^(and|и|және|&)$/iu.test(bare)) continue
    const words = wordsIn(quoted ?? bare)
    if (words.length > 0) terms.push({ words, not, or })
    or = false
  }
  return terms
}

/** What is seen by nobody parts no word: soft hyphen, zero-width space, word joiner, byte order mark. */
const UNSEEN = /[\u00AD\u200B\u2060\uFEFF]/gu

/** Endings of Kazakh nouns and verbs, longest first, that may be cut from a word of four letters or more. */
const KAZAKH_ENDINGS =
  /(?:ларымыз|леріміз|ларының|лерінің|тарының|терінің|дарының|дерінің|лардың|лердің|тардың|тердің|дардың|дердің|ларға|лерге|тарға|терге|ларды|лерді|тарды|терді|лары|лері|тары|тері|дары|дері|лар|лер|тар|тер|дар|дер|ның|нің|дың|дің|тың|тің|нан|нен|дан|ден|тан|тен|мен|бен|пен|ға|ге|қа|ке|на|не|да|де|та|те|ды|ді|ты|ті|ны|ні|сы|сі|ы|і)$/u

/** A word's beginning, for languages without a stemmer. */
export function beginningOf(word: string): string {
  const lower = word.toLowerCase()
  if (!isCyrillic(lower)) return lower
  let stem = lower
  for (let cut = 0; cut < 2; cut += 1) {
    const shorter = stem.replace(KAZAKH_ENDINGS, '')
    if (shorter === stem || [...shorter].length < 3) break
    stem = shorter
  }
  return stem
}

/** Only such words are looked up by their beginning: a Latin "of" would else find every office. */
export function isCyrillic(word: string): boolean {
  return /\p{Script=Cyrillic}/u.test(word)
}

/** Letters and digits; everything else parts words, as it does in the index. */
function wordsIn(text: string): string[] {
  return text.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
}
