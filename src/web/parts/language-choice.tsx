import type { ReactElement } from 'react'
import { LANGUAGES, useWords } from '../language.tsx'

/** The languages of the interface, each by its own name: for whoever cannot read the page yet. */
export function LanguageChoice(): ReactElement {
  const { language, choose } = useWords()
  return (
    <p className="buttons">
      {LANGUAGES.map(({ code, name }) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-pressed={code === language}
          onClick={() => choose(code)}
        >
          {name}
        </button>
      ))}
    </p>
  )
}
