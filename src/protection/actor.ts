/** Who may see a record. `sealed` (ciphertext the server cannot read) takes its place above these when it exists. */
export const LEVELS = ['public', 'organisation', 'team', 'case'] as const
export type Level = (typeof LEVELS)[number]

/** The number a level is stored as: 0 public, 1 organisation, 2 team, 3 case. */
export function levelNumber(level: Level): number {
  return LEVELS.indexOf(level)
}

export function levelOf(number: number): Level {
  const level = LEVELS[number]
  if (level === undefined) throw new RangeError(`There is no level ${number}.`)
  return level
}

/** The person acting, in the organisation for which they act. Every verb takes one. */
export interface Actor {
  readonly organisation: string
  /** A random person id; the name stands in the erasable table `person` alone. */
  readonly person: string
  readonly roles: readonly Role[]
  /** What proves to the database who asks: the pass of a live session. Never logged, never sent to anybody. */
  readonly pass: string
  /** Cases opened for this piece of work; each opening is written down in the transaction that reads. */
  readonly cases: readonly string[]
  /** What is being done, as the auditor reads it beside an opened case: the name of an operation or a command. */
  readonly doing?: string
  /** Dossiers on whose team the person is, and the opened cases: what the database answered on entering. */
  readonly compartments: readonly string[]
  /** What the session is, as the database answered: this computer's own, a browser's, or a script's with a token. */
  readonly kind?: SessionKind
  /** For a token: what it may be used for; null and absent for a person. */
  readonly scopes?: readonly Scope[] | null
  /** Whether the person has just proved who they are: see mustHaveProved. */
  readonly proved?: boolean
}

export type SessionKind = 'local' | 'browser' | 'token'

/** What a token may be used for; SCOPE_OF says which actions that is. */
export const SCOPES = ['read', 'write', 'decide', 'access', 'export', 'backup'] as const
export type Scope = (typeof SCOPES)[number]

export const ROLES = ['reader', 'monitor', 'verifier', 'editor', 'legal', 'administrator', 'auditor'] as const
export type Role = (typeof ROLES)[number]

/** Roles that see content; an administrator and an auditor see none. */
export const CLEARED: readonly Role[] = ['reader', 'monitor', 'verifier', 'editor', 'legal']
