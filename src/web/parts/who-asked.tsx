import { type ReactElement, useEffect, useRef, useState } from 'react'
import { accountOperations } from '../../protection/accounts-contract.ts'
import { answerWhoAsked, call, recordChanged, type WhoAsked } from '../api.ts'
import { useWords } from '../language.tsx'
import { type Shown, WaysIn } from './ways-in.tsx'

const WORDS = {
  prove: { title: 'prove.title', why: 'prove.why' },
  signIn: { title: 'signIn.title', why: 'signIn.why' },
} as const

interface Asking {
  readonly what: WhoAsked
  readonly answer: (done: boolean) => void
}

/**
 * Asks over the page what is needed in the middle of something: to sign in again, or to show once more that it is still
 * you. What was under way then goes on, and nothing typed is lost; several requests wait for one answer.
 */
export function WhoAskedDialog(): ReactElement | null {
  const [asking, setAsking] = useState<Asking | null>(null)
  const open = useRef<Promise<boolean> | null>(null)
  useEffect(() => {
    answerWhoAsked((what) => {
      open.current ??= new Promise<boolean>((resolve) => {
        setAsking({
          what,
          answer: (done) => {
            open.current = null
            setAsking(null)
            resolve(done)
          },
        })
      })
      return open.current
    })
    return () => answerWhoAsked(null)
  }, [])
  return asking && <Dialog key={asking.what} {...asking} />
}

function Dialog({ what, answer }: Asking): ReactElement {
  const { t } = useWords()
  const { title, why } = WORDS[what]
  const dialog = useRef<HTMLDialogElement>(null)
  const [ways, setWays] = useState<{ password: boolean; login: string | null } | null>(
    what === 'signIn' ? { password: true, login: null } : null,
  )
  const [asked, setAsked] = useState<Record<string, unknown> | null>(null)
  useEffect(() => dialog.current?.showModal(), [])
  useEffect(() => {
    if (what === 'signIn') return
    call(accountOperations.beginProof, {}, { quiet: true }).then(
      ({ passkey, password, login }) => {
        setAsked(passkey)
        setWays({ password, login })
      },
      () => answer(false),
    )
  }, [what, answer])
  const ask = async () =>
    what === 'signIn'
      ? (await call(accountOperations.beginSignIn, {}, { quiet: true })).asked
      : ((await call(accountOperations.beginProof, {}, { quiet: true })).passkey ?? {})
  const show = async (body: Shown) => {
    await call(
      what === 'signIn' ? accountOperations.signIn : accountOperations.prove,
      { body },
      { quiet: true },
    )
    answer(true)
    // Somebody else may have signed in: what stands on the page is asked anew.
    if (what === 'signIn') recordChanged()
  }
  return (
    <dialog ref={dialog} className="sheet who-asked" onClose={() => answer(false)} aria-label={t(title)}>
      <h2>{t(title)}</h2>
      <p>{t(why)}</p>
      {ways && (
        <WaysIn
          ask={what === 'signIn' || asked ? ask : null}
          show={show}
          login={ways.login}
          password={ways.password}
          go={what === 'prove' ? 'prove.go' : 'signIn.go'}
        />
      )}
      <form method="dialog">
        <button type="submit">{t('prove.leave')}</button>
      </form>
    </dialog>
  )
}
