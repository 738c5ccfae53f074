import { STEMMED_CONFIGS } from '../ledger/write-rows.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { Tx } from '../storage/database.ts'
import { beginningOf, isCyrillic, type Term, termsOf } from './question.ts'

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
  /** Of a matter, its other names that were found too. */
  readonly alsoAs: readonly string[]
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
  mustBeAllowed(tx.actor, 'search')
  const query = await queryOf(tx, question.typed)
  if (query === null) return NOTHING
  const { typed, ...filters } = question
  const lines = async (more: Partial<SearchQuestion> = {}) => {
    const asked = JSON.stringify({ ...filters, ...more, any: query })
    const [row] = await tx.query<{ answer: FoundLines }>('select search_lines($1) as answer', [asked])
    return row?.answer
  }
  const found = await lines()
  if (!found || found.total === 0) return NOTHING
  const names = found.facets.kind.matter ?? 0
  if (names === 0) return { ...found, hits: found.hits.map((hit) => ({ ...hit, alsoAs: [] })) }
  return byThing(found, lines, question)
}

type FoundLine = Omit<Hit, 'alsoAs'>
type FoundLines = Omit<SearchAnswer, 'hits'> & { readonly hits: FoundLine[] }

/** As many lines as the database gives at once, and as many as it puts in order. */
const AT_ONCE = 100
const IN_ORDER = 2000

/** A matter is one hit under whichever of its names were found, and counts once. */
async function byThing(
  found: FoundLines,
  lines: (more: Partial<SearchQuestion>) => Promise<FoundLines | undefined>,
  { limit = 20, offset = 0 }: SearchQuestion,
): Promise<SearchAnswer> {
  const spellings = new Map<string, string[]>()
  const names = found.facets.kind.matter ?? 0
  for (let at = 0; at < Math.min(names, IN_ORDER); at += AT_ONCE) {
    const { hits = [] } = (await lines({ kind: 'matter', limit: AT_ONCE, offset: at })) ?? {}
    for (const { record, text } of hits) spellings.set(record, [...(spellings.get(record) ?? []), text])
  }
  const things: Hit[] = []
  const seen = new Set<string>()
  for (let at = 0; at < Math.min(found.total, IN_ORDER) && things.length < offset + limit; at += AT_ONCE) {
    const { hits = [] } = (await lines({ limit: AT_ONCE, offset: at })) ?? {}
    for (const hit of hits) {
      if (hit.kind === 'matter' && seen.has(hit.record)) continue
      if (hit.kind === 'matter') seen.add(hit.record)
      const all = hit.kind === 'matter' ? (spellings.get(hit.record) ?? []) : []
      things.push({ ...hit, alsoAs: [...new Set(all)].filter((text) => text !== hit.text) })
    }
  }
  const twice = [...spellings.values()].reduce((sum, texts) => sum + texts.length - 1, 0)
  const { kind, language, source } = found.facets
  return {
    total: found.total - twice,
    ranked: found.ranked,
    hits: things.slice(offset, offset + limit),
    facets: {
      kind: { ...kind, matter: names - twice },
      // A name of a matter is in no language of its own.
      language: { ...language, und: (language.und ?? twice) - twice },
      source,
    },
  }
}

/**
 * One text query over all languages: the words wanted, by stem in the languages that have one and as they stand or begin
 * in the others; and none of the words refused, in any of these forms. Null where nothing is wanted.
 */
async function queryOf(tx: Tx, typed: string): Promise<string | null> {
  const terms = termsOf(typed)
  const wanted = terms.filter(({ not }) => !not)
  const refused = terms.filter(({ not }) => not)
  if (wanted.length === 0) return null
  const [row] = await tx.query<{ query: string | null }>(
    `with q as (select ${inAllLanguages(1)} as wanted, ${inAllLanguages(3)} as refused)
     select case when numnode(wanted) = 0 then null
                 when numnode(refused) = 0 then wanted else wanted && !!refused end::text as query from q`,
    [asTyped(wanted), asLexemes(wanted), asTyped(refused, true), asLexemes(refused, true)],
  )
  return row?.query ?? null
}

/**
 * SQL that joins the forms of the question in parameter n (as typed) and n + 1 (as lexemes). Languages that cut a word
 * alike give one form, not one each: every form is looked up and weighed for itself.
 */
function inAllLanguages(n: number): string {
  const stemmed = STEMMED_CONFIGS.map((config) => `websearch_to_tsquery('${config}', search_fold($${n}))`)
  const forms = `unnest(array[${stemmed.join(', ')}, search_fold($${n + 1})::tsquery])`
  return `coalesce((select string_agg(distinct form::text, ' | ')::tsquery from (select ${forms} as form) f where numnode(form) > 0), '')`
}

function asTyped(terms: readonly Term[], any = false): string {
  return terms.map(({ words, or }, n) => `${n > 0 && (or || any) ? 'or ' : ''}"${words.join(' ')}"`).join(' ')
}

function asLexemes(terms: readonly Term[], any = false): string {
  return terms
    .map(({ words, or }, n) => {
      const phrase = words.length > 1
      const lexemes = words.map(
        (word) => `'${quote(word, phrase)}'${!phrase && isCyrillic(word) ? ':*' : ''}`,
      )
      return `${n === 0 ? '' : or || any ? ' | ' : ' & '}(${lexemes.join(' <-> ')})`
    })
    .join('')
}

function quote(word: string, whole: boolean): string {
  const lexeme = whole ? word.toLowerCase() : beginningOf(word)
  return lexeme.replaceAll("'", "''")
}
