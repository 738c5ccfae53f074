import type { ReactElement } from 'react'
import { ROLES, type Role } from '../../protection/actor.ts'
import { useWords } from '../language.tsx'

/** What somebody may do; each role with what it means. */
export function RolesField({
  roles,
  onChange,
}: {
  roles: readonly Role[]
  onChange: (roles: readonly Role[]) => void
}): ReactElement {
  const { t } = useWords()
  return (
    <fieldset>
      <legend>{t('people.roles')}</legend>
      {ROLES.map((role) => (
        <label key={role} className="check">
          <input
            type="checkbox"
            checked={roles.includes(role)}
            onChange={({ target }) =>
              onChange(target.checked ? [...roles, role] : roles.filter((other) => other !== role))
            }
          />
          <span>
            {t(`role.${role}`)} <span className="aside">{t(`means.${role}`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
