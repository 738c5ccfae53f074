import { type Context, Hono } from 'hono'
import type { z } from 'zod'
import { isRefusal, Refusal } from '../foundation/refusal.ts'
import { logKey } from '../ledger/log-key.ts'
import { goingTo, readLeaving, WITHIN_THE_CASE } from '../protection/exits.ts'
import { OPERATIONS } from '../publication/contract.ts'
import { takeOriginalOut } from '../sources/take-original-out.ts'
import { understood } from '../storage/database.ts'
import { accountHandlers } from './account-handlers.ts'
import { atTheDoor } from './at-the-door.ts'
import { consentHandlers, interviewHandlers } from './consent-handlers.ts'
import { backupHandlers, dataProtectionHandlers, erasureHandlers } from './erasure-handlers.ts'
import { headers, ORIGINAL_POLICY, onlyOwnHost, onlyOwnOrigin } from './gate.ts'
import { type AllHandlers, type Asked, type Door, doorsInto, type House, type Opened } from './handlers.ts'
import { houseHandlers, ledgerHandlers, searchHandlers } from './ledger-handlers.ts'
import { levelHandlers } from './level-handlers.ts'
import { sendLog } from './log-files.ts'
import { matterHandlers } from './matter-handlers.ts'
import { openApi } from './openapi.ts'
import type { Page } from './pages.ts'
import { withPromises } from './promises.ts'
import { protectionHandlers } from './protection-handlers.ts'
import { signInLogHandlers } from './sign-in-log-handlers.ts'
import { localPlace, type Place } from './site.ts'
import { sourceHandlers } from './source-handlers.ts'
import { statementHandlers } from './statement-handlers.ts'
import { statusOf } from './status.ts'
import { visitorOf } from './visitor.ts'
import { vocabularyHandlers } from './vocabulary-handlers.ts'
import { givePass, takePass, whoAsks } from './who-asks.ts'

const HANDLERS: AllHandlers = {
  ...houseHandlers,
  ...vocabularyHandlers,
  ...sourceHandlers,
  ...matterHandlers,
  ...statementHandlers,
  ...searchHandlers,
  ...ledgerHandlers,
  ...protectionHandlers,
  ...consentHandlers,
  ...interviewHandlers,
  ...accountHandlers,
  ...levelHandlers,
  ...signInLogHandlers,
  ...erasureHandlers,
  ...dataProtectionHandlers,
  ...backupHandlers,
}

/** A file of 64 MB as base64 in JSON, and what surrounds it. Bytes. */
const LARGEST_REQUEST = 96 * 1024 * 1024

/** The whole HTTP door: pages for anybody who reaches it, the API for whoever shows who they are. */
export function createApp(
  opened: Opened,
  {
    port,
    key,
    pages,
    place = localPlace(port),
  }: { port: number; key: string; pages: ReadonlyMap<string, Page>; place?: Place },
): Hono {
  const house: House = { ...opened, home: opened.actor.organisation, site: place }
  const app = new Hono()
  app.use(headers(place))
  app.use(onlyOwnHost(place))
  app.use('/api/*', onlyOwnOrigin(place))
  /** The record for whoever asks, with the case that they open. */
  const forAsker = async (context: Context, name: string): Promise<House> => {
    const actor = await whoAsks(context, house, key)
    const opens = context.req.header(CASE_HEADER) ?? ''
    const cases = opens === '' ? [] : [readable(opens)]
    const theirs = logKey(house.key, actor.organisation)
    return { ...house, key: theirs, actor: { ...actor, cases, doing: name } }
  }
  app.get('/api/openapi.json', async (context) => {
    await forAsker(context, 'openapi')
    return context.json(openApi())
  })
  app.get('/api/sources/:id/original', async (context) =>
    sendOriginal(await forAsker(context, 'openOriginal'), {
      id: readable(context.req.param('id')),
      asked: context.req.query(),
    }),
  )
  app.get('/api/ledger/log/*', async (context) =>
    sendLog(await forAsker(context, 'ledger'), readable(context.req.path.slice('/api/ledger/log/'.length))),
  )
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    const handle = HANDLERS[name as keyof typeof HANDLERS] as (
      asked: Asked<typeof operation>,
    ) => Promise<unknown>
    app.on(operation.method, `/api${operation.path}`, async (context) => {
      const asking = 'open' in operation ? asNobody(house) : await forAsker(context, name)
      const query = parse(operation.query, context.req.query())
      const body = operation.method === 'GET' ? {} : parse(operation.body, await jsonOf(context.req.raw))
      const given = Object.entries(context.req.param() as Record<string, string>)
      const params = Object.fromEntries(given.map(([of, value]) => [of, readable(value)]))
      const asked = { house: asking, params, query, body, ...doorsInto(asking) }
      const at = { name, params, body, door: doorOf(context, house) }
      const answer = await atTheDoor(asking, at, (door) =>
        handle({ ...asked, door } as unknown as Asked<typeof operation>),
      )
      // What the contract does not name does not leave the house, and an answer of another shape is a failure.
      const whole = withPromises(answer as Record<string, unknown>, asking.key)
      return context.json(operation.answer.parse(whole) as Record<string, unknown>)
    })
  }
  app.all('/api/*', async (context) => {
    await whoAsks(context, house, key)
    const allowed = methodsOf(context.req.path)
    if (allowed.length === 0) {
      throw new Refusal('not_there', 'The API has no such address; /api/openapi.json lists all of them.')
    }
    context.header('Allow', allowed.join(', '))
    throw new Refusal('method_unknown', `This address answers ${allowed.join(' and ')} only.`)
  })
  app.get('*', (context) => sendPage(pages, context.req.path))
  app.all('*', (context) => {
    context.header('Allow', 'GET, HEAD')
    throw new Refusal('method_unknown', 'Pages are only read: this address answers GET and HEAD only.')
  })
  app.onError((error, context) => {
    const { code, sentence } = explain(error)
    return context.json({ error: { code, sentence } }, statusOf(code))
  })
  return app
}

