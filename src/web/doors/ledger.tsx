import { type ReactElement, useState } from 'react'
import type { z } from 'zod'
import { ledgerOperations } from '../../ledger/contract.ts'
import { call, useAnswer } from '../api.ts'
import { useWords } from '../language.tsx'
import { TextField, useSending } from '../parts/form.tsx'
import { RefusedPage } from '../parts/refused-page.tsx'
import { Loading } from '../parts/states.tsx'

type Verified = z.output<(typeof ledgerOperations)['verify']['answer']>

/** The log of every change, its newest signed checkpoint, and a check that runs now. */
export function Ledger(): ReactElement {
  const { t, number, moment } = useWords()
  const [before, setBefore] = useState<number | null>(null)
  const { value, refused, waiting } = useAnswer(ledgerOperations.ledger, {
    query: before === null ? {} : { before },
  })
  if (refused) return <RefusedPage refused={refused} />
  if (waiting || !value) return <Loading />
  const last = value.entries.at(-1)
  const written = ({ type, before: clock }: (typeof value.entries)[number]) => {
    if (type === 'clock') return t('ledger.clock', { before: clock === null ? '' : moment(clock) })
    if (type === 'erasure') return t('ledger.erasure')
    return type === 'change' ? '' : t('ledger.rollCall')
  }
  return (
    <div className="with-panel ledger">
      <div className="page">
        <header className="page-head">
          <h1>{t('door.ledger')}</h1>
          <p className="lead">
            {t('ledger.lead', { n: number(value.size), waiting: number(value.waiting) })}
            {value.at !== null && ` ${moment(value.at)}`}
          </p>
        </header>
        <ul className="list">
          {value.entries.map((entry) => (
            <li key={entry.entry} className="row">
              <span>
                <span className="mono">#{entry.index}</span> {entry.why ?? written(entry)}
              </span>
              <span className="row-middle aside">
                {entry.items > 0 ? t('history.records', { n: number(entry.items) }) : ''}
              </span>
              <span className="row-end">
                {entry.who} {moment(entry.at)}
              </span>
            </li>
          ))}
        </ul>
        <p className="buttons">
          {before !== null && (
            <button type="button" onClick={() => setBefore(null)}>
              {t('ledger.newest')}
            </button>
          )}
          {last && last.index > 0 && (
            <button type="button" onClick={() => setBefore(last.index)}>
              {t('list.next')}
            </button>
          )}
        </p>
      </div>
      <aside className="side">
        <VerifyPanel />
        {value.checkpoint !== null && (
          <section className="panel">
            <h2>{t('ledger.checkpoint')}</h2>
            <p className="aside">{t('ledger.keep')}</p>
            <pre className="mono">{value.checkpoint}</pre>
            <p className="mono breaking">{value.key}</p>
          </section>
        )}
      </aside>
    </div>
  )
}

function VerifyPanel(): ReactElement {
  const { t, number } = useWords()
  const [since, setSince] = useState('')
  const [result, setResult] = useState<Verified | null>(null)
  const { busy, send, note } = useSending()
  const verify = () =>
    send(async () => {
      setResult(null)
      const body = since.trim() === '' ? {} : { since: `${since.trim()}\n` }
      setResult(await call(ledgerOperations.verify, { body }))
    })
  return (
    <section className="panel">
      <h2>{t('verify.title')}</h2>
      <TextField
        label={t('verify.since')}
        value={since}
        onChange={setSince}
        rows={3}
        hint={t('verify.sinceHint')}
      />
      <button type="button" className="primary" disabled={busy} onClick={() => void verify()}>
        {busy ? t('verify.busy') : t('verify.run')}
      </button>
      {note}
      {result && (
        <div className={`proof ${result.state.replace(' ', '-')}`} role="status">
          <p>
            <strong>{t(`verify.${result.state === 'cannot tell' ? 'cannotTell' : result.state}`)}</strong>
          </p>
          <p className="mono">
            {t('verify.counts', {
              entries: number(result.entries),
              records: number(result.records),
              ms: number(result.milliseconds),
            })}
          </p>
          <p>{result.rollback === 'ruled out' ? t('verify.ruledOut') : t('verify.notRuledOut')}</p>
          <ul>
            {[
              ...result.altered.map((one) => `${one.what} ${one.id}: ${one.sentence}`),
              ...(result.unnamed > 0 ? [t('verify.unnamed', { n: number(result.unnamed) })] : []),
              ...result.cannotTell,
            ].map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}
