import { Parser } from 'htmlparser2'
import { Refusal } from '../foundation/refusal.ts'
import { type SelfDescription, selfDescription } from './readers/linked-data.ts'

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
/** What belongs to the site and not to the article: by element, by role (WAI-ARIA 1.2, landmarks), by how it is called. */
const FURNITURE = new Set(['nav', 'footer', 'aside', 'form', 'button', 'dialog'])
const FURNITURE_ROLES = /^(?:navigation|banner|contentinfo|complementary|search|dialog|alertdialog)$/
const FURNITURE_NAMES =
  /(?:^|[-_ ])(?:cookies?|newsletter|subscribe|share|sharing|social|breadcrumbs?|related|promo|advert(?:isement)?|sidebar|comments?)(?:$|[-_ ])/i
/** Code points that a page's main part must have, to be believed to be it. */
const MAIN_PART = 200
/** Blocks one after the other that are links and nothing else: a menu. */
const MENU = 3

/** A paragraph, heading or cell of a page. */
export interface HtmlBlock {
  readonly text: string
  /** Of a heading, 1 to 6. */
  readonly level: number | null
  /** Belongs to the site, not to what the page says. */
  readonly isFurniture: boolean
}

export interface HtmlText {
  readonly text: string
  readonly blocks: readonly HtmlBlock[]
  readonly title: string | null
  readonly date: string | null
  readonly language: string | null
  /** What the page says of itself. */
  readonly about: Readonly<Record<string, string>>
}

interface Paragraph {
  text: string
  readonly level: number | null
  readonly isFurniture: boolean
  readonly isMain: boolean
  /** UTF-16 units of it that stand in links. */
  linked: number
}

interface Open {
  readonly isFurniture: boolean
  readonly isMain: boolean
}

/**
 * The words of a page, a block a paragraph, with what its head and its JSON-LD say of it. What belongs to the site (menus, notices,
 * lists of other pages) stays where it stands and is marked. Read as a stream: nothing is built that a nested file could overflow.
 *
 * @throws Refusal `too_deep`
 */
export function readHtml(html: string): HtmlText {
  const found = new Map<string, string>()
  const scripts: string[] = []
  const open: Open[] = []
  const paragraphs: Paragraph[] = []
  let silent = 0
  let links = 0
  let collects: 'title' | 'data' | null = null
  let title = ''
  const begin = (level: number | null = null) => {
    const { isFurniture = false, isMain = false } = open.at(-1) ?? {}
    paragraphs.push({ text: '', level, isFurniture, isMain, linked: 0 })
  }
  begin()
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (!VOID.has(name)) open.push(opened(name, attributes, open.at(-1)))
        if (open.length > DEEPEST)
          throw new Refusal(
            'too_deep',
            `This page is nested more than ${DEEPEST} levels deep; save it from a browser as plain HTML and try again.`,
          )
        if (name === 'html' && attributes.lang) found.set('language', attributes.lang)
        if (name === 'title' && title === '') collects = 'title'
        if (name === 'script' && attributes.type === 'application/ld+json') {
          collects = 'data'
          scripts.push('')
        }
        if (name === 'meta') noteMeta(attributes, found)
        if (name === 'a') links += 1
        if (SILENT.has(name)) silent += 1
        if (BLOCKS.has(name)) begin(/^h[1-6]$/.test(name) ? Number(name[1]) : null)
      },
      ontext(text) {
        if (collects === 'title') title += text
        else if (collects === 'data') scripts[scripts.length - 1] += text
        else if (silent === 0) {
          const last = paragraphs.at(-1)
          if (!last) return
          last.text += text
          if (links > 0) last.linked += text.trim().length
        }
      },
      onclosetag(name) {
        if (!VOID.has(name)) open.pop()
        if (name === 'title' || name === 'script') collects = null
        if (name === 'a') links -= 1
        if (SILENT.has(name)) silent -= 1
        if (BLOCKS.has(name)) begin()
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  )
  parser.end(html)
  const blocks = withFurniture(paragraphs)
  const self = selfDescription(scripts)
  const about = aboutOf(found, self)
  return {
    text: `${blocks.map(({ text }) => text).join('\n\n')}\n`,
    blocks,
    title: self?.headline ?? (title.replace(/\s+/g, ' ').trim() || null),
    date: self?.published ?? found.get('published') ?? null,
    language: found.get('language') ?? self?.language ?? null,
    about,
  }
}

