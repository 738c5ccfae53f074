import type { ReactElement } from 'react'
import type { StatementView, TensionView } from '../../statements/view-shapes.ts'
import { useWords } from '../language.tsx'
import { ChainLine } from './chain.tsx'
import { WordsLink } from './words-link.tsx'

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
