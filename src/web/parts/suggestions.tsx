import type { ReactElement } from 'react'
import { statementOperations } from '../../statements/contract.ts'
import type { DeskView } from '../../statements/page-shapes.ts'
import type { SuggestionsView } from '../../statements/suggestion-shapes.ts'
import { call } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../router.ts'
import { useSending } from './form.tsx'
import { Link } from './link.tsx'

type DateSuggestion = SuggestionsView['dates'][number]
type CheckSuggestion = SuggestionsView['checks'][number]

/** Why a date in words resolves as it does, in the words of the reader. */
export function useReasonOf(): (suggested: DateSuggestion) => string {
  const { t, label } = useWords()
  return ({ date: { rule, from, version } }) =>
    t('suggest.reason', { rule: label('date-rules', rule), from, version })
}

/** What the words being coded suggest: offered, taken only by a press. */
export function SuggestionsWhileCoding({
  suggestions,
  onDate,
  onCheck,
}: {
  suggestions: SuggestionsView
  onDate: (normalised: string, reason: string) => void
  onCheck: (check: string) => void
}): ReactElement {
  const { t, label } = useWords()
  const reasonOf = useReasonOf()
  return (
    <>
      {suggestions.dates.map((one) => (
        <p key={`${one.item} ${one.n}`} className="suggestion">
          {t('suggest.date', { words: one.date.words, from: one.date.from, edtf: one.date.edtf })}{' '}
          <span className="aside">{label('date-rules', one.date.rule)}</span>{' '}
          <button type="button" onClick={() => onDate(one.date.edtf, reasonOf(one))}>
            {t('suggest.take')}
          </button>
        </p>
      ))}
      {suggestions.checks.map(({ item, check, word }) => (
        <p key={`${item} ${check}`} className="suggestion">
          {t('suggest.check', { word })} <span className="aside">{label('checks', check)}</span>{' '}
          <button type="button" onClick={() => onCheck(check)}>
            {t('suggest.checkYes')}
          </button>
        </p>
      ))}
    </>
  )
}

/** Dates in words, claims that ask for a check, and what is marked: three dockets of the desk. */
export function SuggestionDockets({ desk }: { desk: DeskView }): ReactElement {
  const { t, label, number } = useWords()
  const { dates, checks } = desk.suggestions
  return (
    <>
      {dates.length > 0 && (
        <section className="docket">
          <h2>
            {t('suggest.dates')} <span className="count">{number(dates.length)}</span>
          </h2>
          <ul>
            {dates.map((one) => (
              <SuggestedDate key={`${one.statement} ${one.n}`} suggested={one} />
            ))}
          </ul>
        </section>
      )}
      {checks.length > 0 && (
        <section className="docket">
          <h2>
            {t('suggest.checks')} <span className="count">{number(checks.length)}</span>
          </h2>
          <ul>
            {checks.map((one) => (
              <SuggestedCheck key={`${one.statement} ${one.check}`} suggested={one} />
            ))}
          </ul>
        </section>
      )}
      {desk.toCheck.length > 0 && (
        <section className="docket">
          <h2>
            {t('suggest.marked')} <span className="count">{number(desk.toCheck.length)}</span>
          </h2>
          <ul>
            {desk.toCheck.map((statement) => (
              <li key={statement.id} className="row">
                <ToWords
                  suggested={{
                    source: statement.source.id,
                    statement: statement.id,
                    words: statement.passages[0]?.exact ?? '',
                  }}
                />
                <span className="row-middle aside">
                  {statement.checks.map((one) => label('checks', one)).join(', ')}
                </span>
                <span className="row-end mono">{statement.item}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function ToWords({
  suggested: { source, statement, words },
}: {
  suggested: { source: string; statement: string; words: string }
}): ReactElement {
  const { slug } = useHere()
  return (
    <Link to={paths.source(slug, source, statement)}>
      <q className="as-stated" dir="auto">
        {words}
      </q>
    </Link>
  )
}

function SuggestedDate({ suggested }: { suggested: DateSuggestion }): ReactElement {
  const { t, label } = useWords()
  const reasonOf = useReasonOf()
  const { busy, send, note } = useSending()
  const { statement: id, n, date } = suggested
  const take = () =>
    send(() =>
      call(statementOperations.normalise, {
        params: { id },
        body: { n, normalised: date.edtf, reason: reasonOf(suggested) },
      }),
    )
  return (
    <li className="row">
      <ToWords suggested={suggested} />
      <span className="row-middle aside">
        {t('suggest.date', { words: suggested.asStated, from: date.from, edtf: date.edtf })}{' '}
        {label('date-rules', date.rule)}
      </span>
      <span className="row-end">
        <button type="button" disabled={busy} onClick={() => void take()}>
          {t('suggest.take')}
        </button>
        {note}
      </span>
    </li>
  )
}

function SuggestedCheck({ suggested }: { suggested: CheckSuggestion }): ReactElement {
  const { t, label } = useWords()
  const { dossier } = useHere()
  const { busy, send, note } = useSending()
  const { statement: subject, check, word } = suggested
  const answer = (scheme: 'checks' | 'checks-dismissed') => {
    const tags = [{ dossier: dossier.id, subject, scheme, term: check }]
    void send(() => call(statementOperations.tag, { body: { tags } }))
  }
  return (
    <li className="row">
      <ToWords suggested={suggested} />
      <span className="row-middle aside">
        {t('suggest.check', { word })} {label('checks', check)}
      </span>
      <span className="row-end">
        <button type="button" disabled={busy} onClick={() => answer('checks')}>
          {t('suggest.checkYes')}
        </button>
        <button type="button" disabled={busy} onClick={() => answer('checks-dismissed')}>
          {t('suggest.checkNo')}
        </button>
        {note}
      </span>
    </li>
  )
}
