import { randomBytes } from 'node:crypto'
import { createServer, type Server, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import { isRefusal, Refusal } from '../foundation/refusal.ts'
import { createApp } from './app.ts'
import { GUARDS } from './gate.ts'
import type { House } from './handlers.ts'
import { loadPages } from './pages.ts'
import { portTaken } from './port-taken.ts'

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
  const { servers, port: taken } = await takePort(port).catch(async (error: unknown) => {
    throw isRefusal(error) && error.code === 'port_taken' ? await portTaken(port, error) : error
  })
  const app = createApp(house, { port: taken, key, pages })
  const answer = getRequestListener(app.fetch, {
    overrideGlobalObjects: false,
    errorHandler: () => unreadable(),
  })
  for (const server of servers) server.on('request', answer)
  const close = async () => void (await Promise.all(servers.map(stop)))
  return { address: `http://localhost:${taken}/#key=${key}`, key, port: taken, close }
}

/** Milliseconds. A page of this machine needs none of them; whoever holds connections open loses them. */
const SETTINGS = {
  headersTimeout: 5000,
  requestTimeout: 120_000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 1000,
  // Whoever names no host is refused by the gate, as everybody who names another.
  requireHostHeader: false,
}
/** A browser opens six; many windows and a script beside them still fit. */
const MOST_CONNECTIONS = 500
/** How often a free port is looked for that is free on both addresses. */
const TRIES = 20

/** Take a port on both loopback addresses; port 0 takes one that is free on both. */
async function takePort(port: number): Promise<{ servers: Server[]; port: number }> {
  for (let tried = 1; ; tried += 1) {
    const [first, second] = [newServer(), newServer()]
    const taken = await listen(first, { port, host: '127.0.0.1' })
    try {
      await listen(second, { port: taken, host: '::1' })
      return { servers: [first, second], port: taken }
    } catch (error) {
      if (withoutIpv6(error)) return { servers: [first], port: taken }
      await stop(first)
      if (port !== 0 || tried === TRIES || !isRefusal(error)) throw error
    }
  }
}

function newServer(): Server {
  const server = createServer(SETTINGS)
  server.maxConnections = MOST_CONNECTIONS
  // What is no HTTP at all never reaches the pages, and is guarded and refused like everything else.
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseRaw(error, socket))
  return server
}

const UNREADABLE = JSON.stringify({
  error: { code: 'request_unreadable', sentence: 'This request cannot be read; it is no HTTP request.' },
})

function unreadable(): Response {
  return new Response(UNREADABLE, { status: 400, headers: { ...GUARDS, 'Content-Type': 'application/json' } })
}

function refuseRaw({ code }: NodeJS.ErrnoException, socket: Duplex): void {
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const status = code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : code === 'HPE_HEADER_OVERFLOW' ? 431 : 400
  const guards = Object.entries({ ...GUARDS, 'Content-Type': 'application/json', Connection: 'close' })
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...guards.map((one) => one.join(': '))].join(
    '\r\n',
  )
  socket.end(`${head}\r\nContent-Length: ${UNREADABLE.length}\r\n\r\n${UNREADABLE}`)
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
