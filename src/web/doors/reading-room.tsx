import { type ReactElement, useEffect, useMemo, useRef, useState } from 'react'
import { SpeakerMark } from '../../display/speaker-mark.tsx'
import { statementOperations } from '../../statements/contract.ts'
import type { SourcePageView } from '../../statements/page-shapes.ts'
import type { StatementView } from '../../statements/view-shapes.ts'
import { useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useKeys } from '../keys.ts'
import { useWords } from '../language.tsx'
import { ChosenWords } from '../parts/chosen-words.tsx'
import {
  type CodingDraft,
  EMPTY_DRAFT,
  KIND_KEYS,
  type Kind,
  NOTHING_SAID,
  turnSpeaker,
} from '../parts/coding-draft.ts'
import { CodingPalette } from '../parts/coding-palette.tsx'
import { DateText } from '../parts/date-text.tsx'
import { Guarded, LevelMark } from '../parts/guards.tsx'
import { Link } from '../parts/link.tsx'
import { Margin } from '../parts/margin.tsx'
import {
  paragraphsOf,
  type ReadingText,
  readingText,
  type Span,
  sentenceAt,
  trimmed,
  wordEnd,
  wordStart,
} from '../parts/reading.ts'
import { ReadingColumn } from '../parts/reading-text.tsx'
import { RefusedPage } from '../parts/refused-page.tsx'
import { RemarkPalette } from '../parts/remark-palette.tsx'
import { SourceFacts } from '../parts/source-facts.tsx'
import { StatementPanel } from '../parts/statement-panel.tsx'
import { Loading, Nothing } from '../parts/states.tsx'
import { paths } from '../router.ts'

/** A source as it looks, with its passages in the margin; words are chosen and coded without the mouse. */
export function ReadingRoom({
  id,
  at,
  start,
}: {
  id: string
  at: string | null
  start: number | null
}): ReactElement {
  const { t } = useWords()
  const { value: page, refused, waiting } = useAnswer(statementOperations.sourcePage, { params: { id } })
  if (refused) return <RefusedPage refused={refused} />
  if (waiting || !page) return <Loading />
  if (!page.reading) {
    return (
      <div className="page">
        <Guarded by={page.guards}>
          <SourceHead page={page} />
        </Guarded>
        <Nothing>
          {t('reading.unread')} {page.unread}
        </Nothing>
        <SourceFacts page={page} />
      </div>
    )
  }
  return (
    <Guarded by={page.guards}>
      <Room key={page.source.id} page={page} reading={readingText(page.reading)} at={at} start={start} />
    </Guarded>
  )
}

/** What the side panel shows. */
type Side =
  | { show: 'facts' }
  | { show: 'coding' }
  | { show: 'remark' }
  | { show: 'statement'; statement: string }

