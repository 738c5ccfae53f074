import { mustBeAllowed } from '../protection/may.ts'
import type { Tx } from '../storage/database.ts'
import { beginningOf, isCyrillic, needsExactCheck, termsOf } from './question.ts'

export interface SearchQuestion {
  readonly typed: string
  /** Dossier id. */
  readonly dossier?: string | undefined
  readonly source?: string | undefined
  readonly language?: string | undefined
  readonly kind?: HitKind | undefined
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

export type HitKind = 'passage' | 'title' | 'matter'

/** One hit: a sentence of a source, a source's title, or a name of a matter. `start` counts code points. */
export interface Hit {
  readonly record: string
  readonly kind: HitKind
  readonly source: string | null
  readonly dossier: string | null
  readonly language: string
  readonly start: number
  readonly text: string
  readonly rank: number
}

export interface SearchAnswer {
  readonly total: number
  /** How many of the newest hits the order by relevance was made from. */
  readonly ranked: number
  readonly hits: Hit[]
  readonly facets: Readonly<Record<'kind' | 'language' | 'source', Readonly<Record<string, number>>>>
}

const NOTHING: SearchAnswer = {
  total: 0,
  ranked: 0,
  hits: [],
  facets: { kind: {}, language: {}, source: {} },
}

/** One question over everything the asker may see; hits in the order of relevance, with counts by facet. */
export async function searchRecord(tx: Tx, question: SearchQuestion): Promise<SearchAnswer> {
  mustBeAllowed(tx.actor, 'search', { organisation: tx.actor.organisation, level: 'organisation' })
  const queries = await queriesOf(tx, question.typed)
  if (!queries) return NOTHING
  const { typed, ...filters } = question
  const [row] = await tx.query<{ answer: SearchAnswer }>('select search_lines($1) as answer', [
    JSON.stringify({ ...filters, ...queries }),
  ])
  return row && row.answer.total > 0 ? row.answer : NOTHING
}

/** Text queries in the languages with a stemmer and in 'simple', and all of them together for the index. */
async function queriesOf(
  tx: Tx,
  typed: string,
): Promise<{ any: string; exact?: Record<string, string> } | null> {
  const terms = termsOf(typed)
  if (!terms.some(({ not }) => !not)) return null
  const simple = terms
    .map(({ words, not, or }, n) => {
      const phrase = words.length > 1
      const lexemes = words
        .map((word) => `'${quote(word, phrase)}'${!phrase && isCyrillic(word) ? ':*' : ''}`)
        .join(' <-> ')
      return `${n === 0 ? '' : or ? ' | ' : ' & '}${not ? '!' : ''}(${lexemes})`
    })
    .join('')
  const web = terms
    .map(({ words, not, or }) => `${or ? 'or ' : ''}${not ? '-' : ''}"${words.join(' ')}"`)
    .join(' ')
  const [row] = await tx.query<{ english: string; russian: string; simple: string; any: string }>(
    `with q as (select websearch_to_tsquery('english', search_fold($1)) as english,
                       websearch_to_tsquery('russian', search_fold($1)) as russian,
                       search_fold($2)::tsquery as simple)
     select english::text, russian::text, simple::text, (english || russian || simple)::text as any from q`,
    [web, simple],
  )
  if (!row || row.any === '') return null
  const { any, ...exact } = row
  return needsExactCheck(typed) ? { any, exact } : { any }
}

function quote(word: string, whole: boolean): string {
  const lexeme = whole ? word.toLowerCase() : beginningOf(word)
  return lexeme.replaceAll("'", "''")
}
