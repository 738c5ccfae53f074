import type { ReactElement } from 'react'
import type { z } from 'zod'
import { ledgerOperations } from '../../ledger/contract.ts'
import { useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { Guarded, LevelMark } from '../parts/guards.tsx'
import { LevelPanel } from '../parts/level-panel.tsx'
import { Link } from '../parts/link.tsx'
import { RefusedPage } from '../parts/refused-page.tsx'
import { Loading, Nothing } from '../parts/states.tsx'
import { Turn } from '../parts/turn.tsx'
import { paths, useLeft } from '../router.ts'

/** What was changed lately: who, when, why. */
export function HistoryDoor(): ReactElement {
  const { t, label, number, moment } = useWords()
  const { slug } = useHere()
  /** Where the pages begin that were turned so far. */
  const [places, setPlaces] = useLeft<readonly string[]>('history.places', [])
  const { value, refused, waiting } = useAnswer(ledgerOperations.changes, { query: { after: places.at(-1) } })
  if (refused) return <RefusedPage refused={refused} />
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('door.history')}</h1>
      </header>
      {waiting && <Loading />}
      {value?.changes.length === 0 && <Nothing>{t('history.none')}</Nothing>}
      <Guarded by={value?.guards ?? {}}>
        <ul className="list">
          {value?.changes.map((one) => (
            <li key={`${one.record} ${one.n} ${one.at}`} className="row">
              <Link to={paths.record(slug, one.record)}>
                <strong>{label('record-kinds', one.kind)}</strong>{' '}
                {one.items > 1 ? t('history.records', { n: number(one.items) }) : one.title}{' '}
                <LevelMark of={one.record} />
              </Link>
              <span className="row-middle aside">{one.why}</span>
              <span className="row-end">
                {moment(one.at)} <span className="mono">{one.index === null ? '…' : `#${one.index}`}</span>
              </span>
            </li>
          ))}
        </ul>
      </Guarded>
      <Turn places={places} turn={setPlaces} next={value?.next} />
    </div>
  )
}

/** What can be erased by itself; parts go with the record that they belong to. */
const ERASABLE = new Set([
  'dossier',
  'source',
  'matter',
  'statement',
  'remark',
  'finding',
  'tag',
  'case',
  'data request',
  'breach',
])

/** One record with its whole history, each revision as what it changed. */
export function RecordDoor({ id }: { id: string }): ReactElement {
  const { t, label, moment } = useWords()
  const { slug } = useHere()
  const { value: shown, refused, waiting } = useAnswer(ledgerOperations.record, { params: { id } })
  if (refused) return <RefusedPage refused={refused} />
  if (waiting || !shown) return <Loading />
  return (
    <div className="page">
      <header className="page-head">
        <p className="crumbs">
          <Link to={paths.history(slug)}>{t('door.history')}</Link> / {label('record-kinds', shown.kind)}
        </p>
        <h1 className="mono">{shown.id}</h1>
        <p className="buttons">
          {shown.source && <Link to={paths.source(slug, shown.source.id)}>{shown.source.title}</Link>}
          {shown.erased === null && ERASABLE.has(shown.kind) && (
            <Link to={paths.protection(slug, 'erasures', shown.id)}>{t('erase.record')}</Link>
          )}
          {shown.kind === 'matter' && shown.erased === null && (
            <Link to={paths.matter(slug, shown.id)}>{t('chain.page')}</Link>
          )}
        </p>
      </header>
      {shown.erased === null && <LevelPanel record={shown.id} />}
      {shown.erased && (
        <p className="panel" role="note">
          {t('erased.note', {
            at: moment(shown.erased.at),
            ground: label('erasure-grounds', shown.erased.ground),
          })}
        </p>
      )}
      {shown.words.map((words) => (
        <p key={words.passage}>
          <q className="as-stated" dir="auto">
            {words.exact}
          </q>
        </p>
      ))}
      {shown.history.map((revision) => (
        <section key={revision.n} className="revision">
          <h2>
            {t('history.revision', { n: revision.n })} <span className="aside">{revision.why}</span>
          </h2>
          <p className="aside">
            {revision.who}, {moment(revision.at)},{' '}
            <span className="mono">
              {revision.index === null ? t('ledger.waits') : t('ledger.entry', { n: revision.index })}
            </span>
          </p>
          {revision.receipt && <ReceiptOf receipt={revision.receipt} />}
          <div className="accounts-scroll">
            <table className="diff">
              <thead>
                <tr>
                  <th scope="col">{t('history.member')}</th>
                  <th scope="col">{t('history.before')}</th>
                  <th scope="col">{t('history.after')}</th>
                </tr>
              </thead>
              <tbody>
                {revision.changes.map(({ field, before, after }) => (
                  <tr key={field}>
                    <th scope="row" className="mono">
                      {field}
                    </th>
                    <td>
                      {before === null ? <span className="nothing">–</span> : <del>{readable(before)}</del>}
                    </td>
                    <td>
                      {after === null ? <span className="nothing">–</span> : <ins>{readable(after)}</ins>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      ))}
    </div>
  )
}

type Revision = z.output<(typeof ledgerOperations)['record']['answer']>['history'][number]

/** What can be kept elsewhere, and held against the record by `rapporteur verify`. */
function ReceiptOf({ receipt }: { receipt: NonNullable<Revision['receipt']> }): ReactElement {
  const { t } = useWords()
  const text = JSON.stringify(receipt, null, 1)
  const save = () => {
    const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
    const link = document.createElement('a')
    link.href = address
    link.download = `${receipt.promise.split('\n')[1] ?? 'receipt'}.json`
    link.click()
    URL.revokeObjectURL(address)
  }
  return (
    <details className="receipt">
      <summary>{t('receipt.title')}</summary>
      <p className="aside">{t(receipt.place ? 'receipt.keep' : 'receipt.waits')}</p>
      <button type="button" onClick={save}>
        {t('receipt.save')}
      </button>
      <pre className="mono">{text}</pre>
    </details>
  )
}

function readable(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1)
}
