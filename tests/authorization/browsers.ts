import { sha256 } from '../../src/foundation/hashing.ts'
import { newId } from '../../src/foundation/ids.ts'
import type { Workspace } from '../../src/storage/workspace.ts'
import type { Asker } from './oracle.ts'
import type { World } from './world.ts'

/** How a browser's session is: what makes it live, or that it is not any more. As SQL that sets it so. */
const STATES = {
  // Proved for the whole round, which may take longer than a proof holds.
  proved: { live: true, sets: "proved_at = now() + interval '1 day'" },
  unproved: { live: true, sets: "proved_at = now() - interval '6 minutes'" },
  revoked: { live: false, sets: 'revoked_at = now()' },
  idle: { live: false, sets: "seen_at = now() - interval '61 minutes'" },
  over: { live: false, sets: "ends_at = now() - interval '1 second'" },
} as const

/** Whoever asks, with the cookie of a browser. */
export type Browser = Asker & { readonly actor: World['askers'][number]['actor'] }

/**
 * The people of a world once more, each at browsers of their own: a session in each state, and for whoever is no member any
 * more one that nothing else is wrong with.
 */
export async function atBrowsers(
  { database }: Pick<Workspace, 'database'>,
  { askers }: World,
): Promise<Browser[]> {
  // Where one person works alone nobody signs in.
  await database.owner.query('update organisation set alone = false')
  const all: Browser[] = []
  for (const { live, ...asker } of askers) {
    if (!live) continue
    await database.owner.query('insert into account (organisation, person, login) values ($1, $2, $3)', [
      asker.actor.organisation,
      asker.actor.person,
      asker.actor.person.replaceAll('_', '.'),
    ])
    for (const [how, state] of Object.entries(STATES)) {
      if (!asker.member && how !== 'proved') continue
      const { organisation, person } = asker.actor
      const [id, pass] = [newId('session'), newId('session')]
      await database.owner.query(
        `insert into session (organisation, id, person, kind, pass, ends_at, idle)
         values ($1, $2, $3, 'browser', $4, now() + interval '10 hours', interval '1 hour')`,
        [organisation, id, person, sha256(pass)],
      )
      await database.owner.query(`update session set ${state.sets} where organisation = $1 and id = $2`, [
        organisation,
        id,
      ])
      const proved = how !== 'unproved'
      all.push({ ...asker, actor: { ...asker.actor, pass }, live: state.live, by: 'browser', how, proved })
    }
  }
  return all
}
