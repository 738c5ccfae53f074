import { type ReactElement, useState } from 'react'
import { levelOperations } from '../../protection/levels-contract.ts'
import { useAnswer } from '../api.ts'
import { useWords } from '../language.tsx'
import { ChoosePerson } from '../parts/access-list.tsx'
import { visitsOf } from '../parts/audit-visits.ts'
import { Field, Fold } from '../parts/form.tsx'
import { Loading, Nothing, RefusedNote } from '../parts/states.tsx'

const KINDS = ['opening', 'export'] as const

/** Who opened which case and who took what out: who, when, which kind, and nothing of any content. */
export function Audit(): ReactElement {
  const { t } = useWords()
  const [what, setWhat] = useState<(typeof KINDS)[number] | ''>('')
  const [person, setPerson] = useState('')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  /** Where the pages begin that were turned so far. */
  const [places, setPlaces] = useState<readonly string[]>([])
  const chosen = <Value,>(set: (value: Value) => void) => {
    return (value: Value) => {
      set(value)
      setPlaces([])
    }
  }
  const query = {
    what: what === '' ? undefined : what,
    person: person === '' ? undefined : person,
    from: from === '' ? undefined : from,
    to: to === '' ? undefined : to,
    before: places.at(-1),
  }
  const { value, refused, waiting } = useAnswer(levelOperations.audit, { query })
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('audit.title')}</h1>
        <p className="aside">{t('audit.what')}</p>
      </header>
      <div className="filters">
        <Field label={t('audit.kind')}>
          {(id) => (
            <select
              id={id}
              value={what}
              onChange={({ target }) => chosen(setWhat)(KINDS.find((one) => one === target.value) ?? '')}
            >
              <option value="">{t('matters.all')}</option>
              {KINDS.map((one) => (
                <option key={one} value={one}>
                  {t(`audit.${one}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <ChoosePerson value={person} onChange={chosen(setPerson)} without={[]} />
        <Field label={t('audit.from')}>
          {(id) => (
            <input
              id={id}
              type="date"
              value={from}
              onChange={({ target }) => chosen(setFrom)(target.value)}
            />
          )}
        </Field>
        <Field label={t('audit.to')}>
          {(id) => (
            <input id={id} type="date" value={to} onChange={({ target }) => chosen(setTo)(target.value)} />
          )}
        </Field>
      </div>
      {refused && <RefusedNote refused={refused} />}
      {waiting && <Loading />}
      {value?.lines.length === 0 && <Nothing>{t('audit.none')}</Nothing>}
      <Lines lines={value?.lines ?? []} />
      <p className="buttons">
        {places.length > 0 && (
          <button type="button" onClick={() => setPlaces(places.slice(0, -1))}>
            {t('list.back')}
          </button>
        )}
        {value && value.next !== null && (
          <button type="button" onClick={() => setPlaces([...places, value.next ?? ''])}>
            {t('list.next')}
          </button>
        )}
      </p>
    </div>
  )
}

type Line = NonNullable<
  ReturnType<typeof useAnswer<(typeof levelOperations)['audit']>>['value']
>['lines'][number]

function Lines({ lines }: { lines: readonly Line[] }): ReactElement {
  const { t, label, moment, number } = useWords()
  const by = ({ person, name }: Line) =>
    person === 'server' || person === 'terminal' ? t(`audit.by.${person}`) : name
  const left = ({ kind, output }: Line) =>
    kind === 'backup'
      ? t(output === 'sealed' ? 'audit.backup.sealed' : 'audit.backup.plain')
      : `${kind} ${output ?? ''}`
  return (
    <ul className="list">
      {visitsOf(lines).map(({ line, first, asked, all }) => (
        <li key={line.id} className="row">
          <span>
            <strong>{t(`audit.${line.what}`)}</strong> {by(line)}{' '}
            <span className="aside mono">
              {all === 1 && line.operation}
              {line.kind !== null && ` ${left(line)}`}
            </span>
            {line.recipient !== null && (
              <span className="aside"> · {label('consent-recipients', line.recipient)}</span>
            )}
          </span>
          <span className="row-middle mono">{line.opened.map(({ code }) => code).join(', ')}</span>
          <span className="row-end">
            {first.at.slice(0, 16) !== line.at.slice(0, 16) && `${moment(first.at)} – `}
            {moment(line.at)}
          </span>
          {all > 1 && (
            <div className="row-below">
              <Fold title={t('audit.asked', { n: number(all) })}>
                <p className="mono aside breaking">
                  {[...asked].map(([what, n]) => (n > 1 ? `${what} × ${number(n)}` : what)).join(', ')}
                </p>
              </Fold>
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}
