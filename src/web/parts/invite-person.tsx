import { type ReactElement, useState } from 'react'
import { accountOperations } from '../../protection/accounts-contract.ts'
import type { Role } from '../../protection/actor.ts'
import { call } from '../api.ts'
import { useWords } from '../language.tsx'
import type { MadeLink } from './account-shapes.ts'
import { TextField, useSending } from './form.tsx'
import { RolesField } from './roles-field.tsx'

/** Takes somebody in; the one-time link is handed over by whoever made it, by a way that both trust. */
export function InvitePerson({ onLink }: { onLink: (made: MadeLink) => void }): ReactElement {
  const { t } = useWords()
  const [name, setName] = useState('')
  const [login, setLogin] = useState('')
  const [roles, setRoles] = useState<readonly Role[]>([])
  const { busy, send, note } = useSending()
  return (
    <section className="panel">
      <h2>{t('people.invite')}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void send(async () => {
            const { link } = await call(accountOperations.invite, {
              body: { name, login, roles: [...roles] },
            })
            onLink({ name, link })
            setName('')
            setLogin('')
            setRoles([])
          })
        }}
      >
        <TextField label={t('account.name')} value={name} onChange={setName} hint={t('people.nameHint')} />
        <TextField label={t('signIn.login')} value={login} onChange={setLogin} hint={t('people.loginHint')} />
        <RolesField roles={roles} onChange={setRoles} />
        <button type="submit" className="primary" disabled={busy}>
          {t('people.takeIn')}
        </button>
        {note}
      </form>
    </section>
  )
}
