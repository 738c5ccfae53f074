import { innermost, type Statement, speakersOf } from './statement.ts'

/** How far behind the words their attribution is looked for: to the end of a recommendation of some length. UTF-16 units. */
const REACH = 400
/** The attribution of what stands before it: parentheses before the clause or the paragraph ends. */
const ATTRIBUTION = /^[^()]*?\(([^()]{2,200})\)\s*(?:[;.,:]|$|\n)/u

/** Names of whoever's statement it is. */
export function namesOf({ speakers }: Pick<Statement, 'speakers'>): string[] {
  const link = innermost({ speakers })
  return link === null
    ? []
    : speakersOf(link).flatMap(({ name, for: behalf }) => [name, behalf?.name ?? name])
}

/**
 * The words in parentheses behind a passage, where they name another speaker of the same file and none of the statement's own:
 * the words may stand oftener in the source, and this be the wrong place. Null where nothing speaks against it.
 */
export function attributedToAnother(
  behind: string,
  { own, all }: { own: readonly string[]; all: ReadonlySet<string> },
): string | null {
  const [clause = ''] = behind.slice(0, REACH).split(/\n\s*\n/)
  const named = ATTRIBUTION.exec(clause)?.[1]
  if (named === undefined || own.length === 0) return null
  const has = (name: string) => isNamed(named, name)
  return !own.some(has) && [...all].some(has) ? named : null
}

function isNamed(text: string, name: string): boolean {
  const at = text.toLowerCase().indexOf(name.toLowerCase())
  const isLetter = (one: string | undefined) => one !== undefined && /\p{L}/u.test(one)
  return at >= 0 && !isLetter(text[at - 1]) && !isLetter(text[at + name.length])
}
