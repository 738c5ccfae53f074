export interface Recommendation {
  readonly text: string
  /** The State that made it. */
  readonly from: string
}

/** The rows of a table of recommendations (CSV, RFC 4180, columns Text and From among others). */
export function recommendationsOf(csv: string): Recommendation[] {
  const rows = [...csv.matchAll(/(?:^|\n)((?:"(?:[^"]|"")*"|[^\n])*)/g)].map(([, line = '']) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
    ),
  )
  const [head = [], ...body] = rows
  const [text, from] = [head.indexOf('Text'), head.indexOf('From')]
  return body
    .filter((row) => row.length === head.length)
    .map((row) => ({ text: row[text] ?? '', from: row[from] ?? '' }))
}
