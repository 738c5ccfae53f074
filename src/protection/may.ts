import { Refusal } from '../foundation/refusal.ts'
import { type Actor, CLEARED, type Level, levelNumber, ROLES, type Scope } from './actor.ts'

/** Everything that can be done. An action that is not in this list cannot be asked about, let alone allowed. */
export const ACTIONS = [
  'enter',
  'read',
  'search',
  'import',
  'note',
  'code',
  'link',
  'accept',
  'hold',
  'tag',
  'case',
  'give access',
  'raise',
  'lower',
  'audit',
  'consent',
  'export',
  'verify',
  'backup',
  'administer',
  'propose erasure',
  'confirm erasure',
  'protect data',
  'clean up',
] as const
export type Action = (typeof ACTIONS)[number]

/** What an action is done to: enough of it to decide, and nothing of its content. */
export interface Thing {
  readonly organisation: string
  readonly level: Level
  readonly dossier?: string | null
  readonly case?: string | null
}

/**
 * The first gate, pure: may this person do this to that? Row security in the database is the second, and neither
 * trusts the other. What is a team's or a case's is for those who are on it, whatever their roles.
 */
export function may(actor: Actor, action: Action, thing: Thing): boolean {
  if (actor.organisation !== thing.organisation) return false
  if (!ROLES_FOR[action].some((role) => actor.roles.includes(role))) return false
  if (actor.scopes && !isWithin(actor.scopes, action)) return false
  if (levelNumber(thing.level) < levelNumber('team')) return true
  // The team of a dossier is known by the dossier.
  const compartment = thing.case ?? (thing.level === 'team' ? thing.dossier : null)
  return compartment != null && actor.compartments.includes(compartment)
}

/** Whether a token with these scopes is for this action. */
function isWithin(scopes: readonly Scope[], action: Action): boolean {
  const scope = SCOPE_OF[action]
  return scope === 'any' || (scope !== null && scopes.includes(scope))
}

/** What each action needs of a token; null for what is a person's alone, whatever the token says. */
const SCOPE_OF: Record<Action, Scope | 'any' | null> = {
  enter: 'any',
  read: 'read',
  search: 'read',
  verify: 'read',
  import: 'write',
  note: 'write',
  code: 'write',
  link: 'write',
  tag: 'write',
  case: 'write',
  consent: 'write',
  accept: 'decide',
  hold: 'decide',
  'give access': 'access',
  raise: 'access',
  lower: 'access',
  audit: 'read',
  export: 'export',
  backup: 'backup',
  administer: null,
  'propose erasure': 'write',
  'confirm erasure': null,
  'protect data': 'write',
  'clean up': 'backup',
}

const ROLES_FOR: Record<Action, readonly Actor['roles'][number][]> = {
  enter: ROLES,
  read: CLEARED,
  search: CLEARED,
  import: ['monitor', 'verifier', 'editor'],
  note: ['monitor', 'verifier', 'editor'],
  code: ['monitor', 'verifier', 'editor'],
  link: ['monitor', 'verifier', 'editor'],
  accept: ['verifier', 'editor', 'legal'],
  hold: ['verifier', 'legal'],
  tag: ['monitor', 'verifier', 'editor', 'legal'],
  case: ['monitor', 'verifier', 'editor', 'legal'],
  'give access': ['monitor', 'verifier', 'editor', 'legal'],
  raise: ['monitor', 'verifier', 'editor', 'legal'],
  lower: ['verifier', 'editor', 'legal'],
  audit: ['auditor', 'administrator'],
  consent: ['monitor', 'verifier', 'editor', 'legal'],
  export: ['editor', 'legal'],
  verify: ['reader', 'monitor', 'verifier', 'editor', 'legal', 'auditor', 'administrator'],
  backup: ['administrator'],
  administer: ['administrator'],
  'propose erasure': ['monitor', 'verifier', 'editor', 'legal'],
  'confirm erasure': ['editor', 'legal'],
  'protect data': ['editor', 'legal'],
  'clean up': ['editor', 'legal', 'administrator'],
}

/**
 * A backup holds every organisation of a server, so it is decided about by the one whose server it is. Refused in the words
 * of mustBeAllowed().
 *
 * @throws Refusal `not_allowed`
 */
export function mustBeAtHome(actor: Actor, home: string | undefined): void {
  if (!isAtHome(actor, home)) throw notAllowed('backup')
}

/** Whether it is this organisation's server. */
export function isAtHome({ organisation }: Actor, home: string | undefined): boolean {
  return home === undefined || organisation === home
}

function notAllowed(action: Action): Refusal {
  return new Refusal('not_allowed', `You may not ${action} this; ask the person who administers this record.`)
}

/**
 * Asked before anything is looked up: whoever may not do this at all learns nothing of what is there. Where the answer
 * comes to hang on the thing itself (team, case), the verb refuses what is forbidden in the words of what is absent.
 *
 * @throws Refusal `not_allowed`, which names the action and never the thing.
 */
export function mustBeAllowed(
  actor: Actor,
  action: Action,
  thing: Thing = { organisation: actor.organisation, level: 'organisation' },
): void {
  if (!may(actor, action, thing)) throw notAllowed(action)
}
