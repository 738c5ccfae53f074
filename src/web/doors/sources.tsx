import type { ReactElement } from 'react'
import { SpeakerMark } from '../../display/speaker-mark.tsx'
import { sourceOperations } from '../../sources/contract.ts'
import { useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { DateText } from '../parts/date-text.tsx'
import { Field, TextField } from '../parts/form.tsx'
import { Guarded, LevelMark } from '../parts/guards.tsx'
import { Link } from '../parts/link.tsx'
import { RefusedPage } from '../parts/refused-page.tsx'
import { Loading, Nothing } from '../parts/states.tsx'
import { Turn } from '../parts/turn.tsx'
import { paths, useLeft } from '../router.ts'

const SORTS = ['title', 'date'] as const

/** The sources of a dossier, a page at a time. */
export function Sources(): ReactElement {
  const { t, label, number } = useWords()
  const { slug } = useHere()
  const [typed, setTyped] = useLeft('sources.typed', '')
  const [sort, setSort] = useLeft<(typeof SORTS)[number]>('sources.sort', 'title')
  /** Where the pages begin that were turned so far. */
  const [places, setPlaces] = useLeft<readonly string[]>('sources.places', [])
  const { value, refused, waiting } = useAnswer(sourceOperations.pageOfSources, {
    params: { slug },
    query: { sort, typed: typed.trim(), after: places.at(-1) },
  })
  if (refused) return <RefusedPage refused={refused} />
  const found = value?.sources ?? []
  const turned = places.length > 0
  const many = turned || typed !== '' || (value?.next ?? null) !== null || found.length > 12
  return (
    <Guarded by={value?.guards ?? {}}>
      <div className="page">
        <header className="page-head">
          <h1>{t('door.sources')}</h1>
          <p className="buttons">
            <Link to={paths.add(slug)} className="button primary">
              {t('sources.add')}
            </Link>
            <Link to={paths.notes(slug)} className="button">
              {t('notes.new')}
            </Link>
          </p>
        </header>
        {many && (
          <div className="filters">
            <TextField
              label={t('list.filter')}
              value={typed}
              onChange={(text) => {
                setTyped(text)
                setPlaces([])
              }}
            />
            <Field label={t('list.order')}>
              {(id) => (
                <select
                  id={id}
                  value={sort}
                  onChange={({ target }) => {
                    setSort(SORTS.find((one) => one === target.value) ?? 'title')
                    setPlaces([])
                  }}
                >
                  {SORTS.map((one) => (
                    <option key={one} value={one}>
                      {t(`sort.${one}`)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          </div>
        )}
        {waiting && <Loading />}
        {value && found.length === 0 && <Nothing>{t('sources.none')}</Nothing>}
        <ul className="list">
          {found.map((source) => (
            <li key={source.id} className="row">
              <Link to={paths.source(slug, source.id)}>
                <SpeakerMark group={source.group} label={label('speaker-groups', source.group)} size={14} />{' '}
                <span className="said-title">{source.title}</span> <LevelMark of={source.id} />{' '}
                <span className="aside">
                  {label('source-kinds', source.kind)}
                  {source.publisher !== null && `, ${source.publisher}`}
                </span>
              </Link>
              <span className="row-middle">
                {source.date !== null && <DateText of={source.date} short />}
              </span>
              <span className="row-end">
                {source.unread === null
                  ? t('desk.statements', { n: number(source.statements) })
                  : t('sources.unread')}
              </span>
            </li>
          ))}
        </ul>
        <Turn places={places} turn={setPlaces} next={value?.next} />
      </div>
    </Guarded>
  )
}
