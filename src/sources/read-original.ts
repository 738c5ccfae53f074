import { codePointLength } from '../foundation/code-points.ts'
import { sha256Hex } from '../foundation/hashing.ts'
import { detectLanguage, detectScript } from '../foundation/languages.ts'
import { Refusal } from '../foundation/refusal.ts'
import { type DecodingNote, decode } from './decode.ts'
import { composed } from './drift.ts'
import { marksOf } from './marks.ts'
import { quotationsIn } from './quotations.ts'
import { declaredCharset, readHtml } from './read-html.ts'
import { sentencesOf } from './sentences.ts'
import type { Reading } from './source.ts'

/** A reading as a reader made it; the source it belongs to is added by whoever records it. */
export interface MadeReading {
  readonly text: string
  readonly body: Omit<Reading, 'source'>
  /** What its notes say, for whoever takes it in. */
  readonly warnings: readonly DecodingNote[]
  /** What the original says of itself. */
  readonly found: { readonly title: string | null; readonly date: string | null }
}

/** Bytes. */
const LARGEST = 64 * 1024 * 1024
/** Sentences of one reading: what a page can be made of, and what is recorded within a minute. */
const MOST_SENTENCES = 500_000
const VERSION = '2'

/**
 * Read an original that is text: plain, Markdown or HTML.
 *
 * @param passed hears now and then how many UTF-16 units of the text are parted into sentences, and of how many
 * @throws Refusal `too_large`, `binary_content`, `no_text`, `too_deep`, `too_many_sentences`
 */
export function readOriginalBytes(
  bytes: Uint8Array,
  {
    fileName,
    language: given,
    passed = () => undefined,
  }: {
    fileName: string
    language?: string | undefined
    passed?: ((done: number, total: number) => void) | undefined
  },
): { reading: MadeReading; mediaType: string } {
  if (bytes.length > LARGEST)
    throw new Refusal(
      'too_large',
      'This file is larger than 64 MB; split it, or take in the part that is needed.',
    )
  const html = looksLikeHtml(bytes, fileName)
  const decoded = decode(bytes, html ? declaredCharset(bytes) : null)
  const page = html ? readHtml(decoded.text) : null
  const raw = page?.text ?? decoded.text
  const { text, drift } = composed(raw.startsWith('\uFEFF') ? raw.slice(1) : raw)
  if (text.trim() === '')
    throw new Refusal(
      'no_text',
      'There are no words in this file; if it is a picture of words, it must be read another way.',
    )
  const language = given ?? page?.language?.slice(0, 2).toLowerCase() ?? detectLanguage(text)
  const sentences = sentencesOf(text, language, {
    atMost: MOST_SENTENCES,
    passed: (units) => passed(units, text.length),
  })
  if (!sentences)
    throw new Refusal(
      'too_many_sentences',
      `This file has more than ${MOST_SENTENCES} sentences, more than one source can show; its original is kept: split the file and take in its parts.`,
    )
  const markdown = /\.(md|markdown)$/i.test(fileName)
  const tool = html ? 'rapporteur-html' : markdown ? 'rapporteur-markdown' : 'rapporteur-text'
  const body: MadeReading['body'] = {
    by: { tool, version: VERSION },
    charset: decoded.charset,
    language,
    script: detectScript(text),
    textSha256: sha256Hex(text),
    length: codePointLength(text),
    ...(drift && !html ? { drift } : {}),
    sentences,
    marks: marksOf(text, sentences),
    blocks: [],
    quotations: quotationsIn(text),
    notes: decoded.notes.map(({ sentence }) => sentence),
  }
  const title = page?.title ?? (markdown ? (/^#\s+(.+)$/m.exec(text)?.[1]?.trim() ?? null) : null)
  return {
    reading: { text, body, found: { title, date: page?.date ?? null }, warnings: decoded.notes },
    mediaType: html ? 'text/html' : markdown ? 'text/markdown' : 'text/plain',
  }
}

function looksLikeHtml(bytes: Uint8Array, fileName: string): boolean {
  if (/\.x?html?$/i.test(fileName)) return true
  return /^\s*(<!doctype html|<html[\s>])/i.test(new TextDecoder('latin1').decode(bytes.subarray(0, 512)))
}
