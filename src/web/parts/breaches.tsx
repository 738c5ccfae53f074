import { type ReactElement, useState } from 'react'
import type { z } from 'zod'
import { BREACH_CLASSES, BREACH_RISKS } from '../../protection/breach.ts'
import { dataProtectionOperations } from '../../protection/data-protection-contract.ts'
import { call, useAnswer } from '../api.ts'
import { useWords } from '../language.tsx'
import { ChoiceField, CountField, DayField } from './choice-field.tsx'
import { FoldedForm, TextField, useSending } from './form.tsx'
import { Loading, Nothing, RefusedNote } from './states.tsx'

type Breach = z.output<(typeof dataProtectionOperations)['dataProtection']['answer']>['breaches'][number]

/** The log of breaches, each with its clock of 72 hours. */
export function Breaches(): ReactElement {
  const { t } = useWords()
  const { value, refused, waiting } = useAnswer(dataProtectionOperations.dataProtection, {})
  if (refused) return <RefusedNote refused={refused} />
  if (waiting || !value) return <Loading />
  return (
    <>
      <p className="lead">{t('breach.lead')}</p>
      <FoldedForm title={t('breach.new')}>
        {(recorded) => <BreachForm breach={null} onSaved={recorded} />}
      </FoldedForm>
      {value.breaches.length === 0 && <Nothing>{t('breach.none')}</Nothing>}
      {value.breaches.map((one) => (
        <OneBreach key={one.id} breach={one} />
      ))}
    </>
  )
}

function OneBreach({ breach }: { breach: Breach }): ReactElement {
  const { t, label, number, moment } = useWords()
  const { what, noticedAt, due, classes, people, risk, authority, closed, open } = breach
  const late = authority.at === null && !closed && Date.parse(due) < Date.now()
  return (
    <article className="panel">
      <h2>{what}</h2>
      <p className="aside">
        {t('breach.noticedAt', { at: moment(noticedAt) })} · {label('breach-risks', risk)}
      </p>
      <p className="aside">
        {classes.map((one) => label('breach-classes', one)).join(', ')}
        {people !== null && ` · ${t('breach.touched', { n: number(people) })}`}
      </p>
      <p className={late ? 'overdue' : ''}>
        {closed
          ? t('breach.closed', { at: moment(closed.at) })
          : authority.at === null
            ? t(late ? 'breach.late' : 'breach.until', { at: moment(due) })
            : t('breach.told', { at: moment(authority.at) })}
      </p>
      {!closed && (
        <>
          {open.length > 0 && (
            <p>
              {t('breach.open')} {open.map((one) => t(`point.${one as 'effects'}`).toLowerCase()).join(', ')}
            </p>
          )}
          <FoldedForm title={t('breach.go')}>
            {(saved) => <BreachForm breach={breach} onSaved={saved} />}
          </FoldedForm>
        </>
      )}
    </article>
  )
}

/** What stands in a field of local time, of a moment. */
function local(at: string | null): string {
  if (at === null) return ''
  const date = new Date(at)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
const moment = (typed: string): string | null => (typed === '' ? null : new Date(typed).toISOString())

function BreachForm({ breach, onSaved }: { breach: Breach | null; onSaved: () => void }): ReactElement {
  const { t, label } = useWords()
  const [noticed, setNoticed] = useState(local(breach?.noticedAt ?? new Date().toISOString()))
  const [what, setWhat] = useState(breach?.what ?? '')
  const [classes, setClasses] = useState<readonly Breach['classes'][number][]>(breach?.classes ?? [])
  const [people, setPeople] = useState(breach?.people ?? null)
  const [effects, setEffects] = useState(breach?.effects ?? '')
  const [measures, setMeasures] = useState(breach?.measures ?? '')
  const [risk, setRisk] = useState<Breach['risk']>(breach?.risk ?? 'risk')
  const [told, setTold] = useState(local(breach?.authority.at ?? null))
  const [why, setWhy] = useState(breach?.authority.why ?? '')
  const [subjects, setSubjects] = useState(local(breach?.subjects.at ?? null))
  const [subjectsWhy, setSubjectsWhy] = useState(breach?.subjects.why ?? '')
  const { busy, send, note } = useSending()
  const save = (close: boolean) =>
    void send(() =>
      call(dataProtectionOperations.keepBreach, {
        body: {
          id: breach?.id ?? null,
          close,
          noticedAt: moment(noticed) ?? new Date().toISOString(),
          what,
          classes: [...classes],
          people,
          effects,
          measures,
          risk,
          authority: { at: moment(told), why },
          subjects: { at: moment(subjects), why: subjectsWhy },
        },
      }),
    ).then((done) => done && onSaved())
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save(false)
      }}
    >
      <DayField moment label={t('breach.noticed')} value={noticed} onChange={setNoticed} />
      <TextField label={t('breach.what')} value={what} onChange={setWhat} rows={2} />
      <fieldset className="many">
        <legend>{t('breach.classes')}</legend>
        {BREACH_CLASSES.map((one) => (
          <label key={one} className="check">
            <input
              type="checkbox"
              checked={classes.includes(one)}
              onChange={({ target }) =>
                setClasses(target.checked ? [...classes, one] : classes.filter((other) => other !== one))
              }
            />
            {label('breach-classes', one)}
          </label>
        ))}
      </fieldset>
      <CountField label={t('breach.people')} value={people} onChange={setPeople} />
      <ChoiceField
        label={t('breach.risk')}
        list="breach-risks"
        keys={BREACH_RISKS}
        value={risk}
        onChange={setRisk}
      />
      <TextField label={t('point.effects')} value={effects} onChange={setEffects} rows={2} />
      <TextField label={t('point.measures')} value={measures} onChange={setMeasures} rows={2} />
      <fieldset className="fields">
        <legend>{t('point.authority')}</legend>
        <DayField moment label={t('breach.when')} value={told} onChange={setTold} />
        <TextField label={t('breach.why')} value={why} onChange={setWhy} />
      </fieldset>
      <fieldset className="fields">
        <legend>{t('point.subjects')}</legend>
        <DayField moment label={t('breach.when')} value={subjects} onChange={setSubjects} />
        <TextField label={t('breach.why')} value={subjectsWhy} onChange={setSubjectsWhy} />
      </fieldset>
      <p className="buttons">
        <button
          type="submit"
          className="primary"
          disabled={busy || what.trim() === '' || classes.length === 0}
        >
          {t('breach.save')}
        </button>
        {breach && (
          <button type="button" disabled={busy} onClick={() => save(true)}>
            {t('breach.close')}
          </button>
        )}
      </p>
      {note}
    </form>
  )
}
