import type { ReactElement } from 'react'
import { SPEAKER_GROUPS } from '../../statements/statement.ts'
import { useWords } from '../language.tsx'
import { Field } from './form.tsx'
import type { Trouble } from './trouble.ts'

/** The group somebody speaks for: the State, the UN, civil society and so on; empty until one is chosen. */
export function GroupField({
  group,
  trouble = null,
  onGroup,
}: {
  group: string
  trouble?: Trouble | null
  onGroup: (group: string) => void
}): ReactElement {
  const { t, label } = useWords()
  return (
    <Field label={t('code.group')} trouble={trouble}>
      {(field, marks) => (
        <select id={field} value={group} {...marks} onChange={({ target }) => onGroup(target.value)}>
          {group === '' && <option value="">{t('form.choose')}</option>}
          {SPEAKER_GROUPS.map((one) => (
            <option key={one} value={one}>
              {label('speaker-groups', one)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
