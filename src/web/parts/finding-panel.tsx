import { type ReactElement, useState } from 'react'
import { StandardLine } from '../../display/small-marks.tsx'
import { SpeakerMark } from '../../display/speaker-mark.tsx'
import { sourceOperations } from '../../sources/contract.ts'
import { statementOperations } from '../../statements/contract.ts'
import { STANDARDS_OF_PROOF } from '../../statements/finding.ts'
import type { MatterPageView } from '../../statements/page-shapes.ts'
import type { FindingView } from '../../statements/view-shapes.ts'
import { call, useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../router.ts'
import { Withdrawal } from './beside.tsx'
import { ChainLine } from './chain.tsx'
import { Field, Fold, TextField, useSending } from './form.tsx'
import { Link } from './link.tsx'
import { ProposeFinding } from './propose-finding.tsx'
import { WordsLink } from './words-link.tsx'

/** What our organisation holds, apart from what others say. */
export function FindingPanel({ page }: { page: MatterPageView }): ReactElement {
  const { t, label } = useWords()
  return (
    <section className="panel findings">
      <h2>
        <SpeakerMark group="ours" label={label('speaker-groups', 'ours')} size={16} /> {t('finding.title')}
      </h2>
      {page.findings.length === 0 && <p className="nothing">{t('finding.none')}</p>}
      {page.findings.map((finding) => (
        <Finding key={finding.id} finding={finding} page={page} />
      ))}
      <Fold title={t('finding.propose')}>
        <ProposeFinding page={page} />
      </Fold>
    </section>
  )
}

function Finding({ finding, page }: { finding: FindingView; page: MatterPageView }): ReactElement {
  const { t, label, day } = useWords()
  const { slug } = useHere()
  const asked = STANDARDS_OF_PROOF.indexOf(finding.standard)
  const reached = finding.met === true ? asked : finding.met === false ? asked - 1 : -1
  const said = (ids: readonly string[]) =>
    ids.map((id) => {
      const statement = page.statements[id]
      return statement ? (
        <span key={id} className="ground-said">
          <ChainLine said={statement} short /> <WordsLink statement={statement} />
        </span>
      ) : null
    })
  return (
    <article className={`finding ${finding.state}`}>
      <p className="proposition">{finding.proposition}</p>
      <StandardLine
        asked={asked}
        reached={reached}
        labels={STANDARDS_OF_PROOF.map((one) => label('standards-of-proof', one))}
      />
      <p>
        <strong>
          {finding.met === true
            ? t('finding.met')
            : finding.met === false
              ? t('finding.notMet')
              : t('finding.open')}
        </strong>{' '}
        {finding.reasons}
      </p>
      <dl className="facts">
        <div>
          <dt>{t('finding.for')}</dt>
          <dd>{said(finding.for)}</dd>
        </div>
        <div>
          <dt>{t('finding.against')}</dt>
          <dd>{said(finding.against)}</dd>
        </div>
        <div>
          <dt>{t('finding.first')}</dt>
          <dd>
            {finding.proposedBy}, {day(finding.proposedAt)}
          </dd>
        </div>
        <div>
          <dt>{t('finding.second')}</dt>
          <dd className={finding.secondedBy === null ? 'awaited' : ''}>
            {finding.attestedIn !== null ? (
              <Link to={paths.source(slug, finding.attestedIn)}>{t('finding.attested')}</Link>
            ) : (
              (finding.secondedBy ?? t('finding.awaited'))
            )}
          </dd>
        </div>
      </dl>
      {finding.dissent.map(({ by, at, reason }) => (
        <p key={at} className="dissent">
          {t('finding.dissent', { by })} {reason}
        </p>
      ))}
      {finding.state === 'proposed' && <Answer finding={finding} />}
      <Withdrawal finding={finding} />
    </article>
  )
}

function Answer({ finding }: { finding: FindingView }): ReactElement {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const { busy, send, note } = useSending()
  const answer = (body: { agree: true } | { dissent: string }) =>
    void send(() => call(statementOperations.answerFinding, { params: { id: finding.id }, body }))
  return (
    <div className="decide">
      <TextField label={t('finding.dissentReason')} value={reason} onChange={setReason} rows={2} />
      <p className="buttons">
        <button type="button" disabled={busy} onClick={() => answer({ agree: true })}>
          {t('finding.agree')}
        </button>
        <button type="button" disabled={busy} onClick={() => answer({ dissent: reason })}>
          {t('finding.dissentMake')}
        </button>
      </p>
      {note}
      <Fold title={t('finding.attest')}>
        <AttestForm finding={finding} />
      </Fold>
    </div>
  )
}

/** Who works alone has an outside reader sign a paper; it is taken in like any source, and named here. */
function AttestForm({ finding }: { finding: FindingView }): ReactElement {
  const { t } = useWords()
  const { slug } = useHere()
  const [paper, setPaper] = useState('')
  const { busy, send, note } = useSending()
  const { value } = useAnswer(sourceOperations.listSources, { params: { slug } })
  return (
    <>
      <Field label={t('finding.paper')}>
        {(id) => (
          <select id={id} value={paper} onChange={({ target }) => setPaper(target.value)}>
            <option value="">{t('form.choose')}</option>
            {value?.sources.map((source) => (
              <option key={source.id} value={source.id}>
                {source.title}
              </option>
            ))}
          </select>
        )}
      </Field>
      <button
        type="button"
        disabled={busy || paper === ''}
        onClick={() =>
          void send(() =>
            call(statementOperations.answerFinding, {
              params: { id: finding.id },
              body: { attestedIn: paper },
            }),
          )
        }
      >
        {t('finding.attestMake')}
      </button>
      {note}
    </>
  )
}
