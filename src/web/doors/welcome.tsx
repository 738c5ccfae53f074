import type { ReactElement } from 'react'
import { HouseMark } from '../../display/small-marks.tsx'
import { NO_DOSSIER } from '../house.tsx'
import { useWords } from '../language.tsx'
import { LanguageChoice } from '../parts/language-choice.tsx'
import { Link } from '../parts/link.tsx'
import { paths } from '../router.ts'
import { NewDossier } from './settings.tsx'

/** An empty record: what this is, in a language one reads, and the first thing to do. */
export function Welcome({ alone }: { alone: boolean }): ReactElement {
  const { t } = useWords()
  return (
    <main className="outside welcome">
      <h1>
        <HouseMark /> Rapporteur
      </h1>
      <p className="lead">{t('welcome.what')}</p>
      <p>{t('welcome.sample', { command: 'npx rapporteur start --sample' })}</p>
      <LanguageChoice />
      <NewDossier />
      {!alone && (
        <p className="buttons">
          <Link to={paths.people(NO_DOSSIER.slug)}>{t('door.people')}</Link>
          <Link to={paths.account(NO_DOSSIER.slug)}>{t('door.account')}</Link>
        </p>
      )}
    </main>
  )
}
