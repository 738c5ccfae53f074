/** What a page says of itself in JSON-LD (schema.org), as it stands there. */
export interface SelfDescription {
  readonly headline: string | null
  readonly authors: readonly string[]
  readonly publisher: string | null
  /** `YYYY-MM-DD`. */
  readonly published: string | null
  readonly modified: string | null
  readonly language: string | null
}

const ARTICLE = /(?:Article|Posting|Report|Statement|PressRelease)$/
/** Objects that are looked at, and how deep: a page has few, one that was made to harm has many. */
const MOST_OBJECTS = 2000
const DEEPEST = 12
const LONGEST = 500

/**
 * The article that a page's JSON-LD describes, or null. What cannot be parsed is passed over, as browsers and search engines do.
 *
 * @param scripts texts of its `application/ld+json` scripts
 */
export function selfDescription(scripts: readonly string[]): SelfDescription | null {
  let left = MOST_OBJECTS
  const find = (value: unknown, depth: number): Readonly<Record<string, unknown>> | null => {
    if (depth > DEEPEST || typeof value !== 'object' || value === null || left-- <= 0) return null
    if (!Array.isArray(value) && isArticle(value)) return value
    for (const one of Object.values(value)) {
      const found = find(one, depth + 1)
      if (found) return found
    }
    return null
  }
  for (const script of scripts) {
    const article = find(parsed(script), 0)
    if (article) return described(article)
  }
  return null
}

function isArticle(value: object): value is Readonly<Record<string, unknown>> {
  const type: unknown = Reflect.get(value, '@type')
  return [type].flat().some((one) => typeof one === 'string' && ARTICLE.test(one))
}

function described(article: Readonly<Record<string, unknown>>): SelfDescription {
  return {
    headline: words(article.headline),
    authors: [article.author].flat(2).flatMap((one) => named(one) ?? []),
    publisher: named([article.publisher].flat()[0]),
    published: day(article.datePublished),
    modified: day(article.dateModified),
    language: words(article.inLanguage),
  }
}

function named(value: unknown): string | null {
  if (typeof value === 'object' && value !== null) return words(Reflect.get(value, 'name'))
  return words(value)
}

function words(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const plain = value.replace(/\s+/g, ' ').trim()
  return plain === '' || plain.length > LONGEST ? null : plain
}

function day(value: unknown): string | null {
  return typeof value === 'string' ? (/^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] ?? null) : null
}

function parsed(script: string): unknown {
  try {
    return JSON.parse(script)
  } catch {
    // Not JSON, or nested beyond what can be parsed.
    return null
  }
}
