import type { ReactElement } from 'react'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { Backups } from '../parts/backups.tsx'
import { BasisAndTerms } from '../parts/basis-and-terms.tsx'
import { Breaches } from '../parts/breaches.tsx'
import { DataRequests } from '../parts/data-requests.tsx'
import { DueTasks } from '../parts/due-tasks.tsx'
import { Erasures } from '../parts/erasures.tsx'
import { Link } from '../parts/link.tsx'
import { paths } from '../router.ts'

const PARTS = {
  due: () => <DueTasks whole />,
  erasures: Erasures,
  requests: DataRequests,
  breaches: Breaches,
  basis: BasisAndTerms,
  backups: Backups,
} as const
export type ProtectionPart = keyof typeof PARTS

/** Data protection: what is due, erasures, requests, breaches, bases and terms, backups. */
export function Protection({ part, target }: { part: string; target: string | null }): ReactElement {
  const { t } = useWords()
  const { house, slug } = useHere()
  // A backup is the administrator's, and all else of those who see content; what is refused anyway is not offered.
  const shown = (Object.keys(PARTS) as ProtectionPart[]).filter(
    (one) => one === 'due' || (one === 'backups' ? house.roles.includes('administrator') : house.cleared),
  )
  const here: ProtectionPart = part in PARTS ? (part as ProtectionPart) : 'due'
  const Part = PARTS[here] as (given: { target: string | null }) => ReactElement
  return (
    <div className="page protection">
      <header className="page-head">
        <h1>{t('door.protection')}</h1>
      </header>
      <nav className="parts-nav" aria-label={t('door.protection')}>
        {shown.map((one) => (
          <Link key={one} to={paths.protection(slug, one)} current={one === here}>
            {t(`protect.${one}`)}
          </Link>
        ))}
      </nav>
      <Part target={target} />
    </div>
  )
}
