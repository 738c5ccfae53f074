import { type ReactElement, useEffect, useMemo, useRef, useState } from 'react'
import { FOLD_WIDTH, layOut } from '../../display/date-glyph.ts'
import { SpeakerMark } from '../../display/speaker-mark.tsx'
import { isoDay } from '../../foundation/days.ts'
import { statementOperations } from '../../statements/contract.ts'
import type { TimelineView } from '../../statements/page-shapes.ts'
import type { DateView } from '../../statements/view-shapes.ts'
import { useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { Link } from '../parts/link.tsx'
import { Loading, Nothing, RefusedNote } from '../parts/states.tsx'
import { Glyph, packed } from '../parts/timeline-glyph.tsx'
import { paths } from '../router.ts'

type Lane = TimelineView['lanes'][number]

const FOLD_OVER_DAYS = 200
const MARGIN_DAYS = 6
const LABEL_WIDTH = 170

/** Everything with a date, by matter; soft, open and broken where the date is, and empty time folded. */
export function Timeline(): ReactElement {
  const { t } = useWords()
  const { slug } = useHere()
  const [asTable, setAsTable] = useState(false)
  const { value, refused, waiting } = useAnswer(statementOperations.timeline, { params: { slug } })
  if (refused) return <RefusedNote refused={refused} />
  if (waiting || !value) return <Loading />
  return (
    <div className="page timeline">
      <header className="page-head">
        <h1>{t('door.timeline')}</h1>
        <fieldset className="views" aria-label={t('matter.views')}>
          <button type="button" aria-pressed={!asTable} onClick={() => setAsTable(false)}>
            {t('timeline.drawn')}
          </button>
          <button type="button" aria-pressed={asTable} onClick={() => setAsTable(true)}>
            {t('timeline.table')}
          </button>
        </fieldset>
      </header>
      {value.lanes.length === 0 ? (
        <Nothing>{t('timeline.none')}</Nothing>
      ) : asTable ? (
        <Chronology lanes={value.lanes} />
      ) : (
        <Drawing lanes={value.lanes} />
      )}
    </div>
  )
}

function spanOf(date: DateView): [number, number] | null {
  const { earliest, latest } = date
  if (earliest === null && latest === null) return null
  return [earliest ?? latest ?? 0, latest ?? earliest ?? 0]
}

function Drawing({ lanes }: { lanes: readonly Lane[] }): ReactElement {
  const { t, label, number } = useWords()
  const { slug } = useHere()
  const frame = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(1000)
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const measure = () => setWidth(Math.max(560, element.clientWidth - LABEL_WIDTH - 8))
    measure()
    const watching = new ResizeObserver(measure)
    watching.observe(element)
    return () => watching.disconnect()
  }, [])
  const laid = useMemo(() => {
    const spans = lanes.flatMap(({ points }) =>
      points.flatMap(({ date, corrected }) => [spanOf(date), corrected ? spanOf(corrected) : null]),
    )
    // A century does not squeeze the weeks: of a long span only its ends ask for room.
    const wanted = spans.flatMap((span): [number, number][] =>
      span === null
        ? []
        : span[1] - span[0] > 400
          ? [
              [span[0], span[0]],
              [span[1], span[1]],
            ]
          : [span],
    )
    return layOut(wanted, { width, foldOver: FOLD_OVER_DAYS, margin: MARGIN_DAYS })
  }, [lanes, width])
  return (
    <>
      <Legend />
      <div className="lanes" ref={frame}>
        <div className="axis" style={{ paddingInlineStart: LABEL_WIDTH }}>
          <svg width={width} height="34" aria-hidden="true">
            {laid.stretches.flatMap((stretch) =>
              ticksIn(stretch).map((tick) => (
                <g key={`${stretch.from} ${tick.day}`} transform={`translate(${laid.x(tick.day)} 0)`}>
                  <path d="M0 26v8" stroke="var(--ink3)" />
                  <text x="3" y="22">
                    {tick.label}
                  </text>
                </g>
              )),
            )}
          </svg>
        </div>
        {lanes.map(({ matter, points }) => {
          const drawn = packed(points, { x: laid.x, width })
          return (
            <section key={matter.id} className="lane">
              <h2 style={{ width: LABEL_WIDTH }}>
                <Link to={paths.matter(slug, matter.id)}>{matter.name}</Link>
                <span className="aside">{label('matter-kinds', matter.kind)}</span>
              </h2>
              <div className="lane-body" style={{ width, height: drawn.height }}>
                <svg width={width} height={drawn.height} aria-hidden="true">
                  {laid.folds.map(({ x, days }) => (
                    <g key={x} className="folded">
                      <rect x={x} y="0" width={FOLD_WIDTH} height={drawn.height} />
                      <title>{t('timeline.folded', { n: number(days) })}</title>
                    </g>
                  ))}
                  {drawn.points.map(({ point, row }) => (
                    <Glyph
                      key={`${point.statement} ${point.aspect} ${point.date.edtf}`}
                      point={point}
                      y={row * 40 + 16}
                      x={laid.x}
                    />
                  ))}
                </svg>
                {drawn.points.map(({ point, row, left }) => (
                  <Link
                    key={`${point.statement} ${point.aspect} ${point.date.edtf}`}
                    to={paths.source(slug, point.source.id, point.statement)}
                    className="point"
                    title={`${point.speaker} · ${point.source.title}`}
                  >
                    <span className="point-text" style={{ left, top: row * 40 + 24 }}>
                      <SpeakerMark
                        group={point.group}
                        label={label('speaker-groups', point.group)}
                        size={11}
                      />{' '}
                      {point.aspect} <span className="mono">{point.date.edtf}</span>
                      {point.corrected && <span className="mono due"> → {point.corrected.edtf}</span>}
                    </span>
                  </Link>
                ))}
              </div>
            </section>
          )
        })}
      </div>
    </>
  )
}

