import { createContext, type ReactElement, type ReactNode, useContext } from 'react'
import { LevelSign } from '../../display/level-mark.tsx'
import { useWords } from '../language.tsx'

const GuardsContext = createContext<Readonly<Record<string, string>>>({})

/** Pages under it mark what not all of us may see: levels by id, as the answer says. */
export function Guarded({
  by,
  children,
}: {
  by: Readonly<Record<string, string>>
  children: ReactNode
}): ReactElement {
  return <GuardsContext value={by}>{children}</GuardsContext>
}

/** The level of a record, where it is above that of the organisation. */
export function LevelMark({ of }: { of: string }): ReactElement | null {
  const { label } = useWords()
  const level = useContext(GuardsContext)[of]
  return level === undefined ? null : <LevelSign level={level} label={label('levels', level)} />
}
