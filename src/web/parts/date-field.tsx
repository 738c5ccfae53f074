import { type ReactElement, useState } from 'react'
import { tryDate } from '../../foundation/edtf.ts'
import { useWords } from '../language.tsx'
import { TextField } from './form.tsx'
import type { Trouble } from './trouble.ts'
import { datesMeant } from './typed-date.ts'

/** Says of a date that the record cannot read what to write instead; null where it can, or where nothing is typed. */
export function useDateSentence(): (text: string) => string | null {
  const { t } = useWords()
  return (text) => {
    if (text.trim() === '' || tryDate(text.trim()) !== null) return null
    const [date, other] = datesMeant(text)
    if (date === undefined) return t('code.dateUnreadable')
    return other === undefined ? t('code.dateWrite', { date }) : t('code.dateWriteEither', { date, other })
  }
}

/** A date, looked at as it is typed; who tries to go on with one that cannot be read is brought back by `trouble`. */
export function DateField({
  label,
  value,
  hint,
  trouble = null,
  onChange,
}: {
  label: string
  value: string
  hint: string
  trouble?: Trouble | null
  onChange: (value: string) => void
}): ReactElement {
  const sentence = useDateSentence()(value)
  const [left, setLeft] = useState(false)
  const shown = trouble === null && sentence !== null && left
  return (
    <div className={sentence === null ? undefined : 'no-date'}>
      <TextField
        label={label}
        value={value}
        onChange={onChange}
        onBlur={() => setLeft(true)}
        trouble={trouble}
        {...(trouble === null ? { hint: sentence ?? hint } : {})}
      />
      {shown && (
        <p className="unseen" role="alert">
          {sentence}
        </p>
      )}
    </div>
  )
}
