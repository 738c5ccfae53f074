import { z } from 'zod'
import { RefusedView } from '../foundation/operation.ts'
import { programVersion } from '../foundation/version.ts'
import { OPERATIONS } from '../publication/contract.ts'

/** The HTTP API as OpenAPI 3.1, made from the very schemas that check each request. */
export function openApi(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [name, { method, path, summary, query, body, answer }] of Object.entries(OPERATIONS)) {
    const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')
    const operation = {
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
        default: {
          description: 'Refused, with a stable code and one sentence that says what to do',
          content: { 'application/json': { schema: schemaOf(RefusedView, 'output') } },
        },
      },
    }
    const key = `/api${path.replace(/:(\w+)/g, '{$1}')}`
    paths[key] = { ...paths[key], [method.toLowerCase()]: operation }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Rapporteur', version: programVersion(), license: { name: 'AGPL-3.0-or-later' } },
    paths,
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    security: [{ key: [] }],
  }
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): unknown {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' })
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
