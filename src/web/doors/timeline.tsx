import { type ReactElement, useEffect, useMemo, useRef, useState } from 'react'
import { FOLD_WIDTH, type Layout, layOut, lengthOf } from '../../display/date-glyph.ts'
import { ConflictSign } from '../../display/small-marks.tsx'
import { SpeakerMark } from '../../display/speaker-mark.tsx'
import { statementOperations } from '../../statements/contract.ts'
import type { TimelineView } from '../../statements/page-shapes.ts'
import type { DateView } from '../../statements/view-shapes.ts'
import { useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { AspectName } from '../parts/aspect-name.tsx'
import { dateInWords } from '../parts/date-in-words.ts'
import { DateText } from '../parts/date-text.tsx'
import { Link } from '../parts/link.tsx'
import { MatterTitle } from '../parts/matter-title.tsx'
import { RefusedPage } from '../parts/refused-page.tsx'
import { Loading, Nothing } from '../parts/states.tsx'
import { Axis } from '../parts/timeline-axis.tsx'
import { type Drawn, Glyph, type Point, packed, ROW_HEIGHT } from '../parts/timeline-glyph.tsx'
import { Views } from '../parts/views.tsx'
import { paths } from '../router.ts'

type Lane = TimelineView['lanes'][number]

const FOLD_OVER_DAYS = 200
const MARGIN_DAYS = 6
/** Below this width a drawing of years cannot be read: the table comes first. */
const DRAWN_FROM = 720

/** Everything with a date, by matter; soft, open and broken where the date is, and empty time folded. */
export function Timeline(): ReactElement {
  const { t } = useWords()
  const { slug } = useHere()
  const [asTable, setAsTable] = useState(() => window.innerWidth < DRAWN_FROM)
  const { value, refused, waiting } = useAnswer(statementOperations.timeline, { params: { slug } })
  if (refused) return <RefusedPage refused={refused} />
  if (waiting || !value) return <Loading />
  return (
    <div className="page timeline">
      <header className="page-head">
        <h1>{t('door.timeline')}</h1>
        <Views
          shown={asTable ? 'table' : 'drawn'}
          onShow={(key) => setAsTable(key === 'table')}
          views={[
            { key: 'drawn', name: t('timeline.drawn') },
            { key: 'table', name: t('timeline.table') },
          ]}
        />
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

/** Years that a birth or a founding lies back do not squeeze the weeks: of a long span only the ends ask for room. */
const LONG_DAYS = 400
const LEAST_WIDTH = 74
const LABEL_WIDTH = 176

function Drawing({ lanes }: { lanes: readonly Lane[] }): ReactElement {
  const frame = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState(1000)
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const measure = () => setRoom(Math.max(480, element.clientWidth - LABEL_WIDTH))
    measure()
    const watching = new ResizeObserver(measure)
    watching.observe(element)
    return () => watching.disconnect()
  }, [])
  const laid = useMemo(() => {
    const spans = lanes.flatMap(({ points }) =>
      points.flatMap(({ date, corrected }) => [spanOf(date), corrected ? spanOf(corrected) : null]),
    )
    const wanted = spans.flatMap((span): [number, number][] => {
      if (span === null) return []
      const [from, to] = span
      return to - from > LONG_DAYS
        ? [
            [from, from],
            [to, to],
          ]
        : [span]
    })
    return layOut(wanted, { width: room, foldOver: FOLD_OVER_DAYS, margin: MARGIN_DAYS, least: LEAST_WIDTH })
  }, [lanes, room])
  return (
    <>
      <Legend />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1) */}
      <section className="lanes" ref={frame} tabIndex={0}>
        <div className="axis">
          <Axis laid={laid} />
        </div>
        {lanes.map((lane) => (
          <LaneRow key={lane.matter.id} lane={lane} laid={laid} />
        ))}
        <FoldLengths laid={laid} />
      </section>
    </>
  )
}