function Room({
  page,
  reading,
  at,
  start,
}: {
  page: SourcePageView
  reading: ReadingText
  at: string | null
  start: number | null
}): ReactElement {
  const wanted = page.statements.find((one) => one.id === at)
  const [selection, setSelection] = useState<Span | null>(() => firstSelection(reading, start))
  const [passage, setPassage] = useState<string | null>(wanted?.passages[0]?.id ?? null)
  const [side, setSide] = useState<Side>(
    wanted ? { show: 'statement', statement: wanted.id } : { show: 'facts' },
  )
  const [draft, setDraft] = useState<CodingDraft>(EMPTY_DRAFT)
  const room = useRef<HTMLDivElement>(null)
  const passages = useMemo(
    () =>
      page.passages
        .filter(({ state }) => state !== 'lost')
        .map((one) => ({ id: one.id, span: [reading.toUnit(one.start), reading.toUnit(one.end)] as Span })),
    [page.passages, reading],
  )
  const paragraphs = useMemo(
    () => paragraphsOf(reading, { passages, selection }),
    [reading, passages, selection],
  )
  const atHand = useMemo(() => new Set(passage === null ? [] : [passage]), [passage])
  const statementsAtHand = useMemo(
    () =>
      new Set(
        page.statements.filter((one) => one.passages.some(({ id }) => id === passage)).map(({ id }) => id),
      ),
    [page.statements, passage],
  )
  const conflictOf = useMemo(
    () => new Map(page.conflicts.flatMap((one) => one.statements.map((id) => [id, one.id] as const))),
    [page.conflicts],
  )
  useEffect(() => {
    if (passage === null) return
    room.current?.querySelector(`[data-passages~="${passage}"]`)?.scrollIntoView({ block: 'center' })
  }, [passage])
  useEffect(() => {
    if (selection) room.current?.querySelector('.selected')?.scrollIntoView({ block: 'nearest' })
  }, [selection])
  const readingId = useRef(page.reading?.id)
  useEffect(() => {
    // Read again: places of the old text mean nothing in the new one.
    if (readingId.current !== page.reading?.id) setSelection(null)
    readingId.current = page.reading?.id
  }, [page.reading?.id])
  const choose = (span: Span) => setSelection(trimmed(reading.text, span))
  const toSentence = (step: 1 | -1): boolean => {
    const { sentences } = reading
    const current = selection === null ? null : sentenceAt(sentences, selection[0])
    const wantedSentence = current === null ? (step === 1 ? 0 : sentences.length - 1) : current + step
    const next = sentences[Math.min(Math.max(wantedSentence, 0), sentences.length - 1)]
    if (next) choose(next)
    return next !== undefined
  }
  const toPassage = (step: 1 | -1): boolean => {
    if (passages.length === 0) return false
    const current = passages.findIndex(({ id }) => id === passage)
    const next = passages[(current + step + passages.length) % passages.length]
    if (next) showPassage(next.id)
    return true
  }
  const showPassage = (id: string) => {
    setPassage(id)
    const statement = page.statements.find((one) => one.passages.some((passageOf) => passageOf.id === id))
    if (statement) setSide({ show: 'statement', statement: statement.id })
  }
  const words = useMemo(
    () =>
      selection === null
        ? null
        : {
            source: page.source.id,
            exact: reading.text.slice(selection[0], selection[1]),
            start: reading.toPoint(selection[0]),
            end: reading.toPoint(selection[1]),
            drift: page.reading?.drift,
          },
    [selection, page, reading],
  )
  const startCoding = (kind: Kind) => {
    const speaker = words === null ? null : turnAt(page, words.start, words.end)
    setDraft({
      ...draft,
      ...NOTHING_SAID,
      // The speaker of a turn is offered; one that was chosen for the words before is not carried into another's turn.
      ...(speaker === null ? {} : { speaker: turnSpeaker(speaker), nobody: false }),
      ...(speaker === null && draft.speaker?.turn ? { speaker: null } : {}),
      kind,
    })
    setSide({ show: 'coding' })
  }
  const leaveSide = () => {
    setSide({ show: 'facts' })
    document.getElementById('main')?.focus({ preventScroll: true })
  }
  useKeys((key, event) => {
    if (key === 'ArrowDown' || key === 'j') return toSentence(1)
    if (key === 'ArrowUp' || key === 'k') return toSentence(-1)
    if (key === ']') return toPassage(1)
    if (key === '[') return toPassage(-1)
    if (key === 'Escape') {
      if (side.show === 'facts' && selection === null) return false
      if (side.show === 'facts') setSelection(null)
      leaveSide()
      return true
    }
    if (!selection || event.ctrlKey || event.metaKey || event.altKey) return false
    // Enter on a link or a button is theirs.
    if (key === 'Enter' && event.target instanceof Element && event.target.closest('a, button, summary'))
      return false
    const [from, to] = selection
    if (key === 'ArrowRight' && event.shiftKey) {
      const next = wordStart(reading.text, from, 1)
      if (next < to) setSelection([next, to])
      return true
    }
    if (key === 'ArrowLeft' && event.shiftKey) {
      setSelection([wordStart(reading.text, from, -1), to])
      return true
    }
    if (key === 'ArrowRight') {
      setSelection([from, wordEnd(reading.text, to, 1)])
      return true
    }
    if (key === 'ArrowLeft') {
      const next = wordEnd(reading.text, to, -1)
      if (next > from) setSelection([from, next])
      return true
    }
    if (key === 'h') {
      setSide({ show: 'remark' })
      return true
    }
    const kind = KIND_KEYS[key] ?? (key === 'a' || key === 'Enter' ? draft.kind : undefined)
    if (!kind) return false
    startCoding(kind)
    return true
  })
  const opened =
    side.show === 'statement' ? page.statements.find((one) => one.id === side.statement) : undefined
  const recorded = (next: boolean) => {
    leaveSide()
    if (next) toSentence(1)
    else setSelection(null)
  }
  const openStatement = (statement: StatementView) => {
    setPassage(statement.passages[0]?.id ?? null)
    setSide({ show: 'statement', statement: statement.id })
  }
  return (
    <div className="with-panel reading-room">
      <div className="page">
        <SourceHead page={page} />
        <div className="room" ref={room}>
          <ReadingColumn
            paragraphs={paragraphs}
            text={reading.text}
            lang={page.source.language}
            atHand={atHand}
            onPassage={showPassage}
            onSelect={choose}
            onPlace={(place) => {
              const sentence = reading.sentences[sentenceAt(reading.sentences, place)]
              if (sentence) choose(sentence)
            }}
          />
          <Margin
            statements={page.statements}
            conflictOf={conflictOf}
            atHand={statementsAtHand}
            layout={`${page.statements.length} ${selection?.join()} ${passage}`}
            onOpen={openStatement}
          />
        </div>
      </div>
      <aside className={side.show === 'facts' && words === null ? 'side' : 'side at-work'}>
        {side.show === 'coding' && words ? (
          <CodingPalette
            words={words}
            turn={turnAt(page, words.start, words.end)}
            draft={draft}
            onDraft={setDraft}
            onRecorded={recorded}
            onClose={leaveSide}
          />
        ) : side.show === 'remark' && words ? (
          <RemarkPalette words={words} onRecorded={() => recorded(false)} onClose={leaveSide} />
        ) : opened ? (
          <StatementPanel
            statement={opened}
            others={page.statements.filter(({ id }) => id !== opened.id)}
            onClose={leaveSide}
          />
        ) : words ? (
          <ChosenWords
            words={words}
            onCode={() => startCoding(draft.kind)}
            onRemark={() => setSide({ show: 'remark' })}
            onClose={() => setSelection(null)}
          />
        ) : (
          <SourceFacts page={page} />
        )}
      </aside>
    </div>
  )
}

