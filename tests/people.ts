import { sha256 } from '../src/foundation/hashing.ts'
import { newId } from '../src/foundation/ids.ts'
import { toJson } from '../src/foundation/json.ts'
import { change } from '../src/ledger/change.ts'
import type { Actor, Role } from '../src/protection/actor.ts'
import { membershipKind } from '../src/protection/protection-kinds.ts'
import { asActor } from '../src/storage/database.ts'
import type { Workspace } from '../src/storage/workspace.ts'

/** Somebody with these roles and a live session, put there as the owner would; in an organisation of their own where asked. */
export async function somebody(
  { database, actor }: Pick<Workspace, 'database' | 'actor'>,
  {
    organisation,
    roles,
    name = 'Somebody',
  }: { organisation?: string; roles: readonly Role[]; name?: string },
): Promise<Actor> {
  const theirs = organisation ?? newId('organisation')
  const [person, pass] = [newId('person'), newId('session')]
  const { owner } = database
  if (organisation === undefined) {
    await owner.query(
      "insert into organisation (organisation, name, alone) values ($1, 'Another one', false)",
      [theirs],
    )
    await owner.query(
      "insert into context_key (organisation, inner_pad, outer_pad) values ($1, decode(repeat('17', 64), 'hex'), decode(repeat('71', 64), 'hex'))",
      [theirs],
    )
  }
  await owner.query('insert into person (organisation, id, name) values ($1, $2, $3)', [theirs, person, name])
  const body = { person, roles, ended: null }
  const membership = {
    id: newId('membership'),
    level: 'organisation' as const,
    case: null,
    body: toJson(body),
  }
  if (theirs === actor.organisation) {
    await asActor(database, actor, (tx) =>
      change(tx, 'made a member', [{ kind: membershipKind, revision: 0, state: membership }]),
    )
  } else {
    // Another organisation has nobody yet who could make its first member.
    await owner.query(
      'insert into membership (organisation, level, id, revision, body) values ($1, 1, $2, 1, $3)',
      [theirs, membership.id, JSON.stringify(body)],
    )
  }
  await owner.query(
    "insert into session (organisation, id, person, kind, pass) values ($1, $2, $3, 'token', $4)",
    [theirs, newId('session'), person, sha256(pass)],
  )
  return { organisation: theirs, person, roles, pass, cases: [], compartments: [] }
}
