export type Language = 'en' | 'ru' | 'kk'

/** One term of a list. `codes` are what other systems call the same thing, by scheme: huridocs, iccpr, uhri. */
export interface Term {
  readonly key: string
  readonly labels: Readonly<Record<Language, string>>
  readonly codes: Readonly<Record<string, string>>
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

export function vocabulary(list: string, version: string, rows: readonly Row[]): Vocabulary {
  const terms = rows.map(([key, en, ru, kk, codes]) => ({ key, labels: { en, ru, kk }, codes: codes ?? {} }))
  return { list, version, terms }
}
