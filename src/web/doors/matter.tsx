import { type ReactElement, useEffect, useMemo, useRef, useState } from 'react'
import { ConflictSign } from '../../display/small-marks.tsx'
import { SpeakerMark } from '../../display/speaker-mark.tsx'
import { statementOperations } from '../../statements/contract.ts'
import type { MatterPageView } from '../../statements/page-shapes.ts'
import { useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useKeys } from '../keys.ts'
import { useWords } from '../language.tsx'
import { AccountRow, columnsOf } from '../parts/account-row.tsx'
import { AspectName } from '../parts/aspect-name.tsx'
import { ChainLine } from '../parts/chain.tsx'
import { FindingPanel } from '../parts/finding-panel.tsx'
import { Guarded, LevelMark } from '../parts/guards.tsx'
import { Link } from '../parts/link.tsx'
import { MatterFacts } from '../parts/matter-facts.tsx'
import { usePages } from '../parts/matter-pages.ts'
import { MatterTitle } from '../parts/matter-title.tsx'
import { Narratives } from '../parts/narratives.tsx'
import { PrintedWords } from '../parts/printed-words.tsx'
import { RefusedPage } from '../parts/refused-page.tsx'
import { StatementPanel } from '../parts/statement-panel.tsx'
import { Loading, Nothing } from '../parts/states.tsx'
import { TensionList } from '../parts/tension-line.tsx'
import { Views } from '../parts/views.tsx'
import { WordsLink } from '../parts/words-link.tsx'
import { go, paths } from '../router.ts'

/** A matter: columns are speakers, rows are aspects, and what cannot both hold is joined. */
export function MatterDoor({ id, aspect }: { id: string; aspect: string | null }): ReactElement {
  const { value: page, refused, waiting } = useAnswer(statementOperations.matterPage, { params: { id } })
  if (refused) return <RefusedPage refused={refused} />
  if (waiting || !page) return <Loading />
  return (
    <Guarded by={page.guards}>
      <MatterPage page={page} aspect={aspect} />
    </Guarded>
  )
}

