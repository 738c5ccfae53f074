import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Refusal } from '../foundation/refusal.ts'
import { createApp } from './app.ts'
import type { House } from './handlers.ts'
import { loadPages } from './pages.ts'

export interface Served {
  /** With the key in its fragment, which no server and no log ever sees. */
  readonly address: string
  readonly key: string
  readonly port: number
  close(): Promise<void>
}

/**
 * Answer on this machine's own loopback, and nowhere else. Both loopback addresses are taken: browsers try ::1 first for
 * "localhost", and another user who took it would be handed the key.
 *
 * @throws Refusal `port_taken`, `web_not_built`
 */
export async function serve(house: House, { port }: { port: number }): Promise<Served> {
  const pages = loadPages()
  const key = randomBytes(18).toString('base64url')
  const first = createServer()
  const taken = await listen(first, { port, host: '127.0.0.1' })
  const second = createServer()
  try {
    await listen(second, { port: taken, host: '::1' })
  } catch (error) {
    if (!withoutIpv6(error)) {
      await stop(first)
      throw error
    }
  }
  const app = createApp(house, { port: taken, key, pages })
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  for (const server of [first, second]) server.on('request', answer)
  const close = async () => void (await Promise.all([stop(first), stop(second)]))
  return { address: `http://localhost:${taken}/#key=${key}`, key, port: taken, close }
}

function withoutIpv6(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT'
}

async function listen(server: Server, { port, host }: { port: number; host: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return reject(error)
      const sentence = `Port ${port} is in use by another program; stop it, or choose another one with --port.`
      reject(new Refusal('port_taken', sentence, {}, { cause: error }))
    })
    server.listen({ port, host, ipv6Only: true }, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

/** Stop taking requests, and let those under way be answered. */
async function stop(server: Server): Promise<void> {
  if (!server.listening) return
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), 2000).unref()
  })
}
