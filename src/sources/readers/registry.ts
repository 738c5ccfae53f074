import { Refusal } from '../../foundation/refusal.ts'
import type { Reader } from '../extract.ts'
import { csvReader } from './csv.ts'
import { htmlReader } from './html.ts'
import { mailReader } from './mail.ts'
import { pdfReader } from './pdf.ts'
import { pictureReader } from './picture.ts'
import { type PictureHead, pictureKindOf } from './picture-size.ts'
import { markdownReader, textReader } from './text.ts'
import { looksLikeWarc } from './warc-records.ts'
import { warcReader } from './web-archive.ts'
import { zippedReader } from './zipped.ts'

/** What a file seems to be before anything of it is parsed: by its first bytes and its name alone. */
type Kind = PictureHead['kind'] | 'pdf' | 'warc' | 'zip' | 'mail' | 'csv' | 'html' | 'markdown' | 'text'

/** All readers. */
const READERS: { readonly [One in Kind]: Reader } = {
  pdf: pdfReader,
  zip: zippedReader,
  warc: warcReader,
  png: pictureReader('image/png'),
  jpeg: pictureReader('image/jpeg'),
  tiff: pictureReader('image/tiff'),
  webp: pictureReader('image/webp'),
  mail: mailReader,
  csv: csvReader,
  html: htmlReader,
  markdown: markdownReader,
  text: textReader,
}

/** Kinds that their first bytes give away, in words. */
const CALLED: { readonly [One in Kind]?: string } = {
  pdf: 'a PDF',
  zip: 'a ZIP archive or an Office document',
  warc: 'an archive of the web, WARC',
  png: 'a PNG picture',
  jpeg: 'a JPEG picture',
  tiff: 'a TIFF picture',
  webp: 'a WebP picture',
}

/** Kinds by what a name ends with; any other name may hold anything. */
const NAMED: readonly [RegExp, Kind][] = [
  [/\.pdf$/i, 'pdf'],
  [/\.(?:zip|wacz|do[ct][xm]|xl[st][xm]|o[dt][ts])$/i, 'zip'],
  [/\.warc(?:\.gz)?$/i, 'warc'],
  [/\.png$/i, 'png'],
  [/\.jpe?g$/i, 'jpeg'],
  [/\.tiff?$/i, 'tiff'],
  [/\.webp$/i, 'webp'],
  [/\.eml$/i, 'mail'],
  [/\.[ct]sv$/i, 'csv'],
  [/\.x?html?$/i, 'html'],
  [/\.(?:md|markdown)$/i, 'markdown'],
  [/\.txt$/i, 'text'],
]

/** Bytes at the front among which a PDF may begin (ISO 32000-2, annex C.2, as readers have it). */
const FRONT = 1024

/**
 * The reader for a file, whose bytes and name must agree.
 *
 * @throws Refusal `kind_disagrees`
 */
export function readerFor(bytes: Uint8Array, fileName: string): Reader {
  const named = NAMED.find(([ending]) => ending.test(fileName))?.[1]
  const given = kindGivenAway(bytes, named)
  if (given !== named && named !== undefined && (given || CALLED[named]))
    throw disagrees(fileName, given, named)
  return READERS[given ?? named ?? (looksLikeHtml(bytes) ? 'html' : 'text')]
}

function kindGivenAway(bytes: Uint8Array, named: Kind | undefined): Kind | undefined {
  const front = new TextDecoder('latin1').decode(bytes.subarray(0, FRONT))
  if (front.startsWith('%PDF-') || (named === 'pdf' && front.includes('%PDF-'))) return 'pdf'
  const picture = pictureKindOf(bytes)
  if (picture) return picture
  if (looksLikeWarc(bytes)) return 'warc'
  return front.startsWith('PK\u0003\u0004') || front.startsWith('PK\u0005\u0006') ? 'zip' : undefined
}

function looksLikeHtml(bytes: Uint8Array): boolean {
  return /^\s*(<!doctype html|<html[\s>])/i.test(new TextDecoder('latin1').decode(bytes.subarray(0, 512)))
}

function disagrees(fileName: string, given: Kind | undefined, named: Kind): Refusal {
  const ending = /\.[^.]*$/.exec(fileName)?.[0] ?? fileName
  const what = given ? `its bytes are ${CALLED[given]}` : `its bytes are not ${CALLED[named]}`
  return new Refusal(
    'kind_disagrees',
    `This file is called ${ending}, but ${what}; its original is kept: look at where it comes from, and take it in under its right name.`,
  )
}
