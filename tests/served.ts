import { type Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import type { z } from 'zod'
import { OPERATIONS, type Operations } from '../src/publication/contract.ts'
import type { Opened } from '../src/server/handlers.ts'
import { type Listening, type Served, serve } from '../src/server/serve.ts'
import { cookieOf } from '../src/server/who-asks.ts'
import type { Workspace } from '../src/storage/workspace.ts'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  json(): unknown
}

export interface Asking {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string | Buffer
  readonly host?: string
  /** Keeps its connection for the next request. */
  readonly agent?: Agent
}

/** One request exactly as it is written here: unlike fetch this lets a test lie about Host and Origin. */
export function request(port: number, path: string, asking: Asking = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body, host = '127.0.0.1', agent = false } = asking
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host, port, path, method, headers, agent }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8')
        const { statusCode = 0, headers: given } = response
        resolve({ status: statusCode, headers: given, text, json: () => JSON.parse(text) })
      })
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

type Name = keyof Operations
export interface Given {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: unknown
  /** The case that the request opens. */
  readonly opened?: string | undefined
  /** The pass of a browser's session, in place of the key. */
  readonly as?: string | undefined
}

export type TestServer = Served & {
  /** One operation as a script would ask for it: status, and the body as it came. */
  ask(
    name: Name,
    given?: Given,
  ): Promise<{
    status: number
    body: unknown
    code: string | null
    sentence: string
    headers: IncomingHttpHeaders
    /** The pass that the answer gives a browser, where it gives one. */
    pass: string | null
  }>
  /** The same, which must be done; its answer, checked against the contract. */
  done<One extends Name>(name: One, given?: Given): Promise<z.output<Operations[One]['answer']>>
}

/** A record served for real on a free port of loopback. */
export async function testServer(
  workspace: Workspace,
  changes: Partial<Opened> = {},
  listening: Partial<Listening> = {},
): Promise<TestServer> {
  const served = await serve({ ...workspace, sample: false, ...changes }, { port: 0, ...listening })
  const cookie = cookieOf(workspace.actor.organisation)
  const ask: TestServer['ask'] = async (name, { params = {}, query = {}, body = {}, opened, as } = {}) => {
    const { method, path } = OPERATIONS[name]
    const filled = path.replace(/:(\w+)/g, (_, one: string) => encodeURIComponent(params[one] ?? ''))
    const search = new URLSearchParams(
      Object.entries(query).map(([one, value]): [string, string] => [one, String(value)]),
    )
    const answer = await request(served.port, `/api${filled}${search.size > 0 ? `?${search}` : ''}`, {
      method,
      headers: {
        ...(as === undefined
          ? { Authorization: `Bearer ${served.key}` }
          : { Cookie: `${cookie}=${as}`, 'Sec-Fetch-Site': 'same-origin' }),
        Host: new URL(served.address).host,
        ...(opened === undefined ? {} : { 'Rapporteur-Case': opened }),
        ...(method === 'POST' ? { 'Content-Type': 'application/json' } : {}),
      },
      ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
    })
    const parsed = answer.json() as { error?: { code: string; sentence: string } }
    return {
      status: answer.status,
      body: parsed,
      code: parsed.error?.code ?? null,
      sentence: parsed.error?.sentence ?? '',
      headers: answer.headers,
      pass:
        /^__Host-rapporteur-[0-9a-f]{8}=([\w-]+);/.exec(answer.headers['set-cookie']?.[0] ?? '')?.[1] ?? null,
    }
  }
  return {
    ...served,
    ask,
    async done(name, given) {
      const { status, body } = await ask(name, given)
      if (status !== 200) throw new Error(`${name} was refused: ${JSON.stringify(body)}`)
      return OPERATIONS[name].answer.parse(body) as never
    },
  }
}
