import { type ReactElement, useState } from 'react'
import type { z } from 'zod'
import {
  CONSENT_METHODS,
  EXPLAINED,
  GIVEN_BY,
  GRANTABLE,
  IDENTIFIABILITIES,
  PURPOSES,
} from '../../protection/consent-codes.ts'
import { consentOperations } from '../../protection/consent-contract.ts'
import { sourceOperations } from '../../sources/contract.ts'
import { call, useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { ChoiceField, DayField, dayAfter, PickField, Tick } from './choice.tsx'
import { Field, TextField, useSending } from './form.tsx'
import type { PersonPage } from './person-shapes.ts'

type Body = z.output<(typeof consentOperations)['giveConsent']['body']>
type Allowed = Body['allowed'][number]
type Talk = Body['talk']

const allowedAnew = (): Allowed => ({
  purpose: 'internal_analysis',
  recipient: 'organisation',
  identifiability: 'pseudonym',
  conditions: '',
  from: dayAfter(0),
  to: null,
})

/** What was allowed and refused in one talk, and how the talk was. */
export function ConsentForm({
  page,
  onRecorded,
}: {
  page: PersonPage
  onRecorded: () => void
}): ReactElement {
  const { t } = useWords()
  const { person } = page
  const [allowed, setAllowed] = useState<readonly Allowed[]>([allowedAnew()])
  const [talk, setTalk] = useState<Talk>({
    language: person.language,
    method: 'written',
    notedBy: '',
    givenBy: 'self',
    giver: '',
    interpreter: person.interpreter,
    explained: [],
    questions: '',
    timeToDecide: '',
    nextContact: null,
    evidence: null,
  })
  const { busy, send, note } = useSending()
  return (
    <form
      className="person-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send(async () => {
          const body = { allowed: [...allowed], talk }
          await call(consentOperations.giveConsent, { params: { id: page.id }, body })
        }).then((done) => done && onRecorded())
      }}
    >
      <p className="hint">{t('consent.newestCounts')}</p>
      {allowed.map((one, n) => (
        <AllowedRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place
          key={n}
          of={one}
          onChange={(changed) => setAllowed(allowed.map((row, at) => (at === n ? changed : row)))}
          onDrop={allowed.length > 1 ? () => setAllowed(allowed.filter((_, at) => at !== n)) : null}
        />
      ))}
      <button type="button" onClick={() => setAllowed([...allowed, allowedAnew()])}>
        {t('consent.another')}
      </button>
      <TalkFields talk={talk} page={page} onChange={setTalk} />
      <button type="submit" className="primary" disabled={busy}>
        {t('consent.record')}
      </button>
      {note}
    </form>
  )
}

function AllowedRow({
  of,
  onChange,
  onDrop,
}: {
  of: Allowed
  onChange: (changed: Allowed) => void
  onDrop: (() => void) | null
}): ReactElement {
  const { t } = useWords()
  const set = (changed: Partial<Allowed>) => onChange({ ...of, ...changed })
  return (
    <fieldset className="allowed">
      <div className="fields">
        <ChoiceField
          label={t('consent.purpose')}
          list="consent-purposes"
          keys={PURPOSES}
          value={of.purpose}
          onChange={(purpose) => set({ purpose })}
        />
        <ChoiceField
          label={t('consent.recipient')}
          list="consent-recipients"
          keys={GRANTABLE}
          value={of.recipient}
          onChange={(recipient) => set({ recipient })}
        />
        <ChoiceField
          label={t('consent.named')}
          list="identifiabilities"
          keys={IDENTIFIABILITIES}
          value={of.identifiability}
          onChange={(identifiability) => set({ identifiability })}
          {...(of.identifiability === 'none' ? { hint: t('consent.isRefusal') } : {})}
        />
        <TextField
          label={t('consent.conditions')}
          value={of.conditions}
          onChange={(conditions) => set({ conditions })}
        />
        <DayField label={t('consent.from')} value={of.from} onChange={(from) => set({ from })} />
        <DayField
          label={t('consent.until')}
          value={of.to ?? ''}
          hint={t('consent.noEndHint')}
          onChange={(to) => set({ to: to === '' ? null : to })}
        />
      </div>
      {onDrop && (
        <button type="button" onClick={onDrop}>
          {t('consent.drop')}
        </button>
      )}
    </fieldset>
  )
}

function TalkFields({
  talk,
  page,
  onChange,
}: {
  talk: Talk
  page: PersonPage
  onChange: (talk: Talk) => void
}): ReactElement {
  const { t, label } = useWords()
  const { slug } = useHere()
  const { value: known } = useAnswer(sourceOperations.listSources, { params: { slug } })
  const set = (changed: Partial<Talk>) => onChange({ ...talk, ...changed })
  return (
    <fieldset>
      <legend>{t('talk.how')}</legend>
      <div className="fields">
        <TextField
          label={t('talk.language')}
          value={talk.language}
          onChange={(language) => set({ language })}
        />
        <ChoiceField
          label={t('talk.method')}
          list="consent-methods"
          keys={CONSENT_METHODS}
          value={talk.method}
          onChange={(method) => set({ method })}
        />
        <ChoiceField
          label={t('talk.givenBy')}
          list="consent-givers"
          keys={GIVEN_BY}
          value={talk.givenBy}
          onChange={(givenBy) => set({ givenBy })}
        />
        {talk.givenBy !== 'self' && (
          <TextField label={t('talk.giver')} value={talk.giver} onChange={(giver) => set({ giver })} />
        )}
        {talk.method === 'oral' && (
          <TextField
            label={t('talk.notedBy')}
            value={talk.notedBy}
            onChange={(notedBy) => set({ notedBy })}
          />
        )}
        <PickField
          label={t('person.interpreter')}
          none={t('person.noInterpreter')}
          of={page.helpers}
          value={talk.interpreter}
          onChange={(interpreter) => set({ interpreter })}
        />
        <PickField
          label={t('talk.evidence')}
          none={t('talk.noEvidence')}
          of={(known?.sources ?? []).map(({ id, title }) => ({ id, name: title }))}
          value={talk.evidence}
          onChange={(evidence) => set({ evidence })}
        />
        <TextField
          label={t('talk.time')}
          value={talk.timeToDecide}
          onChange={(timeToDecide) => set({ timeToDecide })}
        />
        <DayField
          label={t('talk.next')}
          value={talk.nextContact ?? ''}
          onChange={(day) => set({ nextContact: day === '' ? null : day })}
        />
      </div>
      <Field label={t('talk.explained')}>
        {(id) => (
          <div id={id} className="ticks">
            {EXPLAINED.map((one) => (
              <Tick
                key={one}
                label={label('consent-explained', one)}
                checked={talk.explained.includes(one)}
                onChange={(ticked) =>
                  set({
                    explained: ticked
                      ? [...talk.explained, one]
                      : talk.explained.filter((other) => other !== one),
                  })
                }
              />
            ))}
          </div>
        )}
      </Field>
      <TextField
        label={t('talk.questions')}
        value={talk.questions}
        onChange={(questions) => set({ questions })}
        rows={2}
      />
    </fieldset>
  )
}
