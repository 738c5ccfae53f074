import { type ReactElement, useEffect, useState } from 'react'
import type { z } from 'zod'
import { ERASURE_EXCEPTIONS } from '../../protection/erasure.ts'
import { erasureOperations } from '../../protection/erasure-contract.ts'
import { call, useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../router.ts'
import { ChoiceField } from './choice-field.tsx'
import { ErasurePreview, ProposeErasure } from './erasure-preview.tsx'
import { Fold, useSending } from './form.tsx'
import { Link } from './link.tsx'
import { Loading, Nothing, Progress, RefusedNote } from './states.tsx'

type Answer = z.output<(typeof erasureOperations)['erasures']['answer']>
type Listed = Answer['erasures'][number]
/** Milliseconds between two looks at a clean-up that runs. */
const LOOK_EVERY = 700

/** Erasures, proposed, declined and done; what their clean-up has come to; and a new one for the record that was named. */
export function Erasures({ target }: { target: string | null }): ReactElement {
  const { t } = useWords()
  const { value, refused, waiting } = useAnswer(erasureOperations.erasures, {})
  if (refused) return <RefusedNote refused={refused} />
  if (waiting || !value) return <Loading />
  return (
    <>
      {target === null ? (
        <p className="lead">{t('erase.lead')}</p>
      ) : (
        <ProposeErasure key={target} target={target} />
      )}
      <Cleaning answer={value} />
      <section>
        <h2>{t('erase.list')}</h2>
        {value.erasures.length === 0 && <Nothing>{t('erase.none')}</Nothing>}
        {value.erasures.map((one) => (
          <OneErasure key={one.id} erasure={one} />
        ))}
      </section>
    </>
  )
}

function OneErasure({ erasure }: { erasure: Listed }): ReactElement {
  const { t, label, moment } = useWords()
  const { slug } = useHere()
  const { kind, title, target, state, ground, askedBy, by, second, proposedAt, decidedAt, declined } = erasure
  return (
    <article className="panel">
      <h3>
        {kind === 'person' ? (
          <>
            {label('record-kinds', kind)} {title}
          </>
        ) : (
          <Link to={paths.record(slug, target)}>
            {label('record-kinds', kind)} {title === '' ? <span className="mono">{target}</span> : title}
          </Link>
        )}
      </h3>
      <p className="aside">
        {t(`erase.${state}`)} · {label('erasure-grounds', ground)} · {label('erasure-askers', askedBy)}
      </p>
      <p className="aside">
        {t('erase.proposedBy', { by, at: moment(proposedAt) })}
        {second !== null &&
          decidedAt !== null &&
          ` ${t('erase.decidedBy', { by: second, at: moment(decidedAt) })}`}
        {declined !== null && ` ${label('erasure-exceptions', declined)}`}
      </p>
      {erasure.confirmFrom !== null && <p>{t('erase.waits', { at: moment(erasure.confirmFrom) })}</p>}
      {state === 'proposed' && <Decide erasure={erasure} />}
    </article>
  )
}

function Decide({ erasure: { id, target, reach, mayConfirm } }: { erasure: Listed }): ReactElement {
  const { t } = useWords()
  const [seen, setSeen] = useState<number | null>(null)
  const [decline, setDecline] = useState<(typeof ERASURE_EXCEPTIONS)[number]>('mistaken')
  const { busy, send, note } = useSending()
  const decide = (body: { seen: number } | { decline: typeof decline }) =>
    void send(() => call(erasureOperations.decideErasure, { params: { id }, body }))
  return (
    <Fold title={t('erase.look')}>
      <ErasurePreview target={target} reach={reach} onSeen={setSeen} />
      {mayConfirm ? (
        <p className="buttons">
          <button
            type="button"
            className="danger"
            disabled={busy || seen === null}
            onClick={() => seen !== null && decide({ seen })}
          >
            {busy ? t('erase.busy') : t('erase.confirm')}
          </button>
        </p>
      ) : (
        <p className="aside">{t('erase.second')}</p>
      )}
      <div className="inline-form">
        <ChoiceField
          label={t('erase.declineWhy')}
          list="erasure-exceptions"
          keys={ERASURE_EXCEPTIONS}
          value={decline}
          onChange={setDecline}
        />
        <button type="button" disabled={busy} onClick={() => decide({ decline })}>
          {t('erase.decline')}
        </button>
      </div>
      {note}
    </Fold>
  )
}

/** What the page promises beyond the transaction, how long it takes, how far it is, and what nobody here can do. */
function Cleaning({ answer }: { answer: Answer }): ReactElement | null {
  const { t, label, number, moment } = useWords()
  const [later, setLater] = useState<Answer | null>(null)
  const { busy, send, note } = useSending()
  const { cleaning, files, backups } = later ?? answer
  const isRunning = cleaning.running !== null
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new answer of the page outdates what was looked at meanwhile
  useEffect(() => setLater(null), [answer])
  useEffect(() => {
    if (!isRunning) return
    const look = window.setInterval(
      () => void call(erasureOperations.erasures).then(setLater, () => undefined),
      LOOK_EVERY,
    )
    return () => window.clearInterval(look)
  }, [isRunning])
  if (!isRunning && cleaning.waiting === 0 && cleaning.last === null) return null
  const { running, last } = cleaning
  const yours = [
    ...files.map((file) => t('erase.file', { file })),
    ...backups.map((place) => t('erase.backup', { place })),
  ]
  return (
    <section className="panel">
      <h2>{t('erase.cleaning')}</h2>
      {running && <Progress done={running.done} total={running.of} what={t('erase.running')} />}
      {!running && cleaning.waiting > 0 && (
        <>
          <p>{t('erase.toClean', { n: number(cleaning.waiting), seconds: number(cleaning.estimate) })}</p>
          <p className="buttons">
            <button
              type="button"
              className="primary"
              disabled={busy}
              onClick={() => void send(() => call(erasureOperations.cleanUp))}
            >
              {t('erase.clean')}
            </button>
          </p>
        </>
      )}
      {cleaning.failed !== null && <p className="refused">{t('erase.failed', { why: cleaning.failed })}</p>}
      {note}
      {last && !running && cleaning.waiting === 0 && (
        <p role="status">
          {t('erase.cleaned', {
            at: moment(last.began),
            seconds: number(Math.max(1, Math.round(last.milliseconds / 1000))),
          })}
        </p>
      )}
      {last && last.limits.length + last.unreached.length > 0 && (
        <>
          <p>{t('erase.notDone')}</p>
          <ul>
            {last.limits.map((limit) => (
              <li key={limit}>{label('cleaning-limits', limit)}</li>
            ))}
            {last.unreached.map((place) => (
              <li key={place}>{t('erase.unreached', { place })}</li>
            ))}
          </ul>
        </>
      )}
      {yours.length > 0 && (
        <Fold title={t('erase.yours', { n: number(yours.length) })}>
          <ul>
            {yours.map((one) => (
              <li key={one} className="breaking">
                {one}
              </li>
            ))}
          </ul>
        </Fold>
      )}
      <p className="hint">{t('erase.disks')}</p>
    </section>
  )
}
