import type { ReactElement } from 'react'
import type { StatementView } from '../../statements/view-shapes.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../router.ts'
import { Link } from './link.tsx'

/** One click from anything to its words. */
export function WordsLink({ statement }: { statement: StatementView }): ReactElement {
  const { t } = useWords()
  const { slug } = useHere()
  const words = statement.passages[0]?.exact ?? ''
  return (
    <Link to={paths.source(slug, statement.source.id, statement.id)} className="words-link" title={words}>
      <span className="unseen">{t('action.words')} </span>
      {statement.item}
    </Link>
  )
}

/** The words themselves, as they stand in the source. */
export function Passage({ passage }: { passage: StatementView['passages'][number] }): ReactElement {
  const { t } = useWords()
  return (
    <span className={`passage ${passage.state}`} lang={undefined}>
      <q dir="auto">{passage.exact}</q>
      {passage.page !== null && <span className="aside"> {t('passage.page', { n: passage.page })}</span>}
      {passage.state !== 'intact' && <span className="aside"> {t(`passage.${passage.state}`)}</span>}
      {passage.loose.length > 0 && (
        <span className="aside" title={passage.loose.join('; ')}>
          {' '}
          {t('passage.loose')}
        </span>
      )}
      {passage.marked !== null && <span className="aside"> {t('passage.marked')}</span>}
    </span>
  )
}
