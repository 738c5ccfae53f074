import { createHash, createPublicKey, type KeyObject, verify, X509Certificate } from 'node:crypto'
import type { DecodingNote } from '../decode.ts'
import type { Extract, InsideFile, Reader } from '../extract.ts'
import { extractOf, plainTable, writeBlocks } from './blocks.ts'
import { type Container, readText } from './container.ts'
import { type Captured, capturedIn } from './warc-records.ts'

/** Pages of one archive that become sources, and lines of its list. */
const MOST_PAGES = 1000
const MOST_LISTED = 20_000
/** What a page is in, and the ending that brings its reader. */
const PAGES: Readonly<Record<string, string>> = {
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'application/pdf': 'pdf',
  'text/plain': 'txt',
}
const LONGEST_NAME = 120

/** An archive of the web: which pages it holds, of when; each becomes a source of its own. */
export const warcReader: Reader = {
  tool: 'rapporteur-warc',
  version: '1',
  mediaType: 'application/warc',
  isShutIn: true,
  read(bytes): Extract {
    return extractOfPages(capturedIn(bytes), null, [])
  },
}

/**
 * A WACZ (Web Archive Collection Zipped 1.1.1): the same, with what its list of hashes and its signature prove, and do not.
 *
 * @throws Refusal `file_damaged`, `unpacks_too_large`
 */
export async function readWacz(container: Container): Promise<Extract> {
  const captured: Captured[] = []
  for (const name of container.names) {
    const bytes = /^archive\/.+\.warc(?:\.gz)?$/.test(name) ? await container.read(name) : null
    if (bytes) captured.push(...capturedIn(bytes))
  }
  const notes = [await hashesOf(container), await signatureOf(container)]
  return extractOfPages(captured, await pagesListed(container), notes)
}

/** Whether a zip is a WACZ: its list of contents, and archives where they must lie. */
export function isWacz(container: Container): boolean {
  return (
    container.has('datapackage.json') &&
    container.names.some((name) => /^archive\/.+\.warc(?:\.gz)?$/.test(name))
  )
}

function extractOfPages(
  captured: readonly Captured[],
  listed: ReadonlySet<string> | null,
  notes: readonly DecodingNote[],
): Extract {
  const rows = captured
    .slice(0, MOST_LISTED)
    .map(({ address, at, status, mediaType, body }) => [
      address,
      at,
      status === null ? '' : String(status),
      mediaType,
      String(body.length),
    ])
  const pages = captured.filter(
    ({ address, status, mediaType, body }) =>
      (status === null || status === 200) &&
      PAGES[mediaType] !== undefined &&
      body.length > 0 &&
      (listed === null || listed.has(address)),
  )
  const inside = pages.slice(0, MOST_PAGES).map(asFile)
  const left = pages.length - inside.length
  const extract = extractOf(
    writeBlocks([plainTable([['Address', 'Captured', 'Status', 'Kind', 'Bytes'], ...rows])]),
    {
      about: { pages: String(inside.length) },
    },
  )
  const more =
    left > 0
      ? [
          {
            code: 'pages_left_out',
            sentence: `${left} more pages of this archive were not taken in; its original is kept: take in a smaller one.`,
          },
        ]
      : []
  return { ...extract, warnings: [...extract.warnings, ...notes, ...more], inside }
}