function MatterPage({ page: first, aspect }: { page: MatterPageView; aspect: string | null }): ReactElement {
  const { whole: page, fetchMore } = usePages(first)
  const { t, label, number } = useWords()
  const { slug } = useHere()
  const [only, setOnly] = useState(false)
  const [view, setView] = useState<'accounts' | 'narratives'>(
    page.matter.kind === 'narrative' ? 'narratives' : 'accounts',
  )
  const [open, setOpen] = useState<string | null>(null)
  const table = useRef<HTMLTableElement>(null)
  const columns = useMemo(() => columnsOf(page), [page])
  const inConflict = new Set(page.conflicts.map((one) => one.aspect))
  const shown = only ? page.accounts.filter((one) => inConflict.has(one.aspect)) : page.accounts
  const opened = open === null ? undefined : page.statements[open]
  const close = () => {
    setOpen(null)
    table.current?.querySelector<HTMLElement>(`[data-stop="${open}"]`)?.focus({ preventScroll: true })
  }
  useEffect(() => {
    if (aspect === null) return
    const row = document.getElementById(`aspect-${aspect}`)
    row?.scrollIntoView({ block: 'center' })
    row?.querySelector<HTMLElement>('a, button')?.focus({ preventScroll: true })
  }, [aspect])
  useKeys((key, event) => {
    const stops = [...(table.current?.querySelectorAll<HTMLElement>('[data-stop]') ?? [])]
    const at = stops.indexOf(document.activeElement as HTMLElement)
    const focus = (element: HTMLElement | undefined) => {
      element?.focus()
      return element !== undefined
    }
    if (key === 'j') return focus(stops[at + 1] ?? stops[0])
    if (key === 'k') return focus(stops[at <= 0 ? stops.length - 1 : at - 1])
    if (key === 'c') {
      const joined = stops.filter((one) => one.dataset.conflict !== undefined)
      const next = joined.find((one) => stops.indexOf(one) > at)
      return focus(next ?? joined[0])
    }
    if (key === 'o' && at >= 0) {
      const statement = page.statements[stops[at]?.dataset.stop ?? '']
      if (statement) go(paths.source(slug, statement.source.id, statement.id))
      return statement !== undefined
    }
    if (key === 'a') {
      go(paths.sources(slug))
      return true
    }
    if (key === 'Escape' && open !== null && !event.ctrlKey) {
      close()
      return true
    }
    return false
  })
  return (
    <div className="with-panel matter">
      <div className="page">
        <header className="page-head">
          <p className="crumbs">
            <Link to={paths.matters(slug)}>{t('door.matters')}</Link> /{' '}
            {label('matter-kinds', page.matter.kind)}
            {page.matter.parent && (
              <>
                {' / '}
                <Link to={paths.matter(slug, page.matter.parent.id)}>
                  <MatterTitle of={page.matter.parent} />
                </Link>
              </>
            )}
          </p>
          <h1>
            <MatterTitle of={page.matter} />
          </h1>
          <p className="head-counts">
            <LevelMark of={page.matter.id} />
            <span className="chip">
              {t('matter.counts', {
                n: number(page.counts.statements),
                speakers: number(page.counts.speakers),
              })}
            </span>
            {page.conflicts.length > 0 && (
              <span className="chip conflict">
                <ConflictSign /> {t('matter.conflicts', { n: number(page.conflicts.length) })}
              </span>
            )}
          </p>
          <Views
            shown={view}
            onShow={setView}
            views={[
              { key: 'accounts', name: t('matter.accounts') },
              { key: 'narratives', name: t('matter.stands') },
            ]}
          >
            {page.conflicts.length > 0 && (
              <label className="check">
                <input type="checkbox" checked={only} onChange={({ target }) => setOnly(target.checked)} />
                {t('matter.onlyConflicts')}
              </label>
            )}
          </Views>
        </header>
        {page.accounts.length === 0 && <Nothing>{t('matter.nothing')}</Nothing>}
        {view === 'narratives' ? (
          <Narratives page={page} accounts={shown} onMore={fetchMore} />
        ) : (
          <div className="accounts-scroll">
            <table className="accounts" ref={table}>
              <thead>
                <tr>
                  <th scope="col">{t('matter.aspect')}</th>
                  {columns.map((column) => (
                    <th key={column.key} scope="col">
                      {column.groups.map((group) => (
                        <SpeakerMark key={group} group={group} label="" size={15} />
                      ))}{' '}
                      {t(column.word)}
                    </th>
                  ))}
                </tr>
              </thead>
              {shown.map((account) => (
                <AccountRow
                  key={account.aspect}
                  account={account}
                  page={page}
                  columns={columns}
                  onMore={fetchMore}
                  onOpen={setOpen}
                  opened={open}
                />
              ))}
            </table>
          </div>
        )}
        {page.commonGround.length > 0 && (
          <section className="ground">
            <h2>{t('matter.ground')}</h2>
            <ul>
              {page.commonGround.map(({ aspect: one, text, statements }) => (
                <li key={`${one} ${text}`}>
                  <span className="aside">
                    <AspectName of={one} />
                  </span>{' '}
                  <strong>{text}</strong>{' '}
                  {statements.map((statement) => {
                    const found = page.statements[statement]
                    return found ? (
                      <span key={statement} className="ground-said">
                        <ChainLine said={found} short /> <WordsLink statement={found} />
                      </span>
                    ) : null
                  })}
                </li>
              ))}
            </ul>
          </section>
        )}
        {page.tensions.length > 0 && (
          <section className="tensions">
            <h2>{t('matter.tensions')}</h2>
            <TensionList tensions={page.tensions} />
          </section>
        )}
        <PrintedWords statements={Object.values(page.statements)} />
      </div>
      <aside className={opened ? 'side at-work' : 'side'} aria-label={t('matter.side')}>
        {opened ? (
          <StatementPanel
            statement={opened}
            others={Object.values(page.statements).filter(({ id }) => id !== opened.id)}
            onClose={close}
          />
        ) : (
          <>
            <FindingPanel page={page} />
            <MatterFacts page={page} />
          </>
        )}
      </aside>
    </div>
  )
}