function opened(
  name: string,
  { role = '', class: called = '', id = '' }: Record<string, string>,
  above?: Open,
): Open {
  const isMain = above?.isMain || name === 'main' || name === 'article' || role === 'main'
  const isSitesHead = name === 'header' && !isMain
  const isFurniture =
    above?.isFurniture ||
    isSitesHead ||
    FURNITURE.has(name) ||
    FURNITURE_ROLES.test(role) ||
    (name !== 'body' && name !== 'html' && (FURNITURE_NAMES.test(called) || FURNITURE_NAMES.test(id)))
  return { isMain, isFurniture: isFurniture || false }
}

/** Blocks that hold words, with what stands outside the main part of a page that has one, and rows of links, as furniture. */
function withFurniture(paragraphs: readonly Paragraph[]): HtmlBlock[] {
  const full = paragraphs
    .map((one) => ({ ...one, text: one.text.replace(/\s+/g, ' ').trim() }))
    .filter(({ text }) => text !== '')
  const inMain = full.reduce(
    (sum, { text, isMain, isFurniture }) => sum + (isMain && !isFurniture ? text.length : 0),
    0,
  )
  const hasMain = inMain >= MAIN_PART
  const isOnlyLinks = ({ text, linked }: Paragraph) =>
    linked >= text.replace(/\s/g, '').length * 0.9 && linked > 0
  let from = 0
  const menus = new Set<Paragraph>()
  for (let n = 0; n <= full.length; n += 1) {
    const one = full[n]
    if (one && isOnlyLinks(one)) continue
    if (n - from >= MENU) for (const row of full.slice(from, n)) menus.add(row)
    from = n + 1
  }
  return full.map((one) => ({
    text: one.text,
    level: one.level,
    isFurniture: one.isFurniture || (hasMain && !one.isMain) || menus.has(one),
  }))
}

function aboutOf(found: ReadonlyMap<string, string>, self: SelfDescription | null): Record<string, string> {
  const about: [string, string | null | undefined][] = [
    ['author', self && self.authors.length > 0 ? self.authors.join('; ') : found.get('author')],
    ['publisher', self?.publisher ?? found.get('publisher')],
    ['published', self?.published ?? found.get('published')],
    ['modified', self?.modified ?? found.get('modified')],
    ['address', found.get('address')],
  ]
  return Object.fromEntries(about.flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

/** The charset a page declares in its first bytes, or null. */
export function declaredCharset(bytes: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2048))
  return /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1] ?? null
}

const META: readonly [RegExp, string][] = [
  [/^(?:article:published_time|datepublished|date|dc\.date)$/i, 'published'],
  [/^(?:article:modified_time|datemodified)$/i, 'modified'],
  [/^(?:author|article:author|dc\.creator)$/i, 'author'],
  [/^(?:og:site_name|dc\.publisher)$/i, 'publisher'],
  [/^og:url$/i, 'address'],
]
const LONGEST = 500

/** The first of each kind counts. */
function noteMeta(attributes: Record<string, string>, found: Map<string, string>): void {
  const name = attributes.property ?? attributes.name ?? attributes.itemprop ?? ''
  const kind = META.find(([pattern]) => pattern.test(name))?.[1]
  const content = (attributes.content ?? '').replace(/\s+/g, ' ').trim()
  if (!kind || content === '' || content.length > LONGEST || found.has(kind)) return
  const isDay = kind === 'published' || kind === 'modified'
  const value = isDay ? /^\d{4}-\d{2}-\d{2}/.exec(content)?.[0] : content
  if (value) found.set(kind, value)
}
