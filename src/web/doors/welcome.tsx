import type { ReactElement } from 'react'
import { HouseMark } from '../../display/small-marks.tsx'
import { LANGUAGES, useWords } from '../language.tsx'
import { NewDossier } from './settings.tsx'

/** An empty record: what this is, in a language one reads, and the first thing to do. */
export function Welcome(): ReactElement {
  const { t, language, choose } = useWords()
  return (
    <main className="outside welcome">
      <h1>
        <HouseMark /> Rapporteur
      </h1>
      <p className="lead">{t('welcome.what')}</p>
      <p>{t('welcome.sample', { command: 'npx rapporteur start --sample' })}</p>
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
      <NewDossier />
    </main>
  )
}
