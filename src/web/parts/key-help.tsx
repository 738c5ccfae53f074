import { type ReactElement, type ReactNode, useEffect, useRef } from 'react'
import { useWords } from '../language.tsx'
import type { Words } from '../words/en.ts'

export function KeyCap({ children }: { children: ReactNode }): ReactElement {
  return <kbd>{children}</kbd>
}

const GENERAL: readonly [string[], keyof Words][] = [
  [['/'], 'keys.search'],
  [['j', 'k'], 'keys.move'],
  [['↵'], 'keys.open'],
  [['esc'], 'keys.back'],
  [['?'], 'keys.title'],
]
const MATTER: readonly [string[], keyof Words][] = [
  [['o'], 'keys.words'],
  [['c'], 'keys.conflict'],
  [['a'], 'keys.add'],
]
const READING: readonly [string[], keyof Words][] = [
  [['↑', '↓'], 'keys.sentence'],
  [['→', '←'], 'keys.grow'],
  [['⇧→', '⇧←'], 'keys.shrink'],
  [['[', ']'], 'keys.passage'],
  [['ctrl ↵'], 'keys.record'],
  [['shift ↵'], 'keys.recordNext'],
]

/** All keys on one sheet, over the page; `esc` closes it. */
export function KeyHelp({
  doors,
  onClose,
}: {
  doors: readonly { key: string; word: keyof Words }[]
  onClose: () => void
}): ReactElement {
  const { t } = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="sheet" onClose={onClose} aria-label={t('keys.title')}>
      <h2>{t('keys.title')}</h2>
      <div className="key-columns">
        <KeyList title={t('keys.general')} rows={GENERAL.map(([keys, word]) => [keys, t(word)])} />
        <KeyList title={t('keys.matter')} rows={MATTER.map(([keys, word]) => [keys, t(word)])} />
        <KeyList title={t('keys.doors')} rows={doors.map(({ key, word }) => [['g', key], t(word)])} />
        <KeyList title={t('keys.reading')} rows={READING.map(([keys, word]) => [keys, t(word)])} />
      </div>
      <form method="dialog">
        <button type="submit">{t('action.close')}</button>
      </form>
    </dialog>
  )
}

function KeyList({ title, rows }: { title: string; rows: readonly [string[], string][] }): ReactElement {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {rows.map(([keys, word]) => (
          <div key={keys.join(' ')}>
            <dt>
              {keys.map((key) => (
                <KeyCap key={key}>{key}</KeyCap>
              ))}
            </dt>
            <dd>{word}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
