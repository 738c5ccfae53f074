import type { ReactElement } from 'react'
import { useWords } from '../language.tsx'
import { openInWindow, useOpenedCase } from '../open-case.ts'

/** That a case is open in this window: above everything, on every page, until it is left. */
export function CaseBar(): ReactElement | null {
  const { t } = useWords()
  const opened = useOpenedCase()
  if (opened === null) return null
  return (
    <aside className="case-bar" aria-label={t('case.state')}>
      <p role="status">
        <strong className="mono">{opened.code}</strong> <span>{t('case.isOpen')}</span>{' '}
        <span className="wide-only">{t('case.meaning')}</span>
      </p>
      <button type="button" onClick={() => openInWindow(null)}>
        {t('case.leave')}
      </button>
    </aside>
  )
}
