import type { ReactElement } from 'react'
import { SPEAKER_GROUPS } from '../../statements/statement.ts'
import { useWords } from '../language.tsx'
import { Field } from './form.tsx'

/** The group somebody speaks for: the State, the UN, civil society and so on. */
export function GroupField({
  group,
  onGroup,
}: {
  group: string
  onGroup: (group: string) => void
}): ReactElement {
  const { t, label } = useWords()
  return (
    <Field label={t('code.group')}>
      {(field) => (
        <select id={field} value={group} onChange={({ target }) => onGroup(target.value)}>
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
