/** A line of the audit, as far as visits are told apart by it. */
interface Opening {
  readonly what: string
  readonly name: string
  readonly operation: string
  readonly at: string
  readonly opened: readonly { readonly code: string }[]
}

/** What one person did in the same cases without a longer pause. */
export interface Visit<Line extends Opening> {
  /** The newest of its lines. */
  readonly line: Line
  readonly first: Line
  /** How often each was asked for. */
  readonly asked: ReadonlyMap<string, number>
  readonly all: number
}

/** A visit ends where nothing was asked for so long. Milliseconds. */
const PAUSE = 900_000

/** Lines, the newest first, as visits; what was taken out stands for itself. */
export function visitsOf<Line extends Opening>(lines: readonly Line[]): Visit<Line>[] {
  const visits: Visit<Line>[] = []
  for (const line of lines) {
    const visit = visits.at(-1)
    if (visit && isSameVisit(visit.first, line)) {
      const asked = new Map(visit.asked)
      asked.set(line.operation, (asked.get(line.operation) ?? 0) + 1)
      visits[visits.length - 1] = { ...visit, first: line, asked, all: visit.all + 1 }
    } else visits.push({ line, first: line, asked: new Map([[line.operation, 1]]), all: 1 })
  }
  return visits
}

function isSameVisit(later: Opening, earlier: Opening): boolean {
  const cases = ({ opened }: Opening) => opened.map(({ code }) => code).join(' ')
  return (
    later.what === 'opening' &&
    earlier.what === 'opening' &&
    later.name === earlier.name &&
    cases(later) === cases(earlier) &&
    Date.parse(later.at) - Date.parse(earlier.at) < PAUSE
  )
}
