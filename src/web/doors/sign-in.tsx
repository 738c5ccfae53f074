import type { ReactElement } from 'react'
import { HouseMark } from '../../display/small-marks.tsx'
import { accountOperations } from '../../protection/accounts-contract.ts'
import { call, forgetKey, recordChanged } from '../api.ts'
import { useWords } from '../language.tsx'
import { LanguageChoice } from '../parts/language-choice.tsx'
import { WaysIn } from '../parts/ways-in.tsx'

/** The door of an organisation's record. */
export function SignIn(): ReactElement {
  const { t } = useWords()
  return (
    <main className="outside">
      <h1>
        <HouseMark /> Rapporteur
      </h1>
      <p className="lead">{t('signIn.lead')}</p>
      <LanguageChoice />
      <WaysIn
        ask={async () => (await call(accountOperations.beginSignIn, {}, { quiet: true })).asked}
        show={async (body) => {
          await call(accountOperations.signIn, { body }, { quiet: true })
          forgetKey()
          recordChanged()
        }}
      />
      <p className="aside">{t('signIn.lost')}</p>
    </main>
  )
}
