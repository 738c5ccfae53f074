import type { ReactElement } from 'react'
import { formOf } from '../../display/date-glyph.ts'
import type { TimelineView } from '../../statements/page-shapes.ts'
import type { DateView } from '../../statements/view-shapes.ts'

export type Point = TimelineView['lanes'][number]['points'][number]

/** Room that a point's words take, roughly: they are laid under it. */
const WORDS = 165

/** Put points into rows so that their words do not lie on each other. */
export function packed(
  points: readonly Point[],
  { x, width }: { x: (day: number) => number; width: number },
): { points: { point: Point; row: number; left: number }[]; height: number } {
  const ends: number[] = []
  const sorted = [...points].sort((a, b) => firstDay(a.date) - firstDay(b.date))
  const placed = sorted.map((point) => {
    const left = Math.min(Math.max(0, x(firstDay(point.date)) - 4), Math.max(0, width - WORDS))
    let row = ends.findIndex((end) => end <= left)
    if (row === -1) row = ends.length
    ends[row] = Math.max(left + WORDS, x(lastDay(point.date)) + 8)
    return { point, row, left }
  })
  return { points: placed, height: Math.max(1, ends.length) * 40 + 12 }
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
          <path
            className="correction"
            d={`M${x(firstDay(date))} ${y - 7}Q${(x(firstDay(date)) + x(firstDay(corrected))) / 2} ${y - 20} ${x(firstDay(corrected))} ${y - 7}`}
          />
          <DateShape date={{ ...corrected, uncertain: !point.accepted || corrected.uncertain }} x={x} y={y} />
        </>
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
