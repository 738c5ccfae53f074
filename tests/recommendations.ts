export interface Recommendation {
  readonly text: string
  /** The State that made it. */
  readonly from: string
  /** The State under review, and in which session. */
  readonly to: string
  readonly session: string
}

/** The rows of a table of recommendations (CSV, RFC 4180, columns To, Text, From and Session among others). */
export function recommendationsOf(csv: string): Recommendation[] {
  const rows = [...csv.matchAll(/(?:^|\n)((?:"(?:[^"]|"")*"|[^\n])*)/g)].map(([, line = '']) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
    ),
  )
  const [head = [], ...body] = rows
  const [text = -1, from = -1, to = -1, session = -1] = ['Text', 'From', 'To', 'Session'].map((name) =>
    head.indexOf(name),
  )
  return body
    .filter((row) => row.length === head.length)
    .map((row) => ({
      text: row[text] ?? '',
      from: row[from] ?? '',
      to: row[to] ?? '',
      session: row[session] ?? '',
    }))
}
