import { randomBytes } from 'node:crypto'
import { createServer, type Server, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import { isRefusal, Refusal } from '../foundation/refusal.ts'
import { createApp } from './app.ts'
import { GUARDS } from './gate.ts'
import type { Opened } from './handlers.ts'
import { loadPages } from './pages.ts'
import { portTaken } from './port-taken.ts'
import { declaredPlace, localPlace } from './site.ts'

export interface Served {
  /** With the key in its fragment, which no server and no log ever sees. */
  readonly address: string
  /** The same without the key: what people open who have accounts. */
  readonly site: string
  readonly key: string
  readonly port: number
  close(): Promise<void>
}

/** Where to listen, and how people reach it. */
export interface Listening {
  readonly port: number
  /** An address of this machine; loopback where none is given. */
  readonly bind?: string
  /** The address that people open, where TLS ends in front of this program. */
  readonly address?: string | undefined
  /** The machine whose X-Forwarded-For is believed. */
  readonly proxy?: string | undefined
}

/**
 * Answer on this machine's own loopback, or on the address that was declared. Of loopback both addresses are taken: browsers
 * try ::1 first for "localhost", and another user who took it would be handed the key.
 *
 * @throws Refusal `port_taken`, `web_not_built`
 */
export async function serve(
  house: Opened,
  { port, bind = 'localhost', address, proxy }: Listening,
): Promise<Served> {
  const pages = loadPages()
  const key = randomBytes(18).toString('base64url')
  const taking = isLoopback(bind) ? takePort(port) : takeOne(port, bind)
  const { servers, port: taken } = await taking.catch(async (error: unknown) => {
    throw isRefusal(error) && error.code === 'port_taken' ? await portTaken(port, error) : error
  })
  const place = address === undefined ? localPlace(taken) : declaredPlace(address, { proxy: proxy ?? null })
  const app = createApp(house, { port: taken, key, pages, place })
  const answer = getRequestListener(app.fetch, {
    overrideGlobalObjects: false,
    errorHandler: () => unreadable(),
  })
  for (const server of servers) server.on('request', answer)
  const close = async () => void (await Promise.all(servers.map(stop)))
  const { address: site } = place
  return { address: `${site}/#key=${key}`, site, key, port: taken, close }
}

/** Names and addresses of this machine alone. */
export function isLoopback(host: string): boolean {
  return ['localhost', '127.0.0.1', '::1'].includes(host)
}

async function takeOne(port: number, host: string): Promise<{ servers: Server[]; port: number }> {
  const server = newServer()
  return { servers: [server], port: await listen(server, { port, host }) }
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
