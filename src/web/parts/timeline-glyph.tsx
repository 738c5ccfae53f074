import type { ReactElement } from 'react'
import { formOf } from '../../display/date-glyph.ts'
import type { TimelineView } from '../../statements/page-shapes.ts'
import type { DateView } from '../../statements/view-shapes.ts'

export type Point = TimelineView['lanes'][number]['points'][number]

export const ROW_HEIGHT = 54
/** Widths of letters of the two lines under a glyph, roughly; and of what stands around them. Pixels. */
const LETTER = 6.3
const AROUND = 26
const WIDEST = 300

/** A date as drawn: several statements that say the same of the same, by one speaker, are one mark. */
export interface Drawn {
  readonly point: Point
  readonly times: number
  readonly row: number
  readonly left: number
  readonly room: number
}

/** Put dates into rows so that their words do not lie on each other, nor leave the drawing. */
export function packed(
  points: readonly Point[],
  { x, width }: { x: (day: number) => number; width: number },
): { drawn: Drawn[]; height: number } {
  const same = new Map<string, { point: Point; times: number }>()
  for (const point of points) {
    const key = [point.aspect, point.date.edtf, point.corrected?.edtf, point.group, point.speaker].join('\n')
    const before = same.get(key)
    same.set(key, before ? { point: before.point, times: before.times + 1 } : { point, times: 1 })
  }
  const ends: number[] = []
  const sorted = [...same.values()].sort((a, b) => firstDay(a.point.date) - firstDay(b.point.date))
  const drawn = sorted.map(({ point, times }) => {
    const room = roomFor(point, times)
    const left = Math.max(0, Math.min(x(firstDay(point.date)) - 2, width - room))
    let row = ends.findIndex((end) => end <= left)
    if (row === -1) row = ends.length
    const reach = Math.max(x(lastDay(point.date)), point.corrected ? x(lastDay(point.corrected)) : 0)
    ends[row] = Math.max(left + room, reach + 8) + 6
    return { point, times, row, left, room }
  })
  return { drawn, height: Math.max(1, ends.length) * ROW_HEIGHT + 6 }
}

function roomFor({ aspect, asStated, date, corrected }: Point, times: number): number {
  const first = aspect.length * LETTER + AROUND + (times > 1 ? 24 : 0)
  const dates = [corrected && asStated !== null ? '' : date.edtf, corrected ? `→ ${corrected.edtf}` : '']
  const second = dates.join(' ').length * 7
  const stated = asStated === null ? 0 : Math.min(asStated.length, 24) * LETTER + 12
  return Math.min(WIDEST, Math.max(first, second + stated) + 8)
}

function firstDay({ earliest, latest }: DateView): number {
  return earliest ?? latest ?? 0
}

function lastDay({ earliest, latest }: DateView): number {
  return latest ?? earliest ?? 0
}

/** A date by its form, and the arc from what was printed to what is proposed. */
export function Glyph({
  point,
  x,
  y,
}: {
  point: Point
  x: (day: number) => number
  y: number
}): ReactElement {
  const { date, corrected, group } = point
  return (
    <g className={`glyph group-${group}`}>
      <DateShape date={date} x={x} y={y} />
      {corrected && (
        <>
          <Correction from={x(firstDay(date))} to={x(firstDay(corrected))} y={y - 8} />
          <DateShape date={{ ...corrected, uncertain: !point.accepted || corrected.uncertain }} x={x} y={y} />
        </>
      )}
    </g>
  )
}

/** From what was printed to what is proposed, with the sign that both cannot hold. */
function Correction({ from, to, y }: { from: number; to: number; y: number }): ReactElement {
  const middle = (from + to) / 2
  const back = to > from ? -5 : 5
  return (
    <g className="correction">
      <path d={`M${from} ${y}Q${middle} ${y - 12} ${to} ${y}`} strokeDasharray="3 3" />
      <path d={`M${to + back} ${y - 4}L${to} ${y}L${to + back} ${y + 3}`} />
      {Math.abs(to - from) > 40 && (
        <path d={`M${middle - 4} ${y - 8}h8M${middle - 4} ${y - 4.5}h8M${middle + 2.5} ${y - 11}l-5 9`} />
      )}
    </g>
  )
}

function DateShape({ date, x, y }: { date: DateView; x: (day: number) => number; y: number }): ReactElement {
  const from = x(firstDay(date))
  const to = Math.max(from + 4, x(lastDay(date) + 1))
  const form = formOf(date)
  if (form === 'day') return <rect className="solid" x={from} y={y - 7} width="3.400" height="14" />
  if (form === 'day in doubt') return <rect className="doubt" x={from} y={y - 7} width="5" height="14" />
  if (form === 'about') {
    return (
      <g className="about">
        <rect x={from} y={y - 4} width={(to - from) / 4} height="8" opacity="0.300" />
        <rect x={from + (to - from) / 4} y={y - 4} width={(to - from) / 2} height="8" />
        <rect x={to - (to - from) / 4} y={y - 4} width={(to - from) / 4} height="8" opacity="0.300" />
      </g>
    )
  }
  if (form === 'opening') {
    return (
      <g className="open">
        <rect className="solid" x={from} y={y - 7} width="3" height="14" />
        <rect x={from} y={y - 2} width="30" height="4" opacity="0.700" />
        <rect x={from + 30} y={y - 2} width="26" height="4" opacity="0.300" />
      </g>
    )
  }
  if (form === 'ending') {
    return (
      <g className="open">
        <rect className="solid" x={to - 3} y={y - 7} width="3" height="14" />
        <rect x={to - 33} y={y - 2} width="30" height="4" opacity="0.500" />
      </g>
    )
  }
  return (
    <rect
      className={date.uncertain ? 'span doubt' : 'span'}
      x={from}
      y={y - 5}
      width={to - from}
      height="10"
    />
  )
}