/** Years, and months where there is room for them. */
function ticksIn({
  from,
  to,
  width,
}: {
  from: number
  to: number
  width: number
}): { day: number; label: string }[] {
  const perDay = width / (to - from)
  const ticks: { day: number; label: string }[] = []
  const start = isoDay(from)
  let [year, month] = [Number(start.slice(0, 4)), Number(start.slice(5, 7))]
  let last = Number.NEGATIVE_INFINITY
  for (let n = 0; n < 4000; n += 1) {
    const day = Math.round(Date.UTC(year, month - 1, 1) / 86_400_000)
    if (day > to) break
    const wanted = month === 1 ? 34 : 50
    if (day >= from && (day - last) * perDay >= wanted) {
      ticks.push({ day, label: month === 1 ? String(year) : `${year}-${String(month).padStart(2, '0')}` })
      last = day
    }
    month += 1
    if (month > 12) {
      month = 1
      year += 1
    }
  }
  if (ticks.length === 0) ticks.push({ day: from, label: start.slice(0, 7) })
  return ticks
}

function Legend(): ReactElement {
  const { t } = useWords()
  return (
    <p className="legend" aria-hidden="true">
      <span>
        <i className="g-day" /> {t('legend.day')}
      </span>
      <span>
        <i className="g-doubt" /> {t('legend.doubt')}
      </span>
      <span>
        <i className="g-span" /> {t('legend.span')}
      </span>
      <span>
        <i className="g-about" /> {t('legend.about')}
      </span>
      <span>
        <i className="g-open" /> {t('legend.open')}
      </span>
      <span>
        <i className="g-fold" /> {t('legend.fold')}
      </span>
    </p>
  )
}

/** The same as a table: for print, for a screen reader, for a narrow screen. */
function Chronology({ lanes }: { lanes: readonly Lane[] }): ReactElement {
  const { t, label } = useWords()
  const { slug } = useHere()
  const rows = lanes
    .flatMap(({ matter, points }) => points.map((point) => ({ matter, point })))
    .sort((a, b) => (spanOf(a.point.date)?.[0] ?? 0) - (spanOf(b.point.date)?.[0] ?? 0))
  return (
    <div className="accounts-scroll">
      <table className="chronology">
        <thead>
          <tr>
            <th scope="col">{t('timeline.date')}</th>
            <th scope="col">{t('timeline.stated')}</th>
            <th scope="col">{t('timeline.matter')}</th>
            <th scope="col">{t('timeline.speaker')}</th>
            <th scope="col">{t('timeline.words')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ matter, point }) => (
            <tr key={`${point.statement} ${matter.id} ${point.aspect} ${point.date.edtf}`}>
              <td className="mono">
                {point.date.edtf}
                {point.corrected && <span className="due"> → {point.corrected.edtf}</span>}
              </td>
              <td>{point.asStated !== null && <q className="as-stated">{point.asStated}</q>}</td>
              <td>
                <Link to={paths.matter(slug, matter.id, point.aspect)}>{matter.name}</Link>{' '}
                <span className="aside">{point.aspect}</span>
              </td>
              <td>
                <SpeakerMark group={point.group} label={label('speaker-groups', point.group)} size={13} />{' '}
                {point.speaker}
              </td>
              <td>
                <Link to={paths.source(slug, point.source.id, point.statement)}>{point.source.title}</Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
