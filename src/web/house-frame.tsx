import type { ReactElement, ReactNode } from 'react'
import { HouseMark } from '../display/small-marks.tsx'
import { useWords } from './language.tsx'
import { Link } from './parts/link.tsx'
import { paths } from './router.ts'

/** The frame of pages that belong to no dossier: for those who see no content, and what the auditor reads. */
export function HouseFrame({
  door,
  home,
  children,
}: {
  door: string
  /** Where the work is; null for whoever sees no content. */
  home: string | null
  children: ReactNode
}): ReactElement {
  const { t } = useWords()
  return (
    <div className="frame">
      <header className="bar">
        <Link to={home ?? paths.logOfAll()} className="house-name">
          <HouseMark /> <span className="house-word">Rapporteur</span>
        </Link>
        <nav className="doors" aria-label={t('frame.doors')}>
          {home !== null && (
            <Link to={home} className="door">
              {t('door.desk')}
            </Link>
          )}
          <Link to={paths.logOfAll()} className="door" current={door === 'ledger'}>
            {t('door.ledger')}
          </Link>
          <Link to={paths.audit()} className="door" current={door === 'audit'}>
            {t('audit.title')}
          </Link>
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        {home === null && <p className="page hint">{t('house.nothing')}</p>}
        {children}
      </main>
    </div>
  )
}
