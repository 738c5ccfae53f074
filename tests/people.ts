import { sha256 } from '../src/foundation/hashing.ts'
import { newId } from '../src/foundation/ids.ts'
import type { Actor, Role } from '../src/protection/actor.ts'
import type { Workspace } from '../src/storage/workspace.ts'

/** Somebody with these roles and a live session, put there as the owner would; in an organisation of their own where asked. */
export async function somebody(
  { database }: Pick<Workspace, 'database'>,
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
  await owner.query(
    'insert into membership (organisation, level, id, revision, body) values ($1, 1, $2, 1, $3)',
    [theirs, newId('membership'), JSON.stringify({ person, roles, ended: null })],
  )
  await owner.query(
    "insert into session (organisation, id, person, kind, pass) values ($1, $2, $3, 'token', $4)",
    [theirs, newId('session'), person, sha256(pass)],
  )
  return { organisation: theirs, person, roles, pass, cases: [], compartments: [] }
}
