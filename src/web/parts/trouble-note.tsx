import type { ReactElement } from 'react'
import { type Trouble, troubleId } from './trouble.ts'

/** One sentence at the field: what to write there. */
export function TroubleNote({ of, id }: { of: Trouble | null; id: string }): ReactElement | null {
  if (of === null) return null
  return (
    <p className="trouble" id={troubleId(id)} role="alert">
      {of.sentence}
    </p>
  )
}
