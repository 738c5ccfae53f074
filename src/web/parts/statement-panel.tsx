import { type ReactElement, useState } from 'react'
import { statementOperations } from '../../statements/contract.ts'
import { LINK_RELS } from '../../statements/statement.ts'
import type { EntryView, StatementView } from '../../statements/view-shapes.ts'
import { call } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../router.ts'
import { AspectName } from './aspect-name.tsx'
import { ChainRails } from './chain.tsx'
import { DateText } from './date-text.tsx'
import { DecideForm, Field, Fold, TextField, useSending } from './form.tsx'
import { LevelMark } from './guards.tsx'
import { Link } from './link.tsx'
import { MatterTitle } from './matter-title.tsx'
import { TagForm } from './tag-form.tsx'
import { EntryValue } from './value.tsx'
import { Passage } from './words-link.tsx'

/** A statement with all that is known of it, and what can be done with it. */
export function StatementPanel({
  statement,
  others,
  onClose,
}: {
  statement: StatementView
  others: readonly StatementView[]
  onClose: () => void
}): ReactElement {
  const { t, label } = useWords()
  const { slug } = useHere()
  const { source } = statement
  return (
    <section className="panel statement-panel" aria-label={t('statement.title', { item: statement.item })}>
      <header>
        <h2>
          {label('statement-kinds', statement.kind)} <span className="mono">{statement.item}</span>{' '}
          <LevelMark of={statement.id} />
        </h2>
        <button type="button" onClick={onClose}>
          {t('action.close')}
        </button>
      </header>
      <ChainRails said={statement}>
        {statement.passages.map((passage) => (
          <p key={passage.id}>
            <Passage passage={passage} />
          </p>
        ))}
      </ChainRails>
      <p>
        <Link to={paths.source(slug, source.id, statement.id)} className="way">
          {t('action.openWords')}
        </Link>{' '}
        <Link to={paths.record(slug, statement.id)} className="way">
          {t('action.history')}
        </Link>
      </p>
      <p className="aside">
        {source.title}
        {source.date !== null && (
          <>
            {' '}
            <DateText of={source.date} short />
          </>
        )}
      </p>
      {source.independence !== null && <p className="independence">{source.independence}</p>}
      <Facts statement={statement} />
      {statement.about.map((entry) => (
        <EntryFacts key={entry.n} entry={entry} statement={statement} />
      ))}
      {statement.ambiguity && (
        <div className="ambiguity">
          <h3>{t('statement.readings')}</h3>
          <ol>
            {statement.ambiguity.readings.map((reading) => (
              <li key={reading}>{reading}</li>
            ))}
          </ol>
        </div>
      )}
      {statement.note !== null && <p className="note">{statement.note}</p>}
      {others.length > 0 && (
        <Fold title={t('link.title')}>
          <LinkForm statement={statement} others={others} />
        </Fold>
      )}
      <Fold title={t('tag.title')}>
        <TagForm subject={statement.id} />
      </Fold>
    </section>
  )
}

function Facts({ statement }: { statement: StatementView }): ReactElement {
  const { t, label } = useWords()
  const rows: [string, string][] = []
  if (statement.polarity !== 'affirmed')
    rows.push([t('statement.polarity'), label('polarities', statement.polarity)])
  if (statement.hedges.length > 0) rows.push([t('statement.hedges'), statement.hedges.join(', ')])
  if (statement.scareQuoted.length > 0)
    rows.push([t('statement.scare'), statement.scareQuoted.map((one) => `“${one}”`).join(', ')])
  if (statement.checks.length > 0)
    rows.push([t('statement.checks'), statement.checks.map((one) => label('checks', one)).join(', ')])
  if (statement.outsideRights) rows.push([t('statement.scope'), t('statement.outsideRights')])
  if (!statement.publishable) rows.push([t('statement.public'), t('statement.withheld')])
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function EntryFacts({ entry, statement }: { entry: EntryView; statement: StatementView }): ReactElement {
  const { t } = useWords()
  const { slug } = useHere()
  const proposed = entry.normalised !== null && entry.state === 'proposed'
  return (
    <div className="entry-facts">
      <p>
        <Link to={paths.matter(slug, entry.matter.id, entry.aspect)}>
          <MatterTitle of={entry.matter} />
        </Link>{' '}
        <span className="aside">
          <AspectName of={entry.aspect} />
        </span>
      </p>
      <EntryValue entry={entry} quoted={statement.scareQuoted.length > 0} />
      {entry.reason !== null && <p className="aside">{t('value.because', { reason: entry.reason })}</p>}
      {proposed && entry.emendation !== null && (
        <p className="due">
          {t('value.group', { name: entry.emendation })} <Link to={paths.desk(slug)}>{t('door.desk')}</Link>
        </p>
      )}
      {proposed && entry.emendation === null && (
        <Fold title={t('decide.title')}>
          <DecideForm
            accept={t('decide.accept')}
            reject={t('decide.reject')}
            onDecide={(accept, reason) =>
              call(statementOperations.decide, {
                body: { decided: { statement: statement.id, n: entry.n }, accept, reason },
              })
            }
          />
        </Fold>
      )}
    </div>
  )
}

function LinkForm({
  statement,
  others,
}: {
  statement: StatementView
  others: readonly StatementView[]
}): ReactElement {
  const { t, label } = useWords()
  const [to, setTo] = useState('')
  const [rel, setRel] = useState<(typeof LINK_RELS)[number]>('in tension with')
  const [note, setNote] = useState('')
  const { busy, send, note: refused } = useSending()
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault()
        const body = { from: statement.id, to, rel, note: note.trim() === '' ? null : note }
        if (await send(() => call(statementOperations.link, { body }))) setNote('')
      }}
    >
      <Field label={t('link.rel')}>
        {(id) => (
          <select id={id} value={rel} onChange={({ target }) => setRel(target.value as typeof rel)}>
            {LINK_RELS.map((one) => (
              <option key={one} value={one}>
                {label('link-rels', one)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('link.to')}>
        {(id) => (
          <select id={id} value={to} required onChange={({ target }) => setTo(target.value)}>
            <option value="">{t('form.choose')}</option>
            {others.map((one) => (
              <option key={one.id} value={one.id}>
                {one.item}: {one.passages[0]?.exact.slice(0, 60)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TextField label={t('link.note')} value={note} onChange={setNote} />
      <button type="submit" disabled={busy}>
        {t('link.make')}
      </button>
      {refused}
    </form>
  )
}
