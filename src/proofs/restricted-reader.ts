import { sha256 } from '../foundation/hashing.ts'
import { newId } from '../foundation/ids.ts'
import type { Actor } from '../protection/actor.ts'
import type { Workspace } from '../storage/workspace.ts'

/** Teams among whose dossiers a large record is spread. */
export const TEAMS = 100
/** Of them the reader is on so many; with a quarter of all that everybody sees, it is about 45 in a hundred. */
const ON = 27

export interface Spread {
  readonly reader: Actor
  /** Dossiers: the first is everybody's, the others a team's each. */
  readonly dossiers: readonly string[]
}

/**
 * Dossiers of a hundred teams beside one of everybody, and a reader who is on some of them, put there by the owner as rows:
 * what is measured is who may see them, not how they came.
 */
export async function spreadDossiers({ database: { owner }, actor }: Workspace): Promise<Spread> {
  const { organisation } = actor
  const dossiers = Array.from({ length: TEAMS + 1 }, () => newId('dossier'))
  await owner.query(
    `insert into dossier (organisation, level, "case", id, revision, body)
     select $1, case when n = 1 then 1 else 2 end, case when n = 1 then null else id end, id, 1,
            jsonb_build_object('slug', 'd-' || n, 'title', 'Dossier ' || n, 'description', null)
       from unnest($2::text[]) with ordinality as d(id, n)`,
    [organisation, dossiers],
  )
  await owner.query(
    `insert into visibility_class (organisation, level, "case", class)
     select $1, case when n = 1 then 1 else 2 end, case when n = 1 then null else id end, n
       from unnest($2::text[]) with ordinality as d(id, n)`,
    [organisation, dossiers],
  )
  const [person, pass] = [newId('person'), newId('session')]
  await owner.query("insert into person (organisation, id, name) values ($1, $2, 'A reader')", [
    organisation,
    person,
  ])
  await owner.query(
    'insert into membership (organisation, level, id, revision, body) values ($1, 1, $2, 1, $3)',
    [organisation, newId('membership'), JSON.stringify({ person, roles: ['reader'], ended: null })],
  )
  await owner.query(
    "insert into session (organisation, id, person, kind, pass) values ($1, $2, $3, 'token', $4)",
    [organisation, newId('session'), person, sha256(pass)],
  )
  for (const compartment of dossiers.slice(1, ON + 1))
    await owner.query(
      'insert into access (organisation, level, "case", id, revision, body) values ($1, 2, $2, $3, 1, $4)',
      [organisation, compartment, newId('access'), JSON.stringify({ compartment, person, ended: null })],
    )
  const reader: Actor = { organisation, person, roles: ['reader'], pass, cases: [], compartments: [] }
  return { reader, dossiers }
}
