import { Refusal } from '../foundation/refusal.ts'
import { type Actor, CLEARED, type Level, levelNumber } from './actor.ts'

/** Everything that can be done. An action that is not in this list cannot be asked about, let alone allowed. */
export const ACTIONS = [
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
  if (levelNumber(thing.level) < levelNumber('team')) return true
  return thing.case != null && actor.compartments.includes(thing.case)
}

const ROLES_FOR: Record<Action, readonly Actor['roles'][number][]> = {
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
  if (!may(actor, action, thing)) {
    throw new Refusal(
      'not_allowed',
      `You may not ${action} this; ask the person who administers this record.`,
    )
  }
}
