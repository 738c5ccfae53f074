import type { Json } from '../foundation/json.ts'
import type { DerivedRows, RecordKind, RecordState } from '../ledger/record-kind.ts'
import { Statement, speakersOf } from './statement.ts'

/** Bodies are never altered, so that each is read once for all the tables derived from it. */
const read = new WeakMap<object, Statement>()
function statementOf(body: RecordState['body']): Statement {
  const known = read.get(body)
  if (known) return known
  const statement = Statement.parse(body)
  read.set(body, statement)
  return statement
}

const passages: DerivedRows = {
  table: 'passage_index',
  owner: 'item',
  columns: { item: 'text', passage: 'text' },
  rows: ({ id, body }) => {
    const cited = Array.isArray(body.passages) ? body.passages : []
    return [...new Set(cited)].map((passage) => ({ item: id, passage: passage ?? null }))
  },
}

const entries: DerivedRows = {
  table: 'entry_index',
  owner: 'statement',
  columns: {
    statement: 'text',
    n: 'integer',
    dossier: 'text',
    matter: 'text',
    aspect: 'text',
    emendation: 'text',
    value_matter: 'text',
  },
  rows: ({ id, body }) => {
    const { about, dossier } = statementOf(body)
    return about.map(({ matter, aspect, emendation, value }, n) => ({
      statement: id,
      n,
      dossier,
      matter,
      aspect,
      emendation: emendation ?? null,
      value_matter: value && typeof value === 'object' && 'matter' in value ? value.matter : null,
    }))
  },
}

const speakers: DerivedRows = {
  table: 'speaker_index',
  owner: 'statement',
  columns: {
    statement: 'text',
    position: 'integer',
    member: 'integer',
    innermost: 'boolean',
    matter: 'text',
  },
  rows: ({ id, body }) => {
    const chain = statementOf(body).speakers
    return chain.flatMap((link, position) =>
      speakersOf(link).map(
        (speaker, member): Record<string, Json> => ({
          statement: id,
          position,
          member,
          innermost: position === chain.length - 1,
          matter: speaker.matter ?? null,
        }),
      ),
    )
  },
}

export const statementKind: RecordKind = {
  name: 'statement',
  table: 'statement',
  form: 'statement/1',
  derived: [entries, speakers, passages],
}
export const remarkKind: RecordKind = {
  name: 'remark',
  table: 'remark',
  form: 'remark/1',
  derived: [passages],
}
export const linkKind: RecordKind = { name: 'link', table: 'link', form: 'link/1', derived: [] }
export const emendationKind: RecordKind = {
  name: 'emendation',
  table: 'emendation',
  form: 'emendation/1',
  derived: [],
}
export const findingKind: RecordKind = { name: 'finding', table: 'finding', form: 'finding/1', derived: [] }
export const tagKind: RecordKind = { name: 'tag', table: 'tag', form: 'tag/1', derived: [] }
