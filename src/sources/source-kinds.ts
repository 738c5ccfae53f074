import { codePointSlice } from '../foundation/code-points.ts'
import type { RecordKind } from '../ledger/record-kind.ts'
import { Reading, Source } from './source.ts'

export const sourceKind: RecordKind = {
  name: 'source',
  table: 'source',
  form: 'source/1',
  derived: [],
  searchable: ({ body }) => {
    const { title, language } = Source.parse(body)
    return [{ start: -1, text: title, language: language ?? 'und' }]
  },
}

/** Search finds the sentences of a reading; the search room shows the source they stand in. */
export const readingKind: RecordKind = {
  name: 'reading',
  table: 'reading',
  form: 'reading/1',
  text: true,
  derived: [],
  *searchable({ body }, text) {
    if (text === null) return
    const { sentences, language } = Reading.parse(body)
    const slice = codePointSlice(text)
    for (const [start, end] of sentences)
      yield { start, text: slice(start, end), language: language ?? 'und' }
  },
}

export const passageKind: RecordKind = { name: 'passage', table: 'passage', form: 'passage/1', derived: [] }
