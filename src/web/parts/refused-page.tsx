import type { ReactElement } from 'react'
import type { Refused } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../router.ts'
import { Link } from './link.tsx'
import { RefusedNote } from './states.tsx'

/** A page that was refused as a whole: what is said of it, and the way back. What is absent and what is hidden look the same. */
export function RefusedPage({ refused }: { refused: Refused }): ReactElement {
  const { t } = useWords()
  const { house, slug } = useHere()
  return (
    <div className="page narrow">
      <h1>{t(isAbsent(refused.code) ? 'nowhere.title' : 'refused.title')}</h1>
      <RefusedNote refused={refused} />
      <p>
        <Link to={house.cleared ? paths.desk(slug) : paths.account(slug)}>
          {t(house.cleared ? 'nowhere.back' : 'door.account')}
        </Link>
      </p>
    </div>
  )
}

function isAbsent(code: string): boolean {
  return code === 'not_there' || code.endsWith('_unknown')
}
