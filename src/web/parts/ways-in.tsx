import { type ReactElement, useState } from 'react'
import { useWords } from '../language.tsx'
import { knowsPasskeys, showPasskey } from '../passkeys.ts'
import { TextField, useSending } from './form.tsx'

export type Shown = { passkey: Record<string, unknown> } | { login: string; password: string; code: string }

/** Both ways to show who one is: a passkey first, else password and code together. */
export function WaysIn({
  ask,
  show,
  login = null,
  password = true,
  go = 'signIn.go',
}: {
  /** What the browser is to be asked for; null where no passkey would help. */
  ask: (() => Promise<Record<string, unknown>>) | null
  show: (shown: Shown) => Promise<void>
  /** Whose it is, where that is known. */
  login?: string | null
  password?: boolean
  /** What the button says that shows it. */
  go?: 'signIn.go' | 'prove.go'
}): ReactElement {
  const { t } = useWords()
  const [typed, setTyped] = useState({ login: login ?? '', password: '', code: '' })
  const { busy, send, note } = useSending()
  const withPasskey = ask !== null && knowsPasskeys()
  return (
    <div className="ways-in">
      {withPasskey && (
        <p>
          <button
            type="button"
            className="primary"
            disabled={busy}
            onClick={() => void send(async () => show({ passkey: await showPasskey(await ask()) }))}
          >
            {t('signIn.passkey')}
          </button>
        </p>
      )}
      {password && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void send(() => show({ ...typed, login: typed.login.trim() }))
          }}
        >
          {withPasskey && <p className="aside">{t('signIn.or')}</p>}
          {login === null && (
            <TextField
              label={t('signIn.login')}
              value={typed.login}
              onChange={(value) => setTyped({ ...typed, login: value })}
              autoComplete="username webauthn"
              name="login"
            />
          )}
          <TextField
            label={t('signIn.password')}
            type="password"
            value={typed.password}
            onChange={(value) => setTyped({ ...typed, password: value })}
            autoComplete="current-password"
            name="password"
          />
          <TextField
            label={t('signIn.code')}
            value={typed.code}
            onChange={(value) => setTyped({ ...typed, code: value })}
            hint={t('signIn.codeHint')}
            inputMode="numeric"
            autoComplete="one-time-code"
            name="code"
          />
          <button type="submit" className={withPasskey ? '' : 'primary'} disabled={busy}>
            {busy ? t('signIn.busy') : t(go)}
          </button>
        </form>
      )}
      {note}
    </div>
  )
}
