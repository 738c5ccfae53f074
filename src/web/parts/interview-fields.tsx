import type { ReactElement } from 'react'
import { sourceOperations } from '../../sources/contract.ts'
import { type InterviewFacts, PRESENCE, REFERRALS } from '../../sources/interview.ts'
import { useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { ChoiceField, DayField, PickField, Tick } from './choice.tsx'
import { Field, TextField } from './form.tsx'
import type { PersonPage } from './person-shapes.ts'

/** What is told of an interview beside its words, to be written or mended. */
export function InterviewFields({
  page,
  facts,
  onChange,
}: {
  page: PersonPage
  facts: InterviewFacts
  onChange: (facts: InterviewFacts) => void
}): ReactElement {
  const { t } = useWords()
  const set = (changed: Partial<InterviewFacts>) => onChange({ ...facts, ...changed })
  return (
    <>
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
    </>
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
        <div key={n} className="fields with-end">
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
          {present.length > 1 && (
            <p className="field-end">
              <button type="button" onClick={() => onChange(present.filter((_, at) => at !== n))}>
                {t('interview.notThere')}
              </button>
            </p>
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
                <TextField
                  label={t('interview.referralNote')}
                  value={known.note}
                  onChange={(note) => onChange([...others, { ...known, note }])}
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
