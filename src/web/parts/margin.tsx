import { type ReactElement, useLayoutEffect, useRef, useState } from 'react'
import { ConflictSign } from '../../display/small-marks.tsx'
import type { StatementView } from '../../statements/view-shapes.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../router.ts'
import { AspectName } from './aspect-name.tsx'
import { ChainLine } from './chain.tsx'
import { LevelMark } from './guards.tsx'
import { Link } from './link.tsx'
import { MatterTitle } from './matter-title.tsx'
import { EntryValue } from './value.tsx'

interface Line {
  readonly id: string
  readonly from: number
  readonly to: number
}

/** What stands in the margin: a card for each statement, with a line from its words. */
export function Margin({
  statements,
  conflictOf,
  atHand,
  layout,
  onOpen,
}: {
  statements: readonly StatementView[]
  conflictOf: ReadonlyMap<string, string>
  atHand: ReadonlySet<string>
  /** Changes whenever the text is laid out anew. */
  layout: string
  onOpen: (statement: StatementView) => void
}): ReactElement {
  const { t, number } = useWords()
  const column = useRef<HTMLDivElement>(null)
  const [lines, setLines] = useState<Line[]>([])
  const [height, setHeight] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the layout says when the text moved
  useLayoutEffect(() => {
    const margin = column.current
    if (!margin) return
    const place = () => {
      const placed = placeCards(margin)
      setLines(placed.lines)
      setHeight(placed.height)
    }
    place()
    const watching = new ResizeObserver(place)
    watching.observe(margin.parentElement ?? margin)
    return () => watching.disconnect()
  }, [layout, statements])
  return (
    <div className="margin" ref={column} style={{ minHeight: height }}>
      <p className="margin-head">{t('reading.margin', { n: number(statements.length) })}</p>
      <svg className="leaders" width="28" height={height} aria-hidden="true">
        {lines.map(({ id, from, to }) => (
          <path
            key={id}
            className={atHand.has(id) ? 'at-hand' : ''}
            d={`M0 ${from}h6c8 0 6 ${to - from} 14 ${to - from}h8`}
            fill="none"
          />
        ))}
      </svg>
      {statements.map((statement) => (
        <MarginCard
          key={statement.id}
          statement={statement}
          conflict={conflictOf.get(statement.id) ?? null}
          atHand={atHand.has(statement.id)}
          onOpen={onOpen}
        />
      ))}
    </div>
  )
}

const GAP = 6

/** Each card beside its words, or under the card above it; reads all positions first, then writes. */
function placeCards(margin: HTMLElement): { lines: Line[]; height: number } {
  const top = margin.getBoundingClientRect().top
  const wide = getComputedStyle(margin).position === 'relative'
  const cards = [...margin.querySelectorAll<HTMLElement>('[data-statement]')]
  if (!wide) {
    for (const card of cards) card.style.removeProperty('top')
    return { lines: [], height: 0 }
  }
  const measured = cards.map((card) => {
    const words = document.querySelector(`[data-passages~="${card.dataset.passage}"]`)
    const box = words?.getClientRects()[0]
    return { card, y: box ? box.bottom - top - 3 : Number.POSITIVE_INFINITY, height: card.offsetHeight }
  })
  measured.sort((a, b) => a.y - b.y)
  const tops = stacked(
    measured,
    measured.findIndex(({ card }) => card.classList.contains('at-hand')),
  )
  const lines: Line[] = []
  for (const [n, { card, y }] of measured.entries()) {
    const at = tops[n] ?? HEAD
    card.style.top = `${at}px`
    // Pushed out at the top by the one at hand, which stands beside its words whatever stands around it.
    card.style.visibility = at < HEAD ? 'hidden' : 'visible'
    const near = Math.abs(at - y) < LINE_REACH || card.classList.contains('at-hand')
    if (Number.isFinite(y) && at >= HEAD && near)
      lines.push({ id: card.dataset.statement ?? '', from: y, to: at + 14 })
  }
  const last = measured.at(-1)
  return { lines, height: last ? (tops.at(-1) ?? 0) + last.height + GAP : 0 }
}

const HEAD = 36
/** Longer lines cross each other and lead nobody anywhere. */
const LINE_REACH = 260

/** Tops of cards in order: each beside its words where there is room; the one at hand beside them always. */
function stacked(cards: readonly { y: number; height: number }[], atHand: number): number[] {
  const tops: number[] = []
  let bottom = HEAD
  for (const [n, { y, height }] of cards.entries()) {
    const beside = Number.isFinite(y) ? y - 14 : bottom
    const top = n === atHand ? Math.max(HEAD, beside) : Math.max(bottom, beside)
    tops.push(top)
    bottom = top + height + GAP
  }
  for (let n = atHand - 1; n >= 0; n -= 1) {
    const below = tops[n + 1] ?? 0
    tops[n] = Math.min(tops[n] ?? 0, below - (cards[n]?.height ?? 0) - GAP)
  }
  return tops
}

function MarginCard({
  statement,
  conflict,
  atHand,
  onOpen,
}: {
  statement: StatementView
  conflict: string | null
  atHand: boolean
  onOpen: (statement: StatementView) => void
}): ReactElement {
  const { t, label } = useWords()
  const { slug } = useHere()
  return (
    <article
      className={atHand ? 'margin-card at-hand' : 'margin-card'}
      data-statement={statement.id}
      data-passage={statement.passages[0]?.id ?? ''}
    >
      <p>
        <button type="button" className="kind" onClick={() => onOpen(statement)}>
          {label('statement-kinds', statement.kind)}
        </button>{' '}
        <ChainLine said={statement} short /> <LevelMark of={statement.id} />
        {conflict !== null && (
          <span className="conflict" title={t('margin.conflict')}>
            {' '}
            <ConflictSign /> <span className="mono">{conflict}</span>
          </span>
        )}
      </p>
      {statement.about.slice(0, atHand ? statement.about.length : 1).map((entry) => (
        <p key={entry.n} className="margin-about">
          <Link to={paths.matter(slug, entry.matter.id, entry.aspect)}>
            <MatterTitle of={entry.matter} />
          </Link>{' '}
          <span className="aside">
            <AspectName of={entry.aspect} />
          </span>{' '}
          <EntryValue entry={entry} quoted={statement.scareQuoted.length > 0} />
          {!atHand && statement.about.length > 1 && (
            <span className="aside more-entries"> +{statement.about.length - 1}</span>
          )}
        </p>
      ))}
    </article>
  )
}
