import type { ReactElement } from 'react'
import type { Layout, Stretch } from '../../display/date-glyph.ts'
import { calendarDay, dayOf } from '../../foundation/days.ts'
import { useWords } from '../language.tsx'

export const AXIS_HEIGHT = 44
/** Room that a label takes, in pixels. */
const YEAR_ROOM = 38
const MONTH_ROOM = 34

interface Tick {
  readonly x: number
  readonly label: string
}

/** Years above, months under them where there is room; no label lies on another or on a fold. */
export function Axis({ laid }: { laid: Layout }): ReactElement {
  const { month } = useWords()
  return (
    <svg className="axis-drawing" width={laid.width} height={AXIS_HEIGHT} aria-hidden="true">
      {laid.stretches.map((stretch) => (
        <g key={stretch.from}>
          {yearsIn(stretch).map(({ x, label }) => (
            <text key={label} className="year" x={x} y="16">
              {label}
            </text>
          ))}
          {monthsIn(stretch, month).map(({ x, label }) => (
            <g key={x}>
              <path d={`M${x} ${AXIS_HEIGHT - 6}v6`} />
              <text x={x + 3} y="33">
                {label}
              </text>
            </g>
          ))}
        </g>
      ))}
    </svg>
  )
}

/** The year in which a stretch begins, and every further one that has room. */
function yearsIn(stretch: Stretch): Tick[] {
  const { from, to, x: left, width } = stretch
  const at = (day: number) => left + ((Math.max(day, from) - from) / (to - from)) * width
  const first = calendarDay(from).year
  const last = calendarDay(to).year
  const ticks: Tick[] = []
  for (let year = first; year <= last; year += 1) {
    const x = at(dayOf(year, 1, 1))
    const next = year === last ? left + width : at(dayOf(year + 1, 1, 1))
    // The margin of a stretch may reach into a year in which nothing happens.
    const shown = Math.min(to, dayOf(year + 1, 1, 1)) - Math.max(from, dayOf(year, 1, 1))
    const barely = shown < 10
    if (barely || x + YEAR_ROOM > left + width + 2) continue
    if (ticks.length > 0 && x - (ticks.at(-1)?.x ?? 0) < YEAR_ROOM) continue
    if (next - x < 4) continue
    ticks.push({ x: x + 2, label: String(year) })
  }
  if (ticks.length === 0) {
    const middle = calendarDay(Math.round((from + to) / 2))
    ticks.push({ x: left + 2, label: String(middle.year) })
  }
  return ticks
}

function monthsIn(stretch: Stretch, name: (month: number) => string): Tick[] {
  const { from, to, x: left, width } = stretch
  const perMonth = (width / (to - from)) * 30.44
  const step = [1, 2, 3, 6].find((one) => one * perMonth >= MONTH_ROOM)
  const ticks: Tick[] = []
  const { year, month } = calendarDay(from)
  for (let n = month - 1; ; n += 1) {
    const day = dayOf(year + Math.floor(n / 12), (n % 12) + 1, 1)
    if (day > to) break
    const x = left + ((day - from) / (to - from)) * width
    // As with years: a month that the margin only brushes is not named.
    const barely = to - day < 10
    if (step === undefined || n % step !== 0 || day < from || barely || x + MONTH_ROOM > left + width + 4)
      continue
    ticks.push({ x, label: name((n % 12) + 1) })
  }
  if (ticks.length === 0 && to - from < 200) {
    const middle = calendarDay(Math.round((from + to) / 2))
    ticks.push({ x: left, label: name(middle.month) })
  }
  return ticks
}