function asFile({ address, at, mediaType, body }: Captured, n: number): InsideFile {
  const plain = address.replace(/^[a-z]+:\/+/i, '').replace(/[?#].*$/, '')
  const name = plain.replace(/[^\p{L}\p{N}.-]+/gu, '-').replace(/^-+|-+$/g, '') || 'page'
  const ending = `.${PAGES[mediaType] ?? 'html'}`
  const short = name.endsWith(ending) ? name.slice(0, -ending.length) : name
  return {
    fileName: `${n + 1}-${short.slice(0, LONGEST_NAME)}${ending}`,
    bytes: body,
    captured: { address, at },
  }
}

/** Addresses of pages that were meant to be kept, by `pages/pages.jsonl`; null where there is no such list. */
async function pagesListed(container: Container): Promise<ReadonlySet<string> | null> {
  const lines = (await readText(container, 'pages/pages.jsonl'))?.split('\n') ?? []
  const addresses = lines.flatMap((line) => {
    const address = memberOf(parsed(line), 'url')
    return typeof address === 'string' ? [address] : []
  })
  return addresses.length > 0 ? new Set(addresses) : null
}

/** What the archive's own list of hashes says of what it holds: checked, never assumed. */
async function hashesOf(container: Container): Promise<DecodingNote> {
  const list = memberOf(parsed((await readText(container, 'datapackage.json')) ?? ''), 'resources')
  const resources = Array.isArray(list) ? list : []
  const wrong: string[] = []
  const named = new Set<string>()
  for (const one of resources) {
    const [path, hash] = [memberOf(one, 'path'), memberOf(one, 'hash')]
    if (typeof path !== 'string' || typeof hash !== 'string') continue
    named.add(path)
    const bytes = await container.read(path)
    if (!bytes || !holds(bytes, hash)) wrong.push(path)
  }
  const unnamed = container.names.filter((name) => name.startsWith('archive/') && !named.has(name))
  if (wrong.length + unnamed.length === 0 && named.size > 0)
    return {
      code: 'archive_hashes_hold',
      sentence: `All ${named.size} files that this archive lists have the hashes that it gives.`,
    }
  const which = [...wrong, ...unnamed].slice(0, 5).join(', ').slice(0, 300)
  return {
    code: 'archive_hashes_differ',
    sentence: `What this archive holds is not what its own list says (${which || 'the list is empty'}): it was altered, or made badly.`,
  }
}

/** By a hash as the list writes it: `sha256:` and hexadecimal digits. One of another kind proves nothing, and does not hold. */
function holds(bytes: Buffer, hash: string): boolean {
  const digits = /^(?:sha256:)?([0-9a-f]{64})$/i.exec(hash)?.[1] ?? ''
  return createHash('sha256').update(bytes).digest('hex') === digits.toLowerCase()
}

/** What the signature says (WACZ Signing and Verification 0.1.0), and whether it holds over this list. */
async function signatureOf(container: Container): Promise<DecodingNote> {
  const digest = parsed((await readText(container, 'datapackage-digest.json')) ?? '')
  const signed = memberOf(digest, 'signedData')
  const [hash, signature] = [memberOf(signed, 'hash'), memberOf(signed, 'signature')]
  if (typeof hash !== 'string' || typeof signature !== 'string')
    return { code: 'archive_unsigned', sentence: 'This archive is not signed.' }
  const list = await container.read('datapackage.json')
  const { key, whose } = keyOf(signed)
  const isSigned = key !== null && isSignature(key, hash, signature)
  if (!list || !holds(list, hash) || !isSigned)
    return {
      code: 'archive_signature_fails',
      sentence: 'The signature of this archive does not hold: it was altered, or signed badly.',
    }
  return {
    code: 'archive_signature_holds',
    sentence: `The signature over its list of hashes holds, by ${whose}; whether that key was to be trusted is not checked.`,
  }
}

function keyOf(signed: unknown): { key: KeyObject | null; whose: string } {
  try {
    const certificate = memberOf(signed, 'domainCert')
    if (typeof certificate === 'string') {
      const { subject, publicKey } = new X509Certificate(certificate)
      return {
        key: publicKey,
        whose: `the key of a certificate for ${subject.slice(0, 200).replace(/\s+/g, ' ')}`,
      }
    }
    const key = memberOf(signed, 'publicKey')
    if (typeof key === 'string')
      return {
        key: createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' }),
        whose: 'a key that names nobody',
      }
  } catch {
    // No certificate and no key that can be read.
  }
  return { key: null, whose: '' }
}

/** ECDSA over the hash as it is written, in DER as servers sign or as r and s as browsers do. */
function isSignature(key: KeyObject, hash: string, signature: string): boolean {
  const [said, bytes] = [Buffer.from(hash), Buffer.from(signature, 'base64')]
  try {
    return (['der', 'ieee-p1363'] as const).some((dsaEncoding) =>
      verify('sha256', said, { key, dsaEncoding }, bytes),
    )
  } catch {
    return false
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