/** Who speaks in the turn of an interview in which these words stand; null where they stand in none. */
function turnAt(page: SourcePageView, start: number, end: number): string | null {
  const turn = page.reading?.turns.find((one) => one.start <= start && end <= one.end)
  return turn?.speaker ?? null
}

function firstSelection(reading: ReadingText, start: number | null): Span | null {
  if (start === null || !Number.isFinite(start)) return null
  const sentence = reading.sentences[sentenceAt(reading.sentences, reading.toUnit(start))]
  return sentence ? trimmed(reading.text, sentence) : null
}

function SourceHead({ page }: { page: SourcePageView }): ReactElement {
  const { t, label } = useWords()
  const { slug } = useHere()
  const { source } = page
  return (
    <header className="page-head source-head">
      <p className="crumbs">
        <Link to={paths.sources(slug)}>{t('door.sources')}</Link> / {label('source-kinds', source.kind)}
      </p>
      <h1 className="said-title">{source.title}</h1>
      <p className="head-counts">
        <LevelMark of={source.id} />
        <span>
          <SpeakerMark group={source.group} label={label('speaker-groups', source.group)} size={14} />{' '}
          {source.publisher ?? t('source.noPublisher')}
        </span>
        {source.date !== null && (
          <span>
            <DateText of={source.date} />
          </span>
        )}
        <span className="mono" title={source.sha256}>
          sha256 {source.sha256.slice(0, 12)}…
        </span>
      </p>
      {source.independence !== null && <p className="independence">{source.independence}</p>}
    </header>
  )
}
