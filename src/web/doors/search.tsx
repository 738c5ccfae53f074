import { type ReactElement, useState } from 'react'
import { SpeakerMark } from '../../display/speaker-mark.tsx'
import { searchOperations } from '../../search/contract.ts'
import { useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { DateText } from '../parts/date-text.tsx'
import { Guarded, LevelMark } from '../parts/guards.tsx'
import { Link } from '../parts/link.tsx'
import { Loading, Nothing, RefusedNote } from '../parts/states.tsx'
import { go, paths } from '../router.ts'

const PAGE = 20
const FACETS = ['kind', 'language', 'source'] as const

/** One question over titles, passages and matters; hits are words in their own type. */
export function SearchDoor({ query }: { query: URLSearchParams }): ReactElement {
  const { t } = useWords()
  const { slug } = useHere()
  const asked = query.get('q') ?? ''
  const [typed, setTyped] = useState(asked)
  const filters = Object.fromEntries(FACETS.map((name) => [name, query.get(name) ?? undefined]))
  const offset = Number(query.get('from') ?? 0)
  const { value, refused, waiting } = useAnswer(
    searchOperations.search,
    asked === ''
      ? null
      : { query: { q: asked, dossier: slug, limit: PAGE, offset, ...(filters as Record<string, never>) } },
  )
  const addressWith = (changed: Record<string, string | null>) => {
    const next = new URLSearchParams(query)
    next.delete('from')
    for (const [name, one] of Object.entries(changed)) {
      if (one === null) next.delete(name)
      else next.set(name, one)
    }
    return `${paths.search(slug)}?${next}`
  }
  return (
    <div className="with-panel search">
      <div className="page">
        <header className="page-head">
          <h1>{t('door.search')}</h1>
        </header>
        <search>
          <form
            className="search-form"
            onSubmit={(event) => {
              event.preventDefault()
              go(addressWith({ q: typed }))
            }}
          >
            <input
              type="search"
              aria-label={t('frame.search')}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
            <button type="submit" className="primary">
              {t('search.go')}
            </button>
          </form>
        </search>
        <p className="hint">{t('search.hint')}</p>
        {refused && <RefusedNote refused={refused} />}
        {asked !== '' && waiting && <Loading />}
        {value && (
          <Guarded by={value.guards}>
            <Hits value={value} asked={asked} offset={offset} address={addressWith} />
          </Guarded>
        )}
      </div>
      <aside className="side">
        {value && value.total > 0 && <Facets value={value} chosen={filters} address={addressWith} />}
      </aside>
    </div>
  )
}

type Answer = NonNullable<ReturnType<typeof useAnswer<(typeof searchOperations)['search']>>['value']>

function Hits({
  value,
  asked,
  offset,
  address,
}: {
  value: Answer
  asked: string
  offset: number
  address: (changed: Record<string, string | null>) => string
}): ReactElement {
  const { t, label, number } = useWords()
  const { slug } = useHere()
  if (value.total === 0) return <Nothing>{t('search.none')}</Nothing>
  return (
    <>
      <p role="status">{t('search.found', { n: number(value.total) })}</p>
      <ol className="hits" start={offset + 1}>
        {value.hits.map((hit) => {
          const to =
            hit.source === null
              ? paths.matter(slug, hit.record)
              : hit.kind === 'passage'
                ? paths.words(slug, hit.source, hit.start)
                : paths.source(slug, hit.source)
          return (
            <li key={`${hit.record} ${hit.start}`}>
              <Link to={to} className="hit">
                <span
                  className={hit.kind === 'matter' ? 'hit-matter' : 'hit-words'}
                  lang={hit.language}
                  dir="auto"
                >
                  <Marked text={hit.text} asked={asked} />
                </span>
              </Link>{' '}
              <LevelMark of={hit.record} />
              {hit.alsoAs.length > 0 && (
                <p className="also-as">
                  {hit.alsoAs.map((spelling, n) => (
                    <span key={spelling} dir="auto">
                      {n > 0 && ' · '}
                      <Marked text={spelling} asked={asked} />
                    </span>
                  ))}
                </p>
              )}
              <p className="aside">
                {hit.source === null ? (
                  t('search.matter')
                ) : (
                  <>
                    <SpeakerMark group={hit.group} label={label('speaker-groups', hit.group)} size={12} />{' '}
                    {hit.publisher ?? t('source.noPublisher')}, {hit.title}{' '}
                    {hit.date !== null && <DateText of={hit.date} short />}
                  </>
                )}
              </p>
            </li>
          )
        })}
      </ol>
      <p className="buttons">
        {offset > 0 && (
          <Link to={address({ from: String(Math.max(0, offset - PAGE)) })}>{t('list.back')}</Link>
        )}
        {offset + PAGE < value.total && (
          <Link to={address({ from: String(offset + PAGE) })}>{t('list.next')}</Link>
        )}
      </p>
    </>
  )
}

/** The words asked for, marked where they stand as typed or with another ending. */
function Marked({ text, asked }: { text: string; asked: string }): ReactElement {
  const stems = (asked.match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((word) => word.length > 2)
    .map((word) => word.slice(0, Math.max(3, Math.ceil(word.length * 0.75))))
  if (stems.length === 0) return <>{text}</>
  const pattern = new RegExp(`((?<![\\p{L}\\p{N}])(?:${stems.join('|')})[\\p{L}\\p{N}]*)`, 'giu')
  return (
    <>
      {text.split(pattern).map((part, n) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text keep their order
        n % 2 === 1 ? <mark key={n}>{part}</mark> : part,
      )}
    </>
  )
}

function Facets({
  value,
  chosen,
  address,
}: {
  value: Answer
  chosen: Record<string, string | undefined>
  address: (changed: Record<string, string | null>) => string
}): ReactElement {
  const { t, number } = useWords()
  const nameOf = (facet: (typeof FACETS)[number], key: string) =>
    facet === 'source' ? (value.sources[key] ?? key) : facet === 'kind' ? t(`hit.${key as 'passage'}`) : key
  return (
    <>
      {FACETS.map((facet) => {
        // A matter's name is in no language of its own; that narrows nothing down.
        const counts = Object.entries(value.facets[facet])
          .filter(([key]) => key !== 'und')
          .sort((a, b) => b[1] - a[1])
        if (counts.length === 0) return null
        return (
          <section key={facet} className="panel facet">
            <h2>{t(`facet.${facet}`)}</h2>
            <ul>
              {counts.slice(0, 12).map(([key, n]) => (
                <li key={key} className={chosen[facet] === key ? 'chosen' : ''}>
                  <Link to={address({ [facet]: chosen[facet] === key ? null : key })}>
                    {nameOf(facet, key)}
                  </Link>
                  <meter value={n} max={value.total} aria-hidden="true" />
                  <span>{number(n)}</span>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
      <p className="aside">{t('search.asFar')}</p>
    </>
  )
}
