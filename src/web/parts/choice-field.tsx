import type { ReactElement } from 'react'
import { useWords } from '../language.tsx'
import { Field } from './form.tsx'

/** One term of a list, chosen by its name. */
export function ChoiceField<Key extends string>({
  label,
  list,
  keys,
  value,
  onChange,
  hint,
}: {
  label: string
  /** Name of the vocabulary that has the labels. */
  list: string
  keys: readonly Key[]
  value: Key
  onChange: (value: Key) => void
  hint?: string
}): ReactElement {
  const { label: labelOf } = useWords()
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      {(id) => (
        <select id={id} value={value} onChange={({ target }) => onChange(target.value as Key)}>
          {keys.map((key) => (
            <option key={key} value={key}>
              {labelOf(list, key)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** A day, typed or picked; empty where none is meant. */
export function DayField({
  label,
  value,
  onChange,
  hint,
  moment = false,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  hint?: string
  /** With the time of day. */
  moment?: boolean
}): ReactElement {
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      {(id) => (
        <input
          id={id}
          type={moment ? 'datetime-local' : 'date'}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  )
}

/** A whole number; empty where none is meant. */
export function CountField({
  label,
  value,
  onChange,
  hint,
}: {
  label: string
  value: number | null
  onChange: (value: number | null) => void
  hint?: string
}): ReactElement {
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      {(id) => (
        <input
          id={id}
          type="number"
          min={0}
          inputMode="numeric"
          value={value ?? ''}
          onChange={({ target }) => onChange(target.value === '' ? null : Math.floor(Number(target.value)))}
        />
      )}
    </Field>
  )
}
