export type Language = 'en' | 'ru' | 'kk'

/** One term of a list. `codes` are what other systems call the same thing, by scheme: huridocs, iccpr, uhri. */
export interface Term {
  readonly key: string
  readonly labels: Readonly<Record<Language, string>>
  readonly codes: Readonly<Record<string, string>>
  /** One line that tells it from its neighbours; null where the label says enough. */
  readonly definition: Readonly<Record<Language, string>> | null
}

/** A list of terms as it stood at a version; what is tagged with a term keeps the version beside it. */
export interface Vocabulary {
  readonly list: string
  readonly version: string
  readonly terms: readonly Term[]
}

/** Key, English, Russian, Kazakh, and codes where there are any. */
type Row = readonly [
  key: string,
  en: string,
  ru: string,
  kk: string,
  codes?: Readonly<Record<string, string>>,
]

/** `definitions`: by the key of the term, in English, Russian and Kazakh. */
export function vocabulary(
  list: string,
  version: string,
  rows: readonly Row[],
  definitions: Readonly<Record<string, readonly [en: string, ru: string, kk: string]>> = {},
): Vocabulary {
  const terms = rows.map(([key, en, ru, kk, codes]) => {
    const defined = definitions[key]
    const definition = defined ? { en: defined[0], ru: defined[1], kk: defined[2] } : null
    return { key, labels: { en, ru, kk }, codes: codes ?? {}, definition }
  })
  return { list, version, terms }
}
