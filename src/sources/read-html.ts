import { Parser } from 'htmlparser2'
import { Refusal } from '../foundation/refusal.ts'

/** No page that people read is nested deeper; a parser that followed would be killed by it. */
const DEEPEST = 512
const BLOCKS = new Set([
  'p',
  'div',
  'section',
  'article',
  'header',
  'footer',
  'main',
  'aside',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'li',
  'ul',
  'ol',
  'blockquote',
  'table',
  'tr',
  'figure',
  'figcaption',
  'pre',
  'form',
  'dl',
  'dt',
  'dd',
  'br',
  'hr',
  'address',
])
const SILENT = new Set(['script', 'style', 'noscript', 'template', 'svg', 'head'])
const VOID = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'track',
  'wbr',
])

export interface HtmlText {
  readonly text: string
  readonly title: string | null
  readonly date: string | null
  readonly language: string | null
}

/**
 * The words of a page, a block a paragraph, with what its head says of it. Read as a stream: nothing is built that
 * a nested file could overflow.
 *
 * @throws Refusal `too_deep`
 */
export function readHtml(html: string): HtmlText {
  const found = { title: '', date: null as string | null, language: null as string | null }
  const paragraphs: string[] = ['']
  let depth = 0
  let silent = 0
  let inTitle = false
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (!VOID.has(name)) depth += 1
        if (depth > DEEPEST)
          throw new Refusal(
            'too_deep',
            `This page is nested more than ${DEEPEST} levels deep; save it from a browser as plain HTML and try again.`,
          )
        if (name === 'html') found.language = attributes.lang ?? null
        if (name === 'title') inTitle = true
        if (name === 'meta') noteMeta(attributes, found)
        if (SILENT.has(name)) silent += 1
        if (BLOCKS.has(name)) paragraphs.push('')
      },
      ontext(text) {
        if (inTitle) found.title += text
        else if (silent === 0) paragraphs[paragraphs.length - 1] += text
      },
      onclosetag(name) {
        if (!VOID.has(name)) depth -= 1
        if (name === 'title') inTitle = false
        if (SILENT.has(name)) silent -= 1
        if (BLOCKS.has(name)) paragraphs.push('')
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  )
  parser.end(html)
  const text = paragraphs
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '')
  return { ...found, text: `${text.join('\n\n')}\n`, title: found.title.replace(/\s+/g, ' ').trim() || null }
}

/** The charset a page declares in its first bytes, or null. */
export function declaredCharset(bytes: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2048))
  return /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1] ?? null
}

function noteMeta(attributes: Record<string, string>, found: { title: string; date: string | null }): void {
  const name = attributes.property ?? attributes.name ?? attributes.itemprop ?? ''
  const day = /^\d{4}-\d{2}-\d{2}/.exec(attributes.content ?? '')?.[0]
  if (day && /^(article:published_time|datepublished|date|dc\.date)$/i.test(name)) found.date ??= day
}
