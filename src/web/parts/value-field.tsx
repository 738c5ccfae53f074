import type { ReactElement } from 'react'
import { VALUE_TYPES } from '../../matters/aspect.ts'
import { useWords } from '../language.tsx'
import type { CodingDraft, KnownAspect } from './coding-draft.ts'
import { useDateSentence } from './date-field.tsx'
import { Field, TextField } from './form.tsx'
import { MatterField } from './matter-field.tsx'
import type { Trouble } from './trouble.ts'
import type { Words } from './words-at-hand.ts'

/** What the words say of the aspect, in the form that the aspect asks for. */
export function ValueField({
  draft,
  aspect,
  words,
  isNew,
  trouble,
  onChange,
}: {
  draft: CodingDraft
  aspect: KnownAspect | undefined
  /** Nobody has used the aspect yet; false while that is not known. */
  isNew: boolean
  words: Words
  trouble: Trouble | null
  onChange: (changed: Partial<CodingDraft>) => void
}): ReactElement | null {
  const { t } = useWords()
  if (draft.aspect.trim() === '') return null
  return (
    <>
      {isNew && (
        <Field label={t('code.valueType')} hint={t('code.newAspect')}>
          {(id) => (
            <select
              id={id}
              value={draft.valueType}
              onChange={({ target }) => onChange({ valueType: target.value as CodingDraft['valueType'] })}
            >
              {VALUE_TYPES.map((one) => (
                <option key={one} value={one}>
                  {t(`type.${one}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <Typed draft={draft} aspect={aspect} words={words} trouble={trouble} onChange={onChange} />
    </>
  )
}

function Typed({
  draft,
  aspect,
  words,
  trouble,
  onChange,
}: {
  draft: CodingDraft
  aspect: KnownAspect | undefined
  words: Words
  trouble: Trouble | null
  onChange: (changed: Partial<CodingDraft>) => void
}): ReactElement {
  const { t } = useWords()
  const dateSentence = useDateSentence()
  if (draft.valueType === 'matter') {
    return (
      <MatterField
        label={t('code.value')}
        name={draft.valueMatter?.name ?? ''}
        makes
        onChoose={(valueMatter) => onChange({ valueMatter })}
      />
    )
  }
  if (draft.valueType === 'term' && aspect && aspect.terms.length > 0) {
    return (
      <Field label={t('code.value')}>
        {(id) => (
          <select id={id} value={draft.value} onChange={({ target }) => onChange({ value: target.value })}>
            <option value="">{t('form.choose')}</option>
            {aspect.terms.map((term) => (
              <option key={term} value={term}>
                {term}
              </option>
            ))}
          </select>
        )}
      </Field>
    )
  }
  const isDate = draft.valueType === 'date'
  const unreadable = isDate ? dateSentence(draft.value) : null
  return (
    <>
      <TextField
        label={t('code.value')}
        value={draft.value}
        onChange={(value) => onChange({ value })}
        placeholder={draft.valueType === 'text' ? words.exact : ''}
        trouble={trouble}
        hint={unreadable ?? t(isDate ? 'code.dateHint' : 'code.valueHint')}
      />
      {draft.valueType === 'quantity' && (
        <TextField
          label={t('code.unit')}
          value={draft.unit}
          onChange={(unit) => onChange({ unit })}
          {...(aspect && aspect.units.length > 1
            ? { hint: t('code.unitsUsed', { units: aspect.units.join(', ') }) }
            : {})}
        />
      )}
      {isDate && (
        <>
          <TextField
            label={t('code.normalised')}
            value={draft.normalised}
            onChange={(normalised) => onChange({ normalised })}
          />
          <TextField
            label={t('code.reason')}
            value={draft.reason}
            onChange={(reason) => onChange({ reason })}
          />
        </>
      )}
    </>
  )
}
