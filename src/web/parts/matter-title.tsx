import type { ReactElement } from 'react'
import type { Language } from '../../vocabularies/vocabulary.ts'
import { useWords } from '../language.tsx'

/** What every answer says of a matter that it names. */
interface Titled {
  readonly name: string
  readonly titles: Readonly<Record<string, string>>
}

/** Our title in the language of the interface where one is recorded, else as it was first written. */
export function titleIn({ name, titles }: Titled, language: Language): string {
  return titles[language] ?? name
}

/** A matter's title; as it was first written, it is shown on hover. */
export function MatterTitle({ of }: { of: Titled }): ReactElement | string {
  const { t, language } = useWords()
  // A matter that was erased goes on being named, and has no name.
  if (of.name === '') return <span className="nothing">{t('erased.gone')}</span>
  const title = titleIn(of, language)
  return title === of.name ? (
    title
  ) : (
    <span lang={language} title={of.name}>
      {title}
    </span>
  )
}
