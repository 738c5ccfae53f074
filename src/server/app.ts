import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { z } from 'zod'
import { isRefusal, Refusal } from '../foundation/refusal.ts'
import { mustBeAllowed } from '../protection/may.ts'
import { OPERATIONS } from '../publication/contract.ts'
import { findSource } from '../sources/source-store.ts'
import { readOriginal } from '../storage/originals.ts'
import { headers, onlyOwnHost, onlyOwnOrigin, onlyWithKey } from './gate.ts'
import { type AllHandlers, type Asked, doorsInto, type House } from './handlers.ts'
import { houseHandlers, ledgerHandlers, searchHandlers } from './ledger-handlers.ts'
import { matterHandlers } from './matter-handlers.ts'
import { openApi } from './openapi.ts'
import type { Page } from './pages.ts'
import { sourceHandlers } from './source-handlers.ts'
import { statementHandlers } from './statement-handlers.ts'
import { vocabularyHandlers } from './vocabulary-handlers.ts'

const HANDLERS: AllHandlers = {
  ...houseHandlers,
  ...vocabularyHandlers,
  ...sourceHandlers,
  ...matterHandlers,
  ...statementHandlers,
  ...searchHandlers,
  ...ledgerHandlers,
}

/** A file of 64 MB as base64 in JSON, and what surrounds it. Bytes. */
const LARGEST_REQUEST = 96 * 1024 * 1024

/** The whole HTTP door: pages for anybody on this machine, the API for whoever holds the key. */
export function createApp(
  house: House,
  { port, key, pages }: { port: number; key: string; pages: ReadonlyMap<string, Page> },
): Hono {
  const app = new Hono()
  app.use(headers)
  app.use(onlyOwnHost(port))
  app.use(
    '/api/*',
    onlyOwnOrigin(port),
    onlyWithKey(key),
    bodyLimit({
      maxSize: LARGEST_REQUEST,
      onError: () => {
        throw new Refusal(
          'too_large',
          'This is larger than 64 MB; split it, or take in the part that is needed.',
        )
      },
    }),
  )
  app.get('/api/openapi.json', (context) => context.json(openApi()))
  app.get('/api/sources/:id/original', async (context) => sendOriginal(house, context.req.param('id')))
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    const handle = HANDLERS[name as keyof typeof HANDLERS] as (
      asked: Asked<typeof operation>,
    ) => Promise<unknown>
    app.on(operation.method, `/api${operation.path}`, async (context) => {
      const query = parse(operation.query, without(context.req.query(), 'key'))
      const body = operation.method === 'GET' ? {} : parse(operation.body, await jsonOf(context.req.raw))
      const params = context.req.param() as Record<string, string>
      const answer = await handle({ house, params, query, body, ...doorsInto(house) } as Asked<
        typeof operation
      >)
      return context.json(answer as Record<string, unknown>)
    })
  }
  app.all('/api/*', () => {
    throw new Refusal('not_there', 'The API has no such address; /api/openapi.json lists all of them.')
  })
  app.get('*', (context) => sendPage(pages, context.req.path))
  app.onError((error, context) => {
    const { status, code, sentence } = explain(error)
    return context.json({ error: { code, sentence } }, status)
  })
  return app
}

function parse(schema: z.ZodType, given: unknown): unknown {
  const result = schema.safeParse(given)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const where = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : ''
  throw new Refusal(
    'request_unreadable',
    `This request cannot be read${where}: ${issue?.message ?? 'it has another shape'}.`,
  )
}

async function jsonOf(request: Request): Promise<unknown> {
  try {
    return await request.json()
  } catch (cause) {
    if (isRefusal(cause)) throw cause
    throw new Refusal('request_unreadable', 'This request is not JSON.', {}, { cause })
  }
}

function without(query: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(query).filter(([one]) => one !== name))
}

/** Refusals by what they are about; every other refusal is something the asker can mend (422). */
const STATUS: Record<string, ContentfulStatusCode> = {
  host_unknown: 421,
  origin_unknown: 403,
  key_missing: 401,
  not_allowed: 403,
  not_json: 415,
  too_large: 413,
  request_unreadable: 400,
  not_there: 404,
  dossier_unknown: 404,
  source_unknown: 404,
  matter_unknown: 404,
  changed_meanwhile: 409,
}

function explain(error: unknown): { status: ContentfulStatusCode; code: string; sentence: string } {
  if (isRefusal(error)) {
    return { status: STATUS[error.code] ?? 422, code: error.code, sentence: error.message }
  }
  // What exactly failed is for the person at the terminal; it may hold words that a page must not show.
  process.stderr.write(
    `rapporteur: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
  const sentence =
    'This machine failed to do it, and nothing was changed; the window where it was started says why.'
  return { status: 500, code: 'machine_failed', sentence }
}

/** The bytes exactly as received, as a download: never as a page of ours. */
async function sendOriginal(house: House, id: string): Promise<Response> {
  const source = await doorsInto(house).read(async (tx) => {
    mustBeAllowed(tx.actor, 'read', { organisation: tx.actor.organisation, level: 'organisation' })
    return findSource(tx, id)
  })
  if (!source) throw new Refusal('source_unknown', 'That source is not there; choose it from the list again.')
  const { original, fileName, title } = source.source
  const name = encodeURIComponent(fileName ?? `${title}.txt`)
  return new Response(new Uint8Array(await readOriginal(house.folder, original.sha256)), {
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename*=UTF-8''${name}`,
    },
  })
}

/** A built file, or the one page that shows every door. */
function sendPage(pages: ReadonlyMap<string, Page>, path: string): Response {
  const page = pages.get(path)
  if (!page && /\.\w+$/.test(path)) return new Response('Not found\n', { status: 404 })
  const found = page ?? pages.get('/index.html')
  if (!found) return new Response('Not found\n', { status: 404 })
  return new Response(found.bytes, {
    headers: {
      'Content-Type': found.type,
      'Cache-Control': found.lasting ? 'private, max-age=31536000, immutable' : 'no-cache',
    },
  })
}
