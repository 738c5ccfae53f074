import type { z } from 'zod'
import { type Operation, type ParameterOf, RefusedView } from '../src/foundation/operation.ts'
import { createApp } from '../src/server/app.ts'
import type { Workspace } from '../src/storage/workspace.ts'

const PORT = 7360
const KEY = 'key-of-this-test'

interface Asking<One extends Operation> {
  params?: Readonly<Record<ParameterOf<One['path']>, string>>
  query?: Readonly<Record<string, string>>
  body?: z.input<One['body']>
}

/** The HTTP API over a record, through its gates, without a socket. */
export function apiOf(workspace: Workspace) {
  const app = createApp({ ...workspace, sample: false }, { port: PORT, key: KEY, pages: new Map() })
  const ask = async <One extends Operation>(operation: One, { params, query, body }: Asking<One>) => {
    const values: Record<string, string> = { ...params }
    const path = operation.path.replace(/:(\w+)/g, (_, name: string) => values[name] ?? '')
    const search = query ? `?${new URLSearchParams(query)}` : ''
    const response = await app.request(`http://localhost:${PORT}/api${path}${search}`, {
      method: operation.method,
      headers: {
        host: `localhost:${PORT}`,
        authorization: `Bearer ${KEY}`,
        'content-type': 'application/json',
      },
      ...(operation.method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
    })
    return { ok: response.ok, answer: await response.json() }
  }
  return {
    /** The answer, checked against the operation's own schema. */
    async call<One extends Operation>(
      operation: One,
      asked: Asking<One> = {},
    ): Promise<z.output<One['answer']>> {
      const { ok, answer } = await ask(operation, asked)
      if (!ok) throw new Error(RefusedView.parse(answer).error.code)
      return operation.answer.parse(answer) as z.output<One['answer']>
    },
    /** The code with which it is refused; 'done' where it is not. */
    async refusal<One extends Operation>(operation: One, asked: Asking<One> = {}): Promise<string> {
      const { ok, answer } = await ask(operation, asked)
      return ok ? 'done' : RefusedView.parse(answer).error.code
    },
  }
}
