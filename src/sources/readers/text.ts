import { decode } from '../decode.ts'
import type { Extract, Reader } from '../extract.ts'

const VERSION = '2'

function readText(bytes: Uint8Array): Extract {
  const { text, charset, notes } = decode(bytes)
  return {
    text,
    isFileText: true,
    charset,
    language: null,
    title: null,
    date: null,
    warnings: notes,
  }
}

/** Plain text: decoded, and nothing more. */
export const textReader: Reader = {
  tool: 'rapporteur-text',
  version: VERSION,
  mediaType: 'text/plain',
  isShutIn: false,
  read: readText,
}

/** Markdown is read as it is written; its first heading names it. */
export const markdownReader: Reader = {
  tool: 'rapporteur-markdown',
  version: VERSION,
  mediaType: 'text/markdown',
  isShutIn: false,
  read(bytes) {
    const extract = readText(bytes)
    return { ...extract, title: /^#\s+(.+)$/m.exec(extract.text)?.[1]?.trim() ?? null }
  },
}
