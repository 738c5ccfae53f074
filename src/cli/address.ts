import { isIP } from 'node:net'
import { UsageError } from './usage.ts'

/**
 * The address that people open. What is not this machine itself is https: TLS ends in front of this program, and without it
 * passwords and contents would go over the network for everybody to read.
 *
 * @throws UsageError
 */
export function siteAddress(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : null
  const plain =
    url !== null && url.origin !== 'null' && [url.origin, `${url.origin}/`].includes(given.toLowerCase())
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === 'localhost')
  if (
    url &&
    plain &&
    safe &&
    (url.hostname === 'localhost' || isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0)
  )
    return url.origin
  throw new UsageError(
    `--address takes the address that people open, such as https://record.example.org (a name, https, and no path), not "${given}".`,
  )
}

/** @throws UsageError */
export function proxyAddress(given: string): string {
  if (isIP(given) !== 0) return given
  throw new UsageError(
    `--proxy takes the IP address from which your proxy reaches this program, not "${given}".`,
  )
}
