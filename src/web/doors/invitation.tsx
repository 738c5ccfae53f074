import { type ReactElement, useEffect, useState } from 'react'
import type { z } from 'zod'
import { HouseMark } from '../../display/small-marks.tsx'
import { accountOperations } from '../../protection/accounts-contract.ts'
import { call, forgetKey, Refused } from '../api.ts'
import { useWords } from '../language.tsx'
import { LanguageChoice } from '../parts/language-choice.tsx'
import { NewPasskey, NewPassword } from '../parts/new-ways.tsx'
import { Loading, RefusedNote } from '../parts/states.tsx'
import { knowsPasskeys, makePasskey } from '../passkeys.ts'

type Welcome = z.output<(typeof accountOperations)['readInvitation']['answer']>

/** Where a one-time link leads: the account becomes its person's own, by a passkey, or a password with a code. */
export function Invitation({ code }: { code: string }): ReactElement {
  const { t } = useWords()
  const [welcome, setWelcome] = useState<Welcome | null>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  useEffect(() => {
    call(accountOperations.readInvitation, { body: { code } }, { quiet: true }).then(
      setWelcome,
      (error: unknown) =>
        setRefused(error instanceof Refused ? error : new Refused('machine_failed', String(error))),
    )
  }, [code])
  const accept = async (ways: {
    passkey?: { label: string; response: Record<string, unknown> }
    password?: { password: string; code: string; ticket: string }
  }) => {
    await call(accountOperations.acceptInvitation, { body: { code, ...ways } }, { quiet: true })
    forgetKey()
    window.location.replace('/')
  }
  return (
    <main className="outside">
      <h1>
        <HouseMark /> Rapporteur
      </h1>
      <LanguageChoice />
      {refused && <RefusedNote refused={refused} />}
      {!welcome && !refused && <Loading />}
      {welcome && (
        <>
          <p className="lead">
            {t('invitation.lead', { name: welcome.name, organisation: welcome.organisation })}
          </p>
          <p>{t(`invitation.${welcome.purpose}`)}</p>
          <p>
            {t('signIn.login')}: <strong className="mono">{welcome.login}</strong>
          </p>
          <section className="panel">
            <h2>{t('passkey.title')}</h2>
            <p>{t('passkey.what')}</p>
            <NewPasskey
              add={async (label) =>
                accept({ passkey: { label, response: await makePasskey(welcome.passkey) } })
              }
            />
          </section>
          <details className="fold" open={!knowsPasskeys()}>
            <summary>{t('password.title')}</summary>
            <NewPassword
              secret={welcome.totp}
              login={welcome.login}
              set={(password) => accept({ password })}
            />
          </details>
        </>
      )}
    </main>
  )
}
