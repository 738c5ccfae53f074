import { type ReactElement, useState } from 'react'
import type { z } from 'zod'
import { LevelSign } from '../../display/level-mark.tsx'
import { levelOperations } from '../../protection/levels-contract.ts'
import { call, useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { useOpenedCase } from '../open-case.ts'
import { DecideForm, TextField, useSending } from './form.tsx'
import { Loading, RefusedNote } from './states.tsx'

type Page = z.output<(typeof levelOperations)['levelOf']['answer']>
type Change = Page['changes'][number]

/** What is asked of the server only once the part is opened. */
function Unfolded({ title, form }: { title: string; form: () => ReactElement }): ReactElement {
  const [open, setOpen] = useState(false)
  return (
    <details className="fold" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{title}</summary>
      {open && form()}
    </details>
  )
}

/** Who may see a record; raising it with all that points at it, and lowering it, which a second person decides. */
export function LevelPanel({ record }: { record: string }): ReactElement | null {
  const { t, label } = useWords()
  const opened = useOpenedCase()
  const { value, refused, waiting } = useAnswer(levelOperations.levelOf, { params: { id: record } })
  if (refused) return refused.code === 'not_there' ? null : <RefusedNote refused={refused} />
  if (waiting || !value) return <Loading />
  const { level, dossier, fixed, changes } = value
  // What is proposed already is decided on first.
  const waits = changes.some(({ state }) => state === 'proposed')
  return (
    <section className="panel level-panel">
      <h2>{t('level.who')}</h2>
      <p>
        <LevelSign level={level} label={label('levels', level)} />{' '}
        {t(level === 'case' ? 'level.caseOnly' : level === 'team' ? 'level.teamOnly' : 'level.allOfUs')}
      </p>
      {!fixed && level !== 'case' && opened !== null && (
        <Unfolded
          title={t('level.intoCase', { code: opened.code })}
          form={() => <RaiseForm record={record} level="case" within={opened.id} />}
        />
      )}
      {!fixed && level === 'organisation' && dossier !== null && (
        <Unfolded
          title={t('level.toTeam')}
          form={() => <RaiseForm record={record} level="team" within={dossier} />}
        />
      )}
      {!fixed && level !== 'case' && opened === null && <p className="hint">{t('level.openFirst')}</p>}
      {!fixed && level !== 'organisation' && !waits && <LowerForms record={record} page={value} />}
      {changes.length > 0 && (
        <ul className="level-changes">
          {changes.map((one) => (
            <li key={one.id}>
              <LevelChange change={one} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function RaiseForm({
  record,
  level,
  within,
}: {
  record: string
  level: 'team' | 'case'
  within: string
}): ReactElement {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const { busy, send, note } = useSending()
  const [done, setDone] = useState(false)
  // Once it is raised there is nothing to ask any more.
  const { value, refused } = useAnswer(
    levelOperations.whatRises,
    busy || done ? null : { params: { id: record }, query: { level, within } },
  )
  if (refused)
    return refused.code === 'not_there' ? (
      <p className="hint">{t('level.noTeam')}</p>
    ) : (
      <RefusedNote refused={refused} />
    )
  if (!value) return <>{note ?? <Loading />}</>
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault()
        const body = { level, within, reason, seen: value.total }
        if (await send(() => call(levelOperations.raiseLevel, { params: { id: record }, body })))
          setDone(true)
      }}
    >
      <p>{t('level.goesAlong')}</p>
      <Counted counts={value.counts} />
      {value.heldBack > 0 && <p className="aside">{t('level.heldBack', { n: value.heldBack })}</p>}
      <TextField label={t('decide.reason')} value={reason} onChange={setReason} rows={2} />
      <button type="submit" disabled={busy || reason.trim() === ''}>
        {t('level.raise')}
      </button>
      {note}
    </form>
  )
}

function LowerForms({ record, page }: { record: string; page: Page }): ReactElement {
  const { t } = useWords()
  const { value: team } = useAnswer(levelOperations.team, { params: { slug: useHere().slug } })
  const { dossier } = useHere()
  return (
    <>
      <Unfolded
        title={t('level.lowerToAll')}
        form={() => <LowerForm record={record} level="organisation" within={undefined} />}
      />
      {page.level === 'case' && team?.access && (
        <Unfolded
          title={t('level.lowerToTeam')}
          form={() => <LowerForm record={record} level="team" within={dossier.id} />}
        />
      )}
    </>
  )
}

function LowerForm({
  record,
  level,
  within,
}: {
  record: string
  level: 'organisation' | 'team'
  within: string | undefined
}): ReactElement {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const [whole, setWhole] = useState(false)
  const { busy, send, note } = useSending()
  const { value, refused } = useAnswer(levelOperations.whatLowers, {
    params: { id: record },
    query: { level, within, whole: whole ? 'true' : 'false' },
  })
  if (refused) return <RefusedNote refused={refused} />
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault()
        const body = { level, within: within ?? null, whole, reason, seen: value?.total ?? 0 }
        if (await send(() => call(levelOperations.proposeLowering, { params: { id: record }, body })))
          setReason('')
      }}
    >
      <label className="check">
        <input type="checkbox" checked={whole} onChange={({ target }) => setWhole(target.checked)} />
        {t('level.whole')}
      </label>
      <p>{t('level.lowersTogether')}</p>
      {value ? <Counted counts={value.counts} /> : <Loading />}
      <TextField label={t('decide.reason')} value={reason} onChange={setReason} rows={2} />
      <p className="hint">{t('level.secondPerson')}</p>
      <button type="submit" disabled={busy || !value || reason.trim() === ''}>
        {t('level.propose')}
      </button>
      {note}
    </form>
  )
}

/** How many records of each kind. */
function Counted({ counts }: { counts: Readonly<Record<string, number>> }): ReactElement {
  const { label, number } = useWords()
  return (
    <ul className="counted">
      {Object.entries(counts)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([kind, n]) => (
          <li key={kind}>
            {label('record-kinds', kind)} <span className="count">{number(n)}</span>
          </li>
        ))}
    </ul>
  )
}

/** One raise or lowering, with its reason; one that waits is decided here by a second person. */
export function LevelChange({ change }: { change: Change }): ReactElement {
  const { t, label, moment } = useWords()
  const levels = { from: label('levels', change.from), to: label('levels', change.to) }
  return (
    <article className="level-change">
      <p>
        <strong>{t(`level.${change.state}`, levels)}</strong>{' '}
        <span className="aside">
          {change.byName}, {moment(change.at)}
        </span>
      </p>
      <p>{change.reason}</p>
      {change.records.length > 0 && change.state === 'proposed' && (
        <ul className="records-named">
          {change.records.map((one) => (
            <li key={one.id}>
              {label('record-kinds', one.kind)} <span className="aside">{one.title}</span>
            </li>
          ))}
          {change.together.length > change.records.length && (
            <li>{t('list.more', { n: change.together.length - change.records.length })}</li>
          )}
        </ul>
      )}
      {change.decidedByName !== null && (
        <p className="aside">
          {change.decidedByName}, {change.decidedAt !== null && moment(change.decidedAt)} {change.answer}
        </p>
      )}
      {change.yours && (
        <DecideForm
          accept={t('level.agree')}
          reject={t('level.decline')}
          onDecide={(agree, reason) =>
            call(levelOperations.answerLowering, { params: { id: change.id }, body: { agree, reason } })
          }
        />
      )}
    </article>
  )
}
