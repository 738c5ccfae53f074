import { type ReactElement, useState } from 'react'
import { statementOperations } from '../../statements/contract.ts'
import type { MatterPageView } from '../../statements/page-shapes.ts'
import type { FindingView, MouthView } from '../../statements/view-shapes.ts'
import { call } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../router.ts'
import { Fold, TextField, useSending } from './form.tsx'
import { Link } from './link.tsx'

/** From how many independent places something comes. */
export function Origins({ n }: { n: number }): ReactElement {
  const { t, number } = useWords()
  const words = n === 0 ? t('origins.none') : n === 1 ? t('origins.one') : t('origins.many', { n: number(n) })
  return <span className="aside origins">{words}</span>
}

/** The roles a speaker held on the day of speaking, and interests that were declared. */
export function SpeakerThen({ speaker }: { speaker: MouthView['speakers'][number] }): ReactElement {
  const { t } = useWords()
  const { slug } = useHere()
  return (
    <>
      {speaker.roles.map(({ role, title, period }) => (
        <span key={role} className="aside">
          {' · '}
          <Link to={paths.matter(slug, role)}>{t('speaker.then', { role: title })}</Link>
          {period !== null && <span className="mono"> {period}</span>}
        </span>
      ))}
      {speaker.interests.map((interest) => (
        <span key={interest} className="aside due">
          {' · '}
          {t('speaker.interest', { interest })}
        </span>
      ))}
    </>
  )
}

/** Words by which sources name a matter, each one click from its place. */
export function Mentions({ page }: { page: MatterPageView }): ReactElement | null {
  const { t, label } = useWords()
  const { slug } = useHere()
  if (page.mentions.length === 0) return null
  return (
    <section className="panel">
      <h2>{t('matter.mentions')}</h2>
      <ul className="names">
        {page.mentions.map(({ id, words, as, source }) => (
          <li key={id}>
            <q dir="auto">{words}</q>{' '}
            <span className="aside">
              {label('mention-kinds', as)} · <Link to={paths.source(slug, source.id)}>{source.title}</Link>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A finding that is no longer ours is withdrawn with a reason, and stays where it was. */
export function Withdrawal({ finding }: { finding: FindingView }): ReactElement {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const { busy, send, note } = useSending()
  if (finding.withdrawn) {
    const { by, reason: why } = finding.withdrawn
    return <p className="dissent">{t('finding.withdrawn', { by, reason: why })}</p>
  }
  const withdraw = () =>
    send(() =>
      call(statementOperations.answerFinding, { params: { id: finding.id }, body: { withdraw: reason } }),
    )
  return (
    <Fold title={t('finding.withdraw')}>
      <TextField label={t('finding.withdrawReason')} value={reason} onChange={setReason} rows={2} />
      <button type="button" disabled={busy} onClick={() => void withdraw()}>
        {t('finding.withdraw')}
      </button>
      {note}
    </Fold>
  )
}
