import type { ReactElement, ReactNode } from 'react'
import type { Refused } from '../api.ts'
import { useWords } from '../language.tsx'
import { refusalIn } from './refusal-words.ts'

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
  const { t, language } = useWords()
  const own = OWN[refused.code]
  const { sentence, original } =
    own === undefined ? refusalIn(language, refused) : { sentence: t(own), original: null }
  return (
    <p className="refused" role="alert">
      {sentence} {original !== null && (sentence === null ? original : <Original>{original}</Original>)}{' '}
      <code>{refused.code}</code>
    </p>
  )
}

/** What the server itself said, where that is not in the language of the page. */
function Original({ children }: { children: string }): ReactElement {
  return (
    <span lang="en" className="original aside">
      {children}
    </span>
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
