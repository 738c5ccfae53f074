import { type ReactElement, useState } from 'react'
import { sourceOperations } from '../../sources/contract.ts'
import { type InterviewFacts, PRESENCE, REFERRALS } from '../../sources/interview.ts'
import { interviewOperations } from '../../sources/interview-contract.ts'
import { call, useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { ChoiceField, DayField, dayAfter, PickField, Tick } from './choice.tsx'
import { Field, TextField, useSending } from './form.tsx'
import type { Interview, PersonPage } from './person-shapes.ts'

/** When somebody hears what became of what they told, where nobody says otherwise. Days. */
const FEEDBACK_WITHIN = 90

/** A new interview. Whoever told it before is not asked again unseen: the earlier accounts stand first. */
export function InterviewForm({
  page,
  earlier,
}: {
  page: PersonPage
  earlier: readonly Interview[]
}): ReactElement {
  const { t, number } = useWords()
  const [facts, setFacts] = useState<InterviewFacts>({
    on: dayAfter(0),
    place: '',
    language: page.person.language,
    present: [{ role: 'interviewer', person: null, helper: null, name: '' }],
    sources: [],
    referrals: [],
    promised: '',
    limits: '',
  })
  const [whyAgain, setWhyAgain] = useState('')
  const [due, setDue] = useState(dayAfter(FEEDBACK_WITHIN))
  const { busy, send, note } = useSending()
  const set = (changed: Partial<InterviewFacts>) => setFacts({ ...facts, ...changed })
  return (
    <form
      className="person-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send(async () => {
          const seen = earlier.map(({ id }) => id)
          const body = { facts, seen, whyAgain, feedback: { due, note: '' } }
          await call(interviewOperations.recordInterview, { params: { id: page.id }, body })
          setWhyAgain('')
        })
      }}
    >
      {earlier.length > 0 && (
        <div className="warning" role="note">
          <p>
            <strong>{t('interview.again', { n: number(earlier.length) })}</strong> {t('interview.againWhat')}
          </p>
          <TextField label={t('interview.whyAgain')} value={whyAgain} onChange={setWhyAgain} rows={2} />
        </div>
      )}
      <div className="fields">
        <DayField label={t('interview.on')} value={facts.on} onChange={(on) => set({ on })} />
        <TextField label={t('interview.place')} value={facts.place} onChange={(place) => set({ place })} />
        <TextField
          label={t('talk.language')}
          value={facts.language}
          onChange={(language) => set({ language })}
        />
      </div>
      <PresentFields page={page} present={facts.present} onChange={(present) => set({ present })} />
      <SourceTicks chosen={facts.sources} onChange={(sources) => set({ sources })} />
      <ReferralFields referrals={facts.referrals} onChange={(referrals) => set({ referrals })} />
      <TextField
        label={t('interview.promised')}
        value={facts.promised}
        onChange={(promised) => set({ promised })}
        rows={2}
      />
      <TextField
        label={t('interview.limits')}
        value={facts.limits}
        onChange={(limits) => set({ limits })}
        rows={2}
      />
      <DayField
        label={t('interview.feedback')}
        value={due}
        onChange={setDue}
        hint={t('interview.feedbackHint')}
      />
      <button type="submit" className="primary" disabled={busy}>
        {t('interview.record')}
      </button>
      {note}
    </form>
  )
}

function PresentFields({
  page,
  present,
  onChange,
}: {
  page: PersonPage
  present: InterviewFacts['present']
  onChange: (present: InterviewFacts['present']) => void
}): ReactElement {
  const { t } = useWords()
  const set = (at: number, changed: Partial<InterviewFacts['present'][number]>) =>
    onChange(present.map((one, n) => (n === at ? { ...one, ...changed } : one)))
  return (
    <fieldset>
      <legend>{t('interview.present')}</legend>
      {present.map((one, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place
        <div key={n} className="fields">
          <ChoiceField
            label={t('interview.role')}
            list="presence-roles"
            keys={PRESENCE}
            value={one.role}
            onChange={(role) => set(n, { role })}
          />
          {one.role === 'interpreter' && page.helpers.length > 0 ? (
            <PickField
              label={t('person.interpreter')}
              none={t('person.noInterpreter')}
              of={page.helpers}
              value={one.helper}
              onChange={(helper) => set(n, { helper })}
            />
          ) : (
            <TextField
              label={t('interview.who')}
              value={one.name}
              onChange={(name) => set(n, { name })}
              hint={t('interview.whoHint')}
            />
          )}
        </div>
      ))}
      <button
        type="button"
        onClick={() => onChange([...present, { role: 'other', person: null, helper: null, name: '' }])}
      >
        {t('interview.another')}
      </button>
    </fieldset>
  )
}

/** The record of the interview itself: a note or a source of the case. */
function SourceTicks({
  chosen,
  onChange,
}: {
  chosen: readonly string[]
  onChange: (sources: string[]) => void
}): ReactElement {
  const { t } = useWords()
  const { slug } = useHere()
  const { value } = useAnswer(sourceOperations.listSources, { params: { slug } })
  return (
    <Field label={t('interview.sources')} hint={t('interview.sourcesHint')}>
      {(id) => (
        <div id={id} className="ticks scrolled">
          {(value?.sources ?? []).map((one) => (
            <Tick
              key={one.id}
              label={one.title}
              checked={chosen.includes(one.id)}
              onChange={(ticked) =>
                onChange(ticked ? [...chosen, one.id] : chosen.filter((other) => other !== one.id))
              }
            />
          ))}
        </div>
      )}
    </Field>
  )
}

function ReferralFields({
  referrals,
  onChange,
}: {
  referrals: InterviewFacts['referrals']
  onChange: (referrals: InterviewFacts['referrals']) => void
}): ReactElement {
  const { t, label } = useWords()
  return (
    <fieldset>
      <legend>{t('interview.referrals')}</legend>
      {REFERRALS.map((kind) => {
        const known = referrals.find((one) => one.kind === kind)
        const others = referrals.filter((one) => one.kind !== kind)
        return (
          <div key={kind}>
            <Tick
              label={label('referral-kinds', kind)}
              checked={known !== undefined}
              onChange={(offered) =>
                onChange(offered ? [...others, { kind, to: '', agreed: false, note: '' }] : others)
              }
            />
            {known && (
              <div className="fields">
                <TextField
                  label={t('interview.referredTo')}
                  value={known.to}
                  onChange={(to) => onChange([...others, { ...known, to }])}
                />
                <Tick
                  label={t('interview.agreed')}
                  checked={known.agreed}
                  onChange={(agreed) => onChange([...others, { ...known, agreed }])}
                />
              </div>
            )}
          </div>
        )
      })}
    </fieldset>
  )
}