/** The case that a request opens, by its id. It stands in a header, so that no address and no log of a proxy holds it. */
const CASE_HEADER = 'rapporteur-case'

/** Before anybody knows who asks: no role, and a pass that opens nothing. */
function asNobody(house: House): House {
  const { organisation } = house.actor
  return { ...house, actor: { organisation, person: '', roles: [], pass: '', cases: [], compartments: [] } }
}

function doorOf(context: Context, house: House): Door {
  return {
    visitor: visitorOf(context, house.site),
    givePass: (pass) => givePass(context, house, pass),
    takePass: () => takePass(context, house),
  }
}

const ROUTES = [
  ...Object.values(OPERATIONS).map(({ method, path }) => ({ method, path: `/api${path}` })),
  { method: 'GET', path: '/api/sources/:id/original' },
  { method: 'GET', path: '/api/ledger/log/.+' },
  { method: 'GET', path: '/api/openapi.json' },
].map(({ method, path }) => ({ method, pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`) }))

/** What an address of the API answers to; nothing where there is no such address. */
function methodsOf(path: string): string[] {
  const found = ROUTES.filter(({ pattern }) => pattern.test(path)).flatMap(({ method }) =>
    method === 'GET' ? ['GET', 'HEAD'] : [method],
  )
  return [...new Set(found)]
}

/** A part of an address as it was meant: no character that a name or an id cannot have. */
function readable(part: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not stand in a name
  if (!/[\u0000-\u001f\ufffd]|%[0-9a-f]{2}/i.test(part)) return part
  throw new Refusal('request_unreadable', 'This address cannot be read; a part of it is no text.')
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
  const bytes = await bytesOf(request)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new Refusal('request_unreadable', 'This request is not JSON.', {}, { cause })
  }
}

/** The body, up to the limit, whether its length was declared or not. */
async function bytesOf({ headers, body }: Request): Promise<Buffer> {
  if (Number(headers.get('content-length') ?? 0) > LARGEST_REQUEST) throw tooLarge()
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body ?? []) {
    size += part.length
    if (size > LARGEST_REQUEST) throw tooLarge()
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function tooLarge(): Refusal {
  return new Refusal('too_large', 'This is larger than 64 MB; split it, or take in the part that is needed.')
}

function explain(failed: unknown): { code: string; sentence: string } {
  // Who asks is looked up outside every transaction; there too a database that is gone is said by its name.
  const error = understood(failed)
  if (isRefusal(error)) return { code: error.code, sentence: error.message }
  process.stderr.write(`rapporteur: ${whereOf(error)}\n`)
  const sentence =
    'This machine failed to do it, and nothing was changed; the window where it was started says why.'
  return { code: 'machine_failed', sentence }
}

/**
 * What failed, and where in the program, for whoever mends it. Never the message: it may hold words of the record, and a
 * server's log is read by people who may not.
 */
function whereOf(error: unknown): string {
  if (!(error instanceof Error)) return 'something failed that is no error'
  if (process.env.RAPPORTEUR_DEBUG) return error.stack ?? error.message
  const code = 'code' in error ? ` ${String(error.code)}` : ''
  const steps = (error.stack ?? '').split('\n').filter((line) => /^\s+at .*[:\d]+\)?$/.test(line))
  return [`${error.name}${code}; RAPPORTEUR_DEBUG=1 shows its message`, ...steps].join('\n')
}

/** The bytes exactly as received, as a download: never as a page of ours. */
async function sendOriginal(
  house: House,
  { id, asked }: { id: string; asked: Readonly<Record<string, string>> },
): Promise<Response> {
  const leaving = readLeaving(asked, WITHIN_THE_CASE)
  const { known, bytes } = await doorsInto(house).take(
    { kind: 'original', output: id, to: goingTo(leaving) },
    (tx) => takeOriginalOut(tx, { folder: house.folder, id, leaving }),
  )
  const { fileName, title } = known.source
  const name = encodeURIComponent(fileName?.split('/').at(-1) ?? `${title}.txt`).replace(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16)}`,
  )
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename*=UTF-8''${name}`,
      'Content-Security-Policy': ORIGINAL_POLICY,
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
