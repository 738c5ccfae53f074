import { type ReactElement, useState } from 'react'
import { signInLogOperations } from '../../protection/sign-in-log-contract.ts'
import { useAnswer } from '../api.ts'
import { useWords } from '../language.tsx'
import type { Words } from '../words/en.ts'
import { RefusedNote } from './states.tsx'

/** Who it was where it is nobody who is known: somebody at the terminal, or a login that was only typed. */
function nobody(what: string): 'signIns.terminal' | 'signIns.nobody' {
  return what.startsWith('terminal') ? 'signIns.terminal' : 'signIns.nobody'
}

/** As many as are looked through at once. */
const SHOWN = 20

/** What happened at the door: one's own, and for who administers or audits everybody's. Nothing where nothing did. */
export function SignInLog(): ReactElement | null {
  const { t, moment } = useWords()
  const [before, setBefore] = useState(0)
  const { value, refused } = useAnswer(signInLogOperations.signIns, { query: { before, limit: SHOWN } })
  if (refused) return <RefusedNote refused={refused} />
  if (!value || (value.lines.length === 0 && before === 0)) return null
  const last = value.lines.at(-1)
  return (
    <section className="docket">
      <h2>{t('signIns.title')}</h2>
      <p className="aside">{t('signIns.what')}</p>
      <ul>
        {value.lines.map(({ id, at, who, about, mine, what, outcome, device, network }) => (
          <li key={id} className="row">
            <span>
              {mine && who !== null ? <strong>{who}</strong> : (who ?? t(nobody(what)))}{' '}
              {t(`did.${what}` as keyof Words, { about: about ?? '' })}
              {outcome !== 'done' && (
                <>
                  {' '}
                  · <strong className="due">{t('signIns.refused')}</strong>
                </>
              )}
            </span>
            <span className="row-middle aside">
              {device}{' '}
              {network !== '' && (
                <span className="mono" title={t('signIns.networkHint')}>
                  {t('signIns.network', { mark: network })}
                </span>
              )}
            </span>
            <span className="row-end">{moment(at)}</span>
          </li>
        ))}
      </ul>
      {last && value.lines.length === SHOWN && (
        <button type="button" onClick={() => setBefore(last.id)}>
          {t('signIns.earlier')}
        </button>
      )}
    </section>
  )
}
