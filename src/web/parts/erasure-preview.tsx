import { type ReactElement, useEffect, useState } from 'react'
import { ERASURE_ASKERS, ERASURE_GROUNDS, ERASURE_REACHES } from '../../protection/erasure.ts'
import { erasureOperations } from '../../protection/erasure-contract.ts'
import { call, useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { go, paths } from '../router.ts'
import { ChoiceField } from './choice-field.tsx'
import { useSending } from './form.tsx'
import { Link } from './link.tsx'
import { Loading, RefusedNote } from './states.tsx'

type Reach = (typeof ERASURE_REACHES)[number]

/** What would go, what would stay and name it, and what nobody here can take back. */
export function ErasurePreview({
  target,
  reach,
  onSeen,
}: {
  target: string
  reach: Reach
  onSeen: (total: number | null) => void
}): ReactElement {
  const { t, label, number, moment } = useWords()
  const { slug } = useHere()
  const { value, refused, waiting } = useAnswer(erasureOperations.previewErasure, {
    query: { target, reach },
  })
  const total = value?.total ?? null
  useEffect(() => onSeen(total), [total, onSeen])
  if (refused) return <RefusedNote refused={refused} />
  if (waiting || !value) return <Loading />
  const named = (title: string, list: typeof value.stays, all = list.length) =>
    list.length > 0 && (
      <section>
        <h4>
          {title} <span className="aside">{number(all)}</span>
        </h4>
        <ul className="list">
          {list.map((one) => (
            <li key={one.id} className="row">
              <Link to={paths.record(slug, one.id)}>
                {label('record-kinds', one.kind)} {one.title}
              </Link>
            </li>
          ))}
        </ul>
      </section>
    )
  return (
    <div className="erasure-preview">
      <p>
        {label('record-kinds', value.kind)} <strong>{value.title}</strong>
      </p>
      <h4>{t('erase.goes')}</h4>
      <dl className="figures">
        {Object.entries(value.goes).map(([kind, n]) => (
          <div key={kind}>
            <dt>{label('record-kinds', kind)}</dt>
            <dd>{number(n)}</dd>
          </div>
        ))}
        <div>
          <dt>{t('erase.originals')}</dt>
          <dd>{number(value.originals)}</dd>
        </div>
      </dl>
      <p className="hint">{t(value.kind === 'person' ? 'erase.person' : 'erase.unseen')}</p>
      {named(t('erase.stays'), value.stays, value.staying)}
      {named(t('erase.unspoken'), value.unspoken)}
      <CarriedOut title={t('erase.exports')} list={value.exports} all={value.exported} />
      <CarriedOut title={t('erase.uses')} list={value.uses} all={value.used} />
      {value.kind !== 'person' && value.exported + value.used === 0 && (
        <p className="hint">{t('erase.neverLeft')}</p>
      )}
      {value.lastBackup !== null && (
        <p className="hint">
          {t('erase.inBackups', { n: number(value.backups), at: moment(value.lastBackup) })}
        </p>
      )}
      <p>{t('erase.estimate', { seconds: number(value.estimate) })}</p>
      <p className="hint">{t('erase.lost')}</p>
    </div>
  )
}

type Preview = NonNullable<
  ReturnType<typeof useAnswer<(typeof erasureOperations)['previewErasure']>>['value']
>

/** What left already and carried what would go: who took it, who received it, whether it can be called back. */
function CarriedOut({
  title,
  list,
  all,
}: {
  title: string
  list: readonly (Preview['exports'][number] & { readonly recipientName?: string })[]
  all: number
}): ReactElement | null {
  const { t, label, number, moment } = useWords()
  if (list.length === 0) return null
  return (
    <section>
      <h4>
        {title} <span className="aside">{number(all)}</span>
      </h4>
      <ul className="list">
        {list.map((one) => (
          <li key={`${one.at} ${one.way} ${one.what} ${one.recipientName ?? ''}`} className="row">
            <span>
              {label('exits', one.way)} <span className="breaking">{one.what}</span>{' '}
              <span className="aside">
                {moment(one.at)}, {one.by}
              </span>
            </span>
            <span className="row-middle">
              {one.recipient === null
                ? t('erase.noRecipient')
                : `${label('consent-recipients', one.recipient)}${one.recipientName ? ` (${one.recipientName})` : ''}`}
            </span>
            <span className="row-end">
              {one.recallable !== null && (
                <span className={one.recallable ? 'aside' : 'conflict-words'}>
                  {t(one.recallable ? 'use.recallable' : 'use.notRecallable')}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Asks why and for whom, shows what would go, and proposes it to a second person. */
export function ProposeErasure({ target }: { target: string }): ReactElement {
  const { t } = useWords()
  const { slug } = useHere()
  const [reach, setReach] = useState<Reach>('record')
  const [ground, setGround] = useState<(typeof ERASURE_GROUNDS)[number]>('consent_withdrawn')
  const [askedBy, setAskedBy] = useState<(typeof ERASURE_ASKERS)[number]>('subject')
  const [seen, setSeen] = useState<number | null>(null)
  const { busy, send, note } = useSending()
  return (
    <form
      className="panel"
      onSubmit={(event) => {
        event.preventDefault()
        void send(() =>
          call(erasureOperations.proposeErasure, { body: { target, reach, ground, askedBy } }),
        ).then((done) => done && go(paths.protection(slug, 'erasures')))
      }}
    >
      <h2>{t('erase.new')}</h2>
      <fieldset>
        <legend>{t('erase.reach')}</legend>
        {ERASURE_REACHES.map((one) => (
          <label key={one} className="check">
            <input type="radio" name="reach" checked={one === reach} onChange={() => setReach(one)} />
            {t(`reach.${one}`)}
          </label>
        ))}
      </fieldset>
      <ChoiceField
        label={t('erase.ground')}
        list="erasure-grounds"
        keys={ERASURE_GROUNDS}
        value={ground}
        onChange={setGround}
      />
      <ChoiceField
        label={t('erase.askedBy')}
        list="erasure-askers"
        keys={ERASURE_ASKERS}
        value={askedBy}
        onChange={setAskedBy}
        hint={t('erase.noNames')}
      />
      <ErasurePreview target={target} reach={reach} onSeen={setSeen} />
      <p className="buttons">
        <button type="submit" className="primary" disabled={busy || seen === null}>
          {t('erase.propose')}
        </button>
        <Link to={target.startsWith('per_') ? paths.people(slug) : paths.record(slug, target)}>
          {t('erase.leave')}
        </Link>
      </p>
      {note}
    </form>
  )
}
