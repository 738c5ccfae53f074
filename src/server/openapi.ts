import { z } from 'zod'
import { AnyJson } from '../foundation/json.ts'
import {
  EVERY_REFUSAL,
  EVERY_WRITE_REFUSAL,
  type Operation,
  ReceiptView,
  RefusedView,
} from '../foundation/operation.ts'
import { programVersion } from '../foundation/version.ts'
import { PURPOSES, RECIPIENTS, SHOWN } from '../protection/consent-codes.ts'
import { OPERATIONS } from '../publication/contract.ts'
import { Note } from '../sources/note.ts'
import { Provenance, Publisher, SourceFacts } from '../sources/source.ts'
import {
  ConflictView,
  DateView,
  EntryView,
  FindingView,
  MatterRef,
  MouthView,
  PassageView,
  QuantityView,
  SourceRef,
  StatementView,
  ValueView,
} from '../statements/view-shapes.ts'
import { statusOf } from './status.ts'

/** Shapes that several operations share, and that readers of the page know by one name. */
const SHARED: Readonly<Record<string, z.ZodType>> = {
  Json: AnyJson,
  Refused: RefusedView,
  Receipt: ReceiptView,
  Note,
  Provenance,
  Publisher,
  SourceFacts,
  Conflict: ConflictView,
  Date: DateView,
  Entry: EntryView,
  Finding: FindingView,
  MatterRef,
  Mouth: MouthView,
  Passage: PassageView,
  Quantity: QuantityView,
  SourceRef,
  Statement: StatementView,
  Value: ValueView,
}

type Io = 'input' | 'output'
const HEAD = '#/components/schemas/'

/** The HTTP API as OpenAPI 3.1, made from the very schemas that check each request and each answer. */
export function openApi(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    const { method, path } = operation
    const key = `/api${path.replace(/:(\w+)/g, '{$1}')}`
    paths[key] = { ...paths[key], [method.toLowerCase()]: described(name, operation) }
  }
  paths['/api/sources/{id}/original'] = { get: originalOperation() }
  paths['/api/ledger/log/{path}'] = { get: logOperation() }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Rapporteur',
      version: programVersion(),
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: sharedShapes(),
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
    },
    security: [{ key: [] }],
  }
}

function described(name: string, { method, path, summary, query, body, answer, refusals }: Operation) {
  const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')
  const every = method === 'POST' ? [...EVERY_REFUSAL, ...EVERY_WRITE_REFUSAL] : EVERY_REFUSAL
  return {
    operationId: name,
    summary,
    parameters: [
      ...names.map((one) => ({ name: one, in: 'path', required: true, schema: { type: 'string' } })),
      ...queryParameters(query),
    ],
    ...(method === 'POST'
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(body, 'input') } },
          },
        }
      : {}),
    responses: {
      200: { description: 'Done', content: { 'application/json': { schema: schemaOf(answer, 'output') } } },
      ...refusedWith([...every, ...refusals]),
    },
  }
}

/** The one answer that is not JSON: bytes as they were received. */
function originalOperation() {
  return {
    operationId: 'original',
    summary: 'The original of a source, its bytes exactly as received',
    parameters: [
      { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
      ...leavingParameters(),
    ],
    responses: {
      200: { description: 'The bytes', content: { 'application/octet-stream': {} } },
      ...refusedWith([
        ...EVERY_REFUSAL,
        'source_unknown',
        'original_missing',
        'original_altered',
        'leaving_unreadable',
        'consent_missing',
        'conditions_unread',
        'shows_more',
      ]),
    },
  }
}

/** For what and to whom it leaves; without them, within the case team. */
function leavingParameters() {
  const terms = { purpose: PURPOSES, recipient: RECIPIENTS, identifiability: SHOWN, conditions: ['read'] }
  const chosen = Object.entries(terms).map(([name, one]) => ({
    name,
    in: 'query',
    required: false,
    schema: { type: 'string', enum: [...one] },
  }))
  return [...chosen, { name: 'to', in: 'query', required: false, schema: { type: 'string' } }]
}

function logOperation() {
  return {
    operationId: 'log',
    summary: 'The ledger as C2SP tlog-tiles serves it: checkpoint, tile/LEVEL/INDEX, tile/entries/INDEX',
    parameters: [{ name: 'path', in: 'path', required: true, schema: { type: 'string' } }],
    responses: {
      200: { description: 'The bytes', content: { 'application/octet-stream': {}, 'text/plain': {} } },
      ...refusedWith([...EVERY_REFUSAL, 'not_there']),
    },
  }
}

/** Refusals by their status, each code named. */
function refusedWith(codes: readonly string[]): Record<string, unknown> {
  const byStatus = new Map<number, string[]>()
  for (const code of [...new Set(codes)].sort()) {
    const status = statusOf(code)
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  const content = { 'application/json': { schema: { $ref: `${HEAD}Refused` } } }
  return Object.fromEntries(
    [...byStatus].map(([status, those]) => [
      status,
      { description: `Refused, with one sentence that says what to do: ${those.join(', ')}`, content },
    ]),
  )
}

/** A shared shape may read differently as a request and as an answer (defaults); each has a name of its own then. */
const nameOf = (name: string, io: Io) => (io === 'input' ? `${name}Request` : name)

function sharedShapes(): Record<string, unknown> {
  const ways: Io[] = ['input', 'output']
  return Object.fromEntries(
    ways.flatMap((io) =>
      Object.entries(allShared(io)).map(([name, schema]) => [nameOf(name, io), plain(schema)]),
    ),
  )
}

function allShared(io: Io): Record<string, z.core.JSONSchema.BaseSchema> {
  return z.toJSONSchema(registry(), { io, unrepresentable: 'any', uri: (id) => HEAD + nameOf(id, io) })
    .schemas
}

function registry(more: Readonly<Record<string, z.ZodType>> = {}) {
  const known = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries({ ...SHARED, ...more })) known.add(schema, { id })
  return known
}

function schemaOf(schema: z.ZodType, io: Io): unknown {
  const shared = Object.entries(SHARED).find(([, one]) => one === schema)
  if (shared) return { $ref: HEAD + nameOf(shared[0], io) }
  const made = z.toJSONSchema(registry({ asked: schema }), {
    io,
    unrepresentable: 'any',
    uri: (id) => HEAD + nameOf(id, io),
  })
  return plain(made.schemas.asked ?? {})
}

/** Inside a document the shapes have no addresses of their own. */
function plain({ $schema, $id, ...rest }: z.core.JSONSchema.BaseSchema): unknown {
  return rest
}

function queryParameters(query: z.ZodType): unknown[] {
  const { properties, required } = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' })
  return Object.entries(properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required?.includes(name) ?? false,
    schema,
  }))
}
