import { type ReactElement, useState } from 'react'
import type { StatementView, TensionView } from '../../statements/view-shapes.ts'
import { useWords } from '../language.tsx'
import { ChainLine } from './chain.tsx'
import { WordsLink } from './words-link.tsx'

/** Tensions shown before somebody asks for all. */
const FEW = 12

/** Statements that people set against each other, the first of many at once. */
export function TensionList({ tensions }: { tensions: readonly TensionView[] }): ReactElement {
  const { t, number } = useWords()
  const [all, setAll] = useState(false)
  const shown = all ? tensions : tensions.slice(0, FEW)
  return (
    <>
      <ul>
        {shown.map((tension) => (
          <li key={tension.id}>
            <TensionLine tension={tension} />
          </li>
        ))}
      </ul>
      {shown.length < tensions.length && (
        <button type="button" onClick={() => setAll(true)}>
          {t('list.more', { n: number(tensions.length - shown.length) })}
        </button>
      )}
    </>
  )
}

/** Two statements that a person set against each other: who, at which words, and why. */
export function TensionLine({ tension }: { tension: TensionView }): ReactElement {
  const { label } = useWords()
  const { from, to, rel, note } = tension
  return (
    <div className="tension">
      <p>
        <Side said={from} /> <em className="rel">{label('link-rels', rel)}</em> <Side said={to} />
      </p>
      {note !== null && <p className="aside">{note}</p>}
    </div>
  )
}

function Side({ said }: { said: StatementView }): ReactElement {
  const [passage] = said.passages
  return (
    <span className="tension-side">
      <ChainLine said={said} short />{' '}
      {passage && (
        <q className="as-stated clipped" dir="auto">
          {passage.exact}
        </q>
      )}{' '}
      <WordsLink statement={said} />
    </span>
  )
}
