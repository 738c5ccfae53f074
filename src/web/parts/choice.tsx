import type { ReactElement } from 'react'
import { useWords } from '../language.tsx'
import { Field } from './form.tsx'

/** One of a few; `list` gives them their names. */
export function ChoiceField<Key extends string>({
  label: title,
  list,
  keys,
  value,
  onChange,
  hint,
}: {
  label: string
  list: string
  keys: readonly Key[]
  value: Key
  onChange: (value: Key) => void
  hint?: string
}): ReactElement {
  const { label } = useWords()
  return (
    <Field label={title} {...(hint === undefined ? {} : { hint })}>
      {(id) => (
        <select
          id={id}
          value={value}
          onChange={({ target }) => onChange(keys.find((one) => one === target.value) ?? value)}
        >
          {keys.map((one) => (
            <option key={one} value={one}>
              {label(list, one)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** Something on record, by its id; nothing where none is chosen. */
export function PickField({
  label,
  none,
  of,
  value,
  onChange,
}: {
  label: string
  none: string
  of: readonly { readonly id: string; readonly name: string }[]
  value: string | null
  onChange: (value: string | null) => void
}): ReactElement {
  return (
    <Field label={label}>
      {(id) => (
        <select
          id={id}
          value={value ?? ''}
          onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
        >
          <option value="">{none}</option>
          {of.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** A calendar day; empty where none is given. */
export function DayField({
  label,
  value,
  onChange,
  hint,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  hint?: string
}): ReactElement {
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      {(id) => <input id={id} type="date" value={value} onChange={({ target }) => onChange(target.value)} />}
    </Field>
  )
}

export function Tick({
  label,
  checked,
  onChange,
}: {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
}): ReactElement {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} onChange={({ target }) => onChange(target.checked)} />
      {label}
    </label>
  )
}

/** Today, and some days on, as a form writes a day. */
export function dayAfter(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}
