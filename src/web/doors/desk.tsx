import type { ReactElement, ReactNode } from 'react'
import { ConflictSign } from '../../display/small-marks.tsx'
import { SpeakerMark } from '../../display/speaker-mark.tsx'
import { levelOperations } from '../../protection/levels-contract.ts'
import { statementOperations } from '../../statements/contract.ts'
import type { DeskView } from '../../statements/page-shapes.ts'
import { call, useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { AspectName } from '../parts/aspect-name.tsx'
import { ConflictSides } from '../parts/conflict-sides.tsx'
import { DueTasks } from '../parts/due-tasks.tsx'
import { DecideForm, Fold } from '../parts/form.tsx'
import { Guarded, LevelMark } from '../parts/guards.tsx'
import { LevelChange } from '../parts/level-panel.tsx'
import { Link } from '../parts/link.tsx'
import { MatterTitle } from '../parts/matter-title.tsx'
import { OwedToPeople } from '../parts/owed-to-people.tsx'
import { RefusedPage } from '../parts/refused-page.tsx'
import { SettleCitation, SettleWords } from '../parts/settle-forms.tsx'
import { Loading, Nothing } from '../parts/states.tsx'
import { SuggestionDockets } from '../parts/suggestions.tsx'
import { TensionLine } from '../parts/tension-line.tsx'
import { paths } from '../router.ts'

/** What waits: conflicts, proposals for a second reader, documents to obtain, words that were lost. */
export function Desk(): ReactElement {
  const { slug } = useHere()
  const { value: desk, refused, waiting } = useAnswer(statementOperations.desk, { params: { slug } })
  if (refused) return <RefusedPage refused={refused} />
  if (waiting || !desk) return <Loading />
  return (
    <Guarded by={desk.guards}>
      <DeskPage desk={desk} />
    </Guarded>
  )
}

function DeskPage({ desk }: { desk: DeskView }): ReactElement {
  const { t, label, number, day } = useWords()
  const { dossier, slug } = useHere()
  const empty = desk.counts.sources === 0
  return (
    <div className="with-panel desk">
      <div className="page">
        <header className="page-head">
          <h1>{dossier.title}</h1>
          <p className="lead">
            {day(new Date().toISOString())} ·{' '}
            {t('desk.lead', {
              conflicts: number(desk.conflicts.length),
              waiting: number(desk.findings.length + desk.proposals.length),
            })}
          </p>
        </header>
        {empty && (
          <Nothing>
            {t('desk.empty')} <Link to={paths.add(slug)}>{t('sources.add')}</Link>{' '}
            <Link to={paths.notes(slug)}>{t('notes.new')}</Link>
          </Nothing>
        )}
        <OwedToPeople />
        <DueTasks />
        <Docket title={t('desk.conflicts')} count={desk.conflicts.length}>
          {desk.conflicts.map((conflict) => (
            <li key={conflict.id} className="row tall">
              <Link to={paths.matter(slug, conflict.matter.id, conflict.aspect)}>
                <span className="conflict">
                  <ConflictSign />
                </span>{' '}
                <strong>
                  <MatterTitle of={conflict.matter} />
                </strong>{' '}
                <LevelMark of={conflict.matter.id} />{' '}
                <span className="aside">
                  <AspectName of={conflict.aspect} />
                </span>
              </Link>
              <span className="row-end">
                {t('desk.statements', { n: number(conflict.statements.length) })}
              </span>
              <ConflictSides conflict={conflict} />
            </li>
          ))}
        </Docket>
        <Docket title={t('desk.second')} count={desk.findings.length + desk.proposals.length}>
          {desk.findings.map((finding) => (
            <li key={finding.id} className="row">
              <Link to={paths.matter(slug, finding.matter.id)}>
                <SpeakerMark group="ours" label={label('speaker-groups', 'ours')} size={14} />{' '}
                <strong>{t('desk.finding')}</strong> {finding.proposition}
              </Link>
              <span className="row-middle aside">{label('standards-of-proof', finding.standard)}</span>
              <span className="row-end">{t('desk.from', { name: finding.proposedBy })}</span>
            </li>
          ))}
          {desk.proposals.map((proposal) => (
            <li key={proposal.id}>
              <Proposal proposal={proposal} />
            </li>
          ))}
        </Docket>
        <Lowerings />
        <Docket title={t('desk.tensions')} count={desk.tensions.length}>
          {desk.tensions.map((tension) => (
            <li key={tension.id} className="row whole">
              <TensionLine tension={tension} />
            </li>
          ))}
        </Docket>
        <Docket title={t('desk.cited')} count={desk.cited.length}>
          {desk.cited.map((cited) => (
            <li key={`${cited.source.id} ${cited.start}`} className="row">
              <Link to={paths.words(slug, cited.source.id, cited.start)}>
                <q className="as-stated" dir="auto">
                  {cited.begins}…
                </q>{' '}
                {cited.asked !== null && <strong>{cited.asked}</strong>}
              </Link>
              <span className="row-middle aside">{cited.source.title}</span>
              <div className="row-end">
                <SettleCitation cited={cited} />
              </div>
            </li>
          ))}
        </Docket>
        <Docket title={t('desk.speakers')} count={desk.hidden.length + desk.speakerless.length}>
          {[...desk.speakerless, ...desk.hidden].map((statement) => (
            <li key={statement.id} className="row">
              <Link to={paths.source(slug, statement.source.id, statement.id)}>
                <SpeakerMark group="unknown" label={label('speaker-groups', 'unknown')} size={14} />{' '}
                <q className="as-stated" dir="auto">
                  {statement.passages[0]?.exact}
                </q>
              </Link>
              <span className="row-middle aside">{label('statement-kinds', statement.kind)}</span>
              <span className="row-end mono">{statement.item}</span>
            </li>
          ))}
        </Docket>
        <Docket title={t('desk.unsettled')} count={desk.unsettled.length}>
          {desk.unsettled.map((passage) => (
            <li key={passage.id} className="row">
              <Link to={paths.words(slug, passage.source.id, passage.start)}>
                <span className={`passage ${passage.state}`}>{passage.exact}</span>
              </Link>
              <span className="row-middle aside">{passage.source.title}</span>
              <div className="row-end">
                <SettleWords passage={passage} />
              </div>
            </li>
          ))}
        </Docket>
        <SuggestionDockets desk={desk} />
        <Docket title={t('desk.unread')} count={desk.unread.length}>
          {desk.unread.map(({ source, sentence }) => (
            <li key={source.id} className="row">
              <Link to={paths.source(slug, source.id)}>{source.title}</Link>
              <span className="aside">{sentence}</span>
            </li>
          ))}
        </Docket>
      </div>
      <aside className="side">
        <Preparation of={desk.preparation} />
        <section className="panel">
          <h2>{t('desk.record')}</h2>
          <dl className="figures">
            <Figure name={t('desk.sources')} value={desk.counts.sources} />
            <Figure name={t('desk.allStatements')} value={desk.counts.statements} />
            <Figure name={t('desk.matters')} value={desk.counts.matters} />
            <Figure name={t('passage.intact')} value={desk.passages.intact} />
            <Figure name={t('passage.moved')} value={desk.passages.moved} />
            <Figure name={t('passage.lost')} value={desk.passages.lost} />
            <Figure name={t('desk.normalisations')} value={desk.normalisations} />
          </dl>
        </section>
      </aside>
    </div>
  )
}

/** What is proposed to be seen by more people, and waits for a second person. */
function Lowerings(): ReactElement | null {
  const { t } = useWords()
  const { value } = useAnswer(levelOperations.lowerings, {})
  const waiting = value?.lowerings ?? []
  return (
    <Docket title={t('desk.lowerings')} count={waiting.length}>
      {waiting.map((one) => (
        <li key={one.id}>
          <LevelChange change={one} />
        </li>
      ))}
    </Docket>
  )
}

/** Whether a plan and a security assessment were there before anything was taken in. */
function Preparation({ of: { plan, risks, before } }: { of: DeskView['preparation'] }): ReactElement {
  const { t, day, number } = useWords()
  const { slug } = useHere()
  const row = (name: string, found: DeskView['preparation']['plan']) => (
    <p>
      {name}:{' '}
      {found ? (
        <>
          <Link to={paths.source(slug, found.source.id)}>{found.source.title}</Link>{' '}
          <span className="aside">{day(found.at)}</span>
        </>
      ) : (
        <Link to={paths.notes(slug)}>{t('desk.notWritten')}</Link>
      )}
    </p>
  )
  return (
    <section className="panel">
      <h2>{t('desk.preparation')}</h2>
      {row(t('notes.plan'), plan)}
      {row(t('notes.risks'), risks)}
      {before > 0 && <p className="aside">{t('desk.takenBefore', { n: number(before) })}</p>}
    </section>
  )
}

function Figure({ name, value }: { name: string; value: number }): ReactElement {
  const { number } = useWords()
  return (
    <div>
      <dt>{name}</dt>
      <dd>{number(value)}</dd>
    </div>
  )
}

/** A section that is left out while nothing waits in it. */
function Docket({
  title,
  count,
  children,
}: {
  title: string
  count: number
  children: ReactNode
}): ReactElement | null {
  const { number } = useWords()
  if (count === 0) return null
  return (
    <section className="docket">
      <h2>
        {title} <span className="count">{number(count)}</span>
      </h2>
      <ul>{children}</ul>
    </section>
  )
}

/** A group of slips that are corrected together or not at all. */
function Proposal({ proposal }: { proposal: DeskView['proposals'][number] }): ReactElement {
  const { t, label, number } = useWords()
  const { dossier, slug } = useHere()
  const pairs = [...new Set(proposal.entries.map((one) => `${one.value ?? ''} → ${one.normalised ?? ''}`))]
  return (
    <Fold
      title={
        <span className="correction-title">
          <SpeakerMark group="ours" label={label('speaker-groups', 'ours')} size={14} />{' '}
          <strong>{t('desk.correction')}</strong>
          {pairs.map((pair) => (
            <span key={pair} className="mono">
              {pair}
            </span>
          ))}
          <span className="aside">{t('desk.together', { n: number(proposal.entries.length) })}</span>
        </span>
      }
    >
      <ul>
        {proposal.entries.map(({ statement, n, matter, aspect, asStated, value, normalised }) => (
          <li key={`${statement} ${n}`}>
            <Link to={paths.matter(slug, matter.id, aspect)}>
              <MatterTitle of={matter} />
            </Link>{' '}
            <span className="aside">
              <AspectName of={aspect} />
            </span>{' '}
            {asStated !== null && <q className="as-stated">{asStated}</q>}{' '}
            <span className="mono">{value}</span> → <span className="mono due">{normalised}</span>
          </li>
        ))}
      </ul>
      {proposal.reason !== null && <p>{t('value.because', { reason: proposal.reason })}</p>}
      <DecideForm
        accept={t('decide.accept')}
        reject={t('decide.reject')}
        onDecide={(accept, reason) =>
          call(statementOperations.decide, {
            body: { decided: { dossier: dossier.id, name: proposal.name }, accept, reason },
          })
        }
      />
    </Fold>
  )
}