function LaneRow({ lane: { matter, points }, laid }: { lane: Lane; laid: Layout }): ReactElement {
  const { label } = useWords()
  const { slug } = useHere()
  const { drawn, height } = packed(points, laid)
  return (
    <section className="lane">
      <h2>
        <Link to={paths.matter(slug, matter.id)}>
          <MatterTitle of={matter} />
        </Link>
        <span className="aside">{label('matter-kinds', matter.kind)}</span>
      </h2>
      <div className="lane-body" style={{ width: laid.width, minHeight: height }}>
        <svg className="folds" width={laid.width} height="100%" aria-hidden="true">
          <defs>
            <pattern id="waves" width={FOLD_WIDTH} height="12" patternUnits="userSpaceOnUse">
              <path className="wave" d="M5 0q3 3 0 6t0 6M10 0q3 3 0 6t0 6M15 0q3 3 0 6t0 6" />
            </pattern>
          </defs>
          {laid.folds.map(({ x }) => (
            <g key={x} transform={`translate(${x} 0)`}>
              <rect className="folded" width={FOLD_WIDTH} height="100%" />
              <rect fill="url(#waves)" width={FOLD_WIDTH} height="100%" />
            </g>
          ))}
        </svg>
        <svg width={laid.width} height={height} aria-hidden="true">
          {drawn.map(({ point, row }) => (
            <Glyph key={keyOf(point)} point={point} y={row * ROW_HEIGHT + 20} x={laid.x} />
          ))}
        </svg>
        {drawn.map((one) => (
          <PointWords key={keyOf(one.point)} drawn={one} matter={matter.id} />
        ))}
      </div>
    </section>
  )
}

function keyOf(point: Point): string {
  return `${point.statement} ${point.aspect} ${point.date.edtf}`
}

/** What stands under a date: one statement opens at its words, several on their account. */
function PointWords({ drawn, matter }: { drawn: Drawn; matter: string }): ReactElement {
  const speaking = useWords()
  const { label } = speaking
  const { slug } = useHere()
  const { point, times, row, left, room } = drawn
  const { date, corrected, asStated } = point
  return (
    <Link
      to={
        times > 1
          ? paths.matter(slug, matter, point.aspect)
          : paths.source(slug, point.source.id, point.statement)
      }
      className="point"
      title={`${point.speaker} · ${point.source.title}`}
      style={{ insetInlineStart: left, top: row * ROW_HEIGHT + 29, maxWidth: room }}
    >
      <span className="point-line">
        <SpeakerMark group={point.group} label={label('speaker-groups', point.group)} size={12} />{' '}
        <strong>
          <AspectName of={point.aspect} />
        </strong>
        {times > 1 && <span className="aside"> ×{times}</span>}
        {point.conflict !== null && (
          <span className="conflict">
            {' '}
            <ConflictSign size={11} /> <span className="unseen">{point.conflict}</span>
          </span>
        )}
      </span>
      <span className="point-line second">
        {asStated !== null && asStated !== date.edtf && (
          <q className="as-stated" dir="auto">
            {shortened(asStated)}
          </q>
        )}{' '}
        {!(corrected && asStated !== null) && (
          <span className="mono" title={dateInWords(date.edtf, speaking) ?? undefined}>
            {date.edtf}
          </span>
        )}
        {corrected && <span className="mono due"> → {corrected.edtf}</span>}
      </span>
    </Link>
  )
}

function shortened(text: string): string {
  return text.length > 24 ? `${text.slice(0, 23).trimEnd()}…` : text
}

/** How much time each fold leaves out, in its own words. */
function FoldLengths({ laid }: { laid: Layout }): ReactElement {
  const { t, number } = useWords()
  return (
    <div className="fold-lengths">
      <svg width={laid.width} height="96" role="img" aria-label={t('legend.fold')}>
        {laid.folds.map(({ x, days }) => {
          const long = lengthOf(days)
          const words = [
            long.years > 0 ? t('time.years', { n: number(long.years) }) : '',
            long.months > 0 ? t('time.months', { n: number(long.months) }) : '',
            long.days > 0 ? t('time.days', { n: number(long.days) }) : '',
          ]
          return (
            <text key={x} transform={`translate(${x + FOLD_WIDTH / 2 + 4} 6) rotate(90)`}>
              {words.filter(Boolean).join(' ')}
            </text>
          )
        })}
      </svg>
    </div>
  )
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
              <td>
                <DateText of={point.date.edtf} />
                {point.corrected && (
                  <span className="due">
                    {' '}
                    → <DateText of={point.corrected.edtf} />
                  </span>
                )}
              </td>
              <td>{point.asStated !== null && <q className="as-stated">{point.asStated}</q>}</td>
              <td>
                <Link to={paths.matter(slug, matter.id, point.aspect)}>
                  <MatterTitle of={matter} />
                </Link>{' '}
                <span className="aside">
                  <AspectName of={point.aspect} />
                </span>
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
