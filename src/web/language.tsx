import {
  createContext,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react'
import { type Language, labelOf } from '../vocabularies/vocabulary.ts'
import { en, type Words } from './words/en.ts'
import { kk } from './words/kk.ts'
import { ru } from './words/ru.ts'

export const LANGUAGES: readonly { code: Language; name: string }[] = [
  { code: 'en', name: 'English' },
  { code: 'ru', name: 'Русский' },
  { code: 'kk', name: 'Қазақша' },
]
const WORDS: Record<Language, Words> = { en, ru, kk }

interface Speaking {
  readonly language: Language
  choose(language: Language): void
  /** The words of the interface; `{name}` in them is filled in. */
  t(key: keyof Words, filled?: Readonly<Record<string, string | number>>): string
  /** The label of a term of a vocabulary. */
  label(list: string, key: string): string
  number(value: number): string
  day(iso: string): string
  moment(iso: string): string
}

const Context = createContext<Speaking | null>(null)
const REMEMBERED = 'rapporteur-language'

/** English has no Kazakh month names in every browser; these two follow the tongue that is there. */
const LOCALES: Record<Language, string[]> = { en: ['en-GB'], ru: ['ru-RU'], kk: ['kk-KZ', 'ru-RU'] }

export function Speaks({ children }: { children: ReactNode }): ReactElement {
  const [language, choose] = useState<Language>(preferred)
  useEffect(() => {
    document.documentElement.lang = language
    window.localStorage.setItem(REMEMBERED, language)
  }, [language])
  const speaking = useMemo(() => speakingIn(language, choose), [language])
  return <Context value={speaking}>{children}</Context>
}

export function useWords(): Speaking {
  const speaking = useContext(Context)
  if (!speaking) throw new Error('Words are asked for outside the interface.')
  return speaking
}

function speakingIn(language: Language, choose: (language: Language) => void): Speaking {
  const locales = LOCALES[language]
  const days = new Intl.DateTimeFormat(locales, { dateStyle: 'medium', timeZone: 'UTC' })
  const moments = new Intl.DateTimeFormat(locales, { dateStyle: 'medium', timeStyle: 'short' })
  const numbers = new Intl.NumberFormat(locales)
  return {
    language,
    choose,
    t: (key, filled = {}) =>
      WORDS[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(filled[name] ?? whole)),
    label: (list, key) => labelOf(list, key, language),
    number: (value) => numbers.format(value),
    day: (iso) => days.format(new Date(iso)),
    moment: (iso) => moments.format(new Date(iso)),
  }
}

function preferred(): Language {
  const remembered = window.localStorage.getItem(REMEMBERED)
  const wanted = [remembered, ...navigator.languages.map((one) => one.slice(0, 2))]
  const found = wanted.find((one) => LANGUAGES.some(({ code }) => code === one))
  return (found as Language | undefined) ?? 'en'
}
