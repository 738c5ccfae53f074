import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { EVERY_REFUSAL, EVERY_WRITE_REFUSAL } from '../src/foundation/operation.ts'
import { OPERATIONS } from '../src/publication/contract.ts'
import { openApi } from '../src/server/openapi.ts'
import { statusOf } from '../src/server/status.ts'

interface Described {
  readonly operationId: string
  readonly summary: string
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: object }[]
  readonly requestBody?: { readonly required: boolean; readonly content: Record<string, { schema: object }> }
  readonly responses: Readonly<
    Record<string, { description: string; content: Record<string, { schema: object }> }>
  >
}

/** The parts of OpenAPI 3.1.1 that stand in ours, as its own schema has them: no member it does not know. */
const Schema = z.record(z.string(), z.unknown())
const Content = z.record(z.string(), z.strictObject({ schema: Schema.optional() }))
const OperationObject = z.strictObject({
  operationId: z.string().regex(/^[a-zA-Z]+$/),
  summary: z.string().min(1),
  parameters: z.array(
    z.strictObject({
      name: z.string(),
      in: z.enum(['path', 'query']),
      required: z.boolean(),
      schema: Schema,
    }),
  ),
  requestBody: z.strictObject({ required: z.boolean(), content: Content }).optional(),
  responses: z.record(
    z.string().regex(/^[1-5]\d\d$/),
    z.strictObject({ description: z.string().min(1), content: Content }),
  ),
})
const Document = z.strictObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  jsonSchemaDialect: z.url(),
  info: z.strictObject({
    title: z.string(),
    version: z.string(),
    license: z.strictObject({ name: z.string(), identifier: z.string() }),
  }),
  servers: z.array(z.strictObject({ url: z.string() })),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'post']), OperationObject)),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[a-zA-Z0-9._-]+$/), Schema),
    securitySchemes: z.strictObject({
      key: z.strictObject({ type: z.literal('http'), scheme: z.literal('bearer') }),
    }),
  }),
  security: z.array(z.record(z.string(), z.array(z.string()))),
})

describe('the OpenAPI page', () => {
  // As it leaves the house: whatever JSON drops is not there.
  const page = JSON.parse(JSON.stringify(openApi()))
  const all = Object.values(page.paths as Record<string, Record<string, Described>>).flatMap((path) =>
    Object.values(path),
  )
  const byId = new Map(all.map((one) => [one.operationId, one]))

  test('D5 fits OpenAPI 3.1, and every reference in it leads somewhere', () => {
    expect(Document.safeParse(page).error?.issues ?? []).toEqual([])
    const refs = new Set<string>()
    const visit = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(visit)
      else if (value !== null && typeof value === 'object') {
        for (const [name, member] of Object.entries(value)) {
          if (name === '$ref' && typeof member === 'string') refs.add(member)
          else visit(member)
        }
      }
    }
    visit(page)
    expect(refs.size).toBeGreaterThan(10)
    for (const ref of refs) {
      const [hash, ...path] = ref.split('/')
      expect(hash).toBe('#')
      const found = path.reduce((at, part) => at?.[part], page)
      expect([ref, typeof found]).toEqual([ref, 'object'])
    }
    expect(JSON.stringify(page)).not.toMatch(/__shared|"\$id"/)
  })

  test('D5 every operation is listed once, with its parameters, its body and each of its refusals', () => {
    expect(all.length).toBe(byId.size)
    expect([...byId.keys()].sort()).toEqual([...Object.keys(OPERATIONS), 'log', 'original'].sort())
    for (const [name, { method, path, refusals }] of Object.entries(OPERATIONS)) {
      const one = byId.get(name)
      const inPath = one?.parameters.filter((parameter) => parameter.in === 'path') ?? []
      expect(inPath.map((parameter) => `:${parameter.name}`)).toEqual(path.match(/:\w+/g) ?? [])
      expect(inPath.every(({ required }) => required)).toBe(true)
      expect([name, one?.requestBody?.required ?? false]).toEqual([name, method === 'POST'])
      const every = method === 'POST' ? [...EVERY_REFUSAL, ...EVERY_WRITE_REFUSAL] : EVERY_REFUSAL
      for (const code of [...every, ...refusals]) {
        const answer = one?.responses[statusOf(code)]
        expect([name, code, answer?.description.includes(code)]).toEqual([name, code, true])
        expect(answer?.content['application/json']?.schema).toEqual({ $ref: '#/components/schemas/Refused' })
      }
    }
  })

  test('D5 a query says what it takes and what it falls back to', () => {
    const search = byId.get('search')?.parameters ?? []
    expect(search.map(({ name }) => name).sort()).toEqual(
      ['dossier', 'kind', 'language', 'limit', 'offset', 'q', 'source'].sort(),
    )
    expect(search.find(({ name }) => name === 'limit')).toMatchObject({
      required: false,
      schema: { type: 'integer', default: 20, maximum: 100 },
    })
  })
})
