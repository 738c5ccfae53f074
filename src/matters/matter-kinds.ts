import type { Json } from '../foundation/json.ts'
import { nameKey } from '../foundation/languages.ts'
import type { RecordKind } from '../ledger/record-kind.ts'
import { allNames, Matter } from './matter.ts'

/** Distinct search keys of all names, in order; the position is the derived row's number. */
function foldedNames(body: Readonly<Record<string, Json>>): string[] {
  return [...new Set<string>(allNames(Matter.parse(body)).map(nameKey))].filter((folded) => folded !== '')
}

export const matterKind: RecordKind = {
  name: 'matter',
  table: 'matter',
  form: 'matter/1',
  derived: [
    {
      table: 'name_index',
      owner: 'matter',
      columns: { matter: 'text', n: 'integer', folded: 'text' },
      rows: ({ id, body }) => foldedNames(body).map((folded, n) => ({ matter: id, n, folded })),
    },
  ],
  searchable({ body }) {
    const matter = Matter.parse(body)
    const titled = [{ start: 0, text: matter.name, language: 'und' }]
    const others = matter.names.filter(({ text }) => text !== matter.name)
    return [...titled, ...others.map(({ text, language }, n) => ({ start: n + 1, text, language }))]
  },
}

export const aspectKind: RecordKind = { name: 'aspect', table: 'aspect', form: 'aspect/1', derived: [] }
