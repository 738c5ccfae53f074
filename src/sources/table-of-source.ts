import { codePointSlice } from '../foundation/code-points.ts'
import { Refusal } from '../foundation/refusal.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { Tx } from '../storage/database.ts'
import { findSource, readingInUse } from './source-store.ts'

/** Rows given at once. */
const ROWS = 200

/** Rows of one table of a source, each cell with its place in the reading, so that it can be cited. */
export interface TableRows {
  readonly name: string | null
  /** How many tables the source has, and how many rows this one. */
  readonly tables: number
  readonly total: number
  readonly rows: { n: number; cells: { start: number; end: number; text: string }[] }[]
}

/**
 * @param about.table which table, from 1; `from`: the first row wanted, from 1
 * @throws Refusal `source_unknown`, `source_unread`, `table_unknown`
 */
export async function tableOfSource(
  tx: Tx,
  id: string,
  { table: number, from = 1 }: { table: number; from?: number | undefined },
): Promise<TableRows> {
  mustBeAllowed(tx.actor, 'read')
  if (!(await findSource(tx, id)))
    throw new Refusal('source_unknown', 'That source is not there; choose it from the list again.')
  const read = await readingInUse(tx, id)
  if (!read) throw new Refusal('source_unread', 'This source has no reading yet, so it has no tables.')
  const tables = read.reading.structure?.tables ?? []
  const table = tables[number - 1]
  if (!table)
    throw new Refusal('table_unknown', `This source has ${tables.length} tables; they count from 1.`)
  const slice = codePointSlice(read.text)
  const rows: TableRows['rows'] = []
  let at = table.start
  for (const [n, lengths] of table.rows.entries()) {
    if (n >= from - 1 + ROWS) break
    const cells: TableRows['rows'][number]['cells'] = []
    for (const length of lengths) {
      if (n >= from - 1) cells.push({ start: at, end: at + length, text: slice(at, at + length) })
      at += length + 1
    }
    // A row without cells still has the line break behind it.
    if (lengths.length === 0) at += 1
    if (n >= from - 1) rows.push({ n: n + 1, cells })
  }
  return { name: table.name ?? null, tables: tables.length, total: table.rows.length, rows }
}
