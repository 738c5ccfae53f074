import type { ReactElement, ReactNode } from 'react'
import type { Refused } from '../api.ts'
import { useWords } from '../language.tsx'

/** Something is under way. Drawn only after a moment, so that quick answers do not flicker. */
export function Loading(): ReactElement {
  const { t } = useWords()
  return (
    <p className="loading" role="status">
      {t('state.loading')}
    </p>
  )
}

/** What the page says of itself: no server said it. */
const OWN: Readonly<Record<string, 'state.gone' | 'passkey.given'>> = {
  server_gone: 'state.gone',
  passkey_not_given: 'passkey.given',
}

/** A refusal, in place: what to do, and the code somebody may ask for. */
export function RefusedNote({ refused }: { refused: Refused }): ReactElement {
  const { t } = useWords()
  const own = OWN[refused.code]
  const sentence = own === undefined ? refused.message : t(own)
  return (
    <p className="refused" role="alert">
      {sentence} <code>{refused.code}</code>
    </p>
  )
}

/** Nothing on record is something that is said. */
export function Nothing({ children }: { children: ReactNode }): ReactElement {
  return <p className="nothing">{children}</p>
}

/** Long work, with counts; `total` null where nobody knows. */
export function Progress({ done, total, what }: { done: number; total: number; what: string }): ReactElement {
  return (
    <p className="progress" role="status">
      <progress value={done} max={total} aria-label={what} /> {what} {done} / {total}
    </p>
  )
}
