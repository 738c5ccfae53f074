import type { Site } from '../protection/passkey.ts'

/** Where people reach this server, and whom it believes what it says of where they come from. */
export interface Place extends Site {
  /** As people open it, without a slash at the end. */
  readonly address: string
  /** Values of `Host` that are answered. */
  readonly hosts: readonly string[]
  /** Whether the address is https: TLS is ended in front of this program. */
  readonly secure: boolean
  /** The one machine whose X-Forwarded-For is believed; null for none. */
  readonly proxy: string | null
}

/** This machine's own names, for whoever works here alone or tries it out. */
export function localPlace(port: number): Place {
  const hosts = [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]
  return {
    address: `http://localhost:${port}`,
    hosts,
    origins: hosts.map((one) => `http://${one}`),
    rpId: 'localhost',
    secure: false,
    proxy: null,
  }
}

/** The declared address alone: no other name of the machine is answered. */
export function declaredPlace(address: string, { proxy }: { proxy: string | null }): Place {
  const { origin, host, hostname, protocol } = new URL(address)
  return {
    address: origin,
    hosts: [host],
    origins: [origin],
    rpId: hostname,
    secure: protocol === 'https:',
    proxy,
  }
}
