import { type ReactElement, useState } from 'react'
import type { z } from 'zod'
import { dataProtectionOperations } from '../../protection/data-protection-contract.ts'
import { LAWFUL_BASES, NATIONAL_BASES, type Processing, SPECIAL_BASES } from '../../protection/processing.ts'
import { RETENTION_CLASSES, RETENTION_REASONS } from '../../protection/retention.ts'
import { call, useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../router.ts'
import { ChoiceField, CountField, DayField } from './choice-field.tsx'
import { Fold, TextField, useSending } from './form.tsx'
import { Link } from './link.tsx'
import { Loading, Nothing, RefusedNote } from './states.tsx'

type Answer = z.output<(typeof dataProtectionOperations)['dataProtection']['answer']>
const PLACES = ['own_machine', 'own_server', 'provider'] as const

/** Why, on what basis and where this dossier is kept; after which terms its records are looked at; what is due. */
export function BasisAndTerms(): ReactElement {
  const { t } = useWords()
  const { dossier } = useHere()
  const { value, refused, waiting } = useAnswer(dataProtectionOperations.dataProtection, {})
  if (refused) return <RefusedNote refused={refused} />
  if (waiting || !value) return <Loading />
  const known = value.processing.find((one) => one.dossier === dossier.id)
  return (
    <>
      <Reviews reviews={value.reviews} />
      <Terms key={JSON.stringify(value.terms)} terms={value.terms} />
      <section className="panel">
        <h2>{t('basis.title', { dossier: dossier.title })}</h2>
        <p className="hint">{t('basis.notAdvice')}</p>
        <Basis key={dossier.id} known={known ?? null} />
      </section>
    </>
  )
}

function Reviews({ reviews }: { reviews: Answer['reviews'] }): ReactElement {
  const { t } = useWords()
  return (
    <section className="panel">
      <h2>{t('term.reviews')}</h2>
      {reviews.length === 0 && <Nothing>{t('term.noReviews')}</Nothing>}
      <ul className="list">
        {reviews.map((one) => (
          <Review key={one.id} review={one} />
        ))}
      </ul>
    </section>
  )
}

function Review({
  review: { id, class: of, title, due },
}: {
  review: Answer['reviews'][number]
}): ReactElement {
  const { t, label, day } = useWords()
  const { slug } = useHere()
  const [months, setMonths] = useState<number | null>(12)
  const [reason, setReason] = useState<(typeof RETENTION_REASONS)[number]>('ongoing')
  const { busy, send, note } = useSending()
  return (
    <li className="row whole">
      <Link to={paths.record(slug, id)}>
        <strong>{label('retention-classes', of)}</strong> {title}
      </Link>
      <span className="row-end overdue">{t('due.over', { at: day(due) })}</span>
      <Fold title={t('term.decide')}>
        <p>
          <Link to={paths.protection(slug, 'erasures', id)}>{t('term.erase')}</Link>
        </p>
        <CountField label={t('term.months')} value={months} onChange={setMonths} />
        <ChoiceField
          label={t('term.reason')}
          list="retention-reasons"
          keys={RETENTION_REASONS}
          value={reason}
          onChange={setReason}
        />
        <p className="buttons">
          <button
            type="button"
            disabled={busy || months === null || months < 1}
            onClick={() =>
              void send(() =>
                call(dataProtectionOperations.keepOn, {
                  body: { subject: id, months: months ?? 12, reason },
                }),
              )
            }
          >
            {t('term.keep')}
          </button>
        </p>
        {note}
      </Fold>
    </li>
  )
}

function Terms({ terms }: { terms: Answer['terms'] }): ReactElement {
  const { t, label } = useWords()
  const [set, setSet] = useState(terms)
  const { busy, send, note } = useSending()
  return (
    <section className="panel">
      <h2>{t('term.title')}</h2>
      <p className="hint">{t('term.never')}</p>
      <div className="fields">
        {RETENTION_CLASSES.map((one) => (
          <CountField
            key={one}
            label={label('retention-classes', one)}
            value={set[one]}
            onChange={(months) => setSet({ ...set, [one]: months === 0 ? null : months })}
          />
        ))}
      </div>
      <p className="buttons">
        <button
          type="button"
          className="primary"
          disabled={busy}
          onClick={() => void send(() => call(dataProtectionOperations.setTerms, { body: set }))}
        >
          {t('term.save')}
        </button>
      </p>
      {note}
    </section>
  )
}

function Basis({ known }: { known: (Processing & { id: string }) | null }): ReactElement {
  const { t } = useWords()
  const { dossier } = useHere()
  const [said, setSaid] = useState<Omit<Processing, 'setBy'>>(() => {
    if (known) {
      const { id: _, setBy: __, ...rest } = known
      return rest
    }
    return {
      dossier: dossier.id,
      controller: '',
      contact: '',
      purposes: '',
      basis: 'legitimate_interests',
      special: 'none_kept',
      national: 'none',
      provision: '',
      people: '',
      recipients: '',
      country: '',
      place: 'own_machine',
      provider: '',
      transfers: '',
      assessedOn: null,
    }
  })
  const [saved, setSaved] = useState(false)
  const { busy, send, note } = useSending()
  const set =
    <Key extends keyof typeof said>(key: Key) =>
    (value: (typeof said)[Key]) => {
      setSaved(false)
      setSaid({ ...said, [key]: value })
    }
  const text = (
    key:
      | 'controller'
      | 'contact'
      | 'purposes'
      | 'provision'
      | 'people'
      | 'recipients'
      | 'provider'
      | 'transfers',
  ) => (
    <TextField
      label={t(`basis.${key}`)}
      value={said[key]}
      onChange={set(key)}
      {...(key === 'purposes' ? { rows: 2 } : {})}
    />
  )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void send(() => call(dataProtectionOperations.describeProcessing, { body: said })).then(setSaved)
      }}
    >
      {text('controller')}
      {text('contact')}
      {text('purposes')}
      <ChoiceField
        label={t('basis.basis')}
        list="lawful-bases"
        keys={LAWFUL_BASES}
        value={said.basis}
        onChange={set('basis')}
      />
      <ChoiceField
        label={t('basis.special')}
        list="special-bases"
        keys={SPECIAL_BASES}
        value={said.special}
        onChange={set('special')}
      />
      <ChoiceField
        label={t('basis.national')}
        list="national-bases"
        keys={NATIONAL_BASES}
        value={said.national}
        onChange={set('national')}
      />
      {text('provision')}
      {text('people')}
      {text('recipients')}
      <TextField
        label={t('basis.country')}
        value={said.country}
        onChange={(country) => set('country')(country.toUpperCase().slice(0, 2))}
        hint={t('basis.countryHint')}
      />
      <ChoiceField
        label={t('basis.place')}
        list="storage-places"
        keys={PLACES}
        value={said.place}
        onChange={set('place')}
      />
      {said.place === 'provider' && text('provider')}
      {text('transfers')}
      <DayField
        label={t('basis.assessed')}
        value={said.assessedOn ?? ''}
        onChange={(day) => set('assessedOn')(day === '' ? null : day)}
      />
      <p className="buttons">
        <button
          type="submit"
          className="primary"
          disabled={
            busy || said.controller.trim() === '' || said.purposes.trim() === '' || said.country.length !== 2
          }
        >
          {t('basis.save')}
        </button>
        {saved && <span role="status">{t('basis.saved')}</span>}
      </p>
      {note}
    </form>
  )
}
