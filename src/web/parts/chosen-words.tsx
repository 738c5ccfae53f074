import type { ReactElement } from 'react'
import { useWords } from '../language.tsx'
import { KeyCap } from './key-help.tsx'
import type { Words } from './words-at-hand.ts'

/** Words at hand that nobody has done anything with yet: what can be done, for a hand without a keyboard too. */
export function ChosenWords({
  words,
  onCode,
  onRemark,
  onClose,
}: {
  words: Words
  onCode: () => void
  onRemark: () => void
  onClose: () => void
}): ReactElement {
  const { t } = useWords()
  return (
    <section className="panel palette chosen" aria-label={t('reading.chosen')}>
      <header>
        <h2>{t('reading.chosen')}</h2>
        <button type="button" onClick={onClose}>
          {t('action.close')} <KeyCap>esc</KeyCap>
        </button>
      </header>
      <q className="quote" dir="auto" aria-live="polite">
        {words.exact}
      </q>
      <p className="buttons">
        <button type="button" className="primary" onClick={onCode}>
          {t('code.title')} <KeyCap>a</KeyCap>
        </button>
        <button type="button" onClick={onRemark}>
          {t('remark.title')} <KeyCap>h</KeyCap>
        </button>
      </p>
      <p className="hint">
        <KeyCap>→</KeyCap> <KeyCap>←</KeyCap> {t('keys.grow')} · <KeyCap>⇧→</KeyCap> <KeyCap>⇧←</KeyCap>{' '}
        {t('keys.shrink')} · {t('reading.kindKey')}
      </p>
    </section>
  )
}
