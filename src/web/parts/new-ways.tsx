import { type ReactElement, useState } from 'react'
import { QrCode } from '../../display/qr-code.tsx'
import { useWords } from '../language.tsx'
import { knowsPasskeys } from '../passkeys.ts'
import { TextField, useSending } from './form.tsx'

export interface NewSecret {
  readonly secret: string
  readonly uri: string
  readonly ticket: string
}

/** A passkey with a name by which its person knows it among others. */
export function NewPasskey({ add }: { add: (label: string) => Promise<unknown> }): ReactElement {
  const { t } = useWords()
  const [label, setLabel] = useState('')
  const { busy, send, note } = useSending()
  if (!knowsPasskeys()) return <p className="aside">{t('passkey.unknown')}</p>
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void send(() => add(label.trim() === '' ? t('passkey.thisDevice') : label.trim())).then(
          (done) => done && setLabel(''),
        )
      }}
    >
      <TextField
        label={t('passkey.label')}
        value={label}
        onChange={setLabel}
        placeholder={t('passkey.thisDevice')}
      />
      <button type="submit" className="primary" disabled={busy}>
        {t('passkey.add')}
      </button>
      {note}
    </form>
  )
}

/** A password, and an authenticator app that shows a code: the first code proves that the app has the secret. */
export function NewPassword({
  secret,
  login,
  set,
}: {
  secret: NewSecret
  login: string
  set: (given: { password: string; code: string; ticket: string }) => Promise<unknown>
}): ReactElement {
  const { t } = useWords()
  const [typed, setTyped] = useState({ password: '', code: '' })
  const { busy, send, note } = useSending()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void send(() => set({ ...typed, ticket: secret.ticket })).then(
          (done) => done && setTyped({ password: '', code: '' }),
        )
      }}
    >
      {/* Password managers keep a password under the name that stands before it. */}
      <input
        className="unseen"
        tabIndex={-1}
        aria-hidden="true"
        readOnly
        value={login}
        autoComplete="username"
      />
      <TextField
        label={t('password.new')}
        type="password"
        value={typed.password}
        onChange={(password) => setTyped({ ...typed, password })}
        hint={t('password.hint')}
        autoComplete="new-password"
        name="password"
      />
      <p>{t('password.app')}</p>
      <div className="app-secret">
        <QrCode text={secret.uri} label={t('password.qr')} />
        <div>
          <p className="aside">{t('password.typed')}</p>
          <code className="secret">{secret.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
          <p>
            <a href={secret.uri}>{t('password.open')}</a>
          </p>
        </div>
      </div>
      <TextField
        label={t('password.code')}
        value={typed.code}
        onChange={(code) => setTyped({ ...typed, code })}
        inputMode="numeric"
        autoComplete="one-time-code"
        name="code"
      />
      <button type="submit" disabled={busy}>
        {t('password.set')}
      </button>
      {note}
    </form>
  )
}

/** Something that is shown once, and never again. */
export function ShownOnce({ title, text, why }: { title: string; text: string; why: string }): ReactElement {
  const { t } = useWords()
  const [copied, setCopied] = useState(false)
  return (
    <section className="panel once" role="status">
      <h2>{title}</h2>
      <p>{why}</p>
      <pre className="mono breaking">{text}</pre>
      <button
        type="button"
        onClick={() =>
          void navigator.clipboard.writeText(text).then(
            () => setCopied(true),
            () => undefined,
          )
        }
      >
        {copied ? t('once.copied') : t('once.copy')}
      </button>
    </section>
  )
}
