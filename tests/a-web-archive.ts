import { createHash, createSign, generateKeyPairSync } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { aZip } from './a-zip.ts'

/** A page as an archive holds it, and when it was taken. */
export const PAGE =
  '<html><head><title>Fire at the pier</title></head><body><p>Twelve boats were burnt.</p></body></html>'
export const AT = '2021-03-04T05:06:07Z'

function record(type: string, address: string, block: Buffer, more = ''): Buffer {
  const head = `WARC/1.1\r\nWARC-Type: ${type}\r\nWARC-Target-URI: ${address}\r\nWARC-Date: ${AT}\r\n${more}Content-Length: ${block.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head), block, Buffer.from('\r\n\r\n')])
}

function answer(body: Buffer, fields: string, status = '200 OK'): Buffer {
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${fields}\r\n\r\n`), body])
}

const HTML = 'Content-Type: text/html; charset=utf-8'
const chunked = (body: Buffer) =>
  Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')])
const page = Buffer.from(PAGE)
/** Two pages, one that was gone, a picture, and what a crawler says and asks. */
export const WARC = Buffer.concat([
  record('warcinfo', '', Buffer.from('software: a test')),
  record('request', 'https://gazette.example/fire', Buffer.from('GET /fire HTTP/1.1\r\n\r\n')),
  record('response', 'https://gazette.example/fire', answer(page, HTML)),
  record(
    'response',
    'https://gazette.example/packed?x=1',
    answer(chunked(gzipSync(page)), `${HTML}\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked`),
  ),
  record('response', 'https://gazette.example/gone', answer(page, HTML, '404 Not Found')),
  record('response', 'https://gazette.example/logo.png', answer(Buffer.from('x'), 'Content-Type: image/png')),
])

/** The same as a WACZ, whose list or signature may lie. */
export async function aWacz({
  list = (resources: object[]) => resources,
  sign = true,
  lie = false,
}: {
  list?: (resources: object[]) => object[]
  sign?: boolean
  lie?: boolean
} = {}): Promise<Buffer> {
  const files: Record<string, Buffer> = {
    'archive/data.warc.gz': gzipSync(WARC),
    'pages/pages.jsonl': Buffer.from(
      `{"format":"json-pages-1.0"}\n${JSON.stringify({ url: 'https://gazette.example/fire', ts: AT })}\n`,
    ),
  }
  const sha = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  const resources = Object.entries(files).map(([path, bytes]) => ({
    path,
    hash: sha(bytes),
    bytes: bytes.length,
  }))
  const datapackage = Buffer.from(JSON.stringify({ resources: list(resources) }))
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const hash = sha(datapackage)
  const signature = createSign('sha256')
    .update(lie ? `${hash}0` : hash)
    .sign({ key: privateKey, dsaEncoding: 'ieee-p1363' })
  const digest = {
    path: 'datapackage.json',
    hash,
    ...(sign
      ? {
          signedData: {
            hash,
            signature: signature.toString('base64'),
            publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
          },
        }
      : {}),
  }
  return aZip({
    ...files,
    'datapackage.json': datapackage,
    'datapackage-digest.json': JSON.stringify(digest),
  })
}

/** One answer with this body and these fields. */
export function warcOf(body: Buffer, fields: string): Buffer {
  return record('response', 'https://gazette.example/fire', answer(body, `${HTML}\r\n${fields}`))
}
