import { type ReactElement, useState } from 'react'
import { StandardLine } from '../../display/small-marks.tsx'
import { SpeakerMark } from '../../display/speaker-mark.tsx'
import { statementOperations } from '../../statements/contract.ts'
import { STANDARDS_OF_PROOF } from '../../statements/finding.ts'
import type { MatterPageView } from '../../statements/page-shapes.ts'
import type { FindingView } from '../../statements/view-shapes.ts'
import { call } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { Withdrawal } from './beside.tsx'
import { ChainLine } from './chain.tsx'
import { Field, Fold, TextField, useSending } from './form.tsx'
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
        <ProposeForm page={page} />
      </Fold>
    </section>
  )
}

function Finding({ finding, page }: { finding: FindingView; page: MatterPageView }): ReactElement {
  const { t, label, day } = useWords()
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
            {finding.secondedBy ??
              (finding.state === 'attested' ? t('finding.attested') : t('finding.awaited'))}
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
    </div>
  )
}

function ProposeForm({ page }: { page: MatterPageView }): ReactElement {
  const { t, label } = useWords()
  const { dossier } = useHere()
  const [proposition, setProposition] = useState('')
  const [reasons, setReasons] = useState('')
  const [standard, setStandard] = useState<(typeof STANDARDS_OF_PROOF)[number]>(
    'reasonable_grounds_to_believe',
  )
  const [met, setMet] = useState('open')
  const [sides, setSides] = useState<Record<string, 'for' | 'against' | ''>>({})
  const { busy, send, note } = useSending()
  const on = (side: string) => Object.keys(sides).filter((id) => sides[id] === side)
  const statements = Object.values(page.statements)
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault()
        const body = {
          dossier: dossier.id,
          matter: page.matter.id,
          aspect: null,
          proposition,
          standard,
          met: met === 'open' ? null : met === 'met',
          reasons,
          for: on('for'),
          against: on('against'),
        }
        if (await send(() => call(statementOperations.proposeFinding, { body }))) {
          setProposition('')
          setReasons('')
          setSides({})
        }
      }}
    >
      <TextField label={t('finding.proposition')} value={proposition} onChange={setProposition} rows={2} />
      <Field label={t('finding.standard')}>
        {(id) => (
          <select
            id={id}
            value={standard}
            onChange={({ target }) => setStandard(target.value as typeof standard)}
          >
            {STANDARDS_OF_PROOF.map((one) => (
              <option key={one} value={one}>
                {label('standards-of-proof', one)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('finding.reached')}>
        {(id) => (
          <select id={id} value={met} onChange={({ target }) => setMet(target.value)}>
            <option value="open">{t('finding.open')}</option>
            <option value="met">{t('finding.met')}</option>
            <option value="not">{t('finding.notMet')}</option>
          </select>
        )}
      </Field>
      <TextField label={t('finding.reasons')} value={reasons} onChange={setReasons} rows={3} />
      <fieldset className="sides">
        <legend>{t('finding.rests')}</legend>
        {statements.slice(0, 60).map((statement) => (
          <label key={statement.id}>
            <select
              value={sides[statement.id] ?? ''}
              aria-label={statement.item}
              onChange={({ target }) =>
                setSides({ ...sides, [statement.id]: target.value as 'for' | 'against' | '' })
              }
            >
              <option value="">–</option>
              <option value="for">{t('finding.for')}</option>
              <option value="against">{t('finding.against')}</option>
            </select>{' '}
            <span className="mono">{statement.item}</span> {statement.passages[0]?.exact.slice(0, 70)}
          </label>
        ))}
      </fieldset>
      <button type="submit" disabled={busy}>
        {t('finding.send')}
      </button>
      {note}
    </form>
  )
}
