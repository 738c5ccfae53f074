import { type ReactElement, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import type { StatementView } from '../../statements/view-shapes.ts'
import { useWords } from '../language.tsx'
import { ChainLine } from './chain.tsx'
import { Passage } from './words-link.tsx'

/** On paper nothing can be opened: what the page names by its short name stands at its end in full. */
export function PrintedWords({ statements }: { statements: readonly StatementView[] }): ReactElement | null {
  const { t } = useWords()
  const printing = usePrinting()
  if (!printing || statements.length === 0) return null
  return (
    <section className="printed-words">
      <h2>{t('print.words')}</h2>
      <dl>
        {statements.map((statement) => (
          <div key={statement.id}>
            <dt className="mono">{statement.item}</dt>
            <dd>
              <ChainLine said={statement} short />{' '}
              {statement.passages.map((passage) => (
                <Passage key={passage.id} passage={passage} />
              ))}{' '}
              <span className="aside">{statement.source.title}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** True while the page is laid out for paper; a long list is not drawn before somebody prints. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(() => window.matchMedia('print').matches)
  useEffect(() => {
    const media = window.matchMedia('print')
    const changed = () => setPrinting(media.matches)
    // The browser lays out as soon as its event has been heard.
    const begin = () => flushSync(() => setPrinting(true))
    const end = () => setPrinting(false)
    media.addEventListener('change', changed)
    window.addEventListener('beforeprint', begin)
    window.addEventListener('afterprint', end)
    return () => {
      media.removeEventListener('change', changed)
      window.removeEventListener('beforeprint', begin)
      window.removeEventListener('afterprint', end)
    }
  }, [])
  return printing
}
