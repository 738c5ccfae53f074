import { type ReactElement, useState } from 'react'
import { accountOperations } from '../../protection/accounts-contract.ts'
import { call } from '../api.ts'
import { useWords } from '../language.tsx'
import { Fold, TextField, useSending } from './form.tsx'
import { ShownOnce } from './new-ways.tsx'

/** From one person's record to an organisation's: what it means is said before it is done, for there is no way back. */
export function WorkWithOthers(): ReactElement {
  const { t } = useWords()
  const [typed, setTyped] = useState({ name: '', mine: '', login: '', other: '', otherLogin: '' })
  const [links, setLinks] = useState<{ person: string; administrator: string } | null>(null)
  const { busy, send, note } = useSending()
  const set = (name: keyof typeof typed) => (value: string) => setTyped({ ...typed, [name]: value })
  if (links !== null)
    return (
      <section>
        <h2>{t('others.title')}</h2>
        <p>{t('others.done')}</p>
        <ShownOnce title={t('others.mine')} text={links.person} why={t('others.mineWhy')} />
        <ShownOnce
          title={t('others.administrator')}
          text={links.administrator}
          why={t('others.administratorWhy')}
        />
      </section>
    )
  return (
    <section>
      <h2>{t('others.title')}</h2>
      <p className="aside">{t('others.what')}</p>
      <Fold title={t('others.begin')}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void send(async () => {
              const { name, mine, login, other, otherLogin } = typed
              const person = { name: mine, login }
              const administrator = { name: other, login: otherLogin }
              // The links must stand on the page before anything on it is asked anew.
              setLinks(
                await call(
                  accountOperations.becomeOrganisation,
                  { body: { name, person, administrator } },
                  { quiet: true },
                ),
              )
            })
          }}
        >
          <TextField label={t('others.name')} value={typed.name} onChange={set('name')} />
          <fieldset>
            <legend>{t('others.mine')}</legend>
            <TextField label={t('account.name')} value={typed.mine} onChange={set('mine')} />
            <TextField
              label={t('signIn.login')}
              value={typed.login}
              onChange={set('login')}
              hint={t('people.loginHint')}
            />
          </fieldset>
          <fieldset>
            <legend>{t('others.administrator')}</legend>
            <TextField
              label={t('account.name')}
              value={typed.other}
              onChange={set('other')}
              hint={t('others.otherHint')}
            />
            <TextField label={t('signIn.login')} value={typed.otherLogin} onChange={set('otherLogin')} />
          </fieldset>
          <p>{t('others.noWayBack')}</p>
          <button type="submit" className="primary" disabled={busy}>
            {t('others.go')}
          </button>
          {note}
        </form>
      </Fold>
    </section>
  )
}
