import type { KnownPassage } from '../sources/source.ts'
import type { Tx } from '../storage/database.ts'
import { CLAIM_WORDS_VERSION, type ClaimCheck, claimsIn } from '../vocabularies/claim-words.ts'
import type { Language } from '../vocabularies/list.ts'
import { saidOn } from './account.ts'
import { accountsIn, aspectOf, gather, type Said } from './accounts-of.ts'
import { type RelativeDate, relativeDate } from './relative-date.ts'
import { innermost, type KnownStatement } from './statement.ts'
import { statementsAbout } from './statement-store.ts'
import type { SuggestionsView } from './suggestion-shapes.ts'
import { type Tag, tagsOn } from './tag-record.ts'

/** The tag schemes by which a person says that words do, or do not, ask for a check. */
export const CHECKS = 'checks'
const CHECKS_DISMISSED = 'checks-dismissed'

interface Suggested {
  readonly statement: string
  readonly item: string
  readonly source: string
  readonly words: string
}
type SuggestedDate = Suggested & {
  readonly n: number
  readonly asStated: string
  readonly date: RelativeDate
}
type SuggestedCheck = Suggested & {
  readonly check: ClaimCheck
  readonly word: string
  readonly version: string
}

/** What the words of these statements suggest; nothing of it is recorded until a person takes it. */
export interface Suggestions {
  readonly dates: readonly SuggestedDate[]
  readonly checks: readonly SuggestedCheck[]
}

interface Wanted {
  readonly wanted: readonly KnownStatement[]
  where(known: KnownStatement): Suggested
}

/** Dates that relative words give, and claims to be first, most, more or fewer, as far as nobody has answered yet. */
export async function suggestionsFor(
  tx: Tx,
  said: Said,
  { wanted, passages }: { wanted: readonly KnownStatement[]; passages: ReadonlyMap<string, KnownPassage> },
): Promise<Suggestions> {
  const where = ({ id, statement: { item, source, passages: cited } }: KnownStatement): Suggested => ({
    statement: id,
    item,
    source,
    words: cited.map((one) => passages.get(one)?.passage.exact ?? '').join(' '),
  })
  return {
    dates: await datesIn(tx, said, { wanted, where }),
    checks: await checksIn(tx, said, { wanted, where }),
  }
}

async function datesIn(tx: Tx, said: Said, { wanted, where }: Wanted): Promise<SuggestedDate[]> {
  const open = wanted.flatMap((known) =>
    known.statement.about.flatMap((entry, n) => {
      const { asStated, value, normalised, emendation } = entry
      const isSaid = (value ?? normalised ?? null) !== null || emendation !== undefined
      if (asStated === undefined || isSaid) return []
      const { valueType } = aspectOf(said, known.statement.dossier, entry)
      return valueType === 'date' ? [{ known, entry, n, asStated }] : []
    }),
  )
  const followed = open.flatMap(({ entry }) =>
    typeof entry.relativeTo === 'object' ? [entry.relativeTo.matter] : [],
  )
  const days = followed.length > 0 ? await daysOf(tx, followed) : () => null
  return open.flatMap(({ known, entry, n, asStated }) => {
    const { statement } = known
    const document = saidOn(innermost(statement)) ?? said.sources.get(statement.source)?.source.date ?? null
    const told = typeof entry.relativeTo === 'object' ? days(entry.relativeTo.matter) : null
    for (const language of languagesOf(said, statement)) {
      const date = relativeDate(asStated, language, { document, told })
      if (date) return [{ ...where(known), n, asStated, date }]
    }
    return []
  })
}

/** When each of these matters was, as the first who affirms it says. */
async function daysOf(tx: Tx, matters: readonly string[]): Promise<(matter: string) => string | null> {
  const said = await gather(tx, await statementsAbout(tx, matters))
  const accounts = accountsIn(said)
  return (matter) => {
    const entries = accounts.get(said.facts.standing(matter))?.get('when')?.entries ?? []
    const first = entries.find(({ said: { polarity }, compared }) => polarity === 'affirmed' && compared)
    return typeof first?.compared?.value === 'string' ? first.compared.value : null
  }
}

async function checksIn(tx: Tx, said: Said, { wanted, where }: Wanted): Promise<SuggestedCheck[]> {
  const found = wanted.flatMap((known) => {
    const at = where(known)
    const claims = languagesOf(said, known.statement).flatMap((language) => claimsIn(at.words, language))
    return claims
      .filter(({ check }, n) => claims.findIndex((one) => one.check === check) === n)
      .filter(({ check }) => !known.statement.checks?.includes(check))
      .map((claim) => ({ ...at, ...claim, version: CLAIM_WORDS_VERSION }))
  })
  const answered = new Set(
    (await tagsOn(tx, [...new Set(found.map(({ statement }) => statement))]))
      .filter(({ scheme }) => scheme === CHECKS || scheme === CHECKS_DISMISSED)
      .map(({ subject, term }) => `${subject} ${term}`),
  )
  return found.filter(({ statement, check }) => !answered.has(`${statement} ${check}`))
}

/** Suggestions as the API gives them. */
export function suggestionsView({ dates, checks }: Suggestions): SuggestionsView {
  return { dates: [...dates], checks: [...checks] }
}

/** What a statement is marked to be checked for: by its coder, and by whoever tagged it since. */
export function checksOf(known: Pick<KnownStatement, 'id' | 'statement'>, tags: readonly Tag[]): string[] {
  const tagged = tags.filter(({ subject, scheme }) => subject === known.id && scheme === CHECKS)
  return [...new Set([...(known.statement.checks ?? []), ...tagged.map(({ term }) => term)])]
}

/** The language in which words are read: the statement's, else its source's, else each that has a table. */
function languagesOf(said: Said, { language, source }: KnownStatement['statement']): readonly Language[] {
  const known = language ?? said.sources.get(source)?.source.language ?? null
  const all: readonly Language[] = ['en', 'ru', 'kk']
  const own = all.filter((one) => one === known)
  return own.length > 0 ? own : all
}
