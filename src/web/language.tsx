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
  /** How an aspect is called; a dossier's own that stands in no list, by the name it is coded by. */
  aspect(name: string): string
  number(value: number): string
  day(iso: string): string
  moment(iso: string): string
  /** A month with its year. */
  monthOf(iso: string): string
  /** A month's short name; counted from 1. */
  month(n: number): string
}

const Context = createContext<Speaking | null>(null)
const REMEMBERED = 'rapporteur-language'

const LOCALES: Record<Language, string> = { en: 'en-GB', ru: 'ru-RU', kk: 'kk-KZ' }

/** Most browsers are built without Kazakh months and write "M11" for November. */
const KAZAKH_MONTHS = 'қаң ақп нау сәу мам мау шіл там қыр қаз қар жел'.split(' ')

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
  const locale = LOCALES[language]
  const numbers = new Intl.NumberFormat(locale)
  const months = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' })
  const month = (n: number) =>
    language === 'kk'
      ? (KAZAKH_MONTHS[n - 1] ?? '')
      : months.format(new Date(Date.UTC(2000, n - 1, 15))).replace(/\.$/, '')
  return {
    language,
    choose,
    t: (key, filled = {}) =>
      WORDS[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(filled[name] ?? whole)),
    label: (list, key) => labelOf(list, key, language),
    aspect(name) {
      // English is what aspects are coded in.
      if (language === 'en') return name
      const called = labelOf('aspects', name, language)
      return called === name ? labelOf('involvement-degrees', name, language) : called
    },
    number: (value) => numbers.format(value),
    ...(language === 'kk' ? kazakhDates(month) : dates(locale)),
    month,
  }
}

function dates(locale: string): Pick<Speaking, 'day' | 'moment' | 'monthOf'> {
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const months = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  return {
    day: (iso) => days.format(new Date(iso)),
    moment: (iso) => moments.format(new Date(iso)),
    monthOf: (iso) => months.format(new Date(iso)),
  }
}

function kazakhDates(month: (n: number) => string): Pick<Speaking, 'day' | 'moment' | 'monthOf'> {
  const two = (n: number) => String(n).padStart(2, '0')
  return {
    day(iso) {
      const date = new Date(iso)
      return `${date.getUTCFullYear()} ж. ${date.getUTCDate()} ${month(date.getUTCMonth() + 1)}.`
    },
    monthOf(iso) {
      const date = new Date(iso)
      return `${date.getUTCFullYear()} ж. ${month(date.getUTCMonth() + 1)}.`
    },
    moment(iso) {
      const date = new Date(iso)
      const day = `${date.getFullYear()} ж. ${date.getDate()} ${month(date.getMonth() + 1)}.`
      return `${day}, ${two(date.getHours())}:${two(date.getMinutes())}`
    },
  }
}

function preferred(): Language {
  const remembered = window.localStorage.getItem(REMEMBERED)
  const wanted = [remembered, ...navigator.languages.map((one) => one.slice(0, 2))]
  const found = wanted.find((one) => LANGUAGES.some(({ code }) => code === one))
  return (found as Language | undefined) ?? 'en'
}
