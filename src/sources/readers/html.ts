import { decode } from '../decode.ts'
import type { Reader } from '../extract.ts'
import { declaredCharset, readHtml } from '../read-html.ts'

/** A page saved from a browser. */
export const htmlReader: Reader = {
  tool: 'rapporteur-html',
  version: '2',
  mediaType: 'text/html',
  isShutIn: true,
  read(bytes) {
    const { text, charset, notes } = decode(bytes, declaredCharset(bytes))
    const { language, ...page } = readHtml(text)
    return { ...page, isFileText: false, charset, language, warnings: notes }
  },
}
