import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { Refusal } from '../../foundation/refusal.ts'
import { damaged } from './container.ts'

/** Bytes of an archive unpacked, and of one answer in it. */
const LARGEST_WHOLE = 200 * 1024 * 1024
const LARGEST_BODY = 64 * 1024 * 1024
const MOST_RECORDS = 100_000
const MOST_HEADERS = 64 * 1024

/** One page, or another file, as an archive of the web holds it. */
export interface Captured {
  readonly address: string
  /** As the archive says it: ISO 8601, UTC. */
  readonly at: string
  /** Of the answer over HTTP; null for what was put in without one. */
  readonly status: number | null
  readonly mediaType: string
  readonly body: Buffer
}

/** Whether bytes seem to be a WARC, packed or not, before anything of it is read. */
export function looksLikeWarc(bytes: Uint8Array): boolean {
  const front = Buffer.from(bytes.subarray(0, 5)).toString('latin1')
  return front === 'WARC/' || (bytes[0] === 0x1f && bytes[1] === 0x8b)
}

/**
 * The answers and resources in a WARC (ISO 28500, 1.0 and 1.1), bodies as they were meant: chunks joined, content unpacked.
 *
 * @throws Refusal `file_damaged`, `unpacks_too_large`
 */
export function capturedIn(bytes: Uint8Array): Captured[] {
  const whole = bytes[0] === 0x1f ? unpacked(bytes, gunzipSync, LARGEST_WHOLE) : Buffer.from(bytes)
  const found: Captured[] = []
  let records = 0
  for (let at = 0; at < whole.length; ) {
    const head = headersAt(whole, at)
    if (!head || !/^WARC\/1\.\d$/.test(head.first)) {
      if (records === 0) throw damaged('is no archive of the web')
      break
    }
    records += 1
    if (records > MOST_RECORDS) throw tooLarge(`holds more than ${MOST_RECORDS} records`)
    const length = Number(head.fields.get('content-length') ?? Number.NaN)
    if (!Number.isInteger(length) || length < 0) throw damaged('says of one of its records no length')
    const block = whole.subarray(head.end, head.end + length)
    const one = block.length === length ? capturedFrom(head.fields, block) : null
    if (one) found.push(one)
    at = head.end + length
    while (whole[at] === 13 || whole[at] === 10) at += 1
  }
  return found
}

function capturedFrom(fields: ReadonlyMap<string, string>, block: Buffer): Captured | null {
  const type = fields.get('warc-type')
  const address = (fields.get('warc-target-uri') ?? '').replace(/^<|>$/g, '')
  const at = fields.get('warc-date') ?? ''
  if (address === '' || address.length > 2000 || !/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(at)) return null
  if (type === 'resource')
    return { address, at, status: null, mediaType: mediaTypeOf(fields.get('content-type')), body: block }
  if (type !== 'response' || !/^https?:/i.test(address)) return null
  const answer = headersAt(block, 0)
  const status = Number(/^HTTP\/[\d.]+ (\d{3})/.exec(answer?.first ?? '')?.[1] ?? Number.NaN)
  if (!answer || Number.isNaN(status)) return null
  const body = bodyOf(answer.fields, block.subarray(answer.end))
  return body && { address, at, status, mediaType: mediaTypeOf(answer.fields.get('content-type')), body }
}

function mediaTypeOf(value = ''): string {
  return (value.split(';')[0] ?? '').trim().toLowerCase()
}

/** The body of an answer as it was meant (RFC 9112 §7.1, RFC 9110 §8.4); null where it cannot be told. */
function bodyOf(fields: ReadonlyMap<string, string>, raw: Buffer): Buffer | null {
  const isChunked = /\bchunked\b/i.test(fields.get('transfer-encoding') ?? '')
  const joined = isChunked ? (joinedChunks(raw) ?? raw) : raw
  const encodings = (fields.get('content-encoding') ?? '').toLowerCase().split(',')
  let body = joined
  for (const encoding of encodings.map((one) => one.trim()).reverse()) {
    const unpack = UNPACKING[encoding]
    // Some crawlers keep the header and store the body unpacked.
    if (unpack) body = tryUnpack(body, unpack) ?? body
    else if (encoding !== '' && encoding !== 'identity') return null
  }
  return body
}

type Unpack = (bytes: Uint8Array, options: { maxOutputLength: number }) => Buffer

const UNPACKING: Readonly<Record<string, Unpack>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  br: brotliDecompressSync,
  deflate: (bytes, options) =>
    ((bytes[0] ?? 0) & 0x0f) === 8 ? inflateSync(bytes, options) : inflateRawSync(bytes, options),
}

function tryUnpack(bytes: Buffer, unpack: Unpack): Buffer | null {
  try {
    return unpack(bytes, { maxOutputLength: LARGEST_BODY })
  } catch (error) {
    if (isTooLarge(error)) throw tooLarge('holds an answer that would unpack to more than 64 MB')
    return null
  }
}

function unpacked(bytes: Uint8Array, unpack: Unpack, most: number): Buffer {
  try {
    return unpack(bytes, { maxOutputLength: most })
  } catch (error) {
    if (isTooLarge(error)) throw tooLarge('would unpack to more than 200 MB')
    throw damaged('cannot be unpacked')
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
}

/** Null where these are no chunks. */
function joinedChunks(raw: Buffer): Buffer | null {
  const pieces: Buffer[] = []
  for (let at = 0; ; ) {
    const end = raw.indexOf('\r\n', at, 'latin1')
    const size = Number.parseInt(raw.subarray(at, end).toString('latin1'), 16)
    if (end < 0 || end - at > 32 || Number.isNaN(size) || size < 0) return null
    if (size === 0) return Buffer.concat(pieces)
    const piece = raw.subarray(end + 2, end + 2 + size)
    if (piece.length < size) return null
    pieces.push(piece)
    at = end + 2 + size + 2
  }
}

/** A first line and header fields, which end with an empty line; names in lower case, the first of each counts. */
function headersAt(
  bytes: Buffer,
  at: number,
): { first: string; fields: Map<string, string>; end: number } | null {
  const window = bytes.subarray(at, at + MOST_HEADERS)
  const long = window.indexOf('\r\n\r\n', 0, 'latin1')
  const short = window.indexOf('\n\n', 0, 'latin1')
  const isShort = long < 0 || (short >= 0 && short < long)
  const length = isShort ? short : long
  if (length < 0) return null
  const [first = '', ...lines] = window.subarray(0, length).toString('utf8').split(/\r?\n/)
  const fields = new Map<string, string>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).trim().toLowerCase()
    if (colon > 0 && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim())
  }
  return { first, fields, end: at + length + (isShort ? 2 : 4) }
}

function tooLarge(what: string): Refusal {
  return new Refusal(
    'unpacks_too_large',
    `This archive ${what}, so it is not unpacked; its original is kept: take in the pages that are needed.`,
  )
}
