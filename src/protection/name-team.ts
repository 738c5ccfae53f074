import { newId } from '../foundation/ids.ts'
import { toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { Tx } from '../storage/database.ts'
import type { Access } from './case.ts'
import { accessTo } from './case-store.ts'
import { mustBeAllowed } from './may.ts'
import { mustSayWhy } from './open-case.ts'
import { peopleNamed } from './people-store.ts'
import { accessKind } from './protection-kinds.ts'

/** First half of the advisory lock under which the team of a dossier is named. */
const NAMING = 73_000_42

/**
 * Name the team of a dossier: whoever asks, and these people. From then on records of the dossier, or all of it, can be
 * raised to them; nothing is raised by this alone.
 *
 * @throws Refusal `dossier_unknown`, `team_stands`, `person_unknown`, `reason_missing`
 */
export async function nameTeam(
  tx: Tx,
  { dossier, people, reason }: { dossier: string; people: readonly string[]; reason: string },
): Promise<{ receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'give access')
  mustSayWhy(reason)
  const { organisation, person: asks, compartments } = tx.actor
  await tx.query('select pg_advisory_xact_lock($1, hashtext($2))', [NAMING, dossier])
  const [there] = await tx.query<{ team: boolean }>(
    'select team_stands(id) as team from dossier where organisation = $1 and id = $2',
    [organisation, dossier],
  )
  if (!there)
    throw new Refusal('dossier_unknown', 'That dossier is not there; choose it from the list again.')
  if (there.team)
    throw new Refusal(
      'team_stands',
      'This dossier has a team already; somebody who is on it can give others access.',
    )
  const named = [...new Set([asks, ...people])]
  const known = await peopleNamed(tx, named)
  if (named.some((one) => !known.has(one)))
    throw new Refusal('person_unknown', 'Nobody here has this id; choose the person from the list.')
  await tx.query('select found_compartment($1, false)', [dossier])
  const within: Tx = { ...tx, actor: { ...tx.actor, compartments: [...compartments, dossier] } }
  const receipt = await change(
    within,
    'named the team',
    named.map((person) => {
      const access: Access = {
        compartment: dossier,
        person,
        by: asks,
        reason,
        until: null,
        ended: null,
        endedBy: null,
      }
      const state = { id: newId('access'), level: 'team' as const, case: dossier, body: toJson(access) }
      return { kind: accessKind, revision: 0, state }
    }),
  )
  return { receipt }
}

/** Who is or was on the team of a dossier; null where it has none, or whoever asks is not on it. */
export async function readTeam(
  tx: Tx,
  dossier: string,
): Promise<{ stands: boolean; access: (Access & { name: string })[] | null }> {
  mustBeAllowed(tx.actor, 'read')
  const [row] = await tx.query<{ team: boolean }>('select team_stands($1) as team', [dossier])
  if (!tx.actor.compartments.includes(dossier)) return { stands: row?.team ?? false, access: null }
  const on = (await accessTo(tx, dossier)).map(({ access }) => access)
  const names = await peopleNamed(
    tx,
    on.map(({ person }) => person),
  )
  return { stands: true, access: on.map((one) => ({ ...one, name: names.get(one.person) ?? one.person })) }
}
