import type { Reader } from '../extract.ts'
import { htmlReader } from './html.ts'
import { markdownReader, textReader } from './text.ts'

/** What a file seems to be before anything of it is parsed: by its first bytes and its name alone. */
export type Kind = 'html' | 'markdown' | 'text'

/** All readers. */
const READERS: { readonly [One in Kind]: Reader } = {
  html: htmlReader,
  markdown: markdownReader,
  text: textReader,
}

/** The reader for a file; whether its bytes are what its name says is looked at first. */
export function readerFor(bytes: Uint8Array, fileName: string): Reader {
  return READERS[kindOf(bytes, fileName)]
}

function kindOf(bytes: Uint8Array, fileName: string): Kind {
  if (looksLikeHtml(bytes, fileName)) return 'html'
  return /\.(md|markdown)$/i.test(fileName) ? 'markdown' : 'text'
}

function looksLikeHtml(bytes: Uint8Array, fileName: string): boolean {
  if (/\.x?html?$/i.test(fileName)) return true
  return /^\s*(<!doctype html|<html[\s>])/i.test(new TextDecoder('latin1').decode(bytes.subarray(0, 512)))
}
