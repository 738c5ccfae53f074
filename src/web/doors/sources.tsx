import { type ReactElement, useState } from 'react'
import { SpeakerMark } from '../../display/speaker-mark.tsx'
import { sourceOperations } from '../../sources/contract.ts'
import { useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { DateText } from '../parts/date-text.tsx'
import { TextField } from '../parts/form.tsx'
import { Guarded, LevelMark } from '../parts/guards.tsx'
import { Link } from '../parts/link.tsx'
import { Loading, Nothing, RefusedNote } from '../parts/states.tsx'
import { paths } from '../router.ts'

const AT_FIRST = 200

/** All sources of a dossier. */
export function Sources(): ReactElement {
  const { t, label, number } = useWords()
  const { slug } = useHere()
  const [typed, setTyped] = useState('')
  const [shown, setShown] = useState(AT_FIRST)
  const { value, refused, waiting } = useAnswer(sourceOperations.listSources, { params: { slug } })
  if (refused) return <RefusedNote refused={refused} />
  if (waiting || !value) return <Loading />
  const wanted = typed.trim().toLowerCase()
  const found = value.sources.filter((one) =>
    `${one.title} ${one.publisher ?? ''}`.toLowerCase().includes(wanted),
  )
  return (
    <Guarded by={value.guards}>
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
        {value.sources.length > 12 && (
          <TextField label={t('list.filter')} value={typed} onChange={setTyped} />
        )}
        {found.length === 0 && <Nothing>{t('sources.none')}</Nothing>}
        <ul className="list">
          {found.slice(0, shown).map((source) => (
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
        {found.length > shown && (
          <button type="button" onClick={() => setShown(shown + AT_FIRST)}>
            {t('list.more', { n: number(found.length - shown) })}
          </button>
        )}
      </div>
    </Guarded>
  )
}
